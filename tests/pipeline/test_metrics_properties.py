from dataclasses import replace
from statistics import median

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.codes import CODES, QUESTIONS, Attribute, Code
from pipeline.metrics import METRICS, add, measure, tally
from pipeline.metrics.advice import EXPLORED_WITHIN_MS, EXPLORING, explorations_before
from pipeline.metrics.observed import draw_codes, observe, union_ms
from pipeline.metrics.questions import NEVER, aftermath
from pipeline.metrics.tally import Median
from pipeline.values import Coding, Role, Session, Span, Speaker, TranscriptSource, Turn, Unit
from tests.pipeline.session_builders import ORIENTATION

few = settings(max_examples=40)
DRAWS = 12
GAP_MS = 500_000
FROM_UNITS = frozenset(
    """non_directive_ratio non_directive_time_ratio word_share_manager talk_share_manager
    stacked_questions open_question_share reflection_to_question unexplored_advice praise_count judgment_count
    specific_praise_share praise_to_judgment judgment_about_person_share results_inspection_share commitments_rep
    commitments_manager""".split()
)
"""Metrics in which a session joined to the end of another, long after, counts as it did alone."""

spans = st.lists(st.builds(lambda start, length: Span(start, start + length), st.integers(0, 500), st.integers(0, 99)))


@st.composite
def codings(draw: st.DrawFn) -> Coding:
    weights = [0.0] * len(CODES)
    for place in draw(st.lists(st.integers(0, len(CODES) - 1), min_size=1, max_size=3, unique=True)):
        weights[place] = draw(st.sampled_from([1.0, 2.0, 5.0]))
    attributes = draw(st.frozensets(st.sampled_from(list(Attribute)), max_size=2))
    return Coding(tuple(weight / sum(weights) for weight in weights), attributes)


@st.composite
def sessions(draw: st.DrawFn, session_id: str = "a") -> Session:
    """Turns of two or three people that may overlap; units of a turn follow one another."""
    turns: list[Turn] = []
    units: list[Unit] = []
    at_ms = 0
    speakers = draw(st.lists(st.sampled_from(["S1", "S2", "S3"]), max_size=8))
    for label in speakers:
        at_ms = max(0, at_ms + draw(st.integers(-2_000, 4_000)))
        lengths = draw(st.lists(st.integers(1, 4_000), min_size=1, max_size=3))
        turn = Turn(len(turns), label, Span(at_ms, at_ms + sum(lengths)), " ".join(["word"] * len(lengths)))
        turns.append(turn)
        for length in lengths:
            coding = draw(codings()) if label == "S1" else None
            units.append(Unit(len(units), turn.index, Span(at_ms, at_ms + length), "word", coding))
            at_ms += length
    turns, units = _in_order(turns, units)
    last_ms = max((turn.span.end_ms for turn in turns), default=0)
    people = tuple(Speaker(label, None, role) for label, role in zip(["S1", "S2", "S3"], Role, strict=True))
    return Session(session_id, "s", last_ms, TranscriptSource("t", "t"), people, tuple(turns), tuple(units))


def _in_order(turns: list[Turn], units: list[Unit]) -> tuple[list[Turn], list[Unit]]:
    order = sorted(range(len(turns)), key=lambda place: turns[place].span.start_ms)
    new = {old: index for index, old in enumerate(order)}
    moved = sorted((replace(unit, turn=new[unit.turn]) for unit in units), key=lambda unit: (unit.turn, unit.span))
    return (
        [replace(turns[old], index=index) for index, old in enumerate(order)],
        [replace(unit, index=index) for index, unit in enumerate(moved)],
    )


def shifted(session: Session, by_ms: int, turns: int = 0, units: int = 0) -> Session:
    def move(span: Span) -> Span:
        return Span(span.start_ms + by_ms, span.end_ms + by_ms)

    return replace(
        session,
        turns=tuple(replace(turn, index=turn.index + turns, span=move(turn.span)) for turn in session.turns),
        units=tuple(
            replace(unit, index=unit.index + units, turn=unit.turn + turns, span=move(unit.span))
            for unit in session.units
        ),
    )


