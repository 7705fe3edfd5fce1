DELETE FROM outcomes
WHERE (session_id, name) IN (
    SELECT (row.session_id, row.name)
    FROM (SELECT unnest(from_json($rows, '[{"session_id": "VARCHAR", "name": "VARCHAR"}]')) AS row)
)
