from dataclasses import replace

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.codes import CODES, Attribute, Code
from pipeline.contract import scored_object
from pipeline.findings import FindingLimits, find
from pipeline.rubric import SHIPPED, load_rubric, read_rubric
from pipeline.scoring import ScoringOptions, score
from pipeline.values import Coding, Span
from tests.pipeline.session_builders import MANAGER, REP, Said, make_session, say
from tests.pipeline.test_metrics_properties import sessions

OPEN, CLOSED, ADVICE = Code.OPEN_QUESTION, Code.CLOSED_QUESTION, Code.DIRECTIVE_ADVICE
REFLECTION, PRAISE, JUDGMENT, BACKCHANNEL = Code.REFLECTION, Code.PRAISE, Code.JUDGMENT, Code.BACKCHANNEL
QUICK = ScoringOptions(draws=5)
LONG = "word " * 30


def found(kind, *spoken, rubric=None):
    scored = score(make_session(*spoken), rubric or load_rubric(), QUICK)
    return [finding for finding in scored.findings if finding.kind == kind]


def rules(kind, *spoken):
    return [finding.rule for finding in found(kind, *spoken)]


def asked_and_told(asked, told):
    """A session that asks so often and tells so often, each in a turn that the rep answers."""
    turns, at = [], 0
    for code in [OPEN] * asked + [ADVICE] * told:
        turns += [say(MANAGER, at, at + 3, code), say(REP, at + 4, at + 9, "Five words of an answer.")]
        at += 10
    return turns


def test_an_idea_that_is_told_over_is_a_missed_opening_with_what_to_ask_instead():
    turns = (
        say(MANAGER, 0, 3, OPEN),
        say(REP, 4, 9, "It went flat.", "I was thinking I could call the nurses first."),
        say(MANAGER, 10, 14, Said(BACKCHANNEL, "Right."), ADVICE),
    )
    (missed,) = found("missed_opening", *turns)
    assert (missed.rule, missed.units, missed.span) == ("told_after_idea", (2, 4), Span(6_500, 14_000))
    assert missed.instead == "What makes you think that it could work?"


@pytest.mark.parametrize("asked_first", [OPEN, REFLECTION, CLOSED])
def test_an_idea_that_is_asked_about_first_is_not_missed(asked_first):
    turns = say(REP, 0, 9, "I was thinking I could call her."), say(MANAGER, 10, 14, asked_first, ADVICE)
    assert "told_after_idea" not in rules("missed_opening", *turns)


def test_a_feeling_or_a_doubt_without_punctuation_counts_too():
    turns = (
        *(say(MANAGER, 0, 1, OPEN), say(REP, 1, 9, "um im not sure it would work"), say(MANAGER, 10, 14, ADVICE)),
        *(say(REP, 20, 29, "i got really frustrated"), say(MANAGER, 30, 34, ADVICE)),
    )
    assert rules("missed_opening", *turns) == ["told_after_doubt", "told_after_feeling"]


def test_a_question_followed_by_the_managers_own_answer_is_a_missed_opening():
    turns = say(MANAGER, 0, 9, OPEN, ADVICE), say(REP, 10, 12)
    (missed,) = found("missed_opening", *turns)
    assert (missed.rule, missed.units) == ("answered_own_question", (0, 1))
    assert missed.instead in load_rubric().instead[ADVICE]


def test_stacked_questions_are_a_missed_opening_without_anything_to_ask_instead():
    (missed,) = found("missed_opening", say(MANAGER, 0, 9, OPEN, CLOSED, OPEN), say(REP, 10, 12))
    assert (missed.rule, missed.units, missed.instead) == ("stacked_questions", (0, 1, 2), None)


def test_advice_first_and_advice_unexplored_are_not_told_twice_of_the_same_unit():
    turns = say(MANAGER, 0, 5, ADVICE), say(REP, 6, 9), say(MANAGER, 200, 205, ADVICE), say(REP, 206, 209)
    missed = found("missed_opening", *turns)
    assert [(each.rule, each.units) for each in missed] == [("advice_first", (0,)), ("unexplored_advice", (2,))]
    assert missed[0].instead != missed[1].instead


def test_nothing_rests_on_a_unit_less_than_half_sure():
    unsure = Coding(tuple(0.4 if code is ADVICE else 0.6 / 11 for code in CODES))
    turns = say(REP, 0, 9, "I was thinking I could call her."), say(MANAGER, 10, 14, Said(unsure))
    assert rules("missed_opening", *turns) == []


def test_moments_are_the_strongest_of_each_rule_in_order_of_time():
    praise = Said(PRAISE, "I liked how you let the silence sit.", attributes=(Attribute.SPECIFIC,))
    person = Said(JUDGMENT, "You are lazy.", attributes=(Attribute.ABOUT_PERSON,))
    promise = Said(None, "I will call by Friday.", attributes=(Attribute.COMMITMENT,))
    turns = (
        *(say(MANAGER, 0, 3, OPEN), say(REP, 4, 20, LONG), say(MANAGER, 21, 24, praise)),
        *(say(REP, 25, 28), say(MANAGER, 29, 33, CLOSED), say(REP, 36, 39)),
        *(say(MANAGER, 40, 43, person), say(REP, 44, 47, promise)),
    )
    assert rules("moment", *turns) == [
        "opened_up",
        "named_what_worked",
        "silence_held",
        "person_judged",
        "commitment_made",
    ]


