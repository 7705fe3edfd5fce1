"""Reports on a coach and on a team."""

import json
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.codes import Code
from pipeline.metrics import add, measure
from pipeline.pages import ReportOptions, coach_html, coach_report, team_html, team_report
from pipeline.pages.change import change_verdict
from pipeline.pages.reports import Moves, in_order
from pipeline.pages.skill import focus_skill, followed_up
from pipeline.pages.totals import CoachTotal, high, low, tiers
from pipeline.rubric import load_rubric
from pipeline.scoring import ScoringOptions, score, session_tally
from pipeline.tables import csv_text
from pipeline.values import CriterionScore, Finding, Metric, Scored, Scores, Span, TranscriptSource, certain
from tests.pipeline.page_builders import NOON, WORDS, metric, scored, session
from tests.pipeline.page_gold import assert_gold

RUBRIC = load_rubric()
FEW = ScoringOptions(draws=50)
OPTIONS = ReportOptions(NOON, {"held-3": "cards/3.html"}, FEW)
ASK, TELL = (Code.OPEN_QUESTION, "Why?"), (Code.DIRECTIVE_ADVICE, "Call him.")
REP = (None, "I see.")
HOSTILE = "<script>alert(1)</script>"


def held(number: int, asks: int, tells: int, manager: str | None = "Karen Holt", **given: object) -> Scored:
    """A session with so many certain asks and tells, each answered by the rep."""
    lines = [line for each in [ASK] * asks + [TELL] * tells for line in (each, REP)]
    of = session(
        len(lines),
        lines=lines or [REP],
        manager=manager,
        session_id=f"held-{number}",
        **({"recorded_on": date(2026, 1, number), "source": f"talk-{number}.flac"} | given),  # type: ignore[arg-type]
    )
    units = tuple(replace(unit, coding=certain(unit.code)) if unit.code else unit for unit in of.units)
    return score(replace(of, units=units), RUBRIC, FEW)


def test_sessions_are_in_order_of_date_the_undated_first() -> None:
    sessions = [held(3, 1, 1), held(1, 1, 1), held(2, 1, 1, recorded_on=None)]
    assert [scored.session.session_id for scored in in_order(sessions)] == ["held-2", "held-1", "held-3"]


def test_the_coach_report_adds_counts_and_never_averages_ratios() -> None:
    report = coach_report("Karen Holt", [held(1, 1, 0), held(2, 0, 9)], RUBRIC, OPTIONS)
    assert report.sentence.startswith(
        "Across 2 sessions, Karen Holt told far more than asked: of 10 moves that asked or told, 10% asked"
    )


def test_the_rolling_share_is_that_of_the_last_five_sessions_counts() -> None:
    sessions = [held(number, number, 8 - number) for number in range(1, 8)]
    rows = coach_report("Karen Holt", sessions, RUBRIC, OPTIONS).rows
    last_five = add([session_tally(each.session, RUBRIC, FEW) for each in sessions[-5:]])
    expected = next(each for each in measure(last_five) if each.id == "non_directive_ratio")
    assert rows[-1]["rolling_non_directive_ratio"] == expected.value == 25 / 40
    assert [row["asks"] for row in rows] == [1, 2, 3, 4, 5, 6, 7]


@pytest.mark.parametrize(
    ("before", "now", "words"),
    [
        (metric("x", 0.3, 20, spread=0.1), metric("x", 0.6, 20, spread=0.1), "up"),
        (metric("x", 0.6, 20, spread=0.1), metric("x", 0.3, 20, spread=0.1), "down"),
        (metric("x", 0.4, 20, spread=0.1), metric("x", 0.5, 20, spread=0.1), "no clear change"),
        (metric("x", 0.4, 20), metric("x", 0.5, 20), "higher"),
        (metric("x", 0.4, 2, spread=0.1, enough=False), metric("x", 0.9, 20, spread=0.1), "not enough evidence"),
        (metric("x", None, 0), metric("x", 0.5, 20), "cannot be compared"),
        (None, metric("x", 0.5, 20), "cannot be compared"),
    ],
)
def test_a_change_is_claimed_only_where_intervals_part(before: Metric | None, now: Metric, words: str) -> None:
    assert change_verdict(before, now) == words


def with_focus(rule: str, band: str | None) -> Scored:
    finding = Finding("focus", rule, "Open your questions. Because.", Span(0, 1))
    scores = Scores(None, (CriterionScore("asks_openly", band, None),))
    return scored(findings=(finding,), scores=scores)


def test_the_focus_skill_is_followed_into_the_next_session() -> None:
    words = replace(WORDS, criteria=(replace(WORDS.criteria[0], id="asks_openly", skill="Open your questions"),))
    before = with_focus("asks_openly", "closed")
    assert focus_skill(before, words) == "Open your questions"
    assert followed_up(before, with_focus("asks_openly", "mixed"), words) == "Open your questions: closed, now mixed"
    assert followed_up(before, with_focus("asks_openly", "closed"), words) == "Open your questions: still closed"
    assert followed_up(before, with_focus("asks_openly", None), words) == (
        "Open your questions: not enough evidence this time"
    )
    assert followed_up(with_focus("no such criterion", "mixed"), before, words) == ""


def total(name: str | None, value: float | None, spread: float = 0.05, enough: bool = True) -> CoachTotal:
    balance = metric("non_directive_ratio", value, 30, spread=spread, enough=enough)
    return CoachTotal(name, 1, 0, None, 0, Moves(0, 0), {balance.id: balance})


