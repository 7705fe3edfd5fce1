INSERT INTO steps BY NAME
SELECT unnest(from_json_strict($rows, '[{
    "session_id": "VARCHAR", "place": "INTEGER", "step_id": "VARCHAR",
    "start_ms": "INTEGER", "end_ms": "INTEGER", "units": ["INTEGER"]
}]'), max_depth := 2)
