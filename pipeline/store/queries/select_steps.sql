SELECT session_id, step_id, start_ms, end_ms, units
FROM steps
WHERE session_id IN (SELECT unnest($session_ids))
ORDER BY session_id, place