def joined(first: Session, second: Session) -> Session:
    late = shifted(second, first.duration_ms + GAP_MS, len(first.turns), len(first.units))
    duration_ms = first.duration_ms + GAP_MS + second.duration_ms
    return replace(first, duration_ms=duration_ms, turns=first.turns + late.turns, units=first.units + late.units)


@few
@given(sessions(), sessions("b"))
def test_counts_of_two_sessions_add_to_those_of_both_joined(first, second):
    added = measure(add([tally(first, ORIENTATION, DRAWS), tally(second, ORIENTATION, DRAWS)]))
    both = measure(tally(joined(first, second), ORIENTATION, DRAWS))
    for one, other in zip(added, both, strict=True):
        if one.id in FROM_UNITS:
            assert one.value == pytest.approx(other.value), one.id
            assert (
                abs(one.n - other.n) <= 1
                if one.id in ("talk_share_manager", "non_directive_time_ratio")
                else (one.n == other.n)
            ), one.id


@few
@given(sessions(), sessions("b"), sessions("c"))
def test_adding_is_in_any_order_the_same(first, second, third):
    tallies = [tally(each, ORIENTATION, DRAWS) for each in (first, second, third)]
    left = measure(add([add(tallies[:2]), tallies[2]]))
    for one, other in zip(left, measure(add(tallies[::-1])), strict=True):
        assert one.value == pytest.approx(other.value)
        assert (one.n, one.enough_evidence) == (other.n, other.enough_evidence)
        assert (one.low is None) == (other.low is None)


@few
@given(sessions())
def test_swapping_the_roles_mirrors_the_shares(session):
    swap = {Role.MANAGER: Role.REP, Role.REP: Role.MANAGER, Role.OTHER: Role.OTHER}
    mirror = replace(session, speakers=tuple(replace(each, role=swap[each.role]) for each in session.speakers))
    before, after = (measure(tally(each, ORIENTATION, 0)) for each in (session, mirror))
    for one, other in zip(before, after, strict=True):
        if one.id in ("talk_share_manager", "word_share_manager") and one.value is not None:
            assert other.value == pytest.approx(1 - one.value)
            assert one.n == other.n


@few
@given(sessions(), st.integers(0, 10_000_000))
def test_shifting_time_changes_nothing_but_the_time_of_the_first_advice(session, by_ms):
    # The duration stays: a session that begins later in its recording is as long as before.
    before = measure(tally(session, ORIENTATION, DRAWS))
    after = measure(tally(shifted(session, by_ms), ORIENTATION, DRAWS))
    for one, other in zip(before, after, strict=True):
        if one.id not in ("advice_latency_s", "silence_share"):
            assert one == other


@few
@given(sessions())
def test_every_value_lies_within_its_interval_and_shares_within_0_and_1(session):
    for metric in measure(tally(session, ORIENTATION, DRAWS)):
        if metric.value is not None and metric.low is not None and metric.high is not None:
            assert metric.low <= metric.value <= metric.high
        if metric.value is not None and metric.unit == "ratio" and metric.id != "reflection_to_question":
            assert 0 <= metric.value <= 1


@few
@given(sessions())
def test_sure_codes_give_intervals_without_width(session):
    sure = tuple(
        replace(unit, coding=Coding(tuple(float(code is unit.code) for code in CODES), unit.attributes))
        if unit.coding
        else unit
        for unit in session.units
    )
    for metric in measure(tally(replace(session, units=sure), ORIENTATION, DRAWS)):
        assert metric.low in (None, metric.value)
        assert metric.high in (None, metric.value)


def test_every_metric_has_its_own_id_name_and_definition():
    assert len({metric.id for metric in METRICS}) == len({metric.name for metric in METRICS}) == len(METRICS)
    assert all(metric.definition and metric.unit for metric in METRICS)


