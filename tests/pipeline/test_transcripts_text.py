"""Plain text and tables as their products write them."""

from datetime import date
from pathlib import Path

import pytest

from pipeline.errors import RecordingError
from tests.pipeline.transcript_builders import COUNTED, begun, read, said, texts

TALK = [
    ("Dana Okafor", 3_000, "How did the call go?"),
    ("Ravi Patel", 12_000, "Two things: price and timing. See you at 10:30."),
    ("Dana Okafor", 65_000, "And then?"),
]
OTTER = """Dana Okafor  0:03\x20\x20
How did the call go?

Ravi Patel  0:12\x20\x20
Two things: price and timing.
See you at 10:30.

Dana Okafor  1:05\x20\x20
And then?

Transcribed by https://otter.ai
"""
TEAMS_WORD = """Weekly-20261102_100000-Meeting Recording
November 2, 2026, 10:00AM
12m 3s

Dana Okafor started transcription

Dana Okafor\u00a0\u00a0\u00a00:03
How did the call go?

Ravi Patel\u00a0\u00a0\u00a00:12
Two things: price and timing.
See you at 10:30.

Dana Okafor\u00a0\u00a0\u00a01:05
And then?

Dana Okafor stopped transcription
"""
REV = """Dana Okafor (00:03):
How did the call go?

Ravi Patel (00:12):
Two things: price and timing. See you at 10:30.

Dana Okafor (01:05):
And then?
"""
DESCRIPT = """[00:00:03] Dana Okafor: How did the call go?

[00:00:12] Ravi Patel: Two things: price and timing.
See you at 10:30.

[00:01:05] Dana Okafor: And then?
"""
DESCRIPT_NAME_FIRST = """**Dana Okafor:** [00:00:03] How did the call go?

**Ravi Patel:** [00:00:12] Two things: price and timing. See you at 10:30.

**Dana Okafor:** [00:01:05] And then?
"""
FATHOM = """Acme - weekly one to one - November 2
VIEW RECORDING - 12 mins (No highlights)

---

0:03 - Dana Okafor
  How did the call go?

0:12 - Ravi Patel
  Two things: price and timing. See you at 10:30.

1:05 - Dana Okafor
  And then?
"""
GRAIN = """Dana Okafor
0:03
How did the call go?
Ravi Patel
0:12
Two things: price and timing. See you at 10:30.
Dana Okafor
1:05
And then?
"""
TABS = (
    "00:00:03\tDana Okafor\tHow did the call go?\n"
    "00:00:12\tRavi Patel\tTwo things: price and timing. See you at 10:30.\n00:01:05\tDana Okafor\tAnd then?\n"
)
RANGES = """[00:00:03.000 - 00:00:05.000] Dana Okafor: How did the call go?
[00:00:12.000 - 00:00:15.000] Ravi Patel: Two things: price and timing. See you at 10:30.
[00:01:05.000 - 00:01:06.000] Dana Okafor: And then?
"""
ZOOM_SAVED = """[Dana Okafor] 10:02:31
How did the call go?

[Ravi Patel] 10:02:40
Two things: price and timing.
See you at 10:30.

[Dana Okafor] 10:03:33
And then?
"""


@pytest.mark.parametrize(
    "content",
    [OTTER, TEAMS_WORD, REV, DESCRIPT, DESCRIPT_NAME_FIRST, FATHOM, GRAIN, TABS, RANGES],
    ids="otter teams-word rev descript descript-name-first fathom grain tabs ranges".split(),
)
def test_text_with_times_names_speakers_beside_them(tmp_path: Path, content: str) -> None:
    session = read(tmp_path, "talk.txt", content)
    assert begun(session) == TALK
    assert session.transcript.model == "text"


def test_captions_saved_by_zoom_count_from_their_first_line(tmp_path: Path) -> None:
    session = read(tmp_path, "saved.txt", ZOOM_SAVED)
    assert begun(session) == [(name, start_ms - 3_000, text) for name, start_ms, text in TALK]
    assert COUNTED in session.warnings


