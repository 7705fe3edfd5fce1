SELECT session_id, unit_index, turn_index, start_ms, end_ms, text,
    CASE WHEN probabilities IS NOT NULL
        THEN list_transform($codes, lambda code: coalesce(probabilities[code], 0.0))::DOUBLE[12]
    END,
    attributes, rep_attributes
FROM units
WHERE session_id IN (SELECT unnest($session_ids))
ORDER BY session_id, unit_index
