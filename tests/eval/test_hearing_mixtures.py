"""Recordings made of role-plays' voices across each other."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from eval.hearing.distinct import talks
from eval.hearing.mixtures import DRY, IN_A_ROOM, IN_TURN, MixtureRules, echoes, mixture, sentences
from eval.hearing.real_voices import real_pairs
from eval.hearing.reference import roleplays
from pipeline.audio import RATE
from pipeline.values import SpeakerSpan

pytestmark = pytest.mark.audio


@pytest.mark.parametrize("rules", [DRY, IN_A_ROOM])
def test_a_mixture_has_overlap_known_spans_and_is_the_same_again(rules: MixtureRules) -> None:
    said = sentences(next(roleplays()))
    spans, audio = mixture(said, 3, rules)
    again, same = mixture(said, 3, rules)
    assert audio.duration_ms == rules.seconds * 1000
    assert spans == again
    assert np.array_equal(audio.samples, same.samples)
    assert {each.speaker for each in spans} == {"S1", "S2"}
    assert any(one.span.overlap_ms(other.span) for one, other in pairwise(spans))
    for speaker in ("S1", "S2"):
        own = [each.span for each in spans if each.speaker == speaker]
        assert all(one.end_ms < other.start_ms for one, other in pairwise(own))
    levels = np.abs(audio.block(0, audio.duration_ms)).reshape(-1, RATE // 100).max(axis=1)
    spoken = np.zeros(len(levels), np.bool_)
    for each in spans:
        spoken[each.span.start_ms // 10 : each.span.end_ms // 10] = True
    assert levels[spoken].mean() > 2 * levels[~spoken].mean()


def test_one_person_talks_alone_in_a_room() -> None:
    (speaker, own), *_ = sentences(next(roleplays())).items()
    spans, audio = mixture({speaker: own}, 3, replace(IN_A_ROOM, seconds=20, inside_share=0.0, early_share=0.0))
    assert {each.speaker for each in spans} == {speaker}
    assert audio.duration_ms == 20_000


def test_talks_are_of_two_of_either_and_of_two_who_sound_alike() -> None:
    said = sentences(next(roleplays()))
    drawn = list(talks(said, 2))
    assert [len(each) for each in drawn] == [2, 1, 1, 2, 2]
    assert any(len(one) != len(other) for one, other in zip(drawn[1]["S1"], said["S1"], strict=True))
    low, high = drawn[3].values()
    assert sum(map(len, low)) > sum(map(len, high))
    again = list(talks(said, 2))
    assert all(
        np.array_equal(one[0], other[0]) for one, other in zip(drawn[1].values(), again[1].values(), strict=True)
    )


def test_echoes_come_after_the_voice_and_die() -> None:
    heard = echoes(np.array([5.0, 4.0, 2.8]), np.array([1.0, 1.0, 1.2]), np.array([3.0, 2.5, 0.8]), 0.4)
    first = int(np.flatnonzero(heard)[0])
    assert first == int(np.sqrt(2.0**2 + 1.5**2 + 0.4**2) / 343 * RATE)
    assert np.square(heard).sum() == pytest.approx(1.0)
    assert np.square(heard[len(heard) // 2 :]).sum() < 0.01


def test_real_pairs_are_made_of_what_people_say_alone_and_long_enough() -> None:
    reference = next(roleplays())
    once = next(each for each in reference.spans if each.speaker == "S1")
    across = SpeakerSpan(once.span, "across")
    brief = replace(reference.spans[-1], speaker="brief")
    told = replace(reference, spans=(*reference.spans[:-1], brief, across))
    ((pair, audio),) = real_pairs([told], 5, replace(IN_TURN, seconds=20))
    assert pair.name == "S1 and S2"
    assert {each.speaker for each in pair.spans} == {"S1", "S2"}
    assert not any(one.span.overlap_ms(other.span) for one, other in pairwise(pair.spans))
    assert audio.duration_ms == 20_000
