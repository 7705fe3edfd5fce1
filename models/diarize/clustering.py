"""Vectors to voices: spectral clustering of a bounded sample, then everything else to the nearest voice."""

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import eigh
from sklearn.cluster import KMeans

Vectors = NDArray[np.float32]
Labels = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class ClusterRules:
    """`largest` bounds the dense step (its cost grows with the square); `power` sharpens cosine affinity.

    Two clusters are two voices when their means are no nearer than `nearest` less `near_s` over the seconds of the
    lesser one (cosine), and the gap between them along the line of their means is `gap` plus `gap_s` over the
    seconds of both (standard deviations, `least_gap` at least): the less there is to hear, the easier one voice falls
    in two. One voice cut in two had cosines of .94 to .97 from 15 s of speech on, gaps of 5 at 7 to 12 s, up to 7.8
    below; two voices had cosines up to .89 and gaps of 4.3 to 28.
    """

    largest: int = 1200
    power: float = 8.0
    rounds: int = 10
    nearest: float = 0.92
    near_s: float = 0.14
    least_gap: float = 3.8
    gap: float = 2.3
    gap_s: float = 20.0


@dataclass(frozen=True, slots=True)
class Closeness:
    """How near two clusters are: cosine of their means, and the gap between them in standard deviations."""

    cosine: float
    gap: float


def cluster(vectors: Vectors, voices: int, rules: ClusterRules) -> Labels:
    """A voice number for each vector (rows of length 1); fewer numbers where there are fewer vectors.

    More than `rules.largest` vectors are thinned evenly over the recording for the spectral step; then all go
    to the nearest mean, and means are taken again until nothing moves. Deterministic.
    """
    count = min(voices, len(vectors))
    if count <= 1:
        return np.zeros(len(vectors), np.intp)
    chosen = np.unique(np.linspace(0, len(vectors) - 1, min(len(vectors), rules.largest)).astype(np.intp))
    sample = vectors[chosen]
    means = voice_means(sample, _spectral(sample, count, rules.power), count)
    labels: Labels = np.argmax(vectors @ means.T, axis=1)
    for _ in range(rules.rounds):
        moved: Labels = np.argmax(vectors @ voice_means(vectors, labels, count).T, axis=1)
        if np.array_equal(moved, labels):
            break
        labels = moved
    return _renumbered(labels)


def merge_ghosts(vectors: Vectors, labels: Labels, step_s: float, rules: ClusterRules) -> Labels:
    """The labels with clusters joined, the least distinct pair first, until every two are two voices.

    `step_s` is the speech one vector stands for.
    """
    while True:
        worst, pair = 0.0, None
        for one, other in combinations(range(int(labels.max(initial=0)) + 1), 2):
            seconds = [float(np.sum(labels == each)) * step_s for each in (one, other)]
            near = closeness(vectors, labels, one, other)
            too_near = near.cosine - rules.nearest + rules.near_s / min(seconds)
            too_close = 1 - near.gap / max(rules.least_gap, rules.gap + rules.gap_s / sum(seconds))
            if (ghostly := max(too_near, too_close)) > worst:
                worst, pair = ghostly, (one, other)
        if pair is None:
            return labels
        labels = _renumbered(np.where(labels == pair[1], pair[0], labels))


def closeness(vectors: Vectors, labels: Labels, one: int, other: int) -> Closeness:
    """How near clusters `one` and `other` are; each must have a vector."""
    first, second = vectors[labels == one], vectors[labels == other]
    means = voice_means(vectors, labels, max(one, other) + 1)
    axis = means[one] - means[other]
    axis /= max(float(np.linalg.norm(axis)), 1e-9)
    along = (first @ axis, second @ axis)
    spread = np.sqrt((along[0].var() * len(first) + along[1].var() * len(second)) / (len(first) + len(second)) + 1e-6)
    return Closeness(float(means[one] @ means[other]), float(abs(along[0].mean() - along[1].mean()) / spread))


def voice_means(vectors: Vectors, labels: Labels, voices: int) -> Vectors:
    """The mean direction of each voice's vectors, shape (voices, size); zeros for a voice without any."""
    sums = np.stack([vectors[labels == voice].sum(axis=0) for voice in range(voices)])
    lengths = np.linalg.norm(sums, axis=1, keepdims=True)
    means: Vectors = (sums / np.maximum(lengths, 1e-9)).astype(np.float32)
    return means


def _spectral(vectors: Vectors, voices: int, power: float) -> Labels:
    """Normalised cut (Ng, Jordan and Weiss 2001): rows of the leading eigenvectors, then k-means."""
    affinity = np.clip(vectors @ vectors.T, 0.0, 1.0).astype(np.float64) ** power
    scale = 1.0 / np.sqrt(affinity.sum(axis=1))
    size = len(vectors)
    _, leading = eigh(affinity * scale[:, None] * scale, subset_by_index=(size - voices, size - 1))
    rows = leading / np.maximum(np.linalg.norm(leading, axis=1, keepdims=True), 1e-12)
    labels: Labels = KMeans(voices, n_init=10, random_state=0).fit_predict(rows).astype(np.intp)
    return labels


def _renumbered(labels: Labels) -> Labels:
    """The same clusters numbered without gaps."""
    return np.unique(labels, return_inverse=True)[1].astype(np.intp)
