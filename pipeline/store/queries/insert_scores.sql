INSERT INTO scores BY NAME
SELECT unnest(from_json_strict($rows, '[{
    "session_id": "VARCHAR", "rubric_name": "VARCHAR", "rubric_version": "INTEGER", "rubric_hash": "VARCHAR",
    "overall": "DOUBLE", "warnings": ["VARCHAR"], "scored_key": "VARCHAR"
}]'), max_depth := 2)
