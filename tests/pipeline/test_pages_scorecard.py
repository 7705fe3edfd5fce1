"""A scorecard's data and page, for ordinary sessions and for those that lack almost everything."""

from dataclasses import replace

import pytest

from pipeline.codes import Code
from pipeline.pages import scorecard_html
from pipeline.pages.findings import shortened
from pipeline.pages.render import render
from pipeline.pages.scorecard import scorecard
from pipeline.rubric import load_rubric
from pipeline.scoring import ScoringOptions, score
from pipeline.values import Finding, Role, Session, Span, Speaker, TranscriptSource, Turn, Unit
from tests.pipeline.page_builders import LINES, OPTIONS, WORDS, coded, metric, scored, session
from tests.pipeline.page_gold import assert_gold

RUBRIC = load_rubric()
HEARD = TranscriptSource("pocketsphinx", "en-us", draft=True)


def without_questions() -> Session:
    tells = [(code, text) for code, text in LINES if code is None or "question" not in code]
    return session(30, lines=tells)


def one_word() -> Session:
    span = Span(0, 400)
    return session(0, turns=(Turn(0, "S1", span, "Yes"),), units=(Unit(0, 0, span, "Yes", coded(Code.OTHER)),),
                   duration_ms=400)  # fmt: skip


def without_times() -> Session:
    span = Span(0, 0)
    turns = (Turn(0, "S1", span, "Why?"), Turn(1, "S2", span, "Because."))
    return session(0, turns=turns, units=(Unit(0, 0, span, "Why?", coded(Code.OPEN_QUESTION)),), duration_ms=0)


ODD = {
    "nothing": session(0, speakers=(), duration_ms=0),
    "an hour of silence": session(0, duration_ms=3_600_000),
    "one word": one_word(),
    "no times": without_times(),
    "no manager": session(24, speakers=(Speaker("S1", "Ana", Role.REP), Speaker("S2", None, Role.OTHER))),
    "no rep": session(24, speakers=(Speaker("S1", "Ana", Role.MANAGER),)),
    "no speakers": session(24, speakers=()),
    "no names": session(24, manager=None, rep=None),
    "no questions": without_questions(),
    "not split": session(24, units=()),
    "eight hours": session(1_500, every_ms=19_200),
    "no source": session(24, source=""),
}


@pytest.mark.parametrize("of", ODD.values(), ids=ODD.keys())
@pytest.mark.parametrize("rubric", ["non-directive-coaching", "grow", "feedback-conversation"])
def test_every_session_has_a_page_that_says_what_is_missing(of: Session, rubric: str) -> None:
    chosen = load_rubric(rubric)
    html = scorecard_html(score(of, chosen), chosen, OPTIONS)
    assert html.count("</html>") == 1
    assert "nan" not in html.split("</style>")[1].split("<script")[0].lower().split()
    assert 'id="verdict"' in html


@pytest.mark.parametrize(
    ("of", "words"),
    [
        ("nothing", "nobody says a word in it"),
        ("no manager", "no speaker is known to be the manager"),
        ("not split", "nothing the manager said has been coded"),
        ("one word", "the manager neither asked nor told"),
    ],
)
def test_an_undefined_balance_is_given_its_reason_and_no_bar(of: str, words: str) -> None:
    card = scorecard(score(ODD[of], RUBRIC), WORDS, OPTIONS)
    assert card.verdict.sentence == f"No ask : tell balance for this session: {words}."
    assert card.verdict.balance is None


def test_undefined_metrics_are_a_dash_with_their_reason() -> None:
    rows = {row.id: row for group in scorecard(scored(), WORDS, OPTIONS).groups for row in group.rows}
    assert (rows["judgment_about_person_share"].value, rows["judgment_about_person_share"].doubt) == (
        "—",
        "nothing to count",
    )
    assert rows["judgment_count"].value == "0"
    assert rows["specific_praise_share"].doubt == "not enough evidence: needs 3"


def test_every_metric_of_the_session_is_on_the_page_with_its_definition() -> None:
    of = score(session(36), RUBRIC)
    rows = {row.id: row for group in scorecard(of, WORDS, OPTIONS).groups for row in group.rows}
    assert rows.keys() == {metric.id for metric in of.metrics}
    assert all(row.definition for row in rows.values())


@pytest.mark.parametrize(
    ("value", "spread", "words"),
    [
        (0.7, 0.05, "Karen Holt mostly asked: of 30 moves that asked or told, 70% asked, within the target of 60–85%."),
        (0.62, 0.1, "Karen Holt mostly asked: of 30 moves that asked or told, 62% asked, probably within the target"),
        (0.0, 0.0, "Karen Holt only told: of 30 moves that asked or told, 0% asked, below the target"),
        (1.0, 0.0, "Karen Holt only asked: of 30 moves that asked or told, 100% asked, above the target"),
        (0.996, 0.0, "Karen Holt asked far more than told: of 30 moves that asked or told, >99% asked"),
    ],
)
def test_the_verdict_says_the_balance_in_one_sentence(value: float, spread: float, words: str) -> None:
    of = scored(metrics=(metric("non_directive_ratio", value, 30, spread=spread),))
    assert scorecard(of, WORDS, OPTIONS).verdict.sentence.startswith(words)


