"""SubRip (.srt), with speakers as `Name: text` or `[Name] text`."""

from pipeline.transcripts.cues import Cue, Document, Format, Imported
from pipeline.transcripts.subtitles import ARROW, blocks, has_times, with_speakers
from pipeline.transcripts.wording import without_markup


def recognises(document: Document) -> bool:
    """By a line of times with an arrow, anywhere under this suffix, else near the top; never WebVTT."""
    if document.data is not None or document.text.lstrip().startswith("WEBVTT"):
        return False
    if document.suffix == ".srt":
        return has_times(document.text, ARROW)
    return any("-->" in line and ARROW.fullmatch(line) for line in document.text[:2000].split("\n"))


def read(document: Document) -> Imported:
    """Cues with the speakers that their lines name; numbers and markup are left out."""
    return Imported(
        with_speakers(
            [
                Cue(without_markup("\n".join(block.lines)), None, block.start_ms, block.end_ms)
                for block in blocks(document.text, ARROW, until_blank=False)
            ]
        )
    )


FORMAT = Format("srt", (".srt",), recognises, read)
