"""What is refused, what is repaired, and what is said about it."""

from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import RecordingError
from pipeline.transcripts import read_transcript
from pipeline.transcripts.names import looks_like_name, speaker_names
from pipeline.transcripts.wording import spoken
from tests.pipeline.transcript_builders import read, said, texts


def vtt(*cues: tuple[str, str, str]) -> str:
    return "WEBVTT\n\n" + "\n".join(f"{start} --> {end}\n{text}\n" for start, end, text in cues)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.vtt", "", r"a\.vtt: the file is empty; export"),
        ("a.vtt", "\ufeff \n\n", r"a\.vtt: the file is empty; export"),
        ("a.vtt", "WEBVTT\n\n", r"a\.vtt: the transcript has no spoken text; export"),
        ("a.vtt", vtt(("00:01.000", "00:02.000", "Dana: [Music]")), r"a\.vtt: the transcript has no spoken text"),
        ("a.vtt", vtt(("00:01.000", "00:02.000", "Hi there.")), r"does not say who speaks; add names as 'Name: text'"),
        ("a.srt", "1\n00:00:01,000 --> 00:00:02,000\nNote: this is it.\n", r"a\.srt: .*does not say who speaks"),
        ("a.txt", "A letter.\nTwo things: price and timing.\nNote: keep it.\nBest, Dana\n", "does not say who speaks"),
        ("a.txt", "0:12\nhello there\n0:15\nthe price is: ten\n", r"does not say who speaks"),
        ("a.json", '{"a": 1,\n "b": }', r"a\.json: not valid JSON: .* in line 2, column 7; export"),
        ("a.json", "[" * 100_000, r"a\.json: JSON that cannot be read: .*too deep"),
        ("a.json", '{"foo": [1, 2]}', r"a\.json: JSON of an unknown shape; .*assemblyai.*whisper-cpp\."),
        ("a.jsonl", '{"text": "a", "speaker": "b"}\n{"text": \n', r"a\.jsonl, line 2: not valid JSON"),
        ("a.csv", "a,b\n1,2\n", r"a\.csv: the table has no headers for the speaker and the text; name the columns"),
        (
            "a.csv",
            "speaker,start,text\nDana,0:01,hi\nRavi,9:00:00,hi\nDana,999:00:00,hi\n",
            r"a\.csv: its times run to 999 hours",
        ),
        ("a.vtt", b"\x00\x01\x02\x03WEBVTT\xff\xfe", r"a\.vtt: this is not a text file; export the transcript as text"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_line(tmp_path: Path, name: str, content: Any, message: str) -> None:
    with pytest.raises(RecordingError, match=message) as refused:
        read(tmp_path, name, content)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("secret", ["the secret is out", "{the secret is out"])
def test_refusals_do_not_repeat_what_was_said(tmp_path: Path, secret: str) -> None:
    for name in ("a.txt", "a.vtt", "a.srt", "a.csv", "a.json"):
        with pytest.raises(RecordingError) as refused:
            read(tmp_path, name, secret)
        assert "secret" not in str(refused.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32", "cp1252"])
def test_encodings_are_told_apart(tmp_path: Path, encoding: str) -> None:
    content = vtt(
        ("00:01.000", "00:02.000", "Zoë Müller: What's “next”?"), ("00:03.000", "00:04.000", "Zoë Müller: Café")
    )
    session = read(tmp_path, "a.vtt", content.encode(encoding))
    assert texts(session) == [("Zoë Müller", "What's “next”? Café")]


def test_cues_of_one_speaker_merge_up_to_the_longest_pause_within_a_turn(tmp_path: Path) -> None:
    content = vtt(
        ("00:01.000", "00:02.000", "Dana: one"),
        ("00:03.500", "00:04.000", "Dana: two"),
        ("00:05.501", "00:06.000", "Dana: three"),
        ("00:06.000", "00:07.000", "Ravi: four"),
    )
    assert said(read(tmp_path, "a.vtt", content)) == [
        ("Dana", 1_000, 4_000, "one two"),
        ("Dana", 5_501, 6_000, "three"),
        ("Ravi", 6_000, 7_000, "four"),
    ]


def test_spellings_of_one_name_are_one_person_under_the_first(tmp_path: Path) -> None:
    content = vtt(
        ("00:01.000", "00:02.000", "<v Dana  Okafor >one</v>"),
        ("00:04.000", "00:05.000", "<v Ravi Patel (Guest)>two</v>"),
        ("00:08.000", "00:09.000", "<v DANA OKAFOR>three</v>"),
        ("00:10.000", "00:11.000", "<v Jane Doe | Acme>four</v>"),
    )
    session = read(tmp_path, "a.vtt", content)
    assert [(each.label, each.name) for each in session.speakers] == [
        ("S1", "Dana Okafor"),
        ("S2", "Ravi Patel (Guest)"),
        ("S3", "Jane Doe | Acme"),
    ]


def test_a_hostile_name_is_kept_as_it_is(tmp_path: Path) -> None:
    name = "<script>alert('1')</script>"
    content = [
        {"speaker": name, "start": 1, "end": 2, "text": "Hi."},
        {"speaker": "Ravi", "start": 3, "end": 4, "text": "Yo."},
    ]
    assert read(tmp_path, "a.json", content).speakers[0].name == name


def test_noise_is_left_out_and_entities_are_decoded(tmp_path: Path) -> None:
    content = vtt(
        ("00:01.000", "00:02.000", "<v Dana>Tom &amp; I [inaudible 00:01] [noise 10:02:05 AM] went &lt;fast&gt;.</v>"),
        ("00:03.000", "00:04.000", "<v Ravi>[Music]</v>"),
        ("00:05.000", "00:06.000", "<v Ravi>(laughs)</v>"),
        ("00:07.000", "00:08.000", "<v Ravi>♪ la la ♪</v>"),
        ("00:09.000", "00:10.000", "<v Ravi>(Not) really.</v>"),
    )
    assert texts(read(tmp_path, "a.vtt", content)) == [("Dana", "Tom & I went <fast>."), ("Ravi", "(Not) really.")]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("It was timing. [00:00:30] And one more.", "It was timing. And one more."),
        ("So [0:30] (00:12:30.5) [0:31 - 0:33] yes.", "So yes."),
        ("At noon (12:30) or (2:15) or [guess?].", "At noon (12:30) or (2:15) or [guess?]."),
        ("Well [unclear 0:12] and (unclear) [inaudible at 00:00:13] so.", "Well and so."),
        ("Well [overlapping talk] [nervous laughter] [phone ringing] so.", "Well so."),
        (
            "I said (we love the music) and (more noise) to them.",
            "I said (we love the music) and (more noise) to them.",
        ),
        ("(Not really.)", "(Not really.)"),
        ("(upbeat music)", ""),
        ("(gentle music playing) [Applause]", ""),
    ],
)
def test_times_and_sounds_in_brackets_are_left_out_and_asides_stay(words: str, expected: str) -> None:
    assert spoken(words) == expected


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.json", '[{"speaker": "Ravi &amp; Co", "text": "I&#39;m <b>sure</b><br>it did."}]'),
        ("a.csv", "speaker,text\nRavi &amp; Co,I&#39;m <b>sure</b><br>it did.\n"),
        ("a.vtt", vtt(("00:01.000", "00:02.000", "<v Ravi &amp; Co>I&#39;m <b>sure</b><br/>it did.</v>"))),
        ("a.txt", "Ravi &amp; Co: I&#39;m <b>sure</b><br>it did.\n"),
    ],
)
def test_markup_is_taken_off_and_its_breaks_part_words(tmp_path: Path, name: str, content: str) -> None:
    assert texts(read(tmp_path, name, content)) == [("Ravi & Co", "I'm sure it did.")]


