INSERT INTO turns BY NAME
SELECT unnest(from_json_strict($rows, '[{
    "session_id": "VARCHAR", "turn_index": "INTEGER", "speaker": "VARCHAR", "role": "VARCHAR",
    "start_ms": "INTEGER", "end_ms": "INTEGER", "text": "VARCHAR",
    "words": [{
        "start_ms": "INTEGER", "end_ms": "INTEGER", "text": "VARCHAR", "probability": "DOUBLE", "speaker": "VARCHAR"
    }]
}]'), max_depth := 2)
