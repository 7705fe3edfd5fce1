"""Is the manager found, in whole sessions and in short, noisy and unusual ones?"""

from collections.abc import Sequence
from dataclasses import dataclass

from models.roles.finder import SpokenRoleFinder
from models.training.corpus import Conversation
from models.training.roles import Excerpt, Excerpts, excerpts
from pipeline.values import Role


@dataclass(frozen=True, slots=True)
class RoleScore:
    """Sessions of one kind, how many were told right, and how sure the finder was on average."""

    kind: str
    sessions: int
    right: int
    confidence: float


def score_roles(finder: SpokenRoleFinder, conversations: Sequence[Conversation]) -> list[RoleScore]:
    """Scores on whole conversations, on ten turns of them, and on both with a quarter of the words misheard."""
    cases = excerpts(conversations, Excerpts(windows=3, turns=10, seed=7))
    kinds = {
        "whole sessions": [case for case in cases if case.whole],
        "ten turns": [case for case in cases if not case.whole and not case.noisy],
        "ten turns without marks, a quarter of the words misheard": [case for case in cases if case.noisy],
    }
    return [_score(finder, kind, chosen) for kind, chosen in kinds.items() if chosen]


def _score(finder: SpokenRoleFinder, kind: str, cases: Sequence[Excerpt]) -> RoleScore:
    guesses = [finder.find(case.turns) for case in cases]
    right = sum(guess.manager == Role.MANAGER.value for guess in guesses)
    return RoleScore(kind, len(cases), right, sum(guess.confidence for guess in guesses) / len(guesses))