def test_interruptions_and_long_monologues_are_moments():
    turns = say(REP, 0, 10), say(MANAGER, 8, 70, ADVICE, Code.TEACHING), say(REP, 71, 75)
    assert rules("moment", *turns) == ["long_monologue"]
    assert rules("moment", say(REP, 0, 10), say(MANAGER, 8, 12, Code.TEACHING)) == ["interrupted"]


def test_a_rule_the_rubric_leaves_out_is_off():
    content = yaml.safe_load(load_rubric().text)
    quiet = read_rubric(yaml.safe_dump({**content, "findings": {}, "openings": []}), "quiet.yaml")
    assert found("missed_opening", *asked_and_told(0, 9), rubric=quiet) == []
    assert found("moment", *asked_and_told(9, 0), rubric=quiet) == []


def test_a_good_session_has_strengths_each_with_its_own_unit():
    strengths = found("strength", *asked_and_told(12, 1))
    assert [strength.rule for strength in strengths] == ["asks_more_than_tells", "asks_openly", "leaves_room"]
    assert strengths[0].text == "The rep was left to think: of 13 sentences that asked or told, 12 asked."
    assert len({strength.units[0] for strength in strengths}) == 3


def test_exploring_before_advice_is_shown_by_what_was_asked_not_by_the_advice():
    turns = (
        *(say(MANAGER, 0, 3, OPEN), say(REP, 4, 9), say(MANAGER, 10, 13, ADVICE), say(REP, 14, 19)),
        *(say(MANAGER, 200, 203, REFLECTION), say(REP, 204, 240, LONG), say(MANAGER, 241, 244, ADVICE, ADVICE)),
        *(say(REP, 245, 250), say(MANAGER, 400, 403, OPEN), say(REP, 404, 480, LONG + LONG)),
    )
    shown = [strength for strength in found("strength", *turns) if strength.rule == "explores_before_advising"]
    assert [strength.units[0] for strength in shown] == [4]


def test_the_focus_is_the_one_criterion_with_most_to_gain():
    (focus,) = found("focus", *asked_and_told(1, 12))
    assert focus.rule == "asks_more_than_tells"
    assert focus.text.startswith("Ask before you tell. Mostly telling: of 13 sentences that asked or told, 1 asked.")
    assert focus.instead == "What have you thought of trying?"


def test_there_is_no_focus_without_enough_evidence():
    assert found("focus", say(MANAGER, 0, 3, ADVICE)) == []


def test_a_session_that_shows_nothing_has_no_findings():
    for turns in [(), (say(REP, 0, 5),), (say(MANAGER, 0, 2, Said(Code.OTHER, "Hello.")),)]:
        assert score(make_session(*turns), load_rubric(), QUICK).findings == ()


def test_findings_are_printed_with_their_quote_rule_and_time():
    turns = say(REP, 0, 9, "I was thinking I could call her."), say(MANAGER, 10, 14, Said(ADVICE, "No, write to her."))
    printed = scored_object(score(make_session(*turns), load_rubric(), QUICK))["findings"]
    missed = next(each for each in printed if each["rule"] == "told_after_idea")
    assert missed["quote"] == "I was thinking I could call her. No, write to her."
    assert (missed["start_s"], missed["end_s"]) == (0.0, 14.0)


def test_the_reps_turn_is_in_the_span_where_it_has_no_units_of_its_own():
    session = make_session(say(REP, 0, 9, "I was thinking I could call her."), say(MANAGER, 10, 14, ADVICE))
    without = replace(session, units=tuple(unit for unit in session.units if unit.coding))
    missed = next(each for each in score(without, load_rubric(), QUICK).findings if each.rule == "told_after_idea")
    assert (missed.span, missed.units) == (Span(0, 14_000), (1,))


@settings(max_examples=30)
@given(session=sessions())
def test_findings_keep_to_their_limits_and_their_order(session):
    rubric = load_rubric()
    scored = score(session, rubric, QUICK)
    kinds = [finding.kind for finding in scored.findings]
    assert kinds == sorted(kinds, key=["strength", "focus", "moment", "missed_opening"].index)
    assert kinds.count("focus") <= 1
    assert kinds.count("strength") <= 3
    assert max(kinds.count("moment"), kinds.count("missed_opening")) <= 5
    few = find(session, rubric, scored.metrics, scored.scores, FindingLimits(1, 1, 1))
    assert len(few) <= 4
    for kind in ("moment", "missed_opening"):
        starts = [finding.span.start_ms for finding in scored.findings if finding.kind == kind]
        assert kind == "missed_opening" or starts == sorted(starts)


@settings(max_examples=60)
@given(asked=st.integers(0, 14), told=st.integers(0, 14), rubric=st.sampled_from(SHIPPED))
def test_no_criterion_is_both_a_strength_and_the_focus(asked, told, rubric):
    findings = score(make_session(*asked_and_told(asked, told)), load_rubric(rubric), QUICK).findings
    strengths = {finding.rule for finding in findings if finding.kind == "strength"}
    assert strengths.isdisjoint(finding.rule for finding in findings if finding.kind == "focus")


def test_a_strength_short_of_the_best_is_the_focus_only_where_nothing_else_is_left():
    content = yaml.safe_load(load_rubric().text)
    lead = [each for each in content["criteria"] if each["id"] == "asks_more_than_tells"]
    alone = read_rubric(yaml.safe_dump({**content, "criteria": lead}), "alone.yaml")
    solid = asked_and_told(9, 4)
    assert [each.rule for each in found("focus", *solid, rubric=alone)] == ["asks_more_than_tells"]
    assert found("strength", *solid, rubric=alone) == []
    assert "asks_more_than_tells" in [each.rule for each in found("strength", *solid)]
