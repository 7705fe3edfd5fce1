"""The index and the reports in Chromium."""

from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from pipeline.pages import IndexRow, coach_html, coach_report, index_html, team_html, team_report
from tests.browser.opened import overflows, serious_findings, watched, write
from tests.pipeline.page_builders import NOON, metric
from tests.pipeline.test_pages_reports import HOSTILE, OPTIONS, RUBRIC, held

pytestmark = pytest.mark.browser


def rows() -> list[IndexRow]:
    balances = [0.4, None, 0.9, 0.1, 1.0]
    return [
        IndexRow(
            title=f"talk-{place}.flac" if place else HOSTILE,
            href=f"talk-{place}.html",
            recorded_on=date(2026, 3, 1 + place) if place != 3 else None,
            manager=["Ana", HOSTILE][place % 2],
            rep=None,
            balance=metric("non_directive_ratio", value, 20, spread=0.1),
            overall=None if value is None else 100 * value,
            duration_ms=60_000 * (place + 1),
            warnings=("Clipped.",) if place == 2 else (),
        )
        for place, value in enumerate(balances)
    ]


def pages() -> dict[str, str]:
    sessions = [held(number, number, 12 - number, ["Ana", HOSTILE][number % 2]) for number in range(1, 9)]
    return {
        "index": index_html(rows(), NOON),
        "empty index": index_html([], NOON),
        "coach": coach_html(coach_report(HOSTILE, sessions, RUBRIC, OPTIONS)),
        "team": team_html(team_report(sessions, RUBRIC, OPTIONS)),
        "empty team": team_html(team_report([], RUBRIC, OPTIONS)),
    }


PAGES = pages()


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (768, "dark"), (1280, "light")])
@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_accessible_quiet_and_fits(
    page: Page, tmp_path: Path, name: str, width: int, scheme: str
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    with watched(page) as seen:
        page.goto(address := write(tmp_path, PAGES[name]))
        page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
        assert serious_findings(page) == []
        assert not overflows(page)
    assert seen == {"console": [], "network": [address], "dialogs": []}


def titles(page: Page) -> list[str]:
    return page.locator("tbody tr:visible td:nth-child(2)").all_inner_texts()


def test_a_heading_sorts_both_ways_and_leaves_the_undefined_last(page: Page, tmp_path: Path) -> None:
    page.goto(write(tmp_path, PAGES["index"]))
    heading = page.get_by_role("button", name="Asked")
    heading.click()
    assert titles(page) == ["talk-3.flac", HOSTILE, "talk-2.flac", "talk-4.flac", "talk-1.flac"]
    heading.click()
    assert titles(page) == ["talk-4.flac", "talk-2.flac", HOSTILE, "talk-3.flac", "talk-1.flac"]
    expect(page.locator("th[aria-sort]")).to_have_attribute("aria-sort", "descending")


def test_the_index_is_filtered_by_words_manager_and_warnings(page: Page, tmp_path: Path) -> None:
    page.goto(write(tmp_path, PAGES["index"]))
    page.locator("#manager").select_option("Ana")
    expect(page.locator("tbody tr:visible")).to_have_count(3)
    page.locator("#doubtful").check()
    assert titles(page) == ["talk-2.flac"]
    page.locator("#search").fill("no such session")
    expect(page.locator("#nothing")).to_be_visible()


def test_a_chart_has_one_drawing_for_the_width_of_the_page(page: Page, tmp_path: Path) -> None:
    page.goto(write(tmp_path, PAGES["coach"]))
    for width, shown in ((1280, 1), (390, 1)):
        page.set_viewport_size({"width": width, "height": 900})
        expect(page.locator(".chart svg:visible")).to_have_count(shown)
    small = page.locator(".chart svg:visible text").first.evaluate("node => node.getBoundingClientRect().height")
    assert small > 9
