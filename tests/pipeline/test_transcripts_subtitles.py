"""WebVTT, SubRip and SubViewer as their products write them."""

from pathlib import Path

import pytest

from pipeline.errors import RecordingError
from pipeline.transcripts.subtitles import ARROW, blocks
from tests.pipeline.transcript_builders import read, said, texts

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
TEAMS_SAID = [
    ("Dana Okafor", 9_835, 13_995, "How did the call go?"),
    ("Ravi Patel", 14_435, 18_275, "They went quiet."),
]
CALL = [("Dana", 1_000, 4_120, "How did it go?"), ("Ravi", 5_000, 6_500, "Fine.")]


def test_zoom_names_speakers_before_a_colon(tmp_path: Path) -> None:
    session = read(tmp_path, "zoom.vtt", ZOOM)
    assert said(session) == [
        ("Dana Okafor", 1_000, 4_120, "How did the call go?"),
        ("Ravi Patel", 4_900, 11_000, "Two things: price and timing. They went quiet."),
    ]
    assert (session.transcript.engine, session.transcript.model) == ("transcript", "webvtt")
    assert session.duration_ms == 11_000
    assert session.warnings == ()


@pytest.mark.parametrize("arrow", ["→", "->", "–>", "\uf0e0"])
def test_an_arrow_that_a_word_processor_corrected_still_parts_start_from_end(tmp_path: Path, arrow: str) -> None:
    assert said(read(tmp_path, "pasted.txt", TEAMS.replace("-->", arrow))) == TEAMS_SAID
    assert said(read(tmp_path, "pasted.srt", ZOOM.removeprefix("WEBVTT\n\n").replace("-->", arrow)))[0][1:3] == (
        1_000,
        4_120,
    )


@pytest.mark.parametrize(
    "content",
    [
        TEAMS,
        TEAMS.replace("</v>", ""),
        "\ufeff" + TEAMS.replace("\n", "\r\n"),
        TEAMS.replace("\n", "\r"),
        TEAMS.replace("00:00:", "00:"),
        TEAMS.replace("<v ", "<v.loud "),
        TEAMS.replace("WEBVTT\n", "WEBVTT - made by hand\n\nNOTE two\nlines\n\nSTYLE\n::cue { color: red }\n"),
        TEAMS.replace("WEBVTT\n", "WEBVTT\n\nREGION\nid:fred width:40%\n"),
        TEAMS.replace("995\n", "995 align:start position:0%\n"),
        TEAMS.replace("\n\na7939eec-6426-b7bd-c586-66ccb1a4abbc/60", "\na7939eec-6426-b7bd-c586-66ccb1a4abbc/60"),
        TEAMS.replace("How did", "<c.yellow>How</c> <i>did</i><00:00:10.500>"),
        TEAMS.encode("utf-16"),
        TEAMS.encode("utf-16-le"),
    ],
    ids="plain unclosed bom-crlf cr hour-less class notes-styles region settings glued tags utf-16 utf-16-bare".split(),
)
def test_teams_names_speakers_in_voice_tags(tmp_path: Path, content: str | bytes) -> None:
    assert said(read(tmp_path, "teams.vtt", content)) == TEAMS_SAID


def test_teams_with_metadata_has_an_object_in_each_cue(tmp_path: Path) -> None:
    content = (
        "WEBVTT\n\n00:00:16.246 --> 00:00:17.726\n"
        '{"startDateTime":"2026-11-02T10:00:16Z","speakerName":"Dana Okafor","spokenText":"Hi."}\n\n'
        "00:00:18.000 --> 00:00:19.000\n"
        '{"startDateTime":"2026-11-02T10:00:18Z","speakerName":"Ravi Patel","spokenText":"Hello."}\n'
    )
    assert said(read(tmp_path, "meta.vtt", content)) == [
        ("Dana Okafor", 16_246, 17_726, "Hi."),
        ("Ravi Patel", 18_000, 19_000, "Hello."),
    ]


def test_older_teams_puts_the_name_on_a_line_above_the_text(tmp_path: Path) -> None:
    content = (
        "0:0:0.0 --> 0:0:1.560\nDana Okafor\nHow did it go?\n\n"
        "0:0:2.0 --> 0:0:4.5\nRavi Patel\nFine.\n\n0:0:5.0 --> 0:0:6.5\nDana Okafor\nGood.\n"
    )
    assert said(read(tmp_path, "older.txt", content)) == [
        ("Dana Okafor", 0, 1_560, "How did it go?"),
        ("Ravi Patel", 2_000, 4_500, "Fine."),
        ("Dana Okafor", 5_000, 6_500, "Good."),
    ]


