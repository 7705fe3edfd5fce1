SELECT session_id, turn_index, speaker, start_ms, end_ms, text
FROM turns
WHERE session_id IN (SELECT unnest($session_ids))
ORDER BY session_id, turn_index
