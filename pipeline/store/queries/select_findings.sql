SELECT session_id, kind, rule, text, start_ms, end_ms, units, instead
FROM findings
WHERE session_id IN (SELECT unnest($session_ids))
ORDER BY session_id, place
