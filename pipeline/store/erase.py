"""Making deleted text unreadable in the file itself."""

from duckdb import DuckDBPyConnection

from pipeline.store.statements import rows_of, run_all, statement

BYTES_A_NUMBER = 8


def rewrite_tables(connection: DuckDBPyConnection) -> None:
    """Moves the rows that are left to new places in the file, within the caller's transaction."""
    run_all(connection, statement("rewrite_tables"))


def overwrite_free_space(connection: DuckDBPyConnection) -> None:
    """Writes numbers over what no table uses any more, then gives the space back. No transaction may be open."""
    connection.execute("FORCE CHECKPOINT")
    free_bytes = int(rows_of(connection, "select_free_bytes")[0][0])
    connection.begin()
    create, fill = connection.extract_statements(statement("fill_free_blocks"))
    connection.execute(create)
    connection.execute(fill, {"numbers": free_bytes // BYTES_A_NUMBER})
    connection.commit()
    connection.execute("FORCE CHECKPOINT")
    connection.execute("DROP TABLE filler")
    connection.execute("FORCE CHECKPOINT")
