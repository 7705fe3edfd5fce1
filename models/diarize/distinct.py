"""Whether two clusters of windows are two voices, or one voice cut in two."""

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from models.diarize.clustering import Labels, Vectors, renumbered, voice_means

Neighbours = NDArray[np.intp]

UNKNOWN = 0.6
"""How restless clusters are of which hardly any windows follow one another: between two voices (.3) and one (1)."""

GIVEN = 5
"""So many changes, had the windows come in any order, weigh what is heard and what is `UNKNOWN` the same."""


@dataclass(frozen=True, slots=True)
class Sample:
    """Windows to tell voices by: rows of length 1, a new one every `step_s` seconds.

    `neighbours` are the rows of windows of which one begins where the other ends, in one stretch of speech, shape
    (pairs, 2).
    """

    vectors: Vectors
    neighbours: Neighbours
    step_s: float


@dataclass(frozen=True, slots=True)
class Closeness:
    """How near two clusters are.

    `cosine` is that of their means and `gap` the distance between them in standard deviations along the line of their
    means. `restless` is how often one follows the other without a pause, by how often it would if they came in any
    order: people take turns, but what cuts one voice in two (its sounds, its melody) comes and goes. `seconds` are what
    the windows of either cluster stand for.
    """

    cosine: float
    gap: float
    restless: float
    seconds: tuple[float, float]


@dataclass(frozen=True, slots=True)
class DistinctRules:
    """When two clusters are two voices.

    The cosine of their means is no more than `nearest`, less `near_s` over the seconds of the lesser one, and less
    `restless` times how much more restless they are than `UNKNOWN`; the gap is `gap` plus `gap_s` over the seconds of
    both, `least_gap` at least: the less there is to hear, the easier one voice falls in two. How often that is right:
    `python -m eval.hearing.distinct`.
    """

    nearest: float = 0.92
    near_s: float = 0.12
    restless: float = 0.08
    least_gap: float = 3.8
    gap: float = 2.3
    gap_s: float = 20.0

    def ghostly(self, near: Closeness) -> float:
        """How much two clusters are one voice: above 0 they are."""
        allowed = self.nearest - self.near_s / min(near.seconds) - self.restless * (near.restless - UNKNOWN)
        needed = max(self.least_gap, self.gap + self.gap_s / sum(near.seconds))
        return max(near.cosine - allowed, 1 - near.gap / needed)


def merge_ghosts(sample: Sample, labels: Labels, rules: DistinctRules) -> Labels:
    """The labels with clusters joined, the least distinct pair first, until every two are two voices."""
    while True:
        pairs = list(combinations(range(int(labels.max(initial=0)) + 1), 2))
        ghostly = [rules.ghostly(closeness(sample, labels, *pair)) for pair in pairs]
        if max(ghostly, default=0.0) <= 0:
            return labels
        one, other = pairs[int(np.argmax(ghostly))]
        labels = renumbered(np.where(labels == other, one, labels))


def closeness(sample: Sample, labels: Labels, one: int, other: int) -> Closeness:
    """How near clusters `one` and `other` are; each must have a vector."""
    first, second = sample.vectors[labels == one], sample.vectors[labels == other]
    means = voice_means(sample.vectors, labels, max(one, other) + 1)
    axis = means[one] - means[other]
    axis /= max(float(np.linalg.norm(axis)), 1e-9)
    along = (first @ axis, second @ axis)
    spread = np.sqrt((along[0].var() * len(first) + along[1].var() * len(second)) / (len(first) + len(second)) + 1e-6)
    return Closeness(
        float(means[one] @ means[other]),
        float(abs(along[0].mean() - along[1].mean()) / spread),
        _restless(labels[sample.neighbours], one, other),
        (len(first) * sample.step_s, len(second) * sample.step_s),
    )


def _restless(followed: NDArray[np.intp], one: int, other: int) -> float:
    of_both = followed[np.isin(followed, (one, other)).all(axis=1)]
    changes = float(np.sum(of_both[:, 0] != of_both[:, 1]))
    share = float(np.mean(of_both == one)) if len(of_both) else 0.5
    return (changes + GIVEN * UNKNOWN) / (2 * share * (1 - share) * len(of_both) + GIVEN)
