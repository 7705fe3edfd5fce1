"""Vectors to voices: spectral clustering of a bounded sample, then everything else to the nearest voice."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import eigh
from sklearn.cluster import KMeans

Vectors = NDArray[np.float32]
Labels = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class ClusterRules:
    """`largest` bounds the dense step (its cost grows with the square); `power` sharpens cosine affinity."""

    largest: int = 1200
    power: float = 8.0
    rounds: int = 10


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
    return renumbered(labels)


def voice_means(vectors: Vectors, labels: Labels, voices: int) -> Vectors:
    """The mean direction of each voice's vectors, shape (voices, size); zeros for a voice without any."""
    sums = np.stack([vectors[labels == voice].sum(axis=0) for voice in range(voices)])
    lengths = np.linalg.norm(sums, axis=1, keepdims=True)
    means: Vectors = (sums / np.maximum(lengths, 1e-9)).astype(np.float32)
    return means


def renumbered(labels: Labels) -> Labels:
    """The same clusters numbered without gaps."""
    return np.unique(labels, return_inverse=True)[1].astype(np.intp)


def _spectral(vectors: Vectors, voices: int, power: float) -> Labels:
    """Normalised cut (Ng, Jordan and Weiss 2001): rows of the leading eigenvectors, then k-means."""
    affinity = np.clip(vectors @ vectors.T, 0.0, 1.0).astype(np.float64) ** power
    scale = 1.0 / np.sqrt(affinity.sum(axis=1))
    size = len(vectors)
    _, leading = eigh(affinity * scale[:, None] * scale, subset_by_index=(size - voices, size - 1))
    rows = leading / np.maximum(np.linalg.norm(leading, axis=1, keepdims=True), 1e-12)
    labels: Labels = KMeans(voices, n_init=10, random_state=0).fit_predict(rows).astype(np.intp)
    return labels
