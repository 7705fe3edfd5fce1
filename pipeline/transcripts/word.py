"""Word documents to text: Teams, Google Meet, Otter and many services save transcripts as one.

The XML is walked here because python-docx leaves out what stands in tracked insertions, content controls, text boxes
and tables within tables, and a corrected transcript is full of them.
"""

import zlib
from collections.abc import Iterator
from io import BytesIO
from xml.etree import ElementTree as Xml
from zipfile import BadZipFile, ZipFile

from pipeline.errors import RecordingError
from pipeline.transcripts.clock import clocks_in
from pipeline.transcripts.rows import columns

PACKED = (b"PK\x03\x04", b"PK\x05\x06")
"""How a Word document begins, as does every other zip file."""
LARGEST_BYTES = 50 << 20
"""A text that unpacks to more is broken or meant to do harm: eight hours of talk are two megabytes of XML."""
_LEFT_OUT = frozenset(
    "del moveFrom delText instrText Fallback pPr rPr tblPr tblGrid trPr tcPr sectPr sdtPr sdtEndPr txbxContent".split()
)
"""What Word does not show with all changes accepted, what only sets the looks, and text boxes, which come after."""
_MARKS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_MAIN = "/officeDocument"


def word_text(content: bytes, name: str) -> str:
    """The document's text as Word shows it with all changes accepted: a paragraph is a line, or more where it has
    line breaks; a table's row is a line with tabs between its cells.

    A row of one cell is its paragraphs, and in a table of two columns without headers the first cell names who says
    the second. Raises RecordingError for a zip file that is no Word document, and for a broken or far too large one.
    """
    try:
        with ZipFile(BytesIO(content)) as packed:
            main = _main_part(packed)
            if packed.getinfo(main).file_size > LARGEST_BYTES:
                raise RecordingError(f"{name}: the document is too large; save its text as .txt and score that.")
            body = next(_inside(Xml.fromstring(packed.read(main)), "body"))
        return "\n".join(_lines(body))
    # Parts that are missing, damaged, locked by a password or packed in an unknown way.
    except (BadZipFile, KeyError, Xml.ParseError, zlib.error, EOFError, RuntimeError, StopIteration, OSError) as error:
        raise RecordingError(
            f"{name}: not a Word document that can be read; save it as plain text (.txt) and score that."
        ) from error


def _main_part(packed: ZipFile) -> str:
    relations = Xml.fromstring(packed.read("_rels/.rels"))
    targets = (each.get("Target", "") for each in relations if each.get("Type", "").endswith(_MAIN))
    return next(targets, "word/document.xml").lstrip("/")


def _kind(element: Xml.Element) -> str:
    """The element's name without its namespace; there are two, strict and transitional."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _inside(element: Xml.Element, kind: str) -> Iterator[Xml.Element]:
    """The nearest elements of that kind below the element, in order, through whatever wraps them."""
    for child in element:
        if _kind(child) == kind:
            yield child
        elif _kind(child) not in _LEFT_OUT:
            yield from _inside(child, kind)


def _lines(element: Xml.Element) -> Iterator[str]:
    for child in element:
        kind = _kind(child)
        if kind == "p":
            yield _text(child)
            for box in _inside(child, "txbxContent"):
                yield from _lines(box)
        elif kind == "tbl":
            yield from _rows(child)
        elif kind not in _LEFT_OUT:
            yield from _lines(child)


def _text(element: Xml.Element) -> str:
    said = []
    for child in element:
        kind = _kind(child)
        if kind == "t":
            said.append(child.text or "")
        elif kind in _MARKS:
            said.append(_MARKS[kind])
        elif kind not in _LEFT_OUT and not (kind == "r" and _is_hidden(child)):
            said.append(_text(child))
    return "".join(said)


def _is_hidden(run: Xml.Element) -> bool:
    return any(True for looks in run if _kind(looks) == "rPr" for _ in _inside(looks, "vanish"))


def _rows(table: Xml.Element) -> Iterator[str]:
    rows = [[_cell(cell) for cell in _inside(row, "tc")] for row in _inside(table, "tr")]
    headed = bool(rows) and {"speaker", "text"} <= columns(" ".join(cell) for cell in rows[0]).keys()
    for cells in rows:
        if len(cells) == 1:
            yield from cells[0]
        elif len(cells) == 2 and not headed and cells[0] and cells[1]:
            yield from _named(*cells)
        else:
            texts = [" ".join(" ".join(cell).split()) for cell in cells]
            yield "\t".join(map(_quoted, texts) if headed else texts)


def _cell(cell: Xml.Element) -> list[str]:
    return [line for line in _lines(cell) if line.strip()]


def _named(first: list[str], second: list[str]) -> Iterator[str]:
    """A row of two cells: a name and its words; or a name with a time, or a time, above or before them."""
    head = " ".join(" ".join(first).split())
    if not clocks_in(head):
        yield f"{head.rstrip(':')}: {' '.join(second)}"
    elif any(letter.isalpha() for letter in head):
        yield head
        yield from second
    else:
        yield f"{head}\t{' '.join(second)}"


def _quoted(text: str) -> str:
    """The text as a cell of a table of text, where quotation marks have a meaning."""
    doubled = text.replace('"', '""')
    return f'"{doubled}"' if '"' in text else text
