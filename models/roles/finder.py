"""Manager against rep by what each says: never by how much."""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from operator import mul
from pathlib import Path
from typing import Protocol

from models.classify.classifier import Reading
from models.classify.weights import digest
from pipeline.codes import CODES, QUESTIONS, Code
from pipeline.ports import RoleGuess, UnitInContext, UnitSplitter
from pipeline.values import Turn

WEIGHTS = Path(__file__).parent / "weights" / "roles.json"
_TELLING = frozenset({Code.DIRECTIVE_ADVICE, Code.TEACHING, Code.JUDGMENT, Code.PRAISE})
_LOUDEST = 4.0
_TELLING_WORDS = 5
_TELLING_ODDS = 1.5
_BORROWED = 5
"""Units like the middle of all voices that every voice is given, so that one short remark decides nothing."""


class Reader(Protocol):
    """Reads units of either side, as the shipped classifier does."""

    def read(self, units: Sequence[UnitInContext]) -> list[Reading]: ...


@dataclass(frozen=True, slots=True)
class Voice:
    """What one speaker's units show, averaged over units so that talking more weighs nothing.

    A voice of few units is drawn to the middle of all voices, by five units' weight.

    `manager` is the mean log-odds that a manager says such a thing, each unit's held within ±4; `codes` the
    mean probability of every code; `opens` and `closes` are 1 for the speaker of the first and last turn.
    """

    manager: float
    codes: tuple[float, ...]
    opens: float
    closes: float

    @property
    def features(self) -> tuple[float, ...]:
        return (self.manager, *self.codes, self.opens, self.closes)


class SpokenRoleFinder:
    """Weighs every speaker's voice and takes the heaviest for the manager."""

    def __init__(self, splitter: UnitSplitter, reader: Reader, weights: Sequence[float], name: str) -> None:
        self.name = name
        self._splitter = splitter
        self._reader = reader
        self._weights = tuple(weights)

    def find(self, turns: Sequence[Turn]) -> RoleGuess:
        """The likeliest manager among the speakers of the turns; ties go to the one who speaks first.

        A lone speaker is taken for the manager at confidence 0.5. Raises ValueError for no turns.
        """
        if not turns:
            raise ValueError("no turns to find a manager in")
        readings = self._readings(turns)
        voices = _voices(turns, readings)
        scores = {speaker: self._score(voice) for speaker, voice in voices.items()}
        best = max(scores, key=lambda speaker: scores[speaker])
        if len(scores) == 1:
            return RoleGuess(best, 0.5, "only one speaker was heard")
        odds = sum(math.exp(score - scores[best]) for score in scores.values())
        others = [voice for speaker, voice in voices.items() if speaker != best]
        misplaced = misplaced_words(turns, readings, best)
        return RoleGuess(best, max(0.5, 1 / odds), _reason(voices[best], others), misplaced)

    def voices(self, turns: Sequence[Turn]) -> dict[str, Voice]:
        """What each speaker's units show, in order of first appearance."""
        return _voices(turns, self._readings(turns))

    def _readings(self, turns: Sequence[Turn]) -> list[list[Reading]]:
        """What the reader makes of each turn's units."""
        parts = self._splitter.split([turn.text for turn in turns])
        units = [
            UnitInContext(turn.text[part.start : part.end])
            for turn, inside in zip(turns, parts, strict=True)
            for part in inside
        ]
        read = iter(self._reader.read(units))
        return [[next(read) for _ in inside] for inside in parts]

    def _score(self, voice: Voice) -> float:
        return sum(weight * value for weight, value in zip(self._weights, voice.features, strict=True))


def load_role_finder(classifier: Reader, splitter: UnitSplitter | None = None) -> SpokenRoleFinder:
    """The role finder with the weights shipped beside this file; without a splitter it loads the shipped one."""
    from models.units import load_splitter

    weights = json.loads(WEIGHTS.read_text("utf-8"))["weights"]
    return SpokenRoleFinder(splitter or load_splitter(), classifier, weights, f"roles-{digest(WEIGHTS)}")


def misplaced_words(turns: Sequence[Turn], readings: Sequence[Sequence[Reading]], manager: str) -> float:
    """The share of words in turns that by what is said belong to the other side; 0 where no turn is long enough.

    Turns of fewer than five words say too little, and evidence within ±1.5 in log-odds too little of them.
    """
    telling = [
        (len(turn.text.split()), turn.speaker == manager, sum(_held(each.manager) for each in inside))
        for turn, inside in zip(turns, readings, strict=True)
        if len(turn.text.split()) >= _TELLING_WORDS
    ]
    against = sum(words for words, by_manager, odds in telling if (-odds if by_manager else odds) > _TELLING_ODDS)
    return against / max(sum(words for words, _, _ in telling), 1)


def _voices(turns: Sequence[Turn], readings: Sequence[Sequence[Reading]]) -> dict[str, Voice]:
    by_speaker: dict[str, list[Reading]] = {turn.speaker: [] for turn in turns}
    for turn, inside in zip(turns, readings, strict=True):
        by_speaker[turn.speaker] += inside
    first, last = turns[0].speaker, turns[-1].speaker
    nothing = (0.0,) * (1 + len(CODES))
    own = [_means(each, nothing, 0) for each in by_speaker.values()]
    # One remark says as little of the middle as of its own voice; beyond five units, talking more weighs nothing.
    counts = [min(len(each), _BORROWED) for each in by_speaker.values()]
    weights = [count / max(sum(counts), 1) for count in counts]
    middle = tuple(sum(map(mul, weights, column)) for column in zip(*own, strict=True))
    return {
        speaker: _voice(_means(each, middle, _BORROWED), speaker == first, speaker == last)
        for speaker, each in by_speaker.items()
    }


def _held(odds: float) -> float:
    return max(-_LOUDEST, min(_LOUDEST, odds))


def _means(readings: Sequence[Reading], prior: Sequence[float], weight: int) -> tuple[float, ...]:
    """Log-odds and codes, averaged over the units and so many more that are like the prior."""
    rows = [(_held(each.manager), *each.codes) for each in readings]
    count = max(len(rows) + weight, 1)
    return tuple((sum(row[place] for row in rows) + weight * expected) / count for place, expected in enumerate(prior))


def _voice(means: Sequence[float], opens: bool, closes: bool) -> Voice:
    return Voice(means[0], tuple(means[1:]), float(opens), float(closes))


def _reason(best: Voice, others: Sequence[Voice]) -> str:
    def share(voice: Voice, codes: frozenset[Code]) -> float:
        return 100 * sum(voice.codes[CODES.index(code)] for code in codes)

    asks, tells = share(best, QUESTIONS), share(best, _TELLING)
    other_asks = max(share(voice, QUESTIONS) for voice in others)
    other_tells = max(share(voice, _TELLING) for voice in others)
    return (
        f"asks in {asks:.0f} % of what they say and advises, teaches or grades in {tells:.0f} %, "
        f"against {other_asks:.0f} % and {other_tells:.0f} %"
    )
