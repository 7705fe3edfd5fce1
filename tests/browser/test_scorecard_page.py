"""The scorecard in Chromium: what people do with it, and what it must not do."""

import wave
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from pipeline.codes import Code
from pipeline.pages import scorecard_html
from pipeline.rubric import load_rubric
from pipeline.scoring import score
from pipeline.values import Scored, Session
from tests.browser.opened import overflows, serious_findings, watched, write
from tests.pipeline.page_builders import LINES, OPTIONS, session

pytestmark = pytest.mark.browser

HOSTILE = "<script>alert(1)</script>"
RUBRIC = load_rubric()


def scored(of: Session) -> Scored:
    return score(of, RUBRIC)


def html(of: Session, media: str | None = None) -> str:
    return scorecard_html(scored(of), RUBRIC, replace(OPTIONS, media_href=media))


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (390, "dark"), (1024, "dark"), (1440, "light")])
def test_the_page_is_accessible_quiet_and_fits(page: Page, tmp_path: Path, width: int, scheme: str) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    with watched(page) as seen:
        page.goto(address := write(tmp_path, html(session(120), "talk.flac")))
        page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
        assert serious_findings(page) == []
        assert not overflows(page)
    assert seen == {"console": [], "network": [address], "dialogs": []}


def test_a_page_of_1200_units_is_small_and_scrolls_to_its_end(page: Page, tmp_path: Path) -> None:
    text = html(session(1_200))
    assert len(text.encode()) < 1_500_000
    page.goto(write(tmp_path, text))
    expect(page.locator(".unit")).to_have_count(1_200)
    page.keyboard.press("End")
    expect(page.locator(".foot")).to_be_in_viewport()


def test_filter_shows_only_the_units_of_a_code(page: Page, tmp_path: Path) -> None:
    page.goto(write(tmp_path, html(session(36))))
    page.locator("[data-filter=open_question]").click()
    expect(page.locator(".unit:visible")).to_have_count(3)
    expect(page.locator("#shown")).to_have_text("3 of 36 shown")
    page.locator("#clear").click()
    expect(page.locator(".unit:visible")).to_have_count(36)


def test_search_finds_words_and_says_when_there_are_none(page: Page, tmp_path: Path) -> None:
    page.goto(write(tmp_path, html(session(36))))
    page.locator("#search").fill("PROCUREMENT")
    expect(page.locator(".unit:visible")).to_have_count(3)
    page.locator("#search").fill("no such words")
    expect(page.locator("#nothing")).to_be_visible()


def test_j_and_k_walk_through_the_units_unless_switched_off(page: Page, tmp_path: Path) -> None:
    page.goto(write(tmp_path, html(session(36))))
    for key in "jjk":
        page.keyboard.press(key)
    expect(page.locator(".unit.picked")).to_have_attribute("id", "u0")
    page.keyboard.press("j")
    expect(page.locator("#u1")).to_be_focused()
    page.get_by_text("Keys and codes").click()
    page.locator("#keys").uncheck()
    page.keyboard.press("j")
    expect(page.locator(".unit.picked")).to_have_attribute("id", "u1")


def test_typing_in_the_search_box_is_no_command(page: Page, tmp_path: Path) -> None:
    page.goto(write(tmp_path, html(session(36))))
    page.keyboard.press("/")
    page.keyboard.type("jk ")
    expect(page.locator("#search")).to_have_value("jk ")
    expect(page.locator(".unit.picked")).to_have_count(0)


@pytest.mark.parametrize(("link", "unit"), [("#u30", "u30"), ("#t=62.5", "u15")])
def test_a_link_opens_the_page_at_its_moment(page: Page, tmp_path: Path, link: str, unit: str) -> None:
    page.goto(write(tmp_path, html(session(200))) + link)
    expect(page.locator(".unit.picked")).to_have_attribute("id", unit)
    expect(page.locator(f"#{unit}")).to_be_in_viewport()


@pytest.mark.parametrize("link", ["#", "#u999", "#t=later", "#%E0%A4%A", "#<script>"])
def test_a_link_to_no_moment_does_no_harm(page: Page, tmp_path: Path, link: str) -> None:
    with watched(page) as seen:
        page.goto(write(tmp_path, html(session(36))) + link)
        expect(page.locator(".unit.picked")).to_have_count(0)
    assert seen["console"] == []


