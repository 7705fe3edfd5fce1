"""Turns of recorded workplace meetings (AMI corpus, CC BY 4.0): how spontaneous speech falls into units."""

import csv
import gzip
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from pathlib import Path
from random import Random

from models.training.boundaries import SplitTurn, split_turn
from models.training.corpus import Example
from pipeline.codes import QUESTIONS, Code
from pipeline.ports import UnitInContext
from pipeline.values import Role

_POSSIBLE: dict[str, frozenset[Code]] = {
    "bck": frozenset({Code.BACKCHANNEL}),
    "fra": frozenset({Code.OTHER, Code.BACKCHANNEL}),
    "stl": frozenset({Code.OTHER, Code.BACKCHANNEL}),
    "sug": frozenset({Code.DIRECTIVE_ADVICE, Code.LEADING_QUESTION}),
    "inf": frozenset({Code.TEACHING, Code.OBSERVATION, Code.OTHER, Code.REFLECTION, Code.SUPPORT, Code.JUDGMENT}),
    "el.inf": QUESTIONS,
    "el.ass": QUESTIONS,
    "el.sug": QUESTIONS,
    "el.und": QUESTIONS | {Code.REFLECTION},
}
_UNFINISHED = frozenset({"fra", "stl"})
_PAUSE_S = 1.0


@dataclass(frozen=True, slots=True)
class Act:
    """One dialogue act of one speaker."""

    meeting: str
    speaker: str
    start_s: float
    end_s: float
    kind: str
    text: str


def read_acts(path: Path) -> list[Act]:
    """The acts of a gzipped table of AMI dialogue acts, by meeting, speaker and time; those without words left out."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        acts = [
            Act(row["meeting"], row["speaker"], float(row["start"]), float(row["end"]), row["da"], _spoken(row["text"]))
            for row in csv.DictReader(file)
        ]
    return sorted((act for act in acts if act.text), key=lambda act: (act.meeting, act.speaker, act.start_s))


def meeting_turns(acts: Sequence[Act], most: int, seed: int) -> list[SplitTurn]:
    """At most `most` turns of two units or more, drawn at random: acts of a speaker less than a second apart.

    Stalls and fragments belong to the unit that follows them.
    """
    turns = [
        turn
        for _, spoken in groupby(acts, key=lambda act: (act.meeting, act.speaker))
        for run in _runs(list(spoken))
        if any((turn := split_turn(_units(run))).ends)
    ]
    return Random(seed).sample(turns, min(most, len(turns)))


def meeting_hints(acts: Sequence[Act], most: int, seed: int) -> list[Example]:
    """At most `most` acts with the codes their kind leaves possible, drawn in equal numbers from every kind.

    `previous` is what somebody else said last.
    """
    ordered = sorted(acts, key=lambda act: (act.meeting, act.start_s))
    hints: dict[str, list[Example]] = {kind: [] for kind in _POSSIBLE}
    for earlier, act in pairwise(ordered):
        if act.kind in hints and len(act.text.split()) > 1 - (act.kind == "bck"):
            previous = earlier.text if earlier.meeting == act.meeting and earlier.speaker != act.speaker else ""
            hints[act.kind].append(_hint(act, previous))
    random, share = Random(seed), most // len(hints)
    return [hint for kind in sorted(hints) for hint in random.sample(hints[kind], min(share, len(hints[kind])))]


def _hint(act: Act, previous: str) -> Example:
    return Example(
        UnitInContext(act.text, "", previous),
        Role.OTHER,
        None,
        frozenset(),
        act.meeting,
        "meetings",
        punctuated=True,
        possible=_POSSIBLE[act.kind],
    )


def _runs(acts: Sequence[Act]) -> Iterator[list[Act]]:
    run: list[Act] = []
    for act in acts:
        if run and act.start_s - run[-1].end_s > _PAUSE_S:
            yield run
            run = []
        run.append(act)
    if run:
        yield run


def _units(run: Sequence[Act]) -> list[str]:
    units: list[str] = []
    waiting = ""
    for act in run:
        waiting = f"{waiting} {act.text}".strip()
        if act.kind not in _UNFINISHED:
            units.append(waiting)
            waiting = ""
    return [*units, waiting] if waiting else units


def _spoken(text: str) -> str:
    return " ".join("".join(word.split("_")) if word.count("_") > 1 else word for word in text.split())
