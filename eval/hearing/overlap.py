"""`python -m eval.hearing.overlap`: fit what marks two voices at once, on mixtures, and say how well it does.

Prints the fields of OverlapRules and, for mixtures of role-plays that were left out of the fit, how much of the marked
speech is overlap, how much of the overlap is marked, and how much of what one person says alone is marked.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from eval.hearing.mixtures import DRY, IN_A_ROOM, mixtures
from eval.hearing.report import percent
from models.diarize.encoder import LENGTHS_MS
from models.diarize.overlap import OverlapRules, overlap_features
from models.diarize.resemblyzer import Followed, ResemblyzerDiarizer
from models.diarize.segments import STEP_MS
from pipeline.values import SpeakerSpan

LENGTHS_S = (90, 90, 30, 30, 30)
SETS = tuple(
    (seed + 100 * place, replace(rules, seconds=seconds))
    for seed, rules in ((1000, DRY), (2000, IN_A_ROOM))
    for place, seconds in enumerate(LENGTHS_S)
)
"""Seeds and rules of the mixtures that are fitted on: long and short, since voices are better known in long ones."""

Features = NDArray[np.float64]
Marks = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Steps:
    """One mixture step by step: features, and whether two people really talk."""

    name: str
    room: bool
    features: Features
    both: Marks


def main() -> None:
    """Makes the mixtures, fits with each role-play left out and with all, prints."""
    mixed = list(followed())
    for title, chosen in (("dry", False), ("in a room", True)):
        marked, both = _left_out(mixed, chosen)
        hits = int((marked & both).sum())
        print(
            f"{title}: {percent(hits / marked.sum())} of marked steps overlap, {percent(hits / both.sum())} of overlap "
            f"is marked, {percent((marked & ~both).sum() / (~both).sum())} of talk alone is marked"
        )
    weights, constant = fit(mixed)
    lengths = len(LENGTHS_MS)
    print("odds", weights[:lengths], "nearer", weights[lengths:-1], "inside", weights[-1], "constant", constant)


def followed() -> Iterator[Steps]:
    """Every mixture as the diarizer sees it; those in which it finds one voice are left out."""
    diarizer = ResemblyzerDiarizer()
    for seed, rules in SETS:
        for reference, audio in mixtures(seed, rules):
            heard = diarizer.follow(audio, 2)
            if heard.stretches and heard.stretches[0].together.shape[2]:
                yield Steps(reference.name, rules.room is not None, *_steps(heard, reference.spans))


def fit(mixed: Sequence[Steps]) -> tuple[list[float], float]:
    """Weights and constant of a logistic regression on all steps, rounded as they are kept."""
    features = np.concatenate([each.features for each in mixed])
    middle, spread = features.mean(axis=0), features.std(axis=0)
    model = LogisticRegression(C=0.1, max_iter=500)
    model.fit((features - middle) / spread, np.concatenate([each.both for each in mixed]))
    weights = model.coef_[0] / spread
    return np.round(weights, 2).tolist(), round(float(model.intercept_[0] - weights @ middle), 2)


def _left_out(mixed: Sequence[Steps], room: bool) -> tuple[Marks, Marks]:
    """Marks and truth of all mixtures dry or in a room, each marked by what was fitted on the other role-plays."""
    marked, both = [], []
    for name in sorted({each.name for each in mixed}):
        weights, constant = fit([each for each in mixed if each.name != name])
        for each in mixed:
            if each.name == name and each.room == room:
                marked.append(each.features @ weights + constant >= 0)
                both.append(each.both)
    return np.concatenate(marked), np.concatenate(both)


def _steps(heard: Followed, truth: Sequence[SpeakerSpan]) -> tuple[Features, Marks]:
    features, both = [], []
    for each in heard.stretches:
        features.append(overlap_features(each.together, each.path, each.other, OverlapRules().farthest))
        times = each.span.start_ms + STEP_MS * np.arange(len(each.path)) + STEP_MS // 2
        talking = np.sum([(times >= one.span.start_ms) & (times < one.span.end_ms) for one in truth], axis=0)
        both.append(talking > 1)
    return np.concatenate(features), np.concatenate(both)


if __name__ == "__main__":
    main()
