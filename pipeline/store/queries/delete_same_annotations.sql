DELETE FROM annotations
WHERE (session_id, unit_index, rater) IN (
    SELECT (row.session_id, row.unit_index, row.rater)
    FROM (
        SELECT unnest(
            from_json($rows, '[{"session_id": "VARCHAR", "unit_index": "INTEGER", "rater": "VARCHAR"}]')
        ) AS row
    )
)