def test_two_voices_in_a_cue_share_its_time_by_length(tmp_path: Path) -> None:
    content = "WEBVTT\n\n00:01.000 --> 00:03.000\n<v Dana>Yes?</v>\n<v Ravi>Fine</v>\n"
    assert said(read(tmp_path, "two.vtt", content)) == [("Dana", 1_000, 2_000, "Yes?"), ("Ravi", 2_000, 3_000, "Fine")]


def test_a_note_gives_duration_and_language(tmp_path: Path) -> None:
    content = TEAMS.replace("WEBVTT\n", 'WEBVTT\n\nNOTE duration:"00:31:12.5000000"\n\nNOTE language:en-us\n')
    session = read(tmp_path, "stream.vtt", content)
    assert session.duration_ms == 31 * 60_000 + 12_500
    assert session.transcript.language == "en"


@pytest.mark.parametrize(
    "content",
    [
        "1\n00:00:01,000 --> 00:00:04,120\nDana: <i>How did it go?</i>\n\n"
        "2\n00:00:05,000 --> 00:00:06,500\nRavi: Fine.\n",
        "1\n00:00:01.000 --> 00:00:04.120\n[Dana]: How did it go?\n\n2\n0:00:05.0 --> 0:00:06.5\n[Ravi]: Fine.\n",
        "1\n00:00:01,000 --> 00:00:04,120\n>> Dana: How did\nit go?\n2\n00:00:05,000 --> 00:00:06,500\n>> Ravi: Fine.",
        '1\n00:00:01,000 --> 00:00:04,120\n<font color="#fff"><b>Dana:</b> How did it go?</font>\n\n'
        "2\n00:00:05,000 --> 00:00:06,500\n{\\an8}<b>Ravi:</b> Fine.\n",
    ],
    ids="plain whisperx no-blank-line markup".split(),
)
def test_subrip_names_speakers_on_its_lines(tmp_path: Path, content: str) -> None:
    assert said(read(tmp_path, "call.srt", content)) == CALL


def test_subrip_keeps_text_after_a_blank_line(tmp_path: Path) -> None:
    content = (
        "1\n00:00:01,000 --> 00:00:04,120\nDana: How\n\ndid it go?\n\n2\n00:00:05,000 --> 00:00:06,500\nRavi: Fine.\n"
    )
    assert said(read(tmp_path, "call.srt", content)) == CALL


def test_subviewer_has_both_times_on_one_line(tmp_path: Path) -> None:
    content = "0:00:01.000,0:00:04.120\nDana: How did it go?\n\n0:00:05.000,0:00:06.500\nRavi: Fine.\n"
    session = read(tmp_path, "captions.sbv", content)
    assert said(session) == CALL
    assert session.transcript.model == "sbv"


@pytest.mark.parametrize("name", ["zoom.txt", "zoom.vtt", "zoom.srt"])
def test_content_decides_the_format(tmp_path: Path, name: str) -> None:
    session = read(tmp_path, name, ZOOM)
    assert session.transcript.model == "webvtt"
    assert [speaker.name for speaker in session.speakers] == ["Dana Okafor", "Ravi Patel"]


def test_a_cue_with_lines_of_two_speakers_is_cut(tmp_path: Path) -> None:
    content = (
        "1\n00:00:01,000 --> 00:00:03,000\nDana: Well?\nRavi: Fine.\n\n2\n00:00:04,000 --> 00:00:05,000\nDana: Good.\n"
    )
    assert texts(read(tmp_path, "cut.srt", content)) == [("Dana", "Well?"), ("Ravi", "Fine."), ("Dana", "Good.")]


def test_webex_names_speakers_in_ids(tmp_path: Path) -> None:
    content = (
        'WEBVTT\n\n1 "Dana Okafor" (1262511360)\n00:00:01.000 --> 00:00:04.120\nHow did it go?\n\n'
        '2 "" (0)\n00:00:04.200 --> 00:00:05.000\nTell me.\n'
        '3 "Ravi Patel" (1262511361)\n00:00:05.000 --> 00:00:06.500\nFine.\n'
    )
    assert said(read(tmp_path, "webex.vtt", content)) == [
        ("Dana Okafor", 1_000, 5_000, "How did it go? Tell me."),
        ("Ravi Patel", 5_000, 6_500, "Fine."),
    ]


def test_a_block_holds_the_lines_since_the_block_before() -> None:
    text = "WEBVTT\n\nNOTE one\n\nfirst\n00:01.000 --> 00:02.000\nHi.\n\nNOTE two\n7\n00:03.000 --> 00:04.000\nYo.\n"
    found = list(blocks(text, ARROW, until_blank=True))
    assert [block.before for block in found] == [("WEBVTT", "NOTE one", "first"), ("NOTE two", "7")]
    assert [block.lines for block in found] == [("Hi.",), ("Yo.",)]


