SELECT session_id FROM sessions ORDER BY recorded_on NULLS LAST, session_id
