"""Who speaks when in a recording, from the voices alone."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from models.diarize.clustering import ClusterRules, Labels, Vectors, cluster, voice_means
from models.diarize.distinct import DistinctRules, Sample, closeness, merge_ghosts
from models.diarize.encoder import LENGTHS_MS, VoiceEncoder
from models.diarize.options import BY_VOICE
from models.diarize.overlap import OverlapRules, overlap_spans, second_voices
from models.diarize.segments import (
    Path,
    best_path,
    close_pauses,
    in_order_of_appearance,
    laid_over,
    path_spans,
)
from models.diarize.steps import windows_by_step
from models.diarize.together import MixingRules, Together, Voiced, heard_together
from models.speech import SileroSpeechDetector
from pipeline.audio import Audio
from pipeline.ports import Diarization
from pipeline.values import Span, SpeakerSpan

LONGEST_MS = LENGTHS_MS[-1]


@dataclass(frozen=True, slots=True)
class VoiceRules:
    """How voices are compared and smoothed; times in milliseconds.

    Windows start every `hop_ms`. Voices are learnt from the `steady` share of whole windows whose halves sound
    most alike, so that windows across a change of speaker do not blur them; with fewer than `fewest` (15 s of talk)
    all windows are used, or people who only spoke briefly would be lost.
    `reach_ms` is how fast a window's say fades with distance, `switch` what a change of speaker costs in summed
    similarity, `pause_ms` the pause within one speaker's talk that still counts as talk. Voices whose means have
    a cosine over `alike` are doubtful; one beyond the expected number counts from `least_s` of talk and below `apart`.
    """

    hop_ms: int = 200
    steady: float = 0.65
    fewest: int = 75
    reach_ms: int = 150
    switch: float = 0.5
    pause_ms: int = 750
    alike: float = 0.82
    apart: float = 0.82
    least_s: float = 3.0
    clusters: ClusterRules = field(default_factory=ClusterRules)
    distinct: DistinctRules = field(default_factory=DistinctRules)
    mixing: MixingRules = field(default_factory=MixingRules)
    overlap: OverlapRules = field(default_factory=OverlapRules)


@dataclass(frozen=True, slots=True)
class _Windows:
    """Windows over one stretch of speech after another: starts in order, the stretch of each, their vectors."""

    starts: NDArray[np.intp]
    stretch: NDArray[np.intp]
    vectors: Vectors


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of speech by steps: who speaks, and what speaks for `other` besides.

    `together` has shape (steps, lengths, pairs, 2); where there is one voice there are no pairs, and `other` is that
    voice.
    """

    span: Span
    path: Path
    other: Path
    together: Together


@dataclass(frozen=True, slots=True)
class Followed:
    """Voices followed through a recording."""

    stretches: tuple[Stretch, ...]
    warnings: tuple[str, ...] = ()


