"""Word documents as transcripts."""

import re
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pytest

from pipeline.errors import RecordingError
from pipeline.transcripts import word
from pipeline.transcripts.days import day_in
from tests.pipeline.transcript_builders import begun, read, texts


def document(*paragraphs: str, rows: tuple[tuple[str, ...], ...] = ()) -> bytes:
    """A Word document of these paragraphs, line breaks inside them kept, and a table below."""
    made = docx.Document()
    for each in paragraphs:
        made.add_paragraph(each)
    if rows:
        table = made.add_table(0, len(rows[0]))
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    packed = BytesIO()
    made.save(packed)
    return packed.getvalue()


def zipped(**parts: bytes) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()


def written(body: str) -> bytes:
    """A Word document of this XML, in which `text:` stands for a run of text."""
    runs = re.sub(r"text:([^<]*)", r'<w:r><w:t xml:space="preserve">\1</w:t></w:r>', body)
    packed = BytesIO()
    with ZipFile(BytesIO(document())) as template, ZipFile(packed, "w") as made:
        for name in template.namelist():
            content = template.read(name)
            if name == "word/document.xml":
                head = content.decode().split("<w:body>")[0]
                content = f"{head}<w:body>{runs}</w:body></w:document>".encode()
            made.writestr(name, content)
    return packed.getvalue()


