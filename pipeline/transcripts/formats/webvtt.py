"""WebVTT, as Zoom (`Name: text`), Teams (`<v Name>text</v>`), Webex (`1 "Name" (id)` above) and others write it."""

import re
from dataclasses import replace
from itertools import takewhile

from pipeline.text import parse_json
from pipeline.transcripts.clock import clock_ms
from pipeline.transcripts.cues import Cue, Document, Format, Imported
from pipeline.transcripts.names import cut
from pipeline.transcripts.subtitles import ARROW, NAMED_ID, Block, blocks, has_times, with_speakers
from pipeline.transcripts.wording import without_markup

_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?\s+(?P<name>[^>]*)>")
_DURATION = re.compile(r"^(?:NOTE\s+)?duration:\s*\"?(?P<time>[\d:.]+)", re.IGNORECASE | re.MULTILINE)
_LANGUAGE = re.compile(r"^(?:NOTE\s+)?language:\s*\"?(?P<code>[a-z]{2})\b", re.IGNORECASE | re.MULTILINE)


def recognises(document: Document) -> bool:
    """By the `WEBVTT` the file opens with, or by suffix if it has times."""
    opened = document.text.lstrip().startswith("WEBVTT")
    return opened or (document.suffix == ".vtt" and has_times(document.text, ARROW))


def read(document: Document) -> Imported:
    """Cues with their voices; styles, regions, notes, ids and cue settings are left out.

    Hours may be missing, `</v>` too. Two voices in one cue share its time by length of text.
    """
    cues = [cue for block in blocks(document.text, ARROW, until_blank=True) for cue in _cues(block)]
    header = "\n".join(takewhile(lambda line: not ARROW.fullmatch(line), document.text.split("\n")))
    duration, language = _DURATION.search(header), _LANGUAGE.search(header)
    return Imported(
        with_speakers(cues),
        duration_ms=clock_ms(duration["time"]) if duration else None,
        language=language["code"].lower() if language else None,
    )


def _cues(block: Block) -> list[Cue]:
    text = "\n".join(block.lines)
    cue = Cue(text, None, block.start_ms, block.end_ms)
    if text.startswith('{"'):
        return [_metadata(cue)]
    voices = list(_VOICE.finditer(text))
    if not voices:
        named = NAMED_ID.fullmatch(block.before[-1].strip()) if block.before else None
        return [replace(cue, text=without_markup(text), speaker=named["name"] or None if named else None)]
    ends = [voice.start() for voice in voices[1:]] + [len(text)]
    pieces: list[tuple[str | None, str]] = [
        (without_markup(voice["name"]), without_markup(text[voice.end() : end]).strip())
        for voice, end in zip(voices, ends, strict=True)
    ]
    before = without_markup(text[: voices[0].start()]).strip()
    return list(cut(cue, [(None, before), *pieces] if before else pieces))


def _metadata(cue: Cue) -> Cue:
    """Teams' transcript with metadata has a JSON object for each cue."""
    try:
        data = parse_json(cue.text)
    except ValueError:
        return cue
    if not isinstance(data, dict):
        return cue
    name, text = data.get("speakerName"), data.get("spokenText")
    return replace(cue, text=str(text or ""), speaker=str(name) if name else None)


FORMAT = Format("webvtt", (".vtt",), recognises, read)
