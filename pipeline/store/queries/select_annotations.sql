SELECT session_id, unit_index, rater, text, code, attributes, blind, rated_at
FROM annotations
ORDER BY session_id, unit_index, rater
