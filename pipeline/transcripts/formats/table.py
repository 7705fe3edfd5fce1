"""Tables: comma, semicolon, tab or bar between columns, a line of headers, one line for each turn."""

import csv
from collections.abc import Iterator

from pipeline.errors import RecordingError
from pipeline.transcripts.clock import shows_no_seconds
from pipeline.transcripts.cues import WORD, Document, Format, Imported
from pipeline.transcripts.fields import Record
from pipeline.transcripts.rows import columns, cues_of

_DELIMITERS = ",;\t|"
_HEADER_LINES = 10
"""Lines among which the headers are looked for; exports put titles above them."""
_ESCAPED = "\x01"
"""What stands for a bar with a backslash before it, as Markdown writes one that parts no columns."""
_END = "end of table"
"""A line put after the last: where it is no row of its own, a quote is open."""


def recognises(document: Document) -> bool:
    """By suffix, by a first line that names a speaker, a text and a start, or by such a row in a Word document.

    In Markdown, whose tables have a line of dashes below the headers, the speaker and the text will do.
    """
    if document.data is not None:
        return False
    if document.suffix == WORD:
        return _header(document, "\t") is not None
    first, below = (*document.text.lstrip().split("\n", 2), "")[:2]
    ruled = set("|-") <= set(below) <= set(" |:-")
    needed = {"speaker", "text"} if ruled else {"speaker", "text", "start"}
    return document.suffix in {".csv", ".tsv"} or any(
        needed <= columns(_cells(first, mark)).keys() for mark in _DELIMITERS if mark in first
    )


def read(document: Document) -> Imported:
    """One cue a line. Headers may have any of the usual names, in any order; other columns are left out.

    The delimiter is the one under which headers make sense. Raises RecordingError where none does.
    """
    found = _header(document, "\t" if document.suffix == WORD else _DELIMITERS)
    if found is None:
        raise RecordingError(
            f"{document.name}: the table has no headers for the speaker and the text; "
            "name the columns speaker, start, end and text in its first line."
        )
    skipped, mark = found
    rows = list(_read(document.name, "\n".join(document.text.split("\n")[skipped:]), mark))
    return Imported(tuple(cues_of(rows)), no_seconds=shows_no_seconds(document.text))


def _header(document: Document, marks: str) -> tuple[int, str] | None:
    """Which of the first lines names a speaker and a text, and the delimiter under which it does; None for none."""
    lines = document.text.split("\n", _HEADER_LINES)[:_HEADER_LINES]
    for place, line in enumerate(lines):
        found = {mark: columns(_cells(line, mark)).keys() for mark in marks if mark in line}
        mark = max(found, key=lambda each: len(found[each]), default="")
        if mark and {"speaker", "text"} <= found[mark]:
            return place, mark
    return None


def _read(name: str, text: str, mark: str) -> Iterator[Record]:
    # Some programs write a quotation mark in a cell with a backslash, not twice.
    text = text.replace('\\"', '""')
    rows = _rows(name, text.replace("\\|", _ESCAPED) if mark == "|" else text, mark)
    headers = [header.strip() for header in next(rows)]
    place = headers.index(columns(headers)["text"].key)
    filled = [_without_empty_ends(cells, len(headers)) for cells in rows]
    # Where every row has as many cells more, they are columns without a header.
    ragged = place == len(headers) - 1 or len({len(cells) for cells in filled if any(cells)}) > 1
    for cells in filled:
        if ragged and (more := len(cells) - len(headers)) > 0:
            # Someone wrote the table without quotes: the delimiters that are too many stand in the text.
            cells = [*cells[:place], f"{mark} ".join(cells[place : place + more + 1]), *cells[place + more + 1 :]]
        # A table that runs over pages may have its headers on each.
        if any(cell.strip() for cell in cells) and [cell.strip() for cell in cells] != headers:
            yield dict(zip(headers, (cell.replace(_ESCAPED, "|") for cell in cells), strict=False))


def _without_empty_ends(cells: list[str], columns: int) -> list[str]:
    """The cells without empty ones at the end that no column has."""
    filled = next((place for place in range(len(cells), columns, -1) if cells[place - 1].strip()), columns)
    return cells[:filled]


def _rows(name: str, text: str, mark: str) -> Iterator[list[str]]:
    """Each row's cells. A quote that opens a cell and never closes does not take in the rows below it."""
    lines = [f"{line}\n" for line in text.split("\n")]
    while lines:
        table = csv.reader([*lines, _END], delimiter=mark, skipinitialspace=True)
        whole = 0
        try:
            for cells in table:
                if table.line_num > len(lines):
                    break
                yield cells
                whole = table.line_num
        except csv.Error as error:
            raise RecordingError(
                f"{name}: line {table.line_num} of the table cannot be read ({error}); export it again."
            ) from None
        if whole < len(lines):
            yield [cell.strip(' "\n') for cell in lines[whole].split(mark)]
        lines = lines[whole + 1 :]


def _cells(line: str, mark: str) -> list[str]:
    return [cell.strip() for cell in next(csv.reader([line], delimiter=mark, skipinitialspace=True), [])]


FORMAT = Format("csv", (".csv", ".tsv", ".docx"), recognises, read)
