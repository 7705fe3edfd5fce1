SELECT session_id, name, value, noted_on FROM outcomes ORDER BY session_id, name
