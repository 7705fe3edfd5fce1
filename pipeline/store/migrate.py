"""Bringing a database file to the tables this version knows, one numbered step at a time."""

from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable

from duckdb import DuckDBPyConnection

from pipeline.errors import StoreError
from pipeline.store.statements import rows_of, run_all, statement


@dataclass(frozen=True, slots=True)
class Migration:
    """A numbered change to the tables."""

    number: int
    name: str
    sql: str


def shipped_migrations() -> tuple[Migration, ...]:
    """The migrations that come with this version, in order."""
    return read_migrations(files("pipeline.store").joinpath("migrations"))


def read_migrations(folder: Traversable) -> tuple[Migration, ...]:
    """The migrations of a folder of files `001_name.sql`, in order.

    Raises ValueError where the numbers are not 1, 2, 3 and so on.
    """
    found = sorted(
        (
            Migration(int(entry.name.split("_", 1)[0]), entry.name.removesuffix(".sql"), entry.read_text("utf-8"))
            for entry in folder.iterdir()
            if entry.name.endswith(".sql")
        ),
        key=lambda migration: migration.number,
    )
    numbers = [migration.number for migration in found]
    if numbers != list(range(1, len(found) + 1)):
        raise ValueError(f"migrations are numbered {numbers}")
    return tuple(found)


def schema_version(connection: DuckDBPyConnection, called: str) -> int:
    """Number of the last migration applied; 0 for an empty file.

    Raises StoreError for a database with tables of something else, `called` naming the file.
    """
    tables = {name for (name,) in rows_of(connection, "select_table_names")}
    if "schema_migrations" in tables:
        return int(rows_of(connection, "select_schema_version")[0][0])
    if tables:
        raise StoreError(f"{called}: this database holds something else. Name another file with --db.")
    return 0


def check_known(version: int, migrations: tuple[Migration, ...], called: str) -> None:
    """Raises StoreError where the database is newer than this version of asktell."""
    if version > len(migrations):
        raise StoreError(
            f"{called}: a newer asktell made this database (schema {version}, this one knows {len(migrations)}). "
            "Upgrade asktell, or name another file with --db."
        )


def migrate(connection: DuckDBPyConnection, migrations: tuple[Migration, ...], called: str) -> None:
    """Applies the migrations the database lacks, each in a transaction of its own; none where it is current.

    Raises StoreError as `schema_version` and `check_known` do.
    """
    version = schema_version(connection, called)
    check_known(version, migrations, called)
    for migration in migrations[version:]:
        connection.begin()
        try:
            if migration.number == 1:
                run_all(connection, statement("create_schema_migrations"))
            run_all(connection, migration.sql)
            number = {"number": migration.number, "name": migration.name}
            connection.execute(statement("insert_migration"), number)
            connection.commit()
        except BaseException:
            connection.rollback()
            raise
