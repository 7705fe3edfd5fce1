INSERT INTO criteria BY NAME
SELECT unnest(from_json_strict($rows, '[{
    "session_id": "VARCHAR", "place": "INTEGER", "criterion_id": "VARCHAR", "band": "VARCHAR",
    "score": "DOUBLE", "evidence": ["INTEGER"]
}]'), max_depth := 2)
