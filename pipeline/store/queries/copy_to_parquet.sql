COPY (SELECT * FROM query_table($name) ORDER BY ALL) TO $path (FORMAT parquet)
