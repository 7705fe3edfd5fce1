"""Subtitle files as their products write them: speakers and times of WebVTT and SubRip."""

from pathlib import Path

import pytest

from pipeline.errors import RecordingError
from pipeline.transcripts import is_transcript, read_transcript
from pipeline.values import Session

ZOOM = """WEBVTT

1
00:00:01.000 --> 00:00:04.120
Dana Okafor: How did the call go?

2
00:00:04.900 --> 00:00:09.000
Ravi Patel: Two things: price and timing.

3
00:00:09.500 --> 00:00:11.000
Ravi Patel: They went quiet.
"""
TEAMS = """WEBVTT

a7939eec-6426-b7bd-c586-66ccb1a4abbc/32-0
00:00:09.835 --> 00:00:13.995
<v Dana Okafor>How did
the call go?</v>

a7939eec-6426-b7bd-c586-66ccb1a4abbc/60-0
00:00:14.435 --> 00:00:18.275
<v Ravi Patel>They went quiet.</v>
"""


def said(session: Session) -> list[tuple[str | None, int, int, str]]:
    names = {speaker.label: speaker.name for speaker in session.speakers}
    return [(names[turn.speaker], turn.span.start_ms, turn.span.end_ms, turn.text) for turn in session.turns]


def read(folder: Path, name: str, content: str | bytes) -> Session:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    assert is_transcript(path)
    return read_transcript(path)


def test_zoom_names_speakers_before_a_colon(tmp_path: Path) -> None:
    session = read(tmp_path, "zoom.vtt", ZOOM)
    assert said(session) == [
        ("Dana Okafor", 1_000, 4_120, "How did the call go?"),
        ("Ravi Patel", 4_900, 11_000, "Two things: price and timing. They went quiet."),
    ]
    assert session.transcript.model == "webvtt"
    assert session.duration_ms == 11_000


TEAMS_SAID = [
    ("Dana Okafor", 9_835, 13_995, "How did the call go?"),
    ("Ravi Patel", 14_435, 18_275, "They went quiet."),
]


@pytest.mark.parametrize(
    "content",
    [
        TEAMS,
        TEAMS.replace("</v>", ""),
        "\ufeff" + TEAMS.replace("\n", "\r\n"),
        TEAMS.replace("00:00:", "00:"),
        TEAMS.replace("<v ", "<v.loud "),
        TEAMS.replace("WEBVTT\n", "WEBVTT - made by hand\n\nNOTE two\nlines\n\nSTYLE\n::cue { color: red }\n"),
        TEAMS.encode("utf-16"),
    ],
    ids=["plain", "unclosed", "mark and crlf", "no hours", "class", "notes and styles", "utf-16"],
)
def test_teams_names_speakers_in_voice_tags(tmp_path: Path, content: str | bytes) -> None:
    assert said(read(tmp_path, "teams.vtt", content)) == TEAMS_SAID


def test_subrip_names_speakers_before_a_colon(tmp_path: Path) -> None:
    content = (
        "1\n00:00:01,000 --> 00:00:04,120\nDana: <i>How did it go?</i>\n\n"
        "2\n00:00:05,000 --> 00:00:06,500\nRavi: Fine.\n"
    )
    assert said(read(tmp_path, "call.srt", content)) == [
        ("Dana", 1_000, 4_120, "How did it go?"),
        ("Ravi", 5_000, 6_500, "Fine."),
    ]


def test_a_transcript_without_speakers_is_refused_with_what_to_do(tmp_path: Path) -> None:
    content = (
        "WEBVTT\n\n00:01.000 --> 00:02.000\nHow did it go?\n\n00:03.000 --> 00:04.000\nTwo things: price and timing.\n"
    )
    with pytest.raises(RecordingError, match=r"^call\.vtt: .*does not say who speaks; add names"):
        read(tmp_path, "call.vtt", content)
