SELECT table_name FROM duckdb_tables() WHERE NOT internal AND NOT temporary AND table_name <> 'schema_migrations'
UNION ALL
SELECT view_name FROM duckdb_views() WHERE NOT internal AND NOT temporary
ORDER BY 1
