"""Any conversation, written in any format, reads back the same."""

import csv
import io
import json
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import RecordingError
from pipeline.transcripts.cues import Cue
from pipeline.transcripts.timing import timed
from pipeline.transcripts.turns import MERGE_GAP_MS
from tests.pipeline.transcript_builders import clock, read, said

Said = tuple[str, int, int, str]
NAMES = ("Dana Okafor", "Ravi Patel", "Zoë", "Speaker 3")
WORDS = "how did it go fine two things: price <fast> & “quiet” they're no, 10:30 café -- 100%".split()


@st.composite
def conversations(draw: st.DrawFn) -> list[Said]:
    """Turns of two to four speakers, each twice at least, no two that would merge."""
    speakers = draw(st.lists(st.sampled_from(NAMES), min_size=2, max_size=4, unique=True))
    others = draw(st.lists(st.sampled_from(speakers), max_size=12))
    turns: list[Said] = []
    now_ms = draw(st.integers(0, 3_000_000))
    for speaker in [*speakers, *speakers, *others]:
        gap_ms = draw(st.integers(0, 4_000))
        if turns and turns[-1][0] == speaker:
            gap_ms += MERGE_GAP_MS + 1
        length_ms = draw(st.integers(1, 60_000))
        text = " ".join(draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=8)))
        turns.append((speaker, now_ms + gap_ms, now_ms + gap_ms + length_ms, f"well {text}"))
        now_ms += gap_ms + length_ms
    return turns


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def webvtt(turns: Sequence[Said]) -> str:
    cues = (
        f"{clock(start)} --> {clock(end)}\n<v {escaped(who)}>{escaped(text)}</v>\n" for who, start, end, text in turns
    )
    return "WEBVTT\n\n" + "\n".join(cues)


def zoom(turns: Sequence[Said]) -> str:
    cues = (
        f"{number}\n{clock(start)} --> {clock(end)}\n{who}: {text}\n"
        for number, (who, start, end, text) in enumerate(turns, start=1)
    )
    return "WEBVTT\n\n" + "\n".join(cues)


def subrip(turns: Sequence[Said]) -> str:
    return "\n".join(
        f"{number}\n{clock(start, ',')} --> {clock(end, ',')}\n{who}: {escaped(text)}\n"
        for number, (who, start, end, text) in enumerate(turns, start=1)
    )


def table(turns: Sequence[Said]) -> str:
    out = io.StringIO(newline="")
    rows = csv.writer(out)
    rows.writerow(["speaker", "start_ms", "end_ms", "text"])
    rows.writerows(turns)
    return out.getvalue()


def objects(turns: Sequence[Said]) -> str:
    return json.dumps([{"speaker": w, "start": s / 1000, "end": e / 1000, "text": t} for w, s, e, t in turns])


def ranges(turns: Sequence[Said]) -> str:
    return "\n".join(f"[{clock(start)} - {clock(end)}] {who}: {text}" for who, start, end, text in turns)


@pytest.mark.parametrize(
    ("name", "written"),
    [("a.vtt", webvtt), ("b.vtt", zoom), ("a.srt", subrip), ("a.csv", table), ("a.json", objects), ("a.txt", ranges)],
)
@settings(max_examples=60)
@given(
    turns=conversations(), newline=st.sampled_from(["\n", "\r\n"]), encoding=st.sampled_from(["utf-8-sig", "utf-16"])
)
def test_what_is_written_reads_back_the_same(
    name: str, written: object, turns: list[Said], newline: str, encoding: str
) -> None:
    assert callable(written)
    content: str = written(turns)
    with tempfile.TemporaryDirectory() as folder:
        session = read(Path(folder), name, content.replace("\r\n", "\n").replace("\n", newline).encode(encoding))
    assert said(session) == turns
    assert session.duration_ms == max(end_ms for _, _, end_ms, _ in turns)
    assert not session.turns_can_overlap
    assert session.warnings == ()


some_time = st.none() | st.integers(-5_000, 600_000)
some_cues = st.lists(
    st.builds(Cue, st.sampled_from(["one", "one two three", "one two"]), st.just("Dana"), some_time, some_time)
)


@given(cues=some_cues)
def test_times_always_run_forward_and_no_cue_is_lost(cues: list[Cue]) -> None:
    placed = timed(cues).cues
    starts = [cue.start_ms for cue in placed]
    assert all(start_ms is not None and start_ms >= 0 for start_ms in starts)
    assert starts == sorted(start_ms for start_ms in starts if start_ms is not None)
    assert all((cue.end_ms or 0) >= (cue.start_ms or 0) for cue in placed)
    assert sorted(cue.text for cue in placed) == sorted(cue.text for cue in cues)


@settings(max_examples=200)
@given(
    content=st.binary(max_size=200) | st.text(max_size=200).map(str.encode),
    name=st.sampled_from(["a.vtt", "a.txt", "a.csv", "a.srt"]),
)
def test_any_bytes_are_read_or_refused(content: bytes, name: str) -> None:
    with tempfile.TemporaryDirectory() as folder, suppress(RecordingError):
        assert read(Path(folder), name, content).turns
