SELECT session_id, source, recorded_on, saved_at FROM sessions ORDER BY recorded_on NULLS LAST, session_id