def test_adding_nothing_is_refused():
    with pytest.raises(ValueError, match="nothing to add"):
        add([])


@given(spans)
def test_union_is_the_number_of_milliseconds_anyone_fills(some):
    assert union_ms(some) == len({ms for span in some for ms in range(span.start_ms, span.end_ms)})


@given(st.lists(st.tuples(st.integers(-50, 50), st.booleans())))
def test_median_is_that_of_the_values_taken(pairs):
    values = np.array([value for value, _ in pairs], dtype=np.int64)
    taken = np.array([[taken for _, taken in pairs]], dtype=np.bool_)
    chosen = [value for value, taken in pairs if taken]
    (found,) = Median.of(values, taken).rows()
    assert np.isnan(found) if not chosen else found == median(chosen) / 1000


@few
@given(sessions())
def test_explorations_before_are_those_in_the_two_minutes_before_each_unit(session):
    seen = observe(session, DRAWS, 0)
    found = explorations_before(seen)
    for row, codes in enumerate(seen.codes):
        for place, unit in enumerate(seen.units):
            start_ms = unit.span.start_ms
            earlier = [
                other
                for other, code in zip(seen.units, codes, strict=True)
                if CODES[code] in EXPLORING
                and other.span.start_ms < start_ms
                and other.span.end_ms >= start_ms - EXPLORED_WITHIN_MS
            ]
            assert found[row, place] == len(earlier)


@few
@given(sessions())
def test_the_next_one_heard_is_the_first_to_speak_at_or_after_the_end(session):
    seen = observe(session, 0, 0)
    after = aftermath(seen)
    for place, unit in enumerate(seen.units):
        moments = [
            max(turn.span.start_ms, unit.span.end_ms)
            for turn in seen.of(Role.REP)
            if turn.span.end_ms > unit.span.end_ms
        ]
        assert after.rep_ms[place] == min(moments, default=NEVER)


@settings(max_examples=20)
@given(st.lists(st.floats(0.0, 1.0), min_size=12, max_size=12).filter(lambda row: sum(row) > 0.1), st.integers(0, 99))
def test_codes_are_drawn_as_often_as_their_probability_says(weights, seed):
    row = np.array([weights]) / sum(weights)
    drawn = draw_codes(row, 20_000, np.random.default_rng(seed))
    shares = np.bincount(drawn[:, 0], minlength=12) / 20_000
    assert np.abs(shares - row[0]).max() < 0.02
    assert not shares[row[0] == 0].any()


def test_two_sessions_in_a_rollup_are_drawn_independently():
    torn = Coding(tuple(0.5 if code in (Code.OPEN_QUESTION, Code.DIRECTIVE_ADVICE) else 0.0 for code in CODES))
    units = tuple(Unit(index, 0, Span(index, index + 1), "word", torn) for index in range(50))
    one = Session(
        "one", "s", 60, TranscriptSource("t", "t"), (Speaker("S1", None, Role.MANAGER),),
        (Turn(0, "S1", Span(0, 60), "word"),), units,
    )  # fmt: skip
    tallies = [tally(replace(one, session_id=f"session {number}"), ORIENTATION, 2_000) for number in range(8)]
    alone = next(metric for metric in measure(tallies[0]) if metric.id == "non_directive_ratio")
    together = next(metric for metric in measure(add(tallies)) if metric.id == "non_directive_ratio")
    assert None not in (alone.low, alone.high, together.low, together.high)
    # Eight independent sessions narrow the interval by the root of eight; the value is all open by the tie rule.
    assert together.n == 400
    assert 0.5 - together.low == pytest.approx((0.5 - alone.low) / 8**0.5, abs=0.03)


def test_questions_are_those_the_codebook_calls_so():
    assert {Code.OPEN_QUESTION, Code.CLOSED_QUESTION, Code.LEADING_QUESTION} == QUESTIONS
