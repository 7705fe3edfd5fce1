"""SubViewer (.sbv), as YouTube and Google Meet write captions, with speakers as `Name: text`."""

import re

from pipeline.transcripts.cues import Cue, Document, Format, Imported
from pipeline.transcripts.subtitles import blocks, has_times, with_speakers
from pipeline.transcripts.wording import without_markup

_TIMES = re.compile(r"\s*(?P<start>\d+:\d{1,2}:\d{1,2}\.\d+)\s*,\s*(?P<end>\d+:\d{1,2}:\d{1,2}\.\d+)\s*")


def recognises(document: Document) -> bool:
    """By a line of two times with a comma between, anywhere under this suffix, else near the top."""
    if document.data is not None:
        return False
    return has_times(document.text if document.suffix == ".sbv" else document.text[:2000], _TIMES)


def read(document: Document) -> Imported:
    """Cues with the speakers that their lines name."""
    found = blocks(document.text, _TIMES, until_blank=False)
    cues = [Cue(without_markup("\n".join(block.lines)), None, block.start_ms, block.end_ms) for block in found]
    return Imported(with_speakers(cues))


FORMAT = Format("sbv", (".sbv",), recognises, read)
