SELECT session_id, metric_id, value, n, unit, low, high, enough_evidence
FROM metrics
WHERE session_id IN (SELECT unnest($session_ids))
ORDER BY session_id, place