def table(*rows: tuple[str, ...]) -> str:
    cells = ("".join(f"<w:tc><w:p>text:{cell}</w:p></w:tc>" for cell in row) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{each}</w:tr>" for each in cells) + "</w:tbl>"


TEAMS = document(
    "Coaching Ravi-20261102_100003-Meeting Recording",
    "November 2, 2026, 10:00AM",
    "4m 9s",
    "Dana Okafor started transcription",
    "\nDana Okafor   0:03\nHow did the call go?",
    "\nRavi Patel   0:07\nThey went quiet.\nThen nothing.",
    "\nDana Okafor   1:02\nWhat do you make of that?",
    "Dana Okafor stopped transcription",
)


def test_the_document_that_teams_saves_is_read(tmp_path: Path) -> None:
    session = read(tmp_path, "Coaching Ravi.docx", TEAMS)
    assert begun(session) == [
        ("Dana Okafor", 3_000, "How did the call go?"),
        ("Ravi Patel", 7_000, "They went quiet. Then nothing."),
        ("Dana Okafor", 62_000, "What do you make of that?"),
    ]
    assert session.recorded_on == date(2026, 11, 2)


def test_a_document_of_names_and_colons_is_read(tmp_path: Path) -> None:
    content = document("Dana: How so?", "Ravi: They went quiet.", "Dana: And then?", "Ravi: Nothing.")
    assert texts(read(tmp_path, "a.docx", content))[1] == ("Ravi", "They went quiet.")


def test_the_table_of_a_document_is_read_row_by_row(tmp_path: Path) -> None:
    rows = (("0:03", "Dana", "How so?"), ("0:07", "Ravi", "They went\nquiet."), ("1:02", "Dana", "And then?"))
    session = read(tmp_path, "a.docx", document("Call of Monday", rows=rows))
    assert begun(session)[1] == ("Ravi", 7_000, "They went quiet.")


def test_content_and_not_the_name_says_that_it_is_a_document(tmp_path: Path) -> None:
    assert read(tmp_path, "a.txt", TEAMS).transcript.model == "text"


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04\x14\x00\x06\x00\x08\x00",
        TEAMS[: len(TEAMS) // 2],
        zipped(**{"notes.txt": b"Dana: hello"}),
        zipped(**{"[Content_Types].xml": b"<Types", "word/document.xml": b"<w:document"}),
    ],
)
def test_a_broken_document_is_refused_in_one_line(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(RecordingError, match=r"a\.docx: not a Word document that can be read; save") as refused:
        read(tmp_path, "a.docx", content)
    assert "\n" not in str(refused.value)


def test_a_document_that_unpacks_to_far_too_much_is_not_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(word, "LARGEST_BYTES", 1_000)
    with pytest.raises(RecordingError, match=r"a\.docx: the document is too large"):
        read(tmp_path, "a.docx", TEAMS)


def test_a_document_without_words_or_speakers_says_so(tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match=r"a\.docx: the file is empty"):
        read(tmp_path, "a.docx", document())
    with pytest.raises(RecordingError, match=r"a\.docx: the transcript does not say who speaks"):
        read(tmp_path, "a.docx", document("Agenda for Monday", "We met and talked."))


BEGUN = [("Dana", "How so?"), ("Ravi", "They went quiet."), ("Dana", "And then?")]


@pytest.mark.parametrize(
    "body",
    [
        "<w:p>text:Dana: How so?</w:p><w:p>text:Ravi: They <w:ins>text:went </w:ins><w:del><w:r><w:delText>got"
        "</w:delText></w:r></w:del>text:quiet.</w:p><w:p>text:Dana: And then?</w:p>",
        "<w:sdt><w:sdtContent><w:p>text:Dana: How so?</w:p><w:p>text:Ravi: They <w:smartTag>text:went</w:smartTag>"
        "text: quiet.</w:p></w:sdtContent></w:sdt><w:p><w:ins>text:Dana: And then?</w:ins></w:p>",
        "<w:p>text:Dana: How so?<w:r><w:rPr><w:vanish/></w:rPr><w:t>note</w:t></w:r></w:p><w:p><w:r><w:pict>"
        "<w:txbxContent><w:p>text:Ravi: They went quiet.</w:p></w:txbxContent></w:pict></w:r></w:p>"
        "<w:p>text:Dana: And\u00ad then?</w:p>",
        "<w:p>text:Dana: How so?</w:p><w:p><w:r><w:AlternateContent><w:Choice><w:txbxContent>"
        "<w:p>text:Ravi: They went quiet.</w:p></w:txbxContent></w:Choice>"
        "<w:Fallback><w:txbxContent><w:p>text:Ravi: They went quiet.</w:p>"
        "</w:txbxContent></w:Fallback></w:AlternateContent></w:r></w:p><w:p>text:Dana: And then?</w:p>",
        table(("Dana", "How so?"), ("Ravi", "They went quiet."), ("Dana", "And then?")),
        table(("Speaker", "Text"), ("Dana", "How so?"), ("Ravi", "They went quiet."), ("Dana", "And then?")),
        table(("Dana: How so?",), ("Ravi: They went quiet.",), ("Dana: And then?",)),
        f"<w:tbl><w:tr><w:tc>{table(('Dana:', 'How so?'), ('Ravi:', 'They went quiet.'), ('Dana:', 'And then?'))}"
        "</w:tc></w:tr></w:tbl>",
    ],
)
def test_a_document_says_what_word_shows(tmp_path: Path, body: str) -> None:
    assert texts(read(tmp_path, "a.docx", written(body))) == BEGUN


@pytest.mark.parametrize(
    "body",
    [
        table(("Dana 0:03", "How so?"), ("Ravi 0:07", "They went quiet."), ("Dana 1:02", "And then?")),
        table(("0:03", "Dana: How so?"), ("0:07", "Ravi: They went quiet."), ("1:02", "Dana: And then?")),
        table(("[0:03]", "Dana", "How so?"), ("[0:07]", "Ravi", "They went quiet."), ("[1:02]", "Dana", "And then?")),
        "<w:p>text:Call of Monday</w:p>"
        + table(("Time", "Speaker", "Text"), ("0:03 - 0:05", "Dana", "How so?"), ("0:07", "Ravi", "They went quiet."))
        + table(("Time", "Speaker", "Text"), ("1:02", "Dana", "And then?")),
    ],
)
def test_tables_have_their_times_in_many_ways(tmp_path: Path, body: str) -> None:
    session = read(tmp_path, "a.docx", written(body))
    assert begun(session) == [
        (name, start_ms, text) for (name, text), start_ms in zip(BEGUN, (3_000, 7_000, 62_000), strict=True)
    ]


def test_a_quotation_mark_in_a_cell_is_one_of_the_words(tmp_path: Path) -> None:
    rows = (("Time", "Speaker", "Text"), ("0:03", "Dana", '"We will call, I said.'), ("0:07", "Ravi", "OK."))
    assert texts(read(tmp_path, "a.docx", written(table(*rows)))) == [("Dana", rows[1][2]), ("Ravi", "OK.")]


def test_a_row_without_a_time_keeps_its_speaker(tmp_path: Path) -> None:
    timed = (("0:03", "Dana", "How so?"), ("0:07", "Ravi", "They went quiet."), ("1:02", "Dana", "And then?"))
    rows = (*timed, ("", "Ravi", "Nothing."), ("1:12", "Dana", "Nothing?"), ("1:14", "Ravi", "No."))
    session = read(tmp_path, "a.docx", written("<w:p>text:Call</w:p>" + table(*rows)))
    assert texts(session) == [*BEGUN, ("Ravi", "Nothing."), ("Dana", "Nothing?"), ("Ravi", "No.")]


def test_a_text_may_begin_with_the_letters_of_a_zip_file(tmp_path: Path) -> None:
    assert texts(read(tmp_path, "a.txt", "PK: How so?\nRavi: Quiet.\nPK: And?\nRavi: No.\n"))[0] == ("PK", "How so?")


def test_a_document_under_a_password_says_so(tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match=r"a\.docx: this is a document in an old format or under a password"):
        read(tmp_path, "a.docx", b"\xd0\xcf\x11\xe0" + bytes(600))


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Mon, Nov 2, 2026 10:00AM", date(2026, 11, 2)),
        ("2nd of November 2026", date(2026, 11, 2)),
        ("2-Nov-2026", date(2026, 11, 2)),
        ("Coaching Ravi-20261102_100003-Meeting Recording", date(2026, 11, 2)),
        ("2026-11-02T10:00:03Z", date(2026, 11, 2)),
        ("2026-13-02, in May 2026: Sept. 5, 2026", date(2026, 9, 5)),
        ("Top 10 Market 2026 trends, Maya 12 2026, Decision 5, 2026", None),
    ],
)
def test_days_are_read_as_people_write_them(line: str, day: date | None) -> None:
    assert day_in(line) == day