@pytest.mark.parametrize(
    "content",
    [
        "[Dana Okafor] {}\nHow did it go?\n\n[Ravi Patel] {}\nFine.\n\n[Dana Okafor] {}\nGood.\n",
        "Dana Okafor {}\nHow did it go?\n\nRavi Patel {}\nFine.\n\nDana Okafor {}\nGood.\n",
        "{} Dana Okafor: How did it go?\n{} Ravi Patel: Fine.\n{} Dana Okafor: Good.\n",
        "[{}] Dana Okafor: How did it go?\n[{}] Ravi Patel: Fine.\n[{}] Dana Okafor: Good.\n",
        "Dana Okafor ({}): How did it go?\nRavi Patel ({}): Fine.\nDana Okafor ({}): Good.\n",
        "Dana Okafor\n{}\nHow did it go?\nRavi Patel\n{}\nFine.\nDana Okafor\n{}\nGood.\n",
        "{}\tDana Okafor\tHow did it go?\n{}\tRavi Patel\tFine.\n{}\tDana Okafor\tGood.\n",
    ],
    ids="zoom otter first bracketed inside grain tabs".split(),
)
@pytest.mark.parametrize(
    "times",
    [
        ("11:59:50 AM", "12:00:05 PM", "1:00:00 PM"),
        ("11:59:50 p.m.", "12:00:05 a.m.", "1:00:00 a.m."),
        ("11:59:50pm", "12:00:05am", "1:00:00am"),
    ],
)
def test_times_of_twelve_hours_have_their_half_of_the_day(
    tmp_path: Path, content: str, times: tuple[str, str, str]
) -> None:
    assert begun(read(tmp_path, "saved.txt", content.format(*times))) == [
        ("Dana Okafor", 0, "How did it go?"),
        ("Ravi Patel", 15_000, "Fine."),
        ("Dana Okafor", 3_610_000, "Good."),
    ]


def test_hours_and_minutes_of_the_day_are_no_minutes_and_seconds(tmp_path: Path) -> None:
    content = "Dana Okafor 10:02 AM\nHow did it go?\n\nRavi Patel 10:05 AM\nFine.\n"
    assert [start_ms for _, start_ms, _ in begun(read(tmp_path, "chat.txt", content))] == [0, 180_000]


def test_an_hour_that_is_mentioned_is_no_time_of_a_turn(tmp_path: Path) -> None:
    content = (
        "Coaching Call 10:00 AM\n\n1:05 Dana Okafor: When?\n1:11 am I late?\n"
        "1:15 Ravi Patel: We meet at 10:30 AM.\n1:20 Dana Okafor: Good.\n1:30 Ravi Patel: Bye.\n"
    )
    assert begun(read(tmp_path, "talk.txt", content)) == [
        ("Dana Okafor", 65_000, "When?"),
        ("Dana Okafor", 71_000, "am I late?"),
        ("Ravi Patel", 75_000, "We meet at 10:30 AM."),
        ("Dana Okafor", 80_000, "Good."),
        ("Ravi Patel", 90_000, "Bye."),
    ]


def test_a_date_above_the_first_turn_is_no_speaker(tmp_path: Path) -> None:
    content = "November 2, 2026, 9:55 AM\n12 minutes\n\nDana Okafor 10:02 AM\nSo?\n\nRavi Patel 10:05 AM\nFine.\n"
    assert texts(read(tmp_path, "dated.txt", content)) == [("Dana Okafor", "So?"), ("Ravi Patel", "Fine.")]


def test_otter_lets_a_bare_time_go_on_with_the_same_speaker(tmp_path: Path) -> None:
    content = "Dana Okafor  0:03\nHow did it go?\n\n0:21\nAnd then?\n\nRavi Patel  0:30\nFine.\n"
    assert begun(read(tmp_path, "otter.txt", content)) == [
        ("Dana Okafor", 3_000, "How did it go?"),
        ("Dana Okafor", 21_000, "And then?"),
        ("Ravi Patel", 30_000, "Fine."),
    ]


