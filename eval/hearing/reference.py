"""Recordings with the truth of who speaks when."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.values import Span, SpeakerSpan

ROLEPLAYS = Path(__file__).parents[1] / "roleplays"


@dataclass(frozen=True, slots=True)
class Reference:
    """A recording and its true spans; sentences of one speaker are a span each."""

    name: str
    path: Path
    spans: tuple[SpeakerSpan, ...]

    @property
    def speakers(self) -> int:
        return len({each.speaker for each in self.spans})


def roleplays(folder: Path = ROLEPLAYS) -> Iterator[Reference]:
    """The bundled role-plays, in order of name."""
    for truth in sorted(folder.glob("*.truth.json")):
        told = json.loads(truth.read_text(encoding="utf-8"))
        spans = tuple(
            SpeakerSpan(Span(unit["start_ms"], unit["end_ms"]), turn["speaker"])
            for turn in told["turns"]
            for unit in turn["units"]
        )
        yield Reference(truth.name.removesuffix(".truth.json"), truth.with_name(told["source"]), spans)


def rttm(path: Path) -> Iterator[Reference]:
    """Recordings of an RTTM file that lie beside it as .wav or .flac; those that do not are left out."""
    spans: dict[str, list[SpeakerSpan]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        fields = line.split()
        if fields[:1] == ["SPEAKER"]:
            start_ms = round(float(fields[3]) * 1000)
            span = Span(start_ms, start_ms + round(float(fields[4]) * 1000))
            spans.setdefault(fields[1], []).append(SpeakerSpan(span, fields[7]))
    for name, own in sorted(spans.items()):
        found = [file for suffix in (".wav", ".flac") if (file := path.with_name(name + suffix)).exists()]
        if found:
            yield Reference(name, found[0], tuple(own))
