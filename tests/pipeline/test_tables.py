"""Cells that no spreadsheet runs, and tables of them."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.tables import FORMULA_STARTS, csv_text, safe_cell


@pytest.mark.parametrize(
    "text", ["=cmd()", "+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =cmd()", "\u00a0=1", "＝1"]
)
def test_safe_cell_puts_an_apostrophe_before_what_could_run(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Karen Holt", "a=b", "3 - 2", "O'Neill"])
def test_safe_cell_leaves_ordinary_text_alone(text: str) -> None:
    assert safe_cell(text) == text


@given(st.text())
def test_safe_cell_never_begins_a_formula_and_keeps_the_text(text: str) -> None:
    cell = safe_cell(text)
    assert not cell.lstrip().startswith(FORMULA_STARTS)
    assert cell in (text, f"'{text}")


def test_csv_text_keeps_numbers_numbers_and_undefined_empty() -> None:
    rows = [{"name": "-x", "value": -0.25, "n": None, "sure": True}]
    assert csv_text(rows, ["name", "value", "n", "sure"]) == "name,value,n,sure\r\n'-x,-0.25,,true\r\n"


def test_csv_text_without_rows_is_the_header() -> None:
    assert csv_text([], ["name", "n"]) == "name,n\r\n"


@given(st.lists(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])), min_size=1, max_size=4))
def test_csv_text_is_read_back_as_it_was_written(texts: list[str]) -> None:
    columns = [str(place) for place in range(len(texts))]
    written = csv_text([dict(zip(columns, texts, strict=True))], columns)
    assert list(csv.reader(io.StringIO(written, newline="")))[1] == [safe_cell(text) for text in texts]
