"""Word documents as transcripts."""

from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pytest

from pipeline.errors import RecordingError
from pipeline.transcripts import is_transcript, word
from tests.pipeline.transcript_builders import begun, read, texts, write


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
    assert is_transcript(write(tmp_path, "b.docx", TEAMS))
    assert not is_transcript(write(tmp_path, "c.docx", document("Agenda for Monday")))


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
    with pytest.raises(RecordingError, match=r"a\.docx: not a Word document that can be read .*plain text") as refused:
        read(tmp_path, "a.docx", content)
    assert "\n" not in str(refused.value)


def test_a_document_that_unpacks_to_far_too_much_is_not_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(word, "LARGEST_BYTES", 10_000)
    with pytest.raises(RecordingError, match=r"a\.docx: the document is too large"):
        read(tmp_path, "a.docx", TEAMS)


def test_a_document_without_words_or_speakers_says_so(tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match=r"a\.docx: the file is empty"):
        read(tmp_path, "a.docx", document())
    with pytest.raises(RecordingError, match=r"a\.docx: the transcript does not say who speaks"):
        read(tmp_path, "a.docx", document("Agenda for Monday", "We met and talked."))
