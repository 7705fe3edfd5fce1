"""JSON of no maker in particular: a list of objects with a speaker, a text and times, wherever it stands."""

from pipeline.transcripts.cues import Document, Format, Imported
from pipeline.transcripts.fields import language_at, names_by_id, record
from pipeline.transcripts.rows import cues_of, rows_in


def recognises(document: Document) -> bool:
    """By such a list anywhere in the file."""
    return document.data is not None and bool(rows_in(document.data))


def read(document: Document) -> Imported:
    """The list with the most words as cues; ids become names where the file also lists who they are."""
    cues = cues_of(rows_in(document.data), names_by_id(document.data))
    language = language_at(record(document.data), "language", "language_code")
    return Imported(tuple(cues), language=language)


FORMAT = Format("json", (".json", ".jsonl"), recognises, read, general=True)
