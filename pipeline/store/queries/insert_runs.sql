INSERT INTO runs BY NAME
SELECT unnest(from_json_strict($rows, '[{
    "session_id": "VARCHAR", "started_at": "TIMESTAMP", "device": "VARCHAR",
    "versions": "MAP(VARCHAR, VARCHAR)", "timings_ms": "MAP(VARCHAR, INTEGER)",
    "recording": "VARCHAR"
}]'), max_depth := 2)
