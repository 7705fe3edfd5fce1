"""The index of scorecards."""

from datetime import date

import pytest

from pipeline.pages import IndexRow, index_html, index_row
from pipeline.pages.index import index_lines
from tests.pipeline.page_builders import NOON, metric, scored, session
from tests.pipeline.page_gold import assert_gold


def row(title: str, recorded_on: date | None = None, **given: object) -> IndexRow:
    values: dict[str, object] = {"href": f"{title}.html", "manager": "Ana", "rep": None, "balance": None}
    values |= {"overall": None, "duration_ms": 60_000}
    return IndexRow(title=title, recorded_on=recorded_on, **(values | given))  # type: ignore[arg-type]


def test_the_latest_session_comes_first_and_the_undated_last() -> None:
    rows = [row("b"), row("old", date(2026, 1, 1)), row("new", date(2026, 5, 1)), row("a")]
    assert [line.title for line in index_lines(rows)] == ["new", "old", "a", "b"]


def test_an_undefined_balance_is_a_dash_without_a_key_to_sort_by() -> None:
    line = index_lines([row("a", balance=metric("non_directive_ratio", None, 0))])[0]
    assert (line.balance, line.balance_key, line.ask, line.overall) == ("—", "", None, "—")


def test_unknown_people_have_no_key_to_sort_by_and_spellings_of_one_share_it() -> None:
    rows = [row("a", manager=None, rep=" "), row("b", manager="ANA  Bell"), row("c", manager="Ana Bell")]
    lines = index_lines(rows)
    assert [(line.manager_key, line.rep_key) for line in lines] == [("", ""), ("ana bell", ""), ("ana bell", "")]
    html = index_html(rows, NOON)
    assert html.count("<option") == 2
    assert 'data-key="—"' not in html


def test_index_row_takes_names_and_numbers_from_the_session() -> None:
    found = index_row(scored(), "cards/a.html")
    assert (found.manager, found.rep, found.title, found.overall) == (
        "Karen Holt",
        "David Osei",
        "acme-debrief.flac",
        64,
    )


@pytest.mark.parametrize(
    ("href", "link"),
    [("a b.html", "./a%20b.html"), ("javascript:alert(1)", "./javascript%3Aalert%281%29"), ("a?b#c", "./a%3Fb%23c")],
)
def test_links_lead_to_files_whatever_they_are_called(href: str, link: str) -> None:
    assert index_lines([row("a", href=href)])[0].href == link


def test_hostile_names_are_escaped() -> None:
    html = index_html([row("<script>alert(1)</script>", manager='"><img src=x onerror=alert(1)>')], NOON)
    assert "<script>alert(1)" not in html
    assert "<img" not in html


def test_an_index_of_nothing_says_so() -> None:
    assert "Nothing has been scored yet." in index_html([], NOON)


def test_the_page_is_the_expected_one() -> None:
    of = scored(session(12), warnings=("clipped",))
    assert_gold("index.html", index_html([index_row(of, "a.html"), row("b", None, draft=True, href=None)], NOON))
