SELECT sessions.session_id, sessions.heard_key, sessions.coded_key, scores.scored_key
FROM sessions
JOIN scores USING (session_id)
ORDER BY sessions.session_id
