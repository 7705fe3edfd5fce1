INSERT INTO sessions BY NAME
SELECT unnest(from_json_strict($rows, '[{
    "session_id": "VARCHAR", "source": "VARCHAR", "recorded_on": "DATE", "duration_ms": "INTEGER",
    "transcript_engine": "VARCHAR", "transcript_model": "VARCHAR", "transcript_draft": "BOOLEAN",
    "language": "VARCHAR", "turns_can_overlap": "BOOLEAN", "warnings": ["VARCHAR"],
    "heard_key": "VARCHAR", "coded_key": "VARCHAR", "saved_at": "TIMESTAMP"
}]'), max_depth := 2)
