"""Times of a clock, a calendar or a time code, in every format."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.transcripts.clock import clock_ms
from pipeline.transcripts.cues import Cue, Imported
from pipeline.transcripts.origin import count_from_first_turn
from tests.pipeline.transcript_builders import COUNTED, begun, clock, read, said

HOUR_MS = 3_600_000


def imported(*starts_ms: int | None, duration_ms: int | None = None) -> Imported:
    return Imported(tuple(Cue("one two", "Dana", start_ms) for start_ms in starts_ms), duration_ms)


def starts(counted: Imported) -> list[int | None]:
    return [cue.start_ms for cue in counted.cues]


def vtt(*times: tuple[str, str]) -> str:
    names = ("Dana", "Ravi")
    cues = (f"{start} --> {end}\n{names[index % 2]}: Hi.\n" for index, (start, end) in enumerate(times))
    return "WEBVTT\n\n" + "\n".join(cues)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", "speaker,start,end,text\nDana,09:00:05,09:00:07,How so?\nRavi,09:00:08,09:00:10,Fine.\n"),
        ("a.csv", "speaker,start,end,text\nDana,9:00:05 AM,9:00:07 AM,How so?\nRavi,9:00:08 AM,9:00:10 AM,Fine.\n"),
        (
            "a.vtt",
            "WEBVTT\n\n14:30:00.000 --> 14:30:02.000\nDana: How so?\n\n14:30:03.000 --> 14:30:05.000\nRavi: Fine.\n",
        ),
        ("a.srt", "1\n01:00:00,000 --> 01:00:02,000\nDana: How so?\n\n2\n01:00:03,000 --> 01:00:05,000\nRavi: Fine.\n"),
        ("a.srt", "1\n2:30:00 PM --> 2:30:02 PM\nDana: How so?\n\n2\n2:30:03 PM --> 2:30:05 PM\nRavi: Fine.\n"),
        ("a.sbv", "14:30:00.000,14:30:02.000\nDana: How so?\n\n14:30:03.000,14:30:05.000\nRavi: Fine.\n"),
        ("a.txt", "[14:30:00 - 14:30:02] Dana: How so?\n[14:30:03 - 14:30:05] Ravi: Fine.\n"),
        (
            "a.json",
            '[{"who": "Dana", "time": "14:30:00", "end": "14:30:02", "text": "How so?"},'
            ' {"who": "Ravi", "time": "14:30:03", "end": "14:30:05", "text": "Fine."}]',
        ),
    ],
    ids="csv csv-am vtt srt-time-code srt-pm sbv txt json".split(),
)
def test_times_of_a_clock_are_counted_from_the_first_turn(tmp_path: Path, name: str, content: str) -> None:
    session = read(tmp_path, name, content)
    assert said(session) == [("Dana", 0, 2_000, "How so?"), ("Ravi", 3_000, 5_000, "Fine.")]
    assert session.duration_ms == 5_000
    assert session.warnings == (COUNTED,)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", "[Dana] 23:59:58\nHow so?\n\n[Ravi] 00:00:05\nFine.\n"),
        ("a.txt", "[Dana] 12:59:58\nHow so?\n\n[Ravi] 1:00:05\nFine.\n"),
        ("a.txt", "[Dana] 11:59:58 PM\nHow so?\n\n[Ravi] 12:00:05 AM\nFine.\n"),
        ("a.csv", "speaker,start,text\nDana,23:59:58,How so?\nRavi,00:00:05,Fine.\n"),
        ("a.csv", "speaker,start,text\nDana,12:59:58,How so?\nRavi,1:00:05,Fine.\n"),
        ("a.csv", "speaker,start,text\nDana,12:59:58 PM,How so?\nRavi,1:00:05 PM,Fine.\n"),
    ],
)
def test_a_clock_goes_on_past_midnight_and_past_one(tmp_path: Path, name: str, content: str) -> None:
    session = read(tmp_path, name, content)
    assert begun(session) == [("Dana", 0, "How so?"), ("Ravi", 7_000, "Fine.")]
    assert COUNTED in session.warnings
    assert not any("order" in warning or "backwards" in warning for warning in session.warnings)


def test_a_cue_may_last_past_midnight(tmp_path: Path) -> None:
    content = vtt(("23:59:58.000", "00:00:03.000"), ("00:00:05.000", "00:00:06.000"))
    session = read(tmp_path, "a.vtt", content)
    assert said(session) == [("Dana", 0, 5_000, "Hi."), ("Ravi", 7_000, 8_000, "Hi.")]
    assert session.warnings == (COUNTED,)


def test_a_cue_of_two_speakers_may_last_past_midnight(tmp_path: Path) -> None:
    voices = "<v Dana>How so?</v>\n<v Ravi>Fine.</v>"
    content = vtt(("23:59:58.000", "00:00:03.000"), ("00:00:05.000", "00:00:06.000")).replace("Dana: Hi.", voices)
    assert read(tmp_path, "a.vtt", content).duration_ms == 8_000


def test_a_cue_from_before_midnight_may_follow_one_from_after() -> None:
    late_ms = 24 * HOUR_MS - 5_000
    assert starts(count_from_first_turn(imported(late_ms, 1_000, late_ms + 2_000, 3_000))) == [0, 6_000, 2_000, 8_000]


def test_a_file_that_is_long_enough_for_its_times_keeps_them() -> None:
    late = imported(HOUR_MS, HOUR_MS + 5_000, duration_ms=2 * HOUR_MS)
    assert count_from_first_turn(late) == late
    assert starts(count_from_first_turn(imported(HOUR_MS, HOUR_MS + 5_000, duration_ms=HOUR_MS))) == [0, 5_000]


def test_turns_without_a_time_before_the_first_that_has_one_keep_their_room() -> None:
    assert starts(count_from_first_turn(imported(None, None, 10 * HOUR_MS))) == [None, None, 1_600]


def test_a_first_turn_within_the_hour_keeps_all_times() -> None:
    for early in (imported(), imported(None), imported(HOUR_MS - 1, 14 * HOUR_MS, 0), imported(2 * HOUR_MS, 1_000)):
        assert count_from_first_turn(early) == early


def hours_and_minutes(*shown: str, words: int = 150) -> str:
    names = ("Dana", "Ravi")
    return "\n\n".join(f"{names[place % 2]}  {each}\n{'well ' * words}." for place, each in enumerate(shown))


def test_a_clock_without_seconds_is_told_by_how_much_is_said(tmp_path: Path) -> None:
    session = read(tmp_path, "a.txt", hours_and_minutes("10:32", "10:33", "10:33", "10:35"))
    assert [turn.span.start_ms for turn in session.turns] == [0, 60_000, 120_000, 180_000]
    assert COUNTED in session.warnings


@pytest.mark.parametrize(
    "shown",
    [
        ("12:57", "12:58", "12:59", "1:00", "1:01"),
        ("23:58", "23:59", "0:00", "0:01", "0:02"),
        ("[10:02 - 10:03]", "[10:03 - 10:04]", "[10:04 - 10:05]", "[10:05 - 10:06]", "[10:06 - 10:07]"),
    ],
)
def test_a_clock_without_seconds_passes_midnight_and_one(tmp_path: Path, shown: tuple[str, ...]) -> None:
    session = read(tmp_path, "a.txt", hours_and_minutes(*shown, words=120))
    assert [turn.span.start_ms for turn in session.turns] == [60_000 * minute for minute in range(5)]
    assert COUNTED in session.warnings


@pytest.mark.parametrize(
    "content",
    [
        hours_and_minutes("10:32", "10:33", "10:35", words=3),
        hours_and_minutes("10:32", "11:32", "12:35"),
        hours_and_minutes("0:32", "0:33", "0:34"),
        hours_and_minutes("10:32", "10:32"),
        hours_and_minutes("10:32.5", "10:33.0"),
        hours_and_minutes("30:32", "30:33"),
        hours_and_minutes("0:10:32", "0:10:33", "0:10:34"),
        hours_and_minutes("2:05", "2:06", words=12),
        hours_and_minutes("1:00", "2:48", *["2:48"] * 30, words=27),
    ],
)
def test_minutes_and_seconds_that_can_be_so_stay_so(tmp_path: Path, content: str) -> None:
    assert COUNTED not in read(tmp_path, "a.txt", content).warnings


@given(
    first_ms=st.integers(HOUR_MS, 24 * HOUR_MS - 1),
    gaps_ms=st.lists(st.integers(0, 10 * 60_000), min_size=1, max_size=20),
    hours=st.sampled_from([12, 24]),
)
def test_a_conversation_is_the_same_by_any_clock(first_ms: int, gaps_ms: list[int], hours: int) -> None:
    expected = [sum(gaps_ms[:count]) for count in range(len(gaps_ms) + 1)]
    shown = [(first_ms + time_ms) % (hours * HOUR_MS) for time_ms in expected]
    if hours == 12:
        # Such a clock shows 12 where a day has 0.
        shown = [time_ms + 12 * HOUR_MS if time_ms < HOUR_MS else time_ms for time_ms in shown]
    assert starts(count_from_first_turn(imported(*shown))) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12:00:05 AM", "00:00:05"),
        ("12:59:50 PM", "12:59:50"),
        ("1:00:08.5 p.m.", "13:00:08.500"),
        ("10:02am", "10:02:00"),
        ("10:02\u202fPM", "22:02:00"),
        ("14:30:00 PM", "14:30:00"),
    ],
)
def test_halves_of_the_day_are_understood(text: str, expected: str) -> None:
    assert clock_ms(text) == clock_ms(expected)


@given(time_ms=st.integers(0, 24 * HOUR_MS - 1))
def test_twelve_hours_with_halves_say_the_same_as_twenty_four(time_ms: int) -> None:
    half = "PM" if time_ms >= 12 * HOUR_MS else "AM"
    hours = time_ms // HOUR_MS % 12 or 12
    assert clock_ms(f"{hours}{clock(time_ms)[2:]} {half}") == time_ms
