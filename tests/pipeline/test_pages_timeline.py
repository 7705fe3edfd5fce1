"""The session drawn over time."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from pipeline.pages.timeline import both_speak, gaps, timeline
from pipeline.values import Role, Span, Speaker, Turn
from tests.pipeline.page_builders import WORDS, scored, session

SPANS = st.lists(st.tuples(st.integers(0, 200), st.integers(0, 40)).map(lambda pair: Span(pair[0], sum(pair))))


def turns(spans: list[Span], labels: str = "S1") -> list[Turn]:
    return [Turn(place, labels, span, "words") for place, span in enumerate(spans)]


@given(SPANS)
def test_gaps_are_the_milliseconds_in_which_nobody_speaks(spans: list[Span]) -> None:
    spoken = {ms for span in spans for ms in range(span.start_ms, span.end_ms)}
    silent = [ms for gap in gaps(turns(spans), 250) for ms in range(gap.start_ms, gap.end_ms)]
    assert silent == [ms for ms in range(250) if ms not in spoken]


def test_gaps_of_nobody_speaking_are_the_whole() -> None:
    assert gaps([], 5_000) == [Span(0, 5_000)]


def test_both_speak_where_the_manager_and_another_overlap() -> None:
    spoken = (
        Turn(0, "S1", Span(0, 1_000), "a"),
        Turn(1, "S2", Span(700, 2_000), "b"),
        Turn(2, "S2", Span(1_500, 1_800), "c"),
    )
    assert both_speak(session(0, turns=spoken)) == [Span(700, 1_000)]


def test_a_unit_stands_in_its_speakers_lane_in_the_row_of_its_orientation() -> None:
    drawn = timeline(scored(session(12)), WORDS)
    assert drawn is not None
    manager, rep = drawn.lanes
    assert [(bar.anchor, bar.row) for bar in manager.bars[:3]] == [("u0", 1), ("u1", 0), ("u3", 0)]
    assert {bar.style for bar in rep.bars} == {"uncoded"}


def test_nothing_is_drawn_outside_the_drawing() -> None:
    late = session(12, duration_ms=1_000)
    drawn = timeline(scored(late), WORDS)
    assert drawn is not None
    assert all(0 <= bar.left <= 100 and bar.left + bar.width < 100.1 for lane in drawn.lanes for bar in lane.bars)


def test_turns_that_were_not_split_are_drawn_whole() -> None:
    drawn = timeline(scored(session(12, units=())), WORDS)
    assert drawn is not None
    assert [bar.anchor for bar in drawn.lanes[0].bars][:2] == ["t0", "t2"]


def test_a_third_speaker_has_a_lane_below_the_two() -> None:
    of = session(12)
    third = Turn(len(of.turns), "S3", Span(60_000, 61_000), "Hello?")
    with_third = replace(of, speakers=(*of.speakers, Speaker("S3", None, Role.OTHER)), turns=(*of.turns, third))
    drawn = timeline(scored(with_third), WORDS)
    assert drawn is not None
    assert [lane.name for lane in drawn.lanes] == ["Karen Holt", "David Osei", "Others"]


def test_nothing_can_be_drawn_of_a_session_without_times_or_words() -> None:
    assert timeline(scored(session(0, duration_ms=0)), WORDS) is None
    assert timeline(scored(session(0, duration_ms=9_000)), WORDS) is None


def test_eight_hours_have_a_readable_number_of_times_written_below() -> None:
    drawn = timeline(scored(session(600, every_ms=48_000)), WORDS)
    assert drawn is not None
    assert [tick.text for tick in drawn.ticks] == [f"{hour}:00:00" if hour else "0:00" for hour in range(8)]
