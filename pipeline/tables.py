"""Tables for spreadsheets."""

import csv
import io
from collections.abc import Mapping, Sequence

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What spreadsheets take for the start of a formula, their full-width twins included."""


def safe_cell(text: str) -> str:
    """The text so that no spreadsheet runs it: an apostrophe goes before what could begin a formula.

    White space before such a start does not hide it. Only for texts: a number stays a number, a negative one too.
    """
    return f"'{text}" if text.startswith(FORMULA_STARTS) or text.lstrip().startswith(FORMULA_STARTS) else text


Cell = str | int | float | bool | None


def csv_text(rows: Sequence[Mapping[str, Cell]], columns: Sequence[str]) -> str:
    """The rows as CSV with a header, in the given columns; None is an empty cell, texts are made harmless.

    Without rows it is the header alone. Raises KeyError for a row that lacks a column.
    """
    out = io.StringIO()
    # csv puts quotes around a carriage return only where it is part of the line end.
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_cell(row[column]) for column in columns] for row in rows)
    return out.getvalue()


def _cell(value: Cell) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return safe_cell(value) if isinstance(value, str) else value