def test_google_meet_spreads_turns_between_its_rare_times(tmp_path: Path) -> None:
    content = """Coaching (2026-11-02 10:00 GMT) – Transcript
Attendees
Dana Okafor, Ravi Patel
Transcript
00:00:00

Dana Okafor: one two three four five six
Ravi Patel: one two three

00:01:30

Dana Okafor: one two
Ravi Patel: one

Transcription ended after 00:02:00

This editable transcript was computer generated and might contain errors. People can also change the text.
"""
    session = read(tmp_path, "meet.txt", content)
    assert begun(session) == [
        ("Dana Okafor", 0, "one two three four five six"),
        ("Ravi Patel", 60_000, "one two three"),
        ("Dana Okafor", 90_000, "one two"),
        ("Ravi Patel", 110_000, "one"),
    ]
    assert session.recorded_on == date(2026, 11, 2)
    assert session.duration_ms == 120_000


def test_text_without_times_is_timed_by_its_words_and_says_so(tmp_path: Path) -> None:
    content = (
        "Title: Weekly\nDate: 2026-11-02\n\nDana: How did it go?\nRavi: Two things: price and timing.\nNote that.\n"
    )
    session = read(tmp_path, "notes.txt", content)
    assert said(session) == [
        ("Dana", 0, 1_600, "How did it go?"),
        ("Ravi", 1_600, 4_400, "Two things: price and timing. Note that."),
    ]
    assert session.warnings[0].startswith("times are estimated")
    assert session.recorded_on == date(2026, 11, 2)


def test_a_turn_without_an_end_does_not_reach_over_a_long_silence(tmp_path: Path) -> None:
    content = "Dana  0:00\none two three four five\n\nRavi  0:02\nYes.\n\nDana  1:00\nGood.\n"
    assert said(read(tmp_path, "ends.txt", content)) == [
        ("Dana", 0, 2_000, "one two three four five"),
        ("Ravi", 2_000, 2_600, "Yes."),
        ("Dana", 60_000, 60_400, "Good."),
    ]


def test_turns_of_one_second_share_it_by_their_words(tmp_path: Path) -> None:
    content = "Dana  0:10\none two three\n\nRavi  0:10\nfour\n\nDana  0:14\nGood.\n"
    assert said(read(tmp_path, "same.txt", content))[:2] == [
        ("Dana", 10_000, 11_800, "one two three"),
        ("Ravi", 13_000, 13_600, "four"),
    ]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", 'Speaker,Start,End,Text\nDana,0:03,0:05.5,"How did it go, Ravi?"\nRavi,0:06,0:08,Fine.\n'),
        (
            "a.csv",
            "start_ms;end_ms;speaker name;utterance\n3000;5500;Dana;How did it go, Ravi?\n6000;8000;Ravi;Fine.\n",
        ),
        (
            "a.tsv",
            "Start time\tEnd time\tParticipant\tTranscript\n3\t5.5\tDana\tHow did it go, Ravi?\n6\t8\tRavi\tFine.\n",
        ),
        ("a.csv", "who|text|begin|duration\nDana|How did it go, Ravi?|00:00:03.000|2.5\nRavi|Fine.|00:00:06.000|2\n"),
        ("a.csv", "speaker,start,end,text\nDana,3000,5500,How did it go, Ravi?\nRavi,6000,8000,Fine.\n"),
        ("a.txt", 'speaker,start,end,text\nDana,3,5.5,"How did it go, Ravi?"\nRavi,6,8,Fine.\n'),
        (
            "a.csv",
            "Call of 2 November\n\nText;From;To;Speaker\nHow did it go, Ravi?;3,0;5,5;Dana\nFine.;6,0;8,0;Ravi\n",
        ),
    ],
    ids="quoted semicolon-ms tabs bars-duration unquoted-ms txt title-decimal-comma".split(),
)
def test_tables_are_read_by_their_headers(tmp_path: Path, name: str, content: str) -> None:
    session = read(tmp_path, name, content)
    assert said(session) == [("Dana", 3_000, 5_500, "How did it go, Ravi?"), ("Ravi", 6_000, 8_000, "Fine.")]
    assert session.transcript.model == "csv"


