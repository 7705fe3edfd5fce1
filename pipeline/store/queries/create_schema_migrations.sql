CREATE TABLE schema_migrations (
    number INTEGER PRIMARY KEY,
    name VARCHAR NOT NULL
);
COMMENT ON TABLE schema_migrations IS 'The changes made to this file''s tables since it was new, one row each.';
COMMENT ON COLUMN schema_migrations.number IS 'Number of the change, from 1.';
COMMENT ON COLUMN schema_migrations.name IS 'Name of the change.';
