"""An outside check: counselling turns coded by experts, which no model here was trained or tuned on."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from eval.coding.baselines import Coder
from eval.coding.scores import kappa
from pipeline.codes import CODES, QUESTIONS, Code
from pipeline.floor import Said, Talk, talk_around
from pipeline.metrics.orientation import Orientation
from pipeline.ports import UnitSplitter
from pipeline.rubric import load_rubric

Probabilities = NDArray[np.float64]

SIX = ("open_question", "closed_question", "reflection", "directive_advice", "information", "other")
FOUR = ("question", "reflection", "input", "other")

_SIX_OF: dict[Code, str] = {
    Code.OPEN_QUESTION: "open_question",
    Code.CLOSED_QUESTION: "closed_question",
    Code.LEADING_QUESTION: "closed_question",
    Code.REFLECTION: "reflection",
    Code.DIRECTIVE_ADVICE: "directive_advice",
    Code.TEACHING: "information",
}
_FOUR_OF = {
    "open_question": "question",
    "closed_question": "question",
    "reflection": "reflection",
    "directive_advice": "input",
    "information": "input",
    "other": "other",
}
_DOES = ("any question", "reflection", "directive_advice")


@dataclass(frozen=True, slots=True)
class TherapistTurn:
    """A therapist's turn in its context as the product reads a transcript.

    `talk` is what was said around the turn. `label` is of `SIX`, `does` which of `_DOES` experts saw in the turn.
    """

    session: str
    good: bool
    text: str
    talk: Talk
    label: str
    does: frozenset[str]


@dataclass(frozen=True, slots=True)
class OutsideScores:
    """Turn-level scores; `auc_hard` and `auc_soft` are of the session's non-directive ratio, good against poor.

    The ratio is the product's own, by the default rubric. The experts know neither support nor leading questions nor
    judgment: theirs is of questions and reflections against advice and information.
    """

    f1: dict[str, float]
    kappa: dict[str, float | None]
    six_macro: float
    four_way: float
    four_way_accuracy: float
    auc_hard: float
    auc_soft: float
    auc_experts: float


def read_turns(path: Path) -> list[TherapistTurn]:
    """The therapists' turns of every session, in order, in their context."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    turns: list[TherapistTurn] = []
    for _, session in groupby(rows, key=lambda row: row["transcript_id"]):
        said_in = list(session)
        said = [Said(row["interlocutor"], row["utterance_text"]) for row in said_in]
        turns += [
            _turn(row, talk_around(said, place)) for place, row in enumerate(said_in) if row["interlocutor"] != "client"
        ]
    return turns


def score_outside(turns: Sequence[TherapistTurn], splitter: UnitSplitter, coder: Coder) -> OutsideScores:
    """Scores of the coder on the turns, split into units first; a turn does what any of its units does.

    A turn's one label is the behaviour that takes most of its words, ties going to the later; `other` only where
    none of its units does anything else.
    """
    parts = splitter.split([turn.text for turn in turns])
    owners = [place for place, inside in enumerate(parts) for _ in inside]
    units = [
        unit
        for turn, inside in zip(turns, parts, strict=True)
        for unit in turn.talk.put_around([turn.text[part.start : part.end] for part in inside])
    ]
    probabilities = coder.probabilities(units)
    of_turn: list[list[int]] = [[] for _ in turns]
    for unit, place in enumerate(owners):
        of_turn[place].append(unit)
    codes = [CODES[int(place)] for place in probabilities.argmax(1)]
    lengths = [len(unit.text.split()) for unit in units]
    given = [_label([(codes[unit], lengths[unit]) for unit in group]) for group in of_turn]
    truth = [turn.label for turn in turns]
    four_true, four_given = [_FOUR_OF[each] for each in truth], [_FOUR_OF[each] for each in given]
    orientation = load_rubric().orientation
    does = [_does([codes[unit] for unit in group]) for group in of_turn]
    return OutsideScores(
        {name: _binary_f1([name in turn.does for turn in turns], [name in each for each in does]) for name in _DOES},
        {name: kappa([name in turn.does for turn in turns], [name in each for each in does]) for name in _DOES},
        _macro(truth, given, SIX),
        _macro(four_true, four_given, FOUR),
        float(np.mean([one == other for one, other in zip(four_true, four_given, strict=True)])),
        _auc(turns, _session_ratios(turns, [_hard(each, probabilities, orientation) for each in of_turn])),
        _auc(turns, _session_ratios(turns, [_soft(each, probabilities, orientation) for each in of_turn])),
        _auc(turns, _session_ratios(turns, [_expert(turn) for turn in turns])),
    )