def test_a_quoted_cell_may_hold_a_line_break(tmp_path: Path) -> None:
    content = 'speaker,start,end,text\r\nDana,1,2,"How did\r\nit go?"\r\nRavi,3,4,Fine.\r\n'
    assert texts(read(tmp_path, "a.csv", content)) == [("Dana", "How did it go?"), ("Ravi", "Fine.")]


def test_a_table_without_times_is_timed_by_its_words(tmp_path: Path) -> None:
    session = read(tmp_path, "a.csv", "speaker,text\nDana,How did it go?\nRavi,Fine.\n")
    assert said(session) == [("Dana", 0, 1_600, "How did it go?"), ("Ravi", 1_600, 2_000, "Fine.")]


TURNS = [
    ("Dana Okafor", "How did it go?"),
    ("Ravi Patel", "Fine."),
    ("Dana Okafor", "And then?"),
    ("Ravi Patel", "Bye."),
]
OTTER_TURNS = (
    "Dana Okafor  0:03\nHow did it go?\n\nRavi Patel  0:12\nFine.\n\n"
    "Dana Okafor  1:05\nAnd then?\n\nRavi Patel  1:15\nBye.\n"
)


@pytest.mark.parametrize(
    "line",
    [
        "Ravi: Monday 10:30",
        "Ravi: I could call them at 10:30",
        "Ravi: [00:02:00] They left.",
        "Ravi: Sorry, [inaudible 00:12]",
        "Monday 10:30",
    ],
)
def test_a_time_that_is_mentioned_is_no_layout(tmp_path: Path, line: str) -> None:
    content = f"Dana: How did it go?\nRavi: Fine.\nDana: And then?\n{line}\nDana: Good.\nRavi: Bye.\n"
    session = read(tmp_path, "talk.txt", content)
    assert [each.name for each in session.speakers] == ["Dana", "Ravi"]
    assert texts(session)[-1] == ("Ravi", "Bye.")


def test_words_before_colons_do_not_outvote_the_names_above_turns(tmp_path: Path) -> None:
    content = "".join(
        f"{name}  0:{second}\nTwo things.\nPrice Talk: one.\nPrice Talk: two.\n\n"
        for name, second in [("Dana", 10), ("Ravi", 20), ("Dana", 30), ("Ravi", 40)]
    )
    assert [each.name for each in read(tmp_path, "talk.txt", content).speakers] == ["Dana", "Ravi"]


@pytest.mark.parametrize(
    "name",
    [
        "+44 20 7946 0958",
        "+44 20 2026 0958",
        "Prof. Ravi Patel",
        'Ravi "RJ" Patel',
        "Ravi Patel (he/him) | Acme Corporation International Ltd - EMEA",
        "Berlin Office 4th Floor Sales Team Room",
    ],
)
def test_names_that_are_unusual_head_turns(tmp_path: Path, name: str) -> None:
    content = OTTER_TURNS.replace("Ravi Patel", name) + f"\n{name}  1:25\nYes.\n"
    assert {each.name for each in read(tmp_path, "talk.txt", content).speakers} == {"Dana Okafor", name}


def test_a_lower_case_name_among_others_counts_if_it_comes_often(tmp_path: Path) -> None:
    content = "Dana Okafor: So?\n\nravi: Fine.\n\nWell.\n\n" * 4
    turns = texts(read(tmp_path, "talk.txt", content))
    assert turns[:2] == [("Dana Okafor", "So?"), ("ravi", "Fine. Well.")]