@pytest.mark.parametrize(
    "content",
    [
        "<p><strong>Dana:</strong> Well?</p><p><strong>Ravi:</strong> Fine &amp;<br>good.</p>",
        "<div><a href='#t=3'>0:03</a> <b>Dana</b>: Well?</div><div><a>0:12</a> <b>Ravi</b>: Fine &amp; good.</div>",
        "<!DOCTYPE html><html><head><title>T</title><style>p {a: b}</style></head><body><!-- Lee: no -->"
        "<ul><li>Dana: Well?</li><li>Ravi: Fine &amp; good.</li></ul></body></html>",
    ],
)
def test_a_page_is_read_as_the_lines_it_shows(tmp_path: Path, content: str) -> None:
    assert texts(read(tmp_path, "page.txt", content)) == [("Dana", "Well?"), ("Ravi", "Fine & good.")]


@pytest.mark.parametrize("opening", ["<!--", "<script>", "<p", "</td "])
def test_odd_pages_of_any_length_are_read_in_one_go(tmp_path: Path, opening: str) -> None:
    content = "<p>Dana: Well?</p><p>Ravi: Fine.</p>" + opening * 30_000
    assert [speaker.name for speaker in read(tmp_path, "page.txt", content).speakers] == ["Dana", "Ravi"]


def test_a_quoted_cell_may_hold_lines_and_the_file_a_mark(tmp_path: Path) -> None:
    content = (
        '\ufeff"Speaker","Start","End","Text"\r\n"Dana","0:01","0:04","How\r\n\r\ndid ""it"" go?"\r\n'
        '"Ravi","0:05","0:09","Fine."\r\n'
    )
    assert said(read(tmp_path, "a.csv", content)) == [
        ("Dana", 1_000, 4_000, 'How did "it" go?'),
        ("Ravi", 5_000, 9_000, "Fine."),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        'Dana,0:01,"Well, I said\nRavi,0:05,Fine.\nDana,0:07,OK then.\n',
        'Dana,0:01,"Well, I said"\nRavi,0:05,Fine.\n"Dana","0:07","OK then.\n',
    ],
    ids=["stray", "cut-off"],
)
def test_a_quote_that_never_closes_takes_in_no_other_row(tmp_path: Path, rows: str) -> None:
    session = read(tmp_path, "a.csv", f"speaker,start,text\n{rows}")
    assert texts(session) == [("Dana", "Well, I said"), ("Ravi", "Fine."), ("Dana", "OK then.")]


