INSERT OR IGNORE INTO rubrics BY NAME
SELECT unnest(from_json_strict($rows, '[{
    "rubric_hash": "VARCHAR", "name": "VARCHAR", "version": "INTEGER", "text": "VARCHAR"
}]'), max_depth := 2)