@pytest.mark.parametrize(
    "above",
    [
        "Summary\nThey spoke.\nAction Items\nRavi Patel\nCall Acme (1:05)\nSend deck (1:15)\nDana Okafor\n",
        "Chapters\n0:00 - Introduction\nThey say hello.\n1:05 - Budget Talk\nThey talk.\n",
        "Overview: They spoke.\nRavi Patel: will call Acme.\nDana Okafor: will send the deck.\n",
    ],
    ids="tasks chapters colons".split(),
)
@pytest.mark.parametrize("title", ["Transcript", "## Full transcript", "**Meeting Transcript:**"])
def test_what_stands_above_the_title_of_the_transcript_is_no_speech(tmp_path: Path, above: str, title: str) -> None:
    session = read(tmp_path, "talk.txt", f"2026-11-02\n{above}\n{title}\n{OTTER_TURNS}")
    assert texts(session) == TURNS
    assert session.recorded_on == date(2026, 11, 2)


@pytest.mark.parametrize("turns", [OTTER_TURNS, "".join(f"{name}: {text}\n" for name, text in TURNS)])
def test_a_summary_below_the_last_turn_is_no_speech(tmp_path: Path, turns: str) -> None:
    content = f"{turns}\nSummary\nThey spoke.\n\nAction items\nRavi Patel\nCall Acme (1:05)\n"
    assert texts(read(tmp_path, "talk.txt", content)) == TURNS


@pytest.mark.parametrize("said", ["Next steps", "Notes"])
def test_an_exchange_after_such_words_goes_on(tmp_path: Path, said: str) -> None:
    content = f"Dana: Hi.\nRavi: Well.\n\n{said}\n\nDana: And?\nRavi: Fine.\n"
    assert texts(read(tmp_path, "talk.txt", content))[-2:] == [("Dana", "And?"), ("Ravi", "Fine.")]
    assert said in texts(read(tmp_path, "otter.txt", OTTER_TURNS.replace("Bye.", said)))[-1]


def test_notes_that_a_product_puts_into_turns_are_no_speech(tmp_path: Path) -> None:
    content = FATHOM.replace(
        "10:30.\n",
        "10:30.\n  ACTION ITEM: Send the deck - WATCH: https://fathom.video/x?timestamp=65\n"
        "  SCREEN SHARING: Ravi started screen sharing - WATCH: https://fathom.video/x\n",
    )
    assert begun(read(tmp_path, "talk.txt", content)) == TALK


def test_numbers_before_lines_belong_to_no_name(tmp_path: Path) -> None:
    numbered = "".join(f"{number}. {name}: {text}\n" for number, (name, text) in enumerate(TURNS, 1))
    assert texts(read(tmp_path, "talk.txt", numbered)) == TURNS
    listed = "Dana  0:03\nThree things\n1. price\n2. time\n\nRavi  0:09\nIn\n2026. Yes.\n"
    assert texts(read(tmp_path, "list.txt", listed)) == [
        ("Dana", "Three things 1. price 2. time"),
        ("Ravi", "In 2026. Yes."),
    ]


