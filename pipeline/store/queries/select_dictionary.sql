SELECT 'table' AS kind, tables.table_name AS name, tables.comment AS about, columns.column_index, columns.column_name,
    columns.data_type, columns.comment AS column_about
FROM duckdb_tables() AS tables
JOIN duckdb_columns() AS columns USING (table_oid)
WHERE NOT tables.internal AND NOT tables.temporary
UNION ALL
SELECT 'view', views.view_name, views.comment, columns.column_index, columns.column_name, columns.data_type,
    columns.comment
FROM duckdb_views() AS views
JOIN duckdb_columns() AS columns ON columns.table_oid = views.view_oid
WHERE NOT views.internal AND NOT views.temporary
ORDER BY kind, name, column_index