def test_tiers_part_only_where_intervals_do_and_are_by_name_within() -> None:
    found = tiers([total("Ana", 0.5), total("Bo", 0.8), total("Cy", 0.58), total("Di", 0.2, enough=False)])
    assert [[each.name for each in tier] for tier in found] == [["Bo"], ["Ana", "Cy"], ["Di"]]


def test_tiers_of_nobody_are_none() -> None:
    assert tiers([]) == []


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 0.3)), max_size=12))
def test_everyone_in_a_tier_asks_more_than_everyone_in_the_next(values: list[tuple[float, float]]) -> None:
    totals = [total(str(place), value, spread) for place, (value, spread) in enumerate(values)]
    found = tiers(totals)
    assert sorted(each.name or "" for tier in found for each in tier) == sorted(each.name or "" for each in totals)
    for upper, lower in pairwise(found):
        assert min(low(each) for each in upper) > max(high(each) for each in lower)


def test_the_team_report_ranks_nobody_whose_intervals_overlap() -> None:
    sessions = [held(1, 6, 6, "Ana"), held(2, 7, 5, "Bo")]
    unsure = [score(session(40, manager=name, session_id=name), RUBRIC, FEW) for name in ("Cy", "Di")]
    report = team_report(unsure, RUBRIC, OPTIONS)
    assert "nobody asks more than anybody else" in report.ranking
    assert [tier.title for tier in report.tiers] == ["All managers"]
    assert [tier.title for tier in team_report(sessions, RUBRIC, OPTIONS).tiers] == ["Group 1", "Group 2"]


def test_names_that_differ_in_capitals_or_spaces_are_one_manager_called_as_the_last_session_does() -> None:
    sessions = [held(1, 9, 9, "ana  bell"), held(2, 9, 9, "Ana Bell"), held(3, 9, 9, "Bo"), held(4, 9, 9, " ")]
    rows = team_report(sessions, RUBRIC, OPTIONS).rows
    assert [(row["manager"], row["sessions"]) for row in rows] == [("Ana Bell", 2), ("Bo", 1), (None, 1)]


def test_sessions_without_a_managers_name_are_counted_and_said() -> None:
    report = team_report([held(1, 9, 9, None), held(2, 9, 9, "Ana")], RUBRIC, OPTIONS)
    assert [row["manager"] for row in report.rows] == ["Ana", None]
    assert "1 session whose manager’s name is not known." in report.warnings


def test_drafts_undated_and_thin_sessions_are_said() -> None:
    sessions = [held(1, 1, 0, recorded_on=None, transcript=TranscriptSource("pocketsphinx", "en-us", draft=True))]
    said = " ".join(coach_report("Karen Holt", sessions, RUBRIC, OPTIONS).warnings)
    assert "draft transcript" in said
    assert "without a date" in said
    assert "too little evidence" in said


def test_reports_on_nothing_say_so() -> None:
    assert "No sessions of Nobody have been scored." in coach_html(coach_report("Nobody", [], RUBRIC, OPTIONS))
    assert "Nothing has been scored yet." in team_html(team_report([], RUBRIC, OPTIONS))


@pytest.mark.parametrize("asks", [0, 3])
def test_reports_hold_for_sessions_that_show_nothing(asks: int) -> None:
    sessions = [held(1, asks, 0), held(2, 0, 0), held(3, 0, 0, None)]
    assert "</html>" in coach_html(coach_report("Karen Holt", sessions, RUBRIC, OPTIONS))
    assert "</html>" in team_html(team_report(sessions, RUBRIC, OPTIONS))


def test_hostile_names_do_no_harm_on_pages_and_in_tables() -> None:
    sessions = [held(1, 5, 5, HOSTILE, source="=cmd()"), held(2, 5, 5, HOSTILE, rep="=cmd()")]
    coach, team = coach_report(HOSTILE, sessions, RUBRIC, OPTIONS), team_report(sessions, RUBRIC, OPTIONS)
    for html in (coach_html(coach), team_html(team)):
        assert "<script>alert(1)" not in html
    table = csv_text(coach.rows, list(coach.rows[0]))
    assert "'=cmd()" in table
    assert ",=cmd()" not in table
    assert json.loads(json.dumps(team.rows))[0]["manager"] == HOSTILE


def test_a_session_leads_to_its_scorecard_where_there_is_one() -> None:
    html = coach_html(coach_report("Karen Holt", [held(3, 5, 5), held(4, 5, 5)], RUBRIC, OPTIONS))
    assert '<a href="./cards/3.html">talk-3.flac</a>' in html
    assert ">talk-4.flac</a>" not in html


def test_the_charts_use_the_pages_own_colours_and_no_address() -> None:
    html = coach_html(coach_report("Karen Holt", [held(1, 5, 5), held(2, 6, 4)], RUBRIC, OPTIONS))
    assert 'fill="var(--ask)"' in html
    assert "#0000" not in html
    assert "https://" not in html


def test_the_pages_are_the_expected_ones() -> None:
    sessions = [held(1, 9, 3), held(2, 4, 8, "Ana Bell"), held(3, 8, 4)]
    assert_gold("coach.html", coach_html(coach_report("Karen Holt", [sessions[0], sessions[2]], RUBRIC, OPTIONS)))
    assert_gold("team.html", team_html(team_report(sessions, RUBRIC, OPTIONS)))