@pytest.mark.parametrize(
    "pattern",
    [
        "[{0}.25] {1}: {2}\n",
        "[{0}.25 - {0}.90] {1}: {2}\n",
        "[2026-11-02 10:02:{0}] {1}: {2}\n",
        "[2026-11-02T10:02:{0}Z] {1}: {2}\n",
        "[11/2/26, 10:02:{0} AM] {1}: {2}\n",
        "{1}  11/2/2026 10:02:{0} AM\n{2}\n\n",
        "@0:{0} - {1}\n{2}\n\n",
        "00:00:{0}:05 - 00:00:{0}:20\n{1}\n{2}\n\n",
        "00;00;{0};05 - 00;00;{0};20\n{1}\n{2}\n\n",
        "{1}    00:00:{0}    {2}\n",
        "**{1}** 0:{0} {2}\n\n",
        "{1} (Acme) (0:{0}): {2}\n",
        "**{1}** 0:{0}\\\n{2}\n\n",
        "![](data:image/png;base64,AAAA) **{1}**   0:{0}\n{2}\n\n",
        "**{1}** `0:{0}`\n{2}\n\n",
        "__{1}__ *(0:{0})*\n{2}\n\n",
        "[{1}](https://x.y/z?t=3) (0:{0})\n{2}\n\n",
        "[00:{0}](https://x.y/z?t=3) **{1}:** {2}\n\n",
    ],
)
def test_layouts_of_names_and_times(tmp_path: Path, pattern: str) -> None:
    content = "".join(pattern.format(second, *turn) for second, turn in zip((10, 20, 30, 40), TURNS, strict=True))
    session = read(tmp_path, "talk.md", content)
    starts = [turn.span.start_ms for turn in session.turns]
    assert [(name.removesuffix(" (Acme)"), text) for name, text in texts(session)] == TURNS
    assert [start - starts[0] for start in starts] == [0, 10_000, 20_000, 30_000]


def test_bare_times_among_words_name_nobody(tmp_path: Path) -> None:
    content = "Meet at 10:30 with them.\nMeet at 11:30 with us.\nLunch 12:30 in town.\nLunch 13:30 in town.\n"
    with pytest.raises(RecordingError, match="does not say who speaks"):
        read(tmp_path, "plan.txt", content)


def test_names_may_stand_alone_above_paragraphs(tmp_path: Path) -> None:
    content = "Weekly\n\n" + "".join(f"{name}\n{text}\n\n" for name, text in TURNS)
    assert texts(read(tmp_path, "talk.txt", content)) == TURNS
    with pytest.raises(RecordingError, match="does not say who speaks"):
        read(tmp_path, "essay.txt", "Opening\nWords.\n\nBody\nWords.\n\nOpening\nWords.\n\nClosing\nWords.\n")


ALTERNATING = [
    ("Dana Okafor", "So, how did the call go?"),
    ("Ravi Patel", "Well, they liked it."),
    ("Dana Okafor", "What did you ask?"),
    ("Ravi Patel", "Nothing, really."),
    ("Dana Okafor", "Why?"),
    ("Ravi Patel", "I was in a hurry."),
]
LAYOUTS = ["{n}  {c}\n{t}\n\n", "{n}\n{c}\n{t}\n\n", "{n} [{c}] {t}\n", "{n} {c} {t}\n", "{c} - {n}\n{t}\n\n"]
"""A name and a time in brackets or bare, above what is said or before it."""


def laid_out(layout: str, turns: list[tuple[str, str]] = ALTERNATING) -> str:
    return "".join(layout.format(n=name, c=f"0:0{place}", t=text) for place, (name, text) in enumerate(turns, 1))


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("words", ["Ravi 2:15", "Northwind 2:15 - 3:00", "Mm-hmm.[0:04]"])
def test_a_time_that_ends_what_is_said_makes_no_name_of_it(tmp_path: Path, layout: str, words: str) -> None:
    turns = [*ALTERNATING[:3], ("Ravi Patel", words), *ALTERNATING[4:]]
    expected = [*turns[:3], ("Ravi Patel", words.removesuffix("[0:04]")), *turns[4:]]
    assert texts(read(tmp_path, "talk.txt", laid_out(layout, turns))) == expected


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_title_with_a_time_is_no_speaker(tmp_path: Path, layout: str) -> None:
    title = "Weekly Coaching 10:00\nParticipants: Dana, Ravi\n\n"
    assert texts(read(tmp_path, "talk.txt", title + laid_out(layout))) == ALTERNATING
    alone = "".join(f"{name}\n{text}\n\n" for name, text in ALTERNATING)
    assert texts(read(tmp_path, "alone.txt", title + alone)) == ALTERNATING


