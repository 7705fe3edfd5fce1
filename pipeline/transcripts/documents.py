"""Files of transcripts to text: Word documents, encodings, line ends and JSON."""

import codecs
import json
import re
from pathlib import Path

from pipeline.errors import RecordingError
from pipeline.text import parse_json
from pipeline.transcripts.cues import WORD, Document, JsonValue
from pipeline.transcripts.word import PACKED, word_text

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    # The 32-bit mark begins with the 16-bit one, so it is asked for first.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LOCKED = b"\xd0\xcf\x11\xe0"
"""How documents of Word before 2007 begin, and later ones under a password."""
_PAGE = re.compile(
    r"\s*<(?:!doctype html|html|head|body|main|article|section|table|ul|ol|p|div|h[1-6])(?:\s[^<>]*)?>", re.IGNORECASE
)
_UNSEEN = re.compile(r"<!--.*?(?:-->|\Z)|<(style|script|title)\b[^<>]*>.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_CELL = re.compile(r"</t[dh]\s*>", re.IGNORECASE)
_LINE = re.compile(
    r"</?(?:p|div|br|li|ul|ol|dl|dt|dd|tr|table|h[1-6]|section|article|header|blockquote)(?:[\s/][^<>]*)?>",
    re.IGNORECASE,
)
_TAG = re.compile(r"</?[a-z!][^<>]*>", re.IGNORECASE)
_CONTROL = frozenset(range(32)) - frozenset(b"\t\n\r\f\v\x1a\x1b")


def open_document(path: Path, content: bytes) -> Document:
    """The document in `content`, the bytes of the file at `path`.

    Raises RecordingError for an empty or a binary file, for a Word document that cannot be read, and for a `.json` or
    `.jsonl` file that is not.
    """
    name, suffix = path.name, path.suffix.lower()
    if content.startswith(PACKED):
        suffix, text = WORD, word_text(content, name)
    else:
        text = decode(content, name)
    if not text.strip():
        raise RecordingError(f"{name}: the file is empty; export the transcript again.")
    if _PAGE.match(text):
        text = _seen(text)
    if suffix == ".jsonl":
        return Document(name, suffix, text, _json_lines(text, name))
    return Document(name, suffix, text, _json(text, name, required=suffix == ".json"))


def decode(content: bytes, name: str) -> str:
    """Text of a file in UTF-8, UTF-16 or UTF-32 (with a mark, or UTF-16 without), else Windows-1252.

    Line ends become a bare newline; the mark is dropped. Raises RecordingError for content that is no text.
    """
    text = _decoded(content)
    if text is None:
        kind = "a document in an old format or under a password" if content.startswith(_LOCKED) else "not a text file"
        raise RecordingError(f"{name}: this is {kind}; export the transcript as text and score that.")
    return text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _seen(page: str) -> str:
    """The lines that a page in HTML shows, entities as they are: a paragraph is a line, a table's cells have tabs."""
    lines = _LINE.sub("\n", _CELL.sub("\t", _UNSEEN.sub("", page)))
    return _TAG.sub("", lines)


def _decoded(content: bytes) -> str | None:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, errors="replace")
    unmarked = _utf16_without_mark(content)
    if unmarked:
        return content.decode(unmarked, errors="replace")
    if sum(byte in _CONTROL for byte in content[:4096]) > 0:
        return None
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        # Windows-1252 leaves five bytes undefined.
        return content.decode("cp1252", errors="replace")


def _utf16_without_mark(content: bytes) -> str | None:
    """English text in UTF-16 has a zero in nearly every second byte, and never in the others."""
    start = content[:4096]
    even, odd = start[0::2], start[1::2]
    if odd and odd.count(0) > 0.6 * len(odd) and 0 not in even:
        return "utf-16-le"
    if even and even.count(0) > 0.6 * len(even) and 0 not in odd:
        return "utf-16-be"
    return None


def _json(text: str, name: str, required: bool) -> JsonValue | None:
    if not required and text.lstrip()[:1] not in ("{", "["):
        return None
    try:
        data: JsonValue = parse_json(text)
    except json.JSONDecodeError as error:
        problem = f"not valid JSON: {error.msg} in line {error.lineno}, column {error.colno}"
    except ValueError as error:
        problem = f"JSON that cannot be read: {error}"
    else:
        return data
    if required:
        raise RecordingError(f"{name}: {problem}; export the transcript again.")
    return None


def _json_lines(text: str, name: str) -> list[JsonValue]:
    lines = enumerate(text.split("\n"), start=1)
    return [_json(line, f"{name}, line {number}", required=True) for number, line in lines if line.strip()]
