"""Rev and Rev AI: monologues of elements in seconds, speakers by number with names beside them."""

from pipeline.transcripts.cues import Cue, Document, Format, Imported
from pipeline.transcripts.fields import Record, names_by_id, speaker_at, text_at, time_ms
from pipeline.transcripts.rows import listed


def recognises(document: Document) -> bool:
    """By monologues with elements."""
    return any("elements" in monologue for monologue in listed(document.data, "monologues"))


def read(document: Document) -> Imported:
    """Monologues under their speaker's name, or "Speaker n" where the file has only a number."""
    names = names_by_id(document.data)
    return Imported(tuple(_cue(monologue, names) for monologue in listed(document.data, "monologues")))


def _cue(monologue: Record, names: dict[str, str]) -> Cue:
    elements = listed(monologue, "elements")
    starts = [start for element in elements if (start := time_ms(element.get("ts"))) is not None]
    ends = [end for element in elements if (end := time_ms(element.get("end_ts"))) is not None]
    return Cue(
        # Spaces are elements of their own, so nothing is put between.
        "".join(str(element.get("value") or "") for element in elements),
        names.get(text_at(monologue, "speaker"))
        or speaker_at(monologue, "speaker_name", "speaker_info")
        or speaker_at(monologue, "speaker"),
        min(starts, default=None),
        max(ends, default=None),
    )


FORMAT = Format("rev", (".json",), recognises, read)