@pytest.mark.parametrize("layout", [LAYOUTS[0], LAYOUTS[1], LAYOUTS[4]])
def test_a_turn_that_only_says_transcript_cuts_nothing_off(tmp_path: Path, layout: str) -> None:
    turns = [*ALTERNATING[:3], ("Ravi Patel", "Transcript"), *ALTERNATING[4:]]
    assert texts(read(tmp_path, "talk.txt", laid_out(layout, turns))) == turns


@pytest.mark.parametrize("other", ["R", "P", "B"])
def test_an_interviewer_may_be_an_i(tmp_path: Path, other: str) -> None:
    content = "".join(f"{name}: {text}\n" for name, text in [("I", "So?"), (other, "I asked.")] * 4)
    assert texts(read(tmp_path, "talk.txt", content)) == [("I", "So?"), (other, "I asked.")] * 4


@pytest.mark.parametrize("start", ["", "#00:00:01-0#\n", "#00:00:01-0# "])
def test_stamps_between_number_signs_stand_where_a_turn_ends_and_the_next_begins(tmp_path: Path, start: str) -> None:
    content = f"{start}Dana: So? #00:00:03-4#\n\nRavi: I asked. #00:00:09-0#\n\nDana: And? #00:00:12-5#\n"
    content += "Ravi: Fine. #00:00:14-0#\n"
    first = 1_000 if start else 0
    expected = [("Dana", first, "So?"), ("Ravi", 3_400, "I asked."), ("Dana", 9_000, "And?"), ("Ravi", 12_500, "Fine.")]
    assert begun(read(tmp_path, "talk.txt", content)) == expected


def test_backslashes_before_marks_are_markdown(tmp_path: Path) -> None:
    turns = [("SPEAKER\\_00", "So\\!"), ("SPEAKER\\_01", "Fine\\.")] * 2
    content = "".join(f"**{name}:** \\[00:00:0{place}\\] {text}\n\n" for place, (name, text) in enumerate(turns, 1))
    expected = [("SPEAKER_00", 1_000, "So!"), ("SPEAKER_01", 2_000, "Fine.")]
    assert begun(read(tmp_path, "talk.md", content))[:2] == expected


@pytest.mark.parametrize("row", ["{n}\t\t{c}.000\t{e}.500\t{t}\n", "{c}.000\t{e}.500\t{n}\t{t}\n"])
def test_a_row_may_have_an_end_between_tabs(tmp_path: Path, row: str) -> None:
    content = "".join(
        row.format(n=name, c=f"00:00:0{place}", e=f"00:00:0{place}", t=text)
        for place, (name, text) in enumerate(ALTERNATING, 1)
    )
    expected = [(name, 1000 * place, 1000 * place + 500, text) for place, (name, text) in enumerate(ALTERNATING, 1)]
    assert said(read(tmp_path, "talk.txt", content)) == expected


def test_fields_on_lines_of_their_own_are_no_speakers(tmp_path: Path) -> None:
    content = "Speaker: Dana\nTime: 0:01\nText: So?\n\nSpeaker: Ravi\nTime: 0:05\nText: Fine.\n\n" * 4
    with pytest.raises(RecordingError, match="does not say who speaks"):
        read(tmp_path, "talk.txt", content)


def test_parts_above_the_first_turn_are_no_turns(tmp_path: Path) -> None:
    content = "Manager: Dana Okafor\nRep: Ravi Patel\n\n"
    for names in (ALTERNATING, [(name.split()[0], text) for name, text in ALTERNATING]):
        turns = "".join(f"{name}: {text}\n" for name, text in names)
        assert texts(read(tmp_path, "talk.txt", content + turns)) == names


