INSERT INTO metrics BY NAME
SELECT unnest(from_json_strict($rows, '[{
    "session_id": "VARCHAR", "place": "INTEGER", "metric_id": "VARCHAR", "value": "DOUBLE", "n": "BIGINT",
    "unit": "VARCHAR", "low": "DOUBLE", "high": "DOUBLE", "enough_evidence": "BOOLEAN"
}]'), max_depth := 2)
