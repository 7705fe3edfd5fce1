INSERT INTO units BY NAME
SELECT unnest(from_json_strict($rows, '[{
    "session_id": "VARCHAR", "unit_index": "INTEGER", "turn_index": "INTEGER", "role": "VARCHAR",
    "start_ms": "INTEGER", "end_ms": "INTEGER", "text": "VARCHAR", "code": "VARCHAR", "confidence": "DOUBLE",
    "probabilities": "MAP(VARCHAR, DOUBLE)", "attributes": ["VARCHAR"], "rep_attributes": ["VARCHAR"]
}]'), max_depth := 2)