def test_back_leads_from_the_evidence_to_the_finding(page: Page, tmp_path: Path) -> None:
    page.goto(write(tmp_path, html(session(200))))
    finding = page.locator(".findings .go").first
    finding.click()
    expect(page.locator(".unit.picked")).to_be_in_viewport()
    page.go_back()
    expect(finding).to_be_in_viewport()


def test_every_link_within_the_page_leads_somewhere(page: Page, tmp_path: Path) -> None:
    page.goto(write(tmp_path, html(session(60))))
    lost = page.evaluate(
        """[...document.querySelectorAll("a[href^='#']")].map(link => link.getAttribute("href").slice(1))
        .filter(id => !id.startsWith("t=") && !document.getElementById(id))"""
    )
    assert lost == []
    bars = "[...document.querySelectorAll('rect[data-a]')].filter(bar => !document.getElementById(bar.dataset.a))"
    assert page.evaluate(f"{bars}.length") == 0


def test_the_timeline_shows_the_words_and_leads_to_them(page: Page, tmp_path: Path) -> None:
    page.goto(write(tmp_path, html(session(36))))
    bar = page.locator("rect[data-a=u3]")
    bar.scroll_into_view_if_needed()
    bar.hover()
    expect(page.locator(".tip")).to_contain_text("So the silence was the hard part.")
    bar.click()
    expect(page.locator(".unit.picked")).to_have_attribute("id", "u3")
    expect(page.locator("#u3")).to_be_in_viewport()


def quiet_recording(folder: Path, seconds: int) -> str:
    with wave.open(str(folder / "talk.wav"), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8_000)
        file.writeframes(b"\0\0" * 8_000 * seconds)
    return "talk.wav"


def test_sound_and_transcript_follow_each_other(page: Page, tmp_path: Path) -> None:
    page.goto(write(tmp_path, html(session(36), quiet_recording(tmp_path, 150))))
    page.locator("#u10 .at").click()
    page.wait_for_function("document.querySelector('#audio').currentTime > 40.6")
    expect(page.locator("#play")).to_have_attribute("aria-label", "Pause")
    expect(page.locator(".unit.now")).to_have_attribute("id", "u10")
    expect(page.locator("rect.now")).to_have_attribute("data-a", "u10")
    page.locator("#audio").evaluate("node => { node.currentTime = 100.7; }")
    expect(page.locator(".unit.now")).to_have_attribute("id", "u25")
    expect(page.locator("#u25")).to_be_in_viewport()
    page.locator("body").press("Space")
    expect(page.locator("#play")).to_have_attribute("aria-label", "Play")


def test_a_recording_that_is_not_there_is_said_in_words(page: Page, tmp_path: Path) -> None:
    page.goto(write(tmp_path, html(session(36), "gone.wav")))
    page.locator("#play").click()
    expect(page.locator("#trouble")).to_have_text("The recording is not beside this page.")


def test_hostile_names_and_words_are_only_text(page: Page, tmp_path: Path) -> None:
    lines = tuple((code, f"{HOSTILE} \" onmouseover=alert(2) ' </p><img src=x onerror=alert(3)>") for code, _ in LINES)
    hostile = session(36, manager=HOSTILE, rep="=cmd()", source=f"{HOSTILE}.wav", lines=lines)
    with watched(page) as seen:
        page.goto(write(tmp_path, html(hostile, 'x" autoplay onerror="alert(4)')))
        page.locator("rect[data-a=u3]").hover()
        page.locator("#search").fill(HOSTILE)
        expect(page.locator(".unit:visible")).to_have_count(36)
        assert serious_findings(page) == []
    assert seen["dialogs"] == []
    assert page.locator("h1").inner_text() == f"{HOSTILE} coaching =cmd()"


def test_the_page_can_be_read_without_scripts(browser, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    context = browser.new_context(java_script_enabled=False)
    opened = context.new_page()
    opened.goto(write(tmp_path, html(session(36))))
    expect(opened.locator("#u35")).to_contain_text("Right.")
    expect(opened.locator("#verdict")).to_be_visible()
    context.close()


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_an_ordinary_session_prints_on_two_pages(page: Page, tmp_path: Path, paper: str) -> None:
    lines = [(code, text) for code, text in LINES if code is not Code.OTHER]
    page.goto(write(tmp_path, html(session(55, lines=lines))))
    printed = page.pdf(format=paper, print_background=True)
    assert printed.count(b"/Type /Page\n") + printed.count(b"/Type /Page ") + printed.count(b"/Type /Page/") == 2