@pytest.mark.parametrize("name", ["one.txt", "one.srt", "one.vtt"])
@pytest.mark.parametrize("settings", ["", " align:start position:0%"])
def test_text_may_stand_on_the_line_of_times(tmp_path: Path, name: str, settings: str) -> None:
    content = (
        f"00:00:01.000 --> 00:00:04.120{settings} Dana: How did it go?\n"
        f"00:00:05.000 --> 00:00:06.500{settings} Ravi: Fine.\n"
    )
    assert said(read(tmp_path, name, content)) == CALL
    assert said(read(tmp_path, name, f"WEBVTT\n\n{content}")) == CALL


def test_an_arrow_between_numbers_is_speech(tmp_path: Path) -> None:
    content = (
        "1\n00:00:01,000 --> 00:00:02,000\nDana: It went\n10 -> 20 percent\n\n"
        "2\n00:00:03,000 --> 00:00:04,000\nRavi: Oh.\n"
    )
    assert texts(read(tmp_path, "a.srt", content)) == [("Dana", "It went 10 -> 20 percent"), ("Ravi", "Oh.")]


@pytest.mark.parametrize("suffix", ["vtt", "srt", "sbv"])
@pytest.mark.parametrize("content", ["Dana: Hi.\nRavi: Yo.\n", "Dana  0:01\nHi.\n\nRavi  0:03\nYo.\n"])
def test_plain_text_under_a_subtitle_suffix_is_read_as_text(tmp_path: Path, suffix: str, content: str) -> None:
    session = read(tmp_path, f"call.{suffix}", content)
    assert texts(session) == [("Dana", "Hi."), ("Ravi", "Yo.")]
    assert session.transcript.model == "text"


@pytest.mark.parametrize("suffix", ["srt", "vtt"])
def test_cues_without_a_name_go_on_with_the_speaker_named_last(tmp_path: Path, suffix: str) -> None:
    lines = "Dana: Morning.|How did it go?|Ravi: Not great.|two things: price and timing|Dana: And?|Ravi: I rushed it."
    cues = (f"{n}\n00:00:0{n},000 --> 00:00:0{n},900\n{line}\n" for n, line in enumerate(lines.split("|"), 1))
    assert texts(read(tmp_path, f"a.{suffix}", "\n".join(cues))) == [
        ("Dana", "Morning. How did it go?"),
        ("Ravi", "Not great. two things: price and timing"),
        ("Dana", "And?"),
        ("Ravi", "I rushed it."),
    ]


@pytest.mark.parametrize("suffix", ["srt", "vtt"])
@pytest.mark.parametrize("mark", ["({name}) {text}", "{name} - {text}", "({name}) {text}\nYes."])
def test_another_mark_than_a_colon_may_set_names_off(tmp_path: Path, suffix: str, mark: str) -> None:
    turns = [("speaker 0", "How did you ask?"), ("speaker 1", "I just asked.")] * 3
    content = "".join(
        f"00:00:0{place}.000 --> 00:00:0{place}.500\n{mark.format(name=name, text=text)}\n\n"
        for place, (name, text) in enumerate(turns, 1)
    )
    more = " Yes." if "Yes." in mark else ""
    session = read(tmp_path, f"talk.{suffix}", content)
    assert said(session) == [
        (name, 1000 * place, 1000 * place + 500, text + more) for place, (name, text) in enumerate(turns, 1)
    ]


def test_sounds_in_brackets_are_no_names_in_subtitles(tmp_path: Path) -> None:
    content = "".join(f"00:00:0{n}.000 --> 00:00:0{n}.500\n(laughs) What do you mean?\n\n" for n in range(1, 7))
    with pytest.raises(RecordingError, match="does not say who speaks"):
        read(tmp_path, "talk.srt", content)


@pytest.mark.parametrize("identity", ["", "2\n", "intro-2\n"])
@pytest.mark.parametrize("aside", ["", "NOTE Confidence: 0.9\n\n", "STYLE\n::cue { color: red }\n\n"])
def test_webvtt_keeps_text_after_a_blank_line(tmp_path: Path, aside: str, identity: str) -> None:
    content = (
        "WEBVTT\n\n00:01.000 --> 00:04.000\n<v Dana>So?\n\nHow did it go?\n\n"
        f"{aside}{identity}00:05.000 --> 00:09.000\n<v Ravi>Fine.\n\nReally.\n"
    )
    expected = [("Dana", "So? How did it go?"), ("Ravi", "Fine. Really.")]
    assert texts(read(tmp_path, "talk.vtt", content)) == expected
