INSERT INTO annotations BY NAME
SELECT unnest(from_json_strict($rows, '[{
    "session_id": "VARCHAR", "unit_index": "INTEGER", "rater": "VARCHAR", "text": "VARCHAR", "code": "VARCHAR",
    "attributes": ["VARCHAR"], "blind": "BOOLEAN", "rated_at": "TIMESTAMP"
}]'), max_depth := 2)