@pytest.mark.parametrize("end", ["[End of transcript]", "END OF INTERVIEW", "(end of the recording)"])
def test_a_line_that_says_that_all_is_over_is_no_speech(tmp_path: Path, end: str) -> None:
    content = "".join(f"{name}: {text}\n" for name, text in ALTERNATING)
    assert texts(read(tmp_path, "talk.txt", f"{content}\n{end}\n")) == ALTERNATING


def test_a_column_of_line_numbers_is_not_the_text(tmp_path: Path) -> None:
    content = "Line,Speaker,In,Out,Dialogue\n1,Dana Okafor,0:01,0:04,So?\n2,Ravi Patel,0:05,0:09,Fine.\n"
    assert said(read(tmp_path, "talk.csv", content)) == [
        ("Dana Okafor", 1_000, 4_000, "So?"),
        ("Ravi Patel", 5_000, 9_000, "Fine."),
    ]


@pytest.mark.parametrize(
    "content",
    [
        "start,text,speaker\n0:01,So, how was it?,Dana\n0:05,Fine.,Ravi\n",
        "text,speaker,start\nSo, how was it?,Dana,0:01,\nFine.,Ravi,0:05,\n",
        'start,speaker,text,\n0:01,Dana,"So, how was it?",\n0:05,Ravi,Fine.,\n',
        'speaker,start,text\nDana,0:01,"So, how was it?",0.9\nRavi,0:05,Fine.,0.8\n'.replace("text\n", "text,x\n"),
        "start,text,speaker\n0:01,So; how was it?,Dana,0.9\n0:05,Fine.,Ravi,0.8\n".replace(";", "\u037e"),
    ],
    ids="middle first empty headed unheaded".split(),
)
def test_commas_that_are_too_many_stand_in_the_text(tmp_path: Path, content: str) -> None:
    turns = [
        (name, start_ms, text.replace("\u037e", ","))
        for name, start_ms, text in begun(read(tmp_path, "a.csv", content))
    ]
    assert turns == [("Dana", 1_000, "So, how was it?"), ("Ravi", 5_000, "Fine.")]


def test_a_quotation_mark_may_have_a_backslash_in_a_table(tmp_path: Path) -> None:
    content = 'speaker,start,text\nDana,0:01,"I said, \\"Why?\\", twice."\nRavi,0:05,"Fine."\n'
    assert begun(read(tmp_path, "talk.csv", content))[0] == ("Dana", 1_000, 'I said, "Why?", twice.')


def test_a_span_of_time_is_a_start_and_an_end(tmp_path: Path) -> None:
    content = "Timespan,Content,Speaker\n0:01.0 - 0:04.5,So?,Dana\n0:05.0 - 0:09.0,Fine.,Ravi\n"
    assert said(read(tmp_path, "talk.csv", content)) == [("Dana", 1_000, 4_500, "So?"), ("Ravi", 5_000, 9_000, "Fine.")]
    tiers = "Tier\tBegin Time - hh:mm:ss.ms\tEnd Time - hh:mm:ss.ms\tAnnotation\n"
    tiers += "Dana\t00:00:01.000\t00:00:04.500\tSo?\nRavi\t00:00:05.000\t00:00:09.000\tFine.\n"
    assert said(read(tmp_path, "tiers.txt", tiers)) == said(read(tmp_path, "talk.csv", content))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_name_before_a_time_may_hold_brackets(tmp_path: Path, layout: str) -> None:
    turns = [(f"{name} (Acme)" if name == "Ravi Patel" else name, text) for name, text in ALTERNATING]
    assert texts(read(tmp_path, "talk.txt", laid_out(layout, turns))) == turns


def test_what_is_said_below_a_time_and_a_name_may_begin_with_a_time(tmp_path: Path) -> None:
    turns = [*ALTERNATING, *ALTERNATING[:5], ("Ravi Patel", "2:15 works for me."), *ALTERNATING]
    content = "".join(f"0:{place} - {name}\n{text}\n\n" for place, (name, text) in enumerate(turns, 10))
    assert texts(read(tmp_path, "talk.txt", content)) == turns