def test_the_verdict_of_few_moves_is_that_they_are_few() -> None:
    of = scored(metrics=(metric("non_directive_ratio", 1.0, 1, spread=0.2, enough=False),))
    sentence = scorecard(of, WORDS, OPTIONS).verdict.sentence
    assert sentence == "Karen Holt made only 1 move that asked or told: not enough evidence for a verdict."


def test_a_step_that_is_not_seen_is_told_in_the_rubrics_sentence() -> None:
    goal, reality, _, will = scorecard(scored(), WORDS, OPTIONS).steps
    assert (goal.missing, reality.missing) == ("not seen", "")
    assert will.missing == "It was not asked what the rep will do."
    page = scorecard_html(score(session(2), RUBRIC, ScoringOptions(draws=5)), RUBRIC, OPTIONS)
    assert "No answer was given back." in page


def test_nothing_is_said_to_be_missing_of_somebody_who_is_not_heard() -> None:
    of = session(speakers=(Speaker("S1", None, Role.OTHER), Speaker("S2", None, Role.REP)))
    assert [step.missing for step in scorecard(scored(of), WORDS, OPTIONS).steps if not step.seen] == ["not seen"] * 2


def test_a_draft_is_said_once_in_the_words_of_whoever_made_it() -> None:
    of = session(24, transcript=HEARD, warnings=("draft transcript: heard over a bad line.", "clipped"))
    html = scorecard_html(scored(of, warnings=of.warnings), RUBRIC, OPTIONS)
    assert html.count("Heard over a bad line.") == 1
    assert html.count("Draft transcript.") >= 2
    assert "Clipped." in html


def test_a_draft_without_a_warning_of_its_own_is_said_all_the_same() -> None:
    html = scorecard_html(scored(session(24, transcript=HEARD)), RUBRIC, OPTIONS)
    assert '<p class="alarm draft">' in html


def test_warnings_stand_once_each_and_are_escaped() -> None:
    html = scorecard_html(scored(warnings=("<b>loud</b>", "<b>loud</b>")), RUBRIC, OPTIONS)
    assert html.count("&lt;b&gt;loud&lt;/b&gt;.") == 1
    assert "<b>loud" not in html


def test_findings_that_say_the_same_stand_together() -> None:
    same = [Finding("moment", "cut", "Cut in.", Span(0, 1), (index,)) for index in (1, 3)]
    moments = scorecard(scored(findings=tuple(same)), WORDS, OPTIONS).moments
    assert [(card.text, len(card.occurrences)) for card in moments] == [("Cut in.", 2)]


def test_units_of_one_rep_turn_are_one_quote_and_coded_units_stay_apart() -> None:
    lines = ((Code.OPEN_QUESTION, "Why?"), (Code.PRAISE, "Good."), (None, "Well."), (None, "So."))
    finding = Finding("moment", "opens", "It opened up.", Span(0, 9_000), (0, 2, 3))
    card = scorecard(scored(session(4, lines=lines), findings=(finding,)), WORDS, OPTIONS).moments[0]
    assert [quote.text for quote in card.occurrences[0].quotes] == ["Why?", "Well. So."]


def test_a_finding_whose_units_are_gone_still_stands() -> None:
    finding = Finding("strength", "reflects", "It was good.", Span(61_000, 62_000), (999,))
    html = scorecard_html(scored(findings=(finding,)), RUBRIC, OPTIONS)
    assert 'href="#t=61.0">1:01</a>' in html


def test_shortened_cuts_between_words_and_leaves_short_texts_alone() -> None:
    assert shortened("one two three", 9) == "one two…"
    assert shortened("one two", 9) == "one two"
    assert shortened("x" * 30, 9) == "x" * 9 + "…"


@pytest.mark.parametrize(
    ("href", "src"),
    [
        ("../rec/a b#1%.flac", "./../rec/a%20b%231%25.flac"),
        ("javascript:alert(1)", "./javascript%3Aalert%281%29"),
        ("/media/3", "/media/3"),
        ("//evil.example/x.wav", "./evil.example/x.wav"),
    ],
)
def test_the_recording_is_linked_as_a_file_whatever_it_is_called(href: str, src: str) -> None:
    html = scorecard_html(scored(), RUBRIC, replace(OPTIONS, media_href=href))
    assert f'<audio id="audio" preload="none" src="{src}">' in html


def test_an_embedded_recording_goes_before_one_beside_the_page() -> None:
    options = replace(OPTIONS, media_href="a.wav", media_data_uri="data:audio/wav;base64,AAAA")
    assert 'src="data:audio/wav;base64,AAAA"' in scorecard_html(scored(), RUBRIC, options)


def test_a_page_names_no_address_outside_itself() -> None:
    html = scorecard_html(scored(), RUBRIC, OPTIONS)
    assert "http://" not in html
    assert "https://" not in html


def test_the_page_is_the_expected_one() -> None:
    card = scorecard(scored(session(12)), WORDS, replace(OPTIONS, media_href="acme-debrief.flac"))
    assert_gold("scorecard.html", render("scorecard.html", card=card))
