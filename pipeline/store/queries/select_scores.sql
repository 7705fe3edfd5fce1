SELECT session_id, rubric_name, rubric_version, overall, warnings
FROM scores
WHERE session_id IN (SELECT unnest($session_ids))
