"""Word documents to text: Teams, Zoom and many services save transcripts as one."""

from collections.abc import Iterator
from io import BytesIO
from zipfile import BadZipFile, ZipFile

import docx
from docx.opc.exceptions import OpcError
from docx.table import Table
from docx.text.paragraph import Paragraph

from pipeline.errors import RecordingError

PACKED = b"PK"
"""How a Word document begins, as does every other zip file."""
LARGEST_BYTES = 300 << 20
"""A document that unpacks to more is broken or meant to do harm: eight hours of talk are one megabyte."""


def word_text(content: bytes, name: str) -> str:
    """The document's paragraphs, a line or more each, and its tables, a line a row with tabs between cells, in order.

    Raises RecordingError for a zip file that is no Word document, or a broken or a far too large one.
    """
    try:
        with ZipFile(BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > LARGEST_BYTES:
                raise RecordingError(f"{name}: the document is too large; save its text as .txt and score that.")
        blocks = docx.Document(BytesIO(content)).iter_inner_content()
        return "\n".join(line for block in blocks for line in _lines(block))
    # XML that is none comes as a SyntaxError; the others are what missing or unfit parts lead to.
    except (BadZipFile, OpcError, SyntaxError, KeyError, ValueError, OSError, AttributeError) as error:
        raise RecordingError(
            f"{name}: not a Word document that can be read ({error or type(error).__name__}); "
            "save it as plain text (.txt) and score that."
        ) from error


def _lines(block: Paragraph | Table) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield block.text
        return
    for row in block.rows:
        # A cell that spans columns comes once for each of them.
        cells = {id(cell._tc): " ".join(cell.text.split()) for cell in row.cells}
        yield "\t".join(cells.values())
