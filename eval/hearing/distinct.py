"""`python -m eval.hearing.distinct [--rttm FILE]`: how well two voices are told apart, and how often one is cut in two.

Of role-plays, where two who sound alike also talk, and with FILE of what people say alone in its recordings.
"""

import argparse
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path

import numpy as np

from eval.hearing.measure import Errors, compare
from eval.hearing.mixtures import DRY, IN_A_ROOM, LONGEST_S, Sound, mixture, sentences
from eval.hearing.real_voices import said_alone
from eval.hearing.reference import roleplays, rttm
from eval.hearing.report import percent
from models.diarize.resemblyzer import ResemblyzerDiarizer
from pipeline.audio import RATE

SETS = tuple(
    (1000 * place + 100 * turn, replace(rules, seconds=seconds, inside_share=0.1, early_share=0.15))
    for place, rules in enumerate((DRY, IN_A_ROOM))
    for turn, seconds in enumerate((15, 30, 90))
)
"""Seeds and rules of the mixtures."""

PAUSES_S = 4
"""A talk is no more than this longer than what there is to say, or people would say the same again."""

MELODY = (0.0, 0.06, 0.12)
"""How far a voice goes up and down from second to second, as a standard deviation of its height.

Synthetic voices hardly do, so that one of them cut in two is more alike than a person's voice is.
"""

ALIKE = (0.93, 1.07)
"""A voice made so much lower and so much higher is two people who sound alike."""

Said = Mapping[str, Sequence[Sound]]


@dataclass(frozen=True, slots=True)
class Talk:
    """One talk heard: whether two people spoke, how many voices were found, and the errors."""

    two: bool
    voices: int
    errors: Errors


def main() -> None:
    """Makes the talks, hears them, prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rttm", type=Path, help="an RTTM file with its recordings beside it")
    chosen = parser.parse_args()
    diarizer = ResemblyzerDiarizer()
    spoken = (each for place, one in enumerate(roleplays()) for each in talks(sentences(one), place))
    print(f"role-plays: {_said_of(hear(spoken, diarizer))}")
    if chosen.rttm:
        real = said_alone(rttm(chosen.rttm))
        people = ({name: real[name] for name in some} for size in (1, 2) for some in combinations(sorted(real), size))
        print(f"people of the RTTM file: {_said_of(hear(people, diarizer))}")


def talks(said: Said, seed: int) -> Iterator[Said]:
    """Who talks: the two people, either alone, and two who sound like either; livelier or not, the same for a seed."""
    random = np.random.default_rng(seed)
    alike = [{str(times): [_warped(one, np.array([times])) for one in own] for times in ALIKE} for own in said.values()]
    alone = [{name: own} for name, own in said.items()]
    for people in (said, *alone, *alike):
        spread = random.choice(MELODY)
        yield {name: [_lively(sound, spread, random) for sound in own] for name, own in people.items()}


def _lively(sound: Sound, spread: float, random: np.random.Generator) -> Sound:
    """The sound, for every second of it so many times as high as is drawn."""
    return _warped(sound, np.exp(random.normal(0, spread, len(sound) // RATE + 2)))


def _warped(sound: Sound, times: Sound) -> Sound:
    """The sound so many times as high and as fast, gliding from one number to the next from its start to its end."""
    along = np.linspace(0, len(times) - 1, len(sound))
    places = np.cumsum(np.interp(along, np.arange(len(times)), times))
    warped: Sound = np.interp(places[places < len(sound) - 1], np.arange(len(sound)), sound)
    return warped


def hear(talking: Iterable[Said], diarizer: ResemblyzerDiarizer) -> Iterator[Talk]:
    """Everybody's talk in every set."""
    for number, said in enumerate(talking):
        two = len(said) > 1
        lasts_s = [sum(min(len(sound) / RATE, LONGEST_S) for sound in own) for own in said.values()]
        for seed, rules in SETS:
            drawn = replace(rules, seconds=min(rules.seconds, int(len(said) * min(lasts_s)) + PAUSES_S))
            alone = replace(drawn, inside_share=0.0, early_share=0.0)
            truth, audio = mixture(said, seed + number, drawn if two else alone)
            told = diarizer.diarize(audio, 2).spans
            yield Talk(two, len({each.speaker for each in told}), compare(truth, told, audio.duration_ms).errors)


def _said_of(talks_heard: Iterable[Talk]) -> str:
    heard = list(talks_heard)
    two, one = ([each for each in heard if each.two == truly] for truly in (True, False))
    errors = sum((each.errors for each in two), Errors())
    taken = [sum(each.voices == 2 for each in own) / len(own) if own else None for own in (two, one)]
    return (
        f"diarization error of {len(two)} talks of two {percent(errors.der)}, {percent(taken[0])} taken for two "
        f"voices; of {len(one)} of one {percent(taken[1])}"
    )


if __name__ == "__main__":
    main()
