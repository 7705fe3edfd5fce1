SELECT * FROM query_table($name) ORDER BY ALL