def test_times_that_run_backwards_are_repaired_and_told(tmp_path: Path) -> None:
    content = vtt(
        ("00:10.000", "00:11.000", "Ravi: second"),
        ("00:01.000", "00:00.500", "Dana: first of all"),
        ("00:12.000", "00:13.000", "Dana: third"),
    )
    session = read(tmp_path, "a.vtt", content)
    assert said(session) == [
        ("Dana", 1_000, 2_800, "first of all"),
        ("Ravi", 10_000, 11_000, "second"),
        ("Dana", 12_000, 13_000, "third"),
    ]
    assert len(session.warnings) == 2


def test_negative_and_unusable_numbers_are_repaired(tmp_path: Path) -> None:
    rows = (
        '[{"speaker": "A1", "start": -2, "end": 3, "text": "one"},'
        ' {"speaker": "B1", "start": NaN, "end": 1e999, "text": "two"},'
        ' {"speaker": "A1", "start": 9, "end": 10, "text": "three"}]'
    )
    session = read(tmp_path, "a.json", rows)
    assert [(name, start_ms) for name, start_ms, _, _ in said(session)] == [("A1", 0), ("B1", 3_000), ("A1", 9_000)]


def test_overlap_is_known_from_the_times(tmp_path: Path) -> None:
    apart = vtt(("00:01.000", "00:02.000", "Dana: one"), ("00:02.000", "00:03.000", "Ravi: two"))
    assert not read(tmp_path, "a.vtt", apart).turns_can_overlap
    assert read(tmp_path, "b.vtt", apart.replace("00:02.000 -->", "00:01.900 -->")).turns_can_overlap


def test_a_cue_that_names_nobody_belongs_to_whoever_spoke_before(tmp_path: Path) -> None:
    content = vtt(("00:01.000", "00:02.000", "<v Dana>one</v>"), ("00:02.100", "00:03.000", "two"))
    session = read(tmp_path, "a.vtt", content)
    assert texts(session) == [("Dana", "one two")]
    assert "1 of the transcript's 2 cues name no speaker and were given to whoever spoke before" in session.warnings


def test_the_same_bytes_are_the_same_session_under_any_name(tmp_path: Path) -> None:
    content = "Dana: Hi.\nRavi: Hello.\n"
    first, second = read(tmp_path, "a.txt", content), read(tmp_path, "b.txt", content)
    assert first.session_id == second.session_id
    assert (first.source, second.source) == ("a.txt", "b.txt")
    assert read(tmp_path, "a.txt", content + " ").session_id != first.session_id


@pytest.mark.parametrize(
    "name",
    [
        "Dana", "Dana Okafor", "Dr. J. van der Berg", "Speaker 1", "SPEAKER_00", "Unknown Speaker", "Jean-Luc O'Neil",
        "李雷", "Ravi Patel (Guest)", "Jane Doe | Acme sales", "+1 555***1234", "dana@acme.com", "Okafor, Dana", "Me",
        "May Johnson", "Marc 2",
    ],
)  # fmt: skip
def test_names_look_like_names(name: str) -> None:
    assert looks_like_name(name)


@pytest.mark.parametrize(
    "words",
    [
        "Two things", "Note", "So the point is", "Here is what he said", "Why? Because", "The one big question",
        "November 2, 2026", "2 Nov",
    ],
)  # fmt: skip
def test_openings_of_sentences_do_not(words: str) -> None:
    assert not looks_like_name(words)


@pytest.mark.parametrize(
    ("openings", "expected"),
    [
        (["Dana", "Ravi"], {"dana", "ravi"}),
        (["Title", "Dana", "Ravi", None, "Next steps", "Dana"], {"dana", "ravi"}),
        (["dana", "ravi", "dana", "ravi", "dana"], {"dana", "ravi"}),
        (["Dana", None, "Ravi", None, "Dana", None, "Ravi", None, "Salesforce", None], {"dana", "ravi"}),
        ([None, "Pricing", None, None, "Salesforce", None], set()),
        ([None] * 50 + ["Dana", "Dana"], set()),
        ([], set()),
    ],
)
def test_a_word_before_a_colon_is_a_name_by_the_whole_file(openings: list[str | None], expected: set[str]) -> None:
    assert speaker_names(openings) == expected


def test_a_missing_file_is_the_systems_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_transcript(tmp_path / "none.vtt")


@pytest.mark.parametrize("filler", [" " * 30_000 + "x", "[" * 30_000, "♪" * 30_000, "-" * 30_000, "<b " * 10_000])
def test_odd_lines_of_any_length_are_read_in_one_go(tmp_path: Path, filler: str) -> None:
    content = f"Dana: Hi.\nRavi: Hello.\n{filler}\nDana: Bye {filler}\nRavi: Bye.\n"
    assert [speaker.name for speaker in read(tmp_path, "a.txt", content).speakers] == ["Dana", "Ravi"]
