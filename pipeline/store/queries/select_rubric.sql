SELECT rubrics.name, rubrics.version, rubrics.text
FROM scores
JOIN rubrics USING (rubric_hash)
WHERE scores.session_id = $session_id
