"""Cells for spreadsheets."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What spreadsheets take for the start of a formula, their full-width twins included."""


def safe_cell(text: str) -> str:
    """The text so that no spreadsheet runs it: an apostrophe goes before what could begin a formula.

    Spaces before such a start do not hide it. Only for texts: a number stays a number, a negative one too.
    """
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_STARTS) else text