def _turn(row: dict[str, str], talk: Talk) -> TherapistTurn:
    does = {
        "any question": row["multi_open_question"] == "1" or row["multi_closed_question"] == "1",
        "reflection": row["multi_reflection"] == "1",
        "directive_advice": row["multi_advice"] == "1",
        "information": row["multi_information"] == "1",
    }
    return TherapistTurn(
        row["transcript_id"],
        row["mi_quality"] == "high",
        row["utterance_text"],
        talk,
        row["unified_label"],
        frozenset(name for name, seen in does.items() if seen),
    )


def _label(units: Sequence[tuple[Code, int]]) -> str:
    words: dict[str, int] = {}
    for code, length in units:
        label = _SIX_OF.get(code, "other")
        words[label] = words.pop(label, 0) + length
    busy = {label: length for label, length in words.items() if label != "other"}
    return max(reversed(busy), key=lambda label: busy[label]) if busy else "other"


def _does(codes: Sequence[Code]) -> frozenset[str]:
    seen = {"any question"} if QUESTIONS & set(codes) else set()
    seen |= {"reflection"} if Code.REFLECTION in codes else set()
    return frozenset(seen | ({"directive_advice"} if Code.DIRECTIVE_ADVICE in codes else set()))


def _hard(group: Sequence[int], probabilities: Probabilities, orientation: Orientation) -> tuple[float, float]:
    codes = [CODES[int(probabilities[unit].argmax())] for unit in group]
    asks, tells = (sum(code in side for code in codes) for side in (orientation.non_directive, orientation.directive))
    return float(asks), float(tells)


def _soft(group: Sequence[int], probabilities: Probabilities, orientation: Orientation) -> tuple[float, float]:
    rows = probabilities[list(group)]
    asks, tells = (
        float(rows[:, [place for place, code in enumerate(CODES) if code in side]].sum())
        for side in (orientation.non_directive, orientation.directive)
    )
    return asks, tells


def _expert(turn: TherapistTurn) -> tuple[float, float]:
    asks = ("any question" in turn.does) + ("reflection" in turn.does)
    return float(asks), float(("directive_advice" in turn.does) + ("information" in turn.does))


def _session_ratios(turns: Sequence[TherapistTurn], counts: Sequence[tuple[float, float]]) -> dict[str, float]:
    total: dict[str, tuple[float, float]] = {}
    for turn, (asks, tells) in zip(turns, counts, strict=True):
        before = total.get(turn.session, (0.0, 0.0))
        total[turn.session] = (before[0] + asks, before[1] + tells)
    return {session: asks / (asks + tells) for session, (asks, tells) in total.items() if asks + tells > 0}


def _auc(turns: Sequence[TherapistTurn], ratios: dict[str, float]) -> float:
    from sklearn.metrics import roc_auc_score

    good = {turn.session: turn.good for turn in turns}
    sessions = sorted(ratios)
    return float(roc_auc_score([good[each] for each in sessions], [ratios[each] for each in sessions]))


def _binary_f1(truth: Sequence[bool], given: Sequence[bool]) -> float:
    from sklearn.metrics import f1_score

    return float(f1_score(truth, given, zero_division=0))


def _macro(truth: Sequence[str], given: Sequence[str], labels: Sequence[str]) -> float:
    from sklearn.metrics import f1_score

    return float(f1_score(truth, given, labels=list(labels), average="macro", zero_division=0))
