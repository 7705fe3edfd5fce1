"""The data dictionary: every table, view and column of the database, from the comments the database itself carries."""

from collections.abc import Sequence
from itertools import groupby

import duckdb

from pipeline.store.migrate import migrate, shipped_migrations
from pipeline.store.statements import Row, rows_of

INTRODUCTION = """\
# Data dictionary

What an asktell database holds, for your own SQL: open the file read-only in any DuckDB client while asktell is not
writing to it. Times inside a session are whole milliseconds from its start; moments are in UTC. Undefined is null,
never zero. Tables and columns carry the same words as comments, so `FROM duckdb_columns()` shows them too.
"""


def shipped_dictionary() -> str:
    """The dictionary of a database as this version makes it, in Markdown."""
    with duckdb.connect() as connection:
        migrate(connection, shipped_migrations(), "a new database")
        return dictionary(connection)


def dictionary(connection: duckdb.DuckDBPyConnection) -> str:
    """The dictionary of the database behind the connection, in Markdown: views first, then tables, by name."""
    rows = rows_of(connection, "select_dictionary")
    parts = [INTRODUCTION]
    for kind, title in (("view", "Views"), ("table", "Tables")):
        parts.append(f"\n## {title}\n")
        for (name, about), columns in groupby((row for row in rows if row[0] == kind), key=lambda row: row[1:3]):
            parts.append(_section(name, about, list(columns)))
    return "".join(parts)


def _section(name: str, about: str, columns: Sequence[Row]) -> str:
    lines = [f"\n### `{name}`\n", f"{about}\n", "| column | type | what it is |", "|---|---|---|"]
    for *_, column, data_type, column_about in columns:
        lines.append(f"| `{column}` | `{data_type}` | {column_about} |")
    return "\n".join(lines) + "\n"
