INSERT INTO outcomes BY NAME
SELECT unnest(from_json_strict($rows, '[{
    "session_id": "VARCHAR", "name": "VARCHAR", "value": "DOUBLE", "noted_on": "DATE"
}]'), max_depth := 2)
