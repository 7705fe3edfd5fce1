SELECT session_id
FROM sessions
WHERE session_id IN (SELECT session_id FROM speakers WHERE role = 'manager' AND name = $manager)
ORDER BY recorded_on NULLS LAST, session_id
