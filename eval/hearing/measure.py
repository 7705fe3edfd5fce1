"""How far heard speakers are from the true ones."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from pyannote.core import Annotation, Segment, Timeline
from pyannote.metrics.diarization import DiarizationErrorRate

from pipeline.values import Span, SpeakerSpan

COLLAR_S = 0.25
"""Seconds left out of the count on each side of a true boundary."""


@dataclass(frozen=True, slots=True)
class Errors:
    """Seconds of true speech and of each kind of error; adds, so that a mean of means cannot happen."""

    spoken_s: float = 0.0
    missed_s: float = 0.0
    false_s: float = 0.0
    confused_s: float = 0.0

    def __add__(self, other: "Errors") -> "Errors":
        return Errors(
            self.spoken_s + other.spoken_s,
            self.missed_s + other.missed_s,
            self.false_s + other.false_s,
            self.confused_s + other.confused_s,
        )

    @property
    def der(self) -> float | None:
        """Diarization error rate; None where nobody speaks outside the collars."""
        return (self.missed_s + self.false_s + self.confused_s) / self.spoken_s if self.spoken_s else None


@dataclass(frozen=True, slots=True)
class Heard:
    """One recording heard: errors, the largest error of a talk share (points), median error of a start (ms)."""

    errors: Errors
    share_points: float
    start_ms: float | None


def compare(truth: Sequence[SpeakerSpan], heard: Sequence[SpeakerSpan], duration_ms: int) -> Heard:
    """Errors with overlap counted and a collar of 0.25 s on each side, under the best matching of labels."""
    # pyannote.metrics takes the collar as the whole width around a boundary.
    metric = DiarizationErrorRate(collar=2 * COLLAR_S, skip_overlap=False)
    reference, hypothesis = _annotation(truth), _annotation(heard)
    whole = Timeline([Segment(0, duration_ms / 1000)])
    parts = metric(reference, hypothesis, uem=whole, detailed=True)
    names = metric.optimal_mapping(reference, hypothesis, uem=whole)
    matched = [SpeakerSpan(each.span, names.get(each.speaker, f"extra {each.speaker}")) for each in heard]
    errors = Errors(parts["total"], parts["missed detection"], parts["false alarm"], parts["confusion"])
    return Heard(errors, _share_points(truth, matched), _start_error_ms(truth, matched))


def as_one_speaker(spans: Sequence[SpeakerSpan]) -> list[SpeakerSpan]:
    """The baseline that tells nobody apart: the same speech, all of it one speaker's."""
    return [SpeakerSpan(segment, "one") for segment in _joined([each.span for each in spans])]


def _annotation(spans: Sequence[SpeakerSpan]) -> Annotation:
    annotation = Annotation()
    for track, each in enumerate(spans):
        annotation[Segment(each.span.start_ms / 1000, each.span.end_ms / 1000), track] = each.speaker
    return annotation


def _joined(spans: Sequence[Span]) -> list[Span]:
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start_ms <= joined[-1].end_ms:
            joined[-1] = Span(joined[-1].start_ms, max(joined[-1].end_ms, span.end_ms))
        else:
            joined.append(span)
    return joined


def talk_shares(spans: Sequence[SpeakerSpan]) -> dict[str, float]:
    """Each speaker's talk by all talk; overlap counts for both. Empty for no spans."""
    talk = {
        speaker: sum(span.duration_ms for span in _joined([each.span for each in spans if each.speaker == speaker]))
        for speaker in {each.speaker for each in spans}
    }
    total = sum(talk.values())
    return {speaker: own / total for speaker, own in sorted(talk.items())} if total else {}


def _share_points(truth: Sequence[SpeakerSpan], matched: Sequence[SpeakerSpan]) -> float:
    true, heard = talk_shares(truth), talk_shares(matched)
    return max(100 * abs(true.get(name, 0.0) - heard.get(name, 0.0)) for name in true.keys() | heard.keys())


def _start_error_ms(truth: Sequence[SpeakerSpan], matched: Sequence[SpeakerSpan]) -> float | None:
    """Median distance from where a speaker takes over to the nearest heard start of that speaker; None without one."""
    ordered = sorted(truth, key=lambda each: each.span)
    taken = [
        each
        for last, each in zip([None, *ordered], ordered, strict=False)
        if last is None or last.speaker != each.speaker
    ]
    starts: dict[str, list[int]] = {}
    for each in matched:
        starts.setdefault(each.speaker, []).append(each.span.start_ms)
    distances = [
        min(abs(start - each.span.start_ms) for start in starts[each.speaker])
        for each in taken
        if each.speaker in starts
    ]
    return float(np.median(distances)) if distances else None
