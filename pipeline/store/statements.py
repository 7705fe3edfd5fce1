"""The SQL files beside this module, by name."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from duckdb import DuckDBPyConnection

Row = tuple[Any, ...]


@cache
def statement(name: str) -> str:
    """The text of `queries/NAME.sql`."""
    return files("pipeline.store").joinpath("queries", f"{name}.sql").read_text("utf-8")


def run_all(connection: DuckDBPyConnection, sql: str, bound: Mapping[str, Any] | None = None) -> None:
    """Every statement of the text in order, each with the same bound values."""
    for each in connection.extract_statements(sql):
        connection.execute(each, dict(bound or {}))


def rows_of(connection: DuckDBPyConnection, name: str, bound: Mapping[str, Any] | None = None) -> list[Row]:
    """All rows the named query gives."""
    return connection.execute(statement(name), dict(bound or {})).fetchall()
