"""The database file: who may read and write it, and when."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipeline.errors import StoreError
from pipeline.store.connection import open_database
from pipeline.store.migrate import Migration, check_known, migrate, schema_version, shipped_migrations
from pipeline.store.reader import Reader
from pipeline.store.writer import Writer


@dataclass(frozen=True, slots=True)
class StoreOptions:
    """`wait_s` is how long to wait while another program uses the file; `migrations` None means those shipped."""

    wait_s: float = 30.0
    migrations: tuple[Migration, ...] | None = None


class Store:
    """One database file. Nothing is opened until it is read or written, and nothing stays open after.

    Opening it raises StoreError, one line naming the file and what to do, where it is missing, locked for too long,
    made by a newer asktell, or no database of asktell's.
    """

    def __init__(self, path: Path, options: StoreOptions = StoreOptions()) -> None:
        self.path = path
        self._options = options
        self._migrations = shipped_migrations() if options.migrations is None else options.migrations

    def prepare(self) -> None:
        """Makes the file if it is absent and brings its tables up to date."""
        with self._connected_for_writing():
            pass

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """The one writer, the file made and its tables brought up to date before; everyone else waits meanwhile."""
        with self._connected_for_writing() as connection:
            yield Writer(connection, str(self.path))

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        """A reader, of many at a time; writers wait meanwhile, so be brief."""
        with self.connected() as connection:
            yield Reader(connection, str(self.path))

    @contextmanager
    def connected(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A read-only connection to a file whose tables are up to date, for SQL of one's own."""
        connection = self._open(read_only=True)
        try:
            version = schema_version(connection, str(self.path))
            check_known(version, self._migrations, str(self.path))
            if version < len(self._migrations):
                connection.close()
                self.prepare()
                connection = self._open(read_only=True)
            yield connection
        finally:
            connection.close()

    @contextmanager
    def _connected_for_writing(self) -> Iterator[duckdb.DuckDBPyConnection]:
        connection = self._open(read_only=False)
        try:
            migrate(connection, self._migrations, str(self.path))
            yield connection
        except (duckdb.IOException, duckdb.OutOfMemoryException) as error:
            reason = str(error).splitlines()[0]
            raise StoreError(
                f"{self.path}: the database cannot be written ({reason}). Make room, then try again."
            ) from None
        finally:
            connection.close()

    def _open(self, read_only: bool) -> duckdb.DuckDBPyConnection:
        return open_database(self.path, read_only, self._options.wait_s)
