SELECT session_id, label, name, role, role_confidence
FROM speakers
WHERE session_id IN (SELECT unnest($session_ids))
ORDER BY session_id, place
