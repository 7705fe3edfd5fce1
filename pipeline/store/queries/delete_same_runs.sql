DELETE FROM runs
WHERE (session_id, started_at) IN (
    SELECT (row.session_id, row.started_at)
    FROM (SELECT unnest(from_json($rows, '[{"session_id": "VARCHAR", "started_at": "TIMESTAMP"}]')) AS row)
)
