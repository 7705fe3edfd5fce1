"""Recordings made of role-plays' voices across each other."""

from itertools import pairwise

import numpy as np
import pytest

from eval.hearing.mixtures import DRY, IN_A_ROOM, MixtureRules, echoes, mixture
from eval.hearing.reference import roleplays
from pipeline.audio import RATE

pytestmark = pytest.mark.audio


@pytest.mark.parametrize("rules", [DRY, IN_A_ROOM])
def test_a_mixture_has_overlap_known_spans_and_is_the_same_again(rules: MixtureRules) -> None:
    reference = next(roleplays())
    made, audio = mixture(reference, 3, rules)
    again, same = mixture(reference, 3, rules)
    assert audio.duration_ms == rules.seconds * 1000
    assert made == again
    assert np.array_equal(audio.samples, same.samples)
    assert made.speakers == 2
    assert any(one.span.overlap_ms(other.span) for one, other in pairwise(made.spans))
    for speaker in ("S1", "S2"):
        own = [each.span for each in made.spans if each.speaker == speaker]
        assert all(one.end_ms < other.start_ms for one, other in pairwise(own))
    levels = np.abs(audio.block(0, audio.duration_ms)).reshape(-1, RATE // 100).max(axis=1)
    spoken = np.zeros(len(levels), np.bool_)
    for each in made.spans:
        spoken[each.span.start_ms // 10 : each.span.end_ms // 10] = True
    assert levels[spoken].mean() > 2 * levels[~spoken].mean()


def test_echoes_come_after_the_voice_and_die() -> None:
    heard = echoes(np.array([5.0, 4.0, 2.8]), np.array([1.0, 1.0, 1.2]), np.array([3.0, 2.5, 0.8]), 0.4)
    first = int(np.flatnonzero(heard)[0])
    assert first == int(np.sqrt(2.0**2 + 1.5**2 + 0.4**2) / 343 * RATE)
    assert np.square(heard).sum() == pytest.approx(1.0)
    assert np.square(heard[len(heard) // 2 :]).sum() < 0.01
