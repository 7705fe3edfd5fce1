INSERT INTO speakers BY NAME
SELECT unnest(from_json_strict($rows, '[{
    "session_id": "VARCHAR", "place": "INTEGER", "label": "VARCHAR", "name": "VARCHAR",
    "role": "VARCHAR", "role_confidence": "DOUBLE", "talk_ms": "BIGINT"
}]'), max_depth := 2)
