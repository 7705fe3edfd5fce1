"""Real voices, two at a time: what people say alone in recordings of several, put together as talk between two."""

from collections.abc import Iterable, Iterator
from itertools import combinations, pairwise
from pathlib import Path

from eval.hearing.mixtures import PER_MS, SHORTEST_MS, MixtureRules, Sound, faded, mixture
from eval.hearing.reference import Reference
from models.speech import SileroSpeechDetector
from pipeline.audio import Audio, decode
from pipeline.values import Span

LEAST_MS = 5_000
"""Of people who say less alone there is too little to make talk of."""


def real_pairs(references: Iterable[Reference], seed: int, rules: MixtureRules) -> Iterator[tuple[Reference, Audio]]:
    """A mixture for each two people who speak long enough alone, in order of name.

    A person's pieces are stretches of speech, so that pauses inside a true span are nobody's talk. The references
    are of no file.
    """
    said = said_alone(references)
    for place, pair in enumerate(combinations(sorted(said), 2)):
        spans, audio = mixture({name: said[name] for name in pair}, seed + place, rules)
        yield Reference(" and ".join(pair), Path(), spans), audio


def said_alone(references: Iterable[Reference]) -> dict[str, list[Sound]]:
    """What each person says alone in any of the recordings, by stretches; people who say too little are left out."""
    speech = SileroSpeechDetector()
    said: dict[str, list[Sound]] = {}
    for reference in references:
        audio = decode(reference.path).audio
        for stretch in speech.detect(audio):
            for span, name in _alone(reference, stretch):
                said.setdefault(name, []).append(faded(audio, span))
    return {name: own for name, own in said.items() if sum(map(len, own)) >= LEAST_MS * PER_MS}


def _alone(reference: Reference, stretch: Span) -> Iterator[tuple[Span, str]]:
    """The parts of a stretch in which one person speaks and nobody else."""
    edges = {stretch.start_ms, stretch.end_ms}
    for each in reference.spans:
        edges |= {edge for edge in (each.span.start_ms, each.span.end_ms) if stretch.start_ms < edge < stretch.end_ms}
    ordered = sorted(edges)
    for start_ms, end_ms in pairwise(ordered):
        part = Span(start_ms, end_ms)
        speakers = {each.speaker for each in reference.spans if each.span.overlap_ms(part)}
        if len(speakers) == 1 and part.duration_ms > SHORTEST_MS:
            yield part, speakers.pop()
