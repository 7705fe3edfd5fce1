SELECT session_id, source, recorded_on, duration_ms, transcript_engine, transcript_model, transcript_draft, language,
    turns_can_overlap, warnings
FROM sessions
WHERE session_id IN (SELECT unnest($session_ids))
ORDER BY recorded_on NULLS LAST, session_id
