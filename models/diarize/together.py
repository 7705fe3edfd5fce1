"""What two voices of a recording sound like together, learnt from sounds of the recording itself laid over each other.

Where two people talk at once, the vector of what is heard lies nowhere dependable between the vectors of the two: it
depends on their voices, the room and how loud each is. So windows of one are mixed with windows of the other, and a
linear discriminant learns to tell the mixtures from either alone. Of little talk it learns little; how much nearer a
window lies to the middle of the mixtures than to either voice then says more.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis

from models.diarize.clustering import Labels, Vectors, voice_means
from models.diarize.encoder import LENGTHS_MS, Sound, VoiceEncoder, sound_from
from pipeline.audio import Audio

Together = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class MixingRules:
    """`mixtures` sounds are made, shared by the pairs of voices, the second up to `apart_db` louder or softer than
    it speaks; in a short recording one for every two windows that voices are learnt from, so that they cost half as
    much again at most. Every pair has `fewest_mixtures` of its own. At most `most` windows of a voice are learnt from;
    one with fewer than `fewest` is never heard together with another.

    Each window is judged by what was learnt from windows elsewhere, or those in which two really talk would count as
    one's: the recording is dealt out to `parts` in turn, `part_ms` long. Log odds are cut at `surest`.
    """

    mixtures: int = 120
    fewest_mixtures: int = 12
    apart_db: float = 3.0
    most: int = 1000
    fewest: int = 5
    parts: int = 3
    part_ms: int = 8000
    surest: float = 15.0


@dataclass(frozen=True, slots=True)
class Voiced:
    """Windows of a recording by their starts and vectors, shape (windows, lengths, size), and the voice of some.

    `labels` are the voices of the windows `learnt` (indexes in order).
    """

    starts: NDArray[np.intp]
    vectors: Vectors
    learnt: NDArray[np.intp]
    labels: Labels

    @property
    def voices(self) -> int:
        return int(self.labels.max(initial=0)) + 1


def pair_number(one: Labels, other: Labels) -> Labels:
    """The place of pairs of different voices among all pairs: (0, 1), (0, 2), (1, 2), (0, 3), …"""
    later = np.maximum(one, other)
    place: Labels = later * (later - 1) // 2 + np.minimum(one, other)
    return place


def heard_together(audio: Audio, encoder: VoiceEncoder, voiced: Voiced, rules: MixingRules) -> Together:
    """What speaks for two voices and not one of them, by window, length and pair of voices.

    Shape (windows, lengths, pairs, 2): the log odds, and the cosine to the middle of the mixtures less that to the
    nearer voice. Pairs are in the order of `pair_number`; one voice has none. The same recording gives the same.
    """
    pairs = [(one, other) for other in range(voiced.voices) for one in range(other)]
    together = np.zeros((len(voiced.starts), len(LENGTHS_MS), len(pairs), 2), np.float32)
    together[..., 0], together[..., 1] = -rules.surest, -1
    random = np.random.default_rng(0)
    for number, pair in enumerate(pairs):
        own = [_some(voiced.learnt[voiced.labels == voice], rules.most) for voice in pair]
        if min(map(len, own)) >= rules.fewest:
            count = max(rules.fewest_mixtures, min(rules.mixtures, len(voiced.learnt) // 2) // len(pairs))
            drawn = np.stack([random.choice(windows, count) for windows in own])
            mixtures = encoder.encode_sounds(list(_mixed(audio, voiced.starts[drawn], random, rules.apart_db)))
            together[:, :, number, 0] = _pair_odds(voiced, own, drawn, mixtures, rules)
            kinds = [*(voiced.vectors[windows] for windows in own), mixtures]
            together[:, :, number, 1] = _nearer(voiced.vectors, kinds)
    return together


def _mixed(audio: Audio, starts: NDArray[np.intp], random: np.random.Generator, apart_db: float) -> Iterator[Sound]:
    for one, other in starts.T.tolist():
        first, second = sound_from(audio, one), sound_from(audio, other)
        shared = min(len(first), len(second))
        gain = np.float32(10 ** (random.uniform(-apart_db, apart_db) / 20))
        yield first[:shared] + gain * second[:shared]


def _pair_odds(
    voiced: Voiced, own: list[NDArray[np.intp]], drawn: NDArray[np.intp], mixtures: Vectors, rules: MixingRules
) -> NDArray[np.float32]:
    """Odds for every window by what was learnt in the other parts, or in all where the others hold too little."""
    part = voiced.starts // rules.part_ms % rules.parts
    odds = np.zeros(voiced.vectors.shape[:2], np.float32)
    for each in np.unique(part):
        asked = part == each
        elsewhere = [windows[part[windows] != each] for windows in own]
        mixed_elsewhere = (part[drawn] != each).all(axis=0)
        if min(*map(len, elsewhere), int(mixed_elsewhere.sum())) < rules.fewest:
            elsewhere, mixed_elsewhere = own, np.ones(len(mixtures), np.bool_)
        for length in range(len(LENGTHS_MS)):
            vectors = voiced.vectors[:, length]
            kinds = [*(vectors[windows] for windows in elsewhere), mixtures[mixed_elsewhere, length]]
            odds[asked, length] = _mixture_odds(kinds, vectors[asked])
    return np.clip(odds, -rules.surest, rules.surest)


def _mixture_odds(kinds: list[Vectors], vectors: Vectors) -> NDArray[np.float64]:
    """Log odds of the last kind against all others, as likely beforehand; covariances after Ledoit and Wolf 2004."""
    model = LinearDiscriminantAnalysis(solver="lsqr", shrinkage="auto", priors=np.full(len(kinds), 1 / len(kinds)))
    model.fit(np.concatenate(kinds), np.repeat(np.arange(len(kinds)), [len(kind) for kind in kinds]))
    scores = model.decision_function(vectors)
    odds: NDArray[np.float64] = scores[:, -1] - np.logaddexp.reduce(scores[:, :-1], axis=1)
    return odds


def _nearer(vectors: Vectors, kinds: list[Vectors]) -> NDArray[np.float32]:
    """Cosine to the middle of the last kind less the largest to that of another, shape (windows, lengths)."""
    labels = np.repeat(np.arange(len(kinds)), [len(kind) for kind in kinds])
    known = np.concatenate(kinds)
    means = np.stack([voice_means(known[:, length], labels, len(kinds)) for length in range(len(LENGTHS_MS))])
    near = np.einsum("wld,lkd->wlk", vectors, means)
    nearer: NDArray[np.float32] = near[..., -1] - near[..., :-1].max(axis=2)
    return nearer


def _some(windows: NDArray[np.intp], most: int) -> NDArray[np.intp]:
    """At most so many of them, evenly over the recording."""
    return windows[np.unique(np.linspace(0, len(windows) - 1, min(most, len(windows))).astype(np.intp))]
