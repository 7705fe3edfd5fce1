"""Clusters that are voices, and clusters that are one voice cut in two."""

import numpy as np
import pytest

from models.diarize.clustering import ClusterRules, cluster, voice_means
from models.diarize.distinct import UNKNOWN, DistinctRules, Sample, closeness, merge_ghosts
from models.diarize.resemblyzer import VoiceRules, _sample, _Windows
from tests.models.voice_builders import voices

RULES = DistinctRules()
WINDOW = 8
"""Windows begin this many places before the next that shares nothing with them."""


def sample(vectors: np.ndarray, order: np.ndarray | None = None) -> Sample:
    """The vectors as windows of one stretch of speech, in the order given or their own."""
    order = np.arange(len(vectors)) if order is None else order
    return Sample(vectors, np.column_stack([order[:-WINDOW], order[WINDOW:]]), 0.2)


def test_one_voice_cut_in_two_becomes_one_again() -> None:
    vectors = voices(1, 150, 0.15)
    assert set(merge_ghosts(sample(vectors), cluster(vectors, 2, ClusterRules()), RULES)) == {0}


def test_two_voices_stay_two_when_three_were_asked_for() -> None:
    vectors = voices(2, 100, 0.15)
    labels = merge_ghosts(sample(vectors), cluster(vectors, 3, ClusterRules()), RULES)
    assert set(labels) == {0, 1}
    assert len(set(labels[:100])) == 1


def test_a_single_cluster_stays_as_it_is() -> None:
    vectors = voices(1, 1, 0.1)
    assert merge_ghosts(sample(vectors), np.zeros(1, np.intp), RULES).tolist() == [0]


def test_closeness_is_that_of_the_means_and_grows_with_the_gap() -> None:
    near, far = (sample(voices(2, 80, spread)) for spread in (0.6, 0.1))
    labels = np.repeat([0, 1], 80)
    means = voice_means(far.vectors, labels, 2)
    assert closeness(far, labels, 0, 1).cosine == pytest.approx(float(means[0] @ means[1]), abs=1e-6)
    assert closeness(far, labels, 0, 1).gap > closeness(near, labels, 0, 1).gap
    assert closeness(far, labels, 0, 1).seconds == pytest.approx((16, 16))


def test_clusters_are_restless_where_they_follow_one_another_in_any_order() -> None:
    vectors, labels = voices(2, 400, 0.3), np.repeat([0, 1], 400)
    in_turn = closeness(sample(vectors), labels, 0, 1)
    mixed = closeness(sample(vectors, np.random.default_rng(0).permutation(800)), labels, 0, 1)
    assert in_turn.restless < 0.1
    assert mixed.restless == pytest.approx(1, abs=0.1)
    assert RULES.ghostly(in_turn) < RULES.ghostly(mixed)


def test_without_neighbours_restlessness_says_nothing() -> None:
    vectors, labels = voices(2, 5, 0.3), np.repeat([0, 1], 5)
    assert closeness(sample(vectors[:WINDOW]), labels[:WINDOW], 0, 1).restless == UNKNOWN
    third = np.array([0, 0, 0, 0, 2, 1, 1, 1, 2, 2])
    assert closeness(sample(vectors), third, 0, 1).restless == UNKNOWN


def test_neighbours_begin_where_the_other_ends_in_one_stretch() -> None:
    starts = np.array([0, 200, 1600, 1800, 3200, 3400, 5000])
    stretch = np.array([0, 0, 0, 0, 0, 1, 1])
    windows = _Windows(starts, stretch, np.ones((7, 3, 4), np.float32))
    assert _sample(windows, np.arange(7), VoiceRules()).neighbours.tolist() == [[0, 2], [1, 3], [2, 4], [5, 6]]
    assert _sample(windows, np.array([0, 2, 3, 4, 5]), VoiceRules()).neighbours.tolist() == [[0, 1], [1, 3]]
    assert _sample(windows, np.array([3]), VoiceRules()).neighbours.shape == (0, 2)