class ResemblyzerDiarizer:
    """Fills the Diarizer port by the voices alone: it labels no channels."""

    name = BY_VOICE

    def __init__(self, rules: VoiceRules | None = None) -> None:
        self._rules = rules or VoiceRules()
        self._speech = SileroSpeechDetector()

    @cached_property
    def _encoder(self) -> VoiceEncoder:
        return VoiceEncoder()

    def diarize(self, audio: Audio, speakers: int) -> Diarization:
        """Who speaks when, at most `speakers` voices; fewer where the rest would be one voice cut in two.

        Where two of the voices talk at once the spans of both cover it.
        """
        rules = self._rules
        heard = self.follow(audio, speakers)
        first: list[SpeakerSpan] = []
        second: list[SpeakerSpan] = []
        for each in heard.stretches:
            first += path_spans(each.span, each.path)
            second += overlap_spans(each.span, each.together, each.path, each.other, rules.overlap)
        spans = laid_over(close_pauses(first, rules.pause_ms), second)
        return Diarization(tuple(in_order_of_appearance(spans)), warnings=heard.warnings)

    def follow(self, audio: Audio, speakers: int) -> Followed:
        """Every stretch of speech with the likeliest voice at each step, and whether another is heard too."""
        rules = self._rules
        speech = self._speech.detect(audio)
        if not speech:
            return Followed(())
        windows = self._windows(audio, speech)
        steady = _steady(windows, speech, rules)
        labels, warnings = _voices(_sample(windows, steady, rules), speakers, rules)
        similarity = _similarity(windows.vectors, windows.vectors[steady], labels)
        voiced = Voiced(windows.starts, windows.vectors, steady, labels)
        together = heard_together(audio, self._encoder, voiced, rules.mixing)
        told = np.concatenate([similarity, together.reshape(*similarity.shape[:2], -1)], axis=2)
        stretches = []
        for place, span in enumerate(speech):
            inside = slice(*np.searchsorted(windows.stretch, [place, place + 1]))
            starts = windows.starts[inside]
            steps = windows_by_step(span, starts, LENGTHS_MS, told[inside], rules.reach_ms)
            likeness = steps[:, :, : voiced.voices].mean(axis=1)
            both = steps[:, :, voiced.voices :].reshape(len(steps), *together.shape[1:])
            path = best_path(likeness, rules.switch)
            stretches.append(Stretch(span, path, second_voices(likeness, path), both))
        return Followed(tuple(stretches), warnings)

    def _windows(self, audio: Audio, speech: Sequence[Span]) -> _Windows:
        """Windows whose shorter forms have their middles all over each stretch."""
        starts: list[int] = []
        stretches: list[int] = []
        latest = max(0, audio.duration_ms - LONGEST_MS)
        for place, span in enumerate(speech):
            own = range(span.start_ms - LENGTHS_MS[0] // 2, span.end_ms - LENGTHS_MS[0] // 2, self._rules.hop_ms)
            kept = sorted({min(max(0, start), latest) for start in own})
            starts += kept
            stretches += [place] * len(kept)
        return _Windows(np.array(starts, np.intp), np.array(stretches, np.intp), self._encoder.encode(audio, starts))


def _steady(windows: _Windows, speech: Sequence[Span], rules: VoiceRules) -> NDArray[np.intp]:
    """Indexes of the windows to learn voices from, in order."""
    first = np.array([span.start_ms for span in speech])[windows.stretch]
    last = np.array([span.end_ms for span in speech])[windows.stretch]
    half = LONGEST_MS // 2 // rules.hop_ms
    later = np.minimum(np.arange(len(windows.starts)) + half, len(windows.starts) - 1)
    whole = (windows.starts >= first - rules.hop_ms) & (windows.starts + LONGEST_MS <= last + rules.hop_ms)
    whole &= windows.starts[later] == windows.starts + LONGEST_MS // 2
    if whole.sum() < rules.fewest:
        return np.arange(len(windows.starts))
    alike = np.einsum("ij,ij->i", windows.vectors[:, 0], windows.vectors[later, 0])
    return np.flatnonzero(whole & (alike >= np.quantile(alike[whole], 1 - rules.steady)))


def _sample(windows: _Windows, steady: NDArray[np.intp], rules: VoiceRules) -> Sample:
    """The steady windows, and which of them follow one another without a pause.

    Vectors of all lengths are side by side, still of length 1: steadier to tell voices by than any one length.
    """
    vectors = windows.vectors[steady].reshape(len(steady), -1) / np.float32(np.sqrt(len(LENGTHS_MS)))
    starts, stretch = windows.starts[steady], windows.stretch[steady]
    later = np.minimum(np.searchsorted(starts, starts + LONGEST_MS), len(starts) - 1)
    follows = (starts[later] == starts + LONGEST_MS) & (stretch[later] == stretch)
    neighbours = np.column_stack([np.flatnonzero(follows), later[follows]])
    return Sample(vectors, neighbours, rules.hop_ms / 1000)


def _voices(sample: Sample, speakers: int, rules: VoiceRules) -> tuple[Labels, tuple[str, ...]]:
    """A voice for each vector, and what to doubt."""
    vectors = sample.vectors
    spoken_s = sample.step_s / rules.steady
    labels = merge_ghosts(sample, cluster(vectors, speakers, rules.clusters), rules.distinct)
    more = _well_apart(sample, speakers, rules)
    scarce = float(np.bincount(labels).min()) * spoken_s < rules.least_s
    if more is not None and (int(labels.max()) + 1 < speakers or scarce):
        # A burst of something else, as music, took a voice's place and two voices were left in one.
        kept = np.sort(np.argsort(-np.bincount(more), kind="stable")[:speakers])
        labels = np.argmax(vectors @ voice_means(vectors, more, int(more.max()) + 1)[kept].T, axis=1).astype(np.intp)
    found = int(labels.max()) + 1
    if found < speakers:
        return labels, (_too_few(found, speakers),)
    warnings = []
    if any(closeness(sample, labels, *pair).cosine > rules.alike for pair in combinations(range(found), 2)):
        warnings.append("two of the voices are very alike: who spoke when is uncertain. Check a few turns by ear.")
    extra_s = np.sort(np.bincount(more))[::-1][speakers:].sum() * spoken_s if more is not None and speakers > 1 else 0.0
    if extra_s:
        warnings.append(
            f"one voice more than expected may be speaking, for about {extra_s:.0f} s; it was counted with the others."
        )
    return labels, tuple(warnings)


def _well_apart(sample: Sample, speakers: int, rules: VoiceRules) -> Labels | None:
    """The recording in more voices than expected or as many, all well apart and none of them scarce, else None.

    Vectors of scarce voices are given to the nearest of the others.
    """
    vectors = sample.vectors
    labels = merge_ghosts(sample, cluster(vectors, speakers + 2, rules.clusters), rules.distinct)
    often = np.flatnonzero(np.bincount(labels) * sample.step_s / rules.steady >= rules.least_s)
    if len(often) < speakers:
        return None
    labels = np.argmax(vectors @ voice_means(vectors, labels, int(labels.max()) + 1)[often].T, axis=1).astype(np.intp)
    if len(np.unique(labels)) < len(often):
        return None
    apart = all(closeness(sample, labels, *pair).cosine <= rules.apart for pair in combinations(range(len(often)), 2))
    return labels if apart else None


def _too_few(found: int, speakers: int) -> str:
    if found == 1:
        return "only one voice was found: all talk counts as one person's. If more people speak, listen to a few turns."
    return f"only {found} of {speakers} voices were found: who spoke when is uncertain."


def _similarity(vectors: Vectors, steady: Vectors, labels: Labels) -> NDArray[np.float32]:
    """Cosine to each voice for windows of each length, shape (windows, lengths, voices)."""
    voices = int(labels.max(initial=0)) + 1
    means = [voice_means(steady[:, length], labels, voices) for length in range(len(LENGTHS_MS))]
    return np.stack([vectors[:, length] @ mean.T for length, mean in enumerate(means)], axis=1)
