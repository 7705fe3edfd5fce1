INSERT INTO findings BY NAME
SELECT unnest(from_json_strict($rows, '[{
    "session_id": "VARCHAR", "place": "INTEGER", "kind": "VARCHAR", "rule": "VARCHAR", "text": "VARCHAR",
    "start_ms": "INTEGER", "end_ms": "INTEGER", "units": ["INTEGER"], "instead": "VARCHAR"
}]'), max_depth := 2)
