"""Transcript files to sessions: which format a file has, and what it says."""

import hashlib
import pkgutil
from importlib import import_module
from pathlib import Path

from pipeline.errors import RecordingError
from pipeline.transcripts import formats
from pipeline.transcripts.cues import Document, Format
from pipeline.transcripts.documents import open_document
from pipeline.transcripts.turns import build_session
from pipeline.values import Session


def _registered() -> tuple[Format, ...]:
    names = sorted(module.name for module in pkgutil.iter_modules(formats.__path__))
    found = [import_module(f"{formats.__name__}.{name}").FORMAT for name in names]
    return tuple(sorted(found, key=lambda each: each.general))


FORMATS = _registered()
"""Every format there is, those that know one product's marks first."""


def read_transcript(path: Path) -> Session:
    """The conversation in a transcript file, without units; every role is `OTHER` until somebody finds it.

    Content decides the format. The session's id is the sha256 of the file's bytes; its duration is what the
    file says, or the last end. Raises RecordingError for a file that is empty, no text, of an unknown
    shape, without spoken text or without speakers; OSError for one that cannot be read.
    """
    content = path.read_bytes()
    document = open_document(path, content)
    form = find_format(document)
    if form is None:
        raise RecordingError(_unknown(document))
    return build_session(form.read(document), hashlib.sha256(content).hexdigest(), document.name, form.name)


def find_format(document: Document) -> Format | None:
    """The first format that recognises the document, or None."""
    return next((form for form in FORMATS if form.recognises(document)), None)


def _unknown(document: Document) -> str:
    if document.data is None:
        return (
            f"{document.name}: the transcript does not say who speaks; "
            "add names as 'Name: text' or score the recording."
        )
    shapes = ", ".join(form.name for form in FORMATS if ".json" in form.suffixes and not form.general)
    return (
        f"{document.name}: JSON of an unknown shape; write a list of objects with speaker, start, end and text, "
        f"or one of the shapes of {shapes}."
    )
