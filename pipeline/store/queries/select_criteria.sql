SELECT session_id, criterion_id, band, score, evidence
FROM criteria
WHERE session_id IN (SELECT unnest($session_ids))
ORDER BY session_id, place
