"""Fitting the weights by which the role finder tells managers from reps."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
from numpy.typing import NDArray

from models.roles.finder import SpokenRoleFinder
from models.training.augment import mishear
from models.training.corpus import Conversation
from models.units.words import strip_marks
from pipeline.values import Role, Span, Turn


@dataclass(frozen=True, slots=True)
class Excerpts:
    """How sessions are cut from conversations: the whole, and `windows` stretches of `turns` turns each.

    Every second excerpt loses its marks and has `word_errors` of its words misheard.
    """

    windows: int = 4
    turns: int = 10
    word_errors: float = 0.25
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Turns of a conversation, speakers named by their true role; `whole` and `noisy` say how they were cut."""

    conversation: str
    turns: tuple[Turn, ...]
    whole: bool
    noisy: bool


def excerpts(conversations: Iterable[Conversation], options: Excerpts) -> list[Excerpt]:
    """Whole conversations and stretches of them, half of them as a poor recogniser would have heard them."""
    random = Random(options.seed)
    found = []
    for each in conversations:
        lines = [(turn.role, turn.text) for turn in each.turns]
        starts = [random.randrange(max(1, len(lines) - options.turns + 1)) for _ in range(options.windows)]
        pieces = [lines, *(lines[start : start + options.turns] for start in starts)]
        for place, piece in enumerate(pieces):
            noisy = place % 2 == 1
            texts = [mishear(strip_marks(text), options.word_errors, random) if noisy else text for _, text in piece]
            turns = [
                Turn(index, role.value, Span(index * 1000, index * 1000 + 1000), text)
                for index, ((role, _), text) in enumerate(zip(piece, texts, strict=True))
            ]
            if len({turn.speaker for turn in turns}) == 2:
                found.append(Excerpt(each.id, tuple(turns), place == 0, noisy))
    return found


def fit_role_weights(finder: SpokenRoleFinder, sessions: Sequence[Excerpt], caution: float = 1.0) -> tuple[float, ...]:
    """Weights of a speaker's features, by logistic regression on the differences between the two speakers.

    Every pair counts both ways round, so no side is favoured; `caution` is the inverse of scikit-learn's C.
    """
    from sklearn.linear_model import LogisticRegression

    differences = np.array([_difference(finder, session) for session in sessions])
    scale = differences.std(0) + 1e-6
    mirrored = np.concatenate([differences, -differences]) / scale
    truth = np.repeat([1, 0], len(differences))
    model = LogisticRegression(C=1 / caution, fit_intercept=False, max_iter=1000).fit(mirrored, truth)
    return tuple(float(weight) for weight in model.coef_[0] / scale)


def _difference(finder: SpokenRoleFinder, session: Excerpt) -> NDArray[np.float64]:
    voices = finder.voices(session.turns)
    manager, rep = voices[Role.MANAGER.value], voices[Role.REP.value]
    return np.subtract(manager.features, rep.features, dtype=np.float64)
