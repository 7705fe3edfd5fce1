"""Who speaks when in a mono recording, from the voices alone."""

from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from models.diarize.clustering import ClusterRules, cluster, voice_means
from models.diarize.encoder import VoiceEncoder, Windows
from models.speech import SileroSpeechDetector
from pipeline.audio import Audio
from pipeline.values import Span, SpeakerSpan

STEP_MS = 100


@dataclass(frozen=True, slots=True)
class VoiceRules:
    """Window lengths, and how reluctantly the floor changes hands (`switch`, in units of summed similarity)."""

    window_ms: int = 1200
    hop_ms: int = 300
    switch: float = 0.6
    clusters: ClusterRules = field(default_factory=ClusterRules)


class ResemblyzerDiarizer:
    """Fills the Diarizer port."""

    def __init__(self, rules: VoiceRules | None = None) -> None:
        self._rules = rules or VoiceRules()
        self._speech = SileroSpeechDetector()

    @cached_property
    def _encoder(self) -> VoiceEncoder:
        return VoiceEncoder()

    def diarize(self, audio: Audio, speakers: int) -> list[SpeakerSpan]:
        """Spans in order of start, labelled in order of first appearance; none for silence."""
        speech = self._speech.detect(audio)
        rules = self._rules
        windows = self._encoder.encode(audio, _windows(speech, audio.duration_ms, rules))
        labels = cluster(windows.vectors, speakers, rules.clusters)
        means = voice_means(windows.vectors, labels, int(labels.max(initial=0)) + 1)
        spans = []
        for stretch in speech:
            scores = _scores(stretch, windows, windows.vectors @ means.T)
            spans += _spans(stretch, best_path(scores, rules.switch))
        return in_order_of_appearance(spans)


def _windows(speech: list[Span], duration_ms: int, rules: VoiceRules) -> list[Span]:
    """Windows over each stretch of speech; a stretch shorter than one gets a window around its middle."""
    found = []
    last_start = duration_ms - rules.window_ms
    for span in speech:
        room = span.duration_ms - rules.window_ms
        starts = range(span.start_ms, span.end_ms - rules.window_ms + 1, rules.hop_ms) if room >= 0 else []
        for start in starts or [span.start_ms + room // 2]:
            start = max(0, min(start, last_start))
            found.append(Span(start, start + rules.window_ms))
    return found


def _scores(stretch: Span, windows: Windows, similarity: NDArray[np.float32]) -> NDArray[np.float32]:
    """Similarity to each voice for every 0.1 s of the stretch: the windows around it, nearer ones weighing more."""
    middles = np.array([(span.start_ms + span.end_ms) / 2 for span in windows.spans])
    times = np.arange(stretch.start_ms, stretch.end_ms, STEP_MS) + STEP_MS / 2
    first, last = np.searchsorted(middles, [stretch.start_ms - 600, stretch.end_ms + 600])
    near = middles[first:last]
    weights = np.exp(-(((times[:, None] - near) / 250) ** 2)) + 1e-9
    weights /= weights.sum(axis=1, keepdims=True)
    scores: NDArray[np.float32] = (weights @ similarity[first:last]).astype(np.float32)
    return scores


def best_path(scores: NDArray[np.float32], switch: float) -> NDArray[np.intp]:
    """The likeliest speaker for each step (Viterbi): the sum of scores less `switch` for every change."""
    steps, speakers = scores.shape
    total = scores[0].astype(np.float64)
    came = np.zeros((steps, speakers), np.intp)
    for step in range(1, steps):
        best = int(total.argmax())
        stay = total >= total[best] - switch
        came[step] = np.where(stay, np.arange(speakers), best)
        total = np.where(stay, total, total[best] - switch) + scores[step]
    path = np.zeros(steps, np.intp)
    path[-1] = int(total.argmax())
    for step in range(steps - 1, 0, -1):
        path[step - 1] = came[step, path[step]]
    return path


def _spans(stretch: Span, path: NDArray[np.intp]) -> list[SpeakerSpan]:
    changes = [0, *(np.flatnonzero(np.diff(path)) + 1).tolist(), len(path)]
    return [
        SpeakerSpan(
            Span(stretch.start_ms + a * STEP_MS, min(stretch.end_ms, stretch.start_ms + b * STEP_MS)), str(path[a])
        )
        for a, b in pairwise(changes)
    ]


def in_order_of_appearance(spans: list[SpeakerSpan]) -> list[SpeakerSpan]:
    """The same spans sorted by start, their speakers renamed S1, S2, … as they first appear."""
    ordered = sorted(spans, key=lambda each: (each.span, each.speaker))
    names = {old: f"S{place}" for place, old in enumerate(dict.fromkeys(each.speaker for each in ordered), start=1)}
    return [SpeakerSpan(each.span, names[each.speaker]) for each in ordered]
