"""What the rep says in reply, and what is agreed."""

import numpy as np

from pipeline.codes import Attribute, Code
from pipeline.metrics.observed import Observed
from pipeline.metrics.tally import Count, Ratio, rows_of
from pipeline.values import Role


def rep_words_after(seen: Observed, code: Code) -> Ratio:
    """Words of the rep turns that follow manager turns ending in that code, with no manager turn between."""
    ends = {unit.turn: place for place, unit in enumerate(seen.units)}
    places: list[int] = []
    words: list[int] = []
    last_manager_turn: int | None = None
    for turn in seen.turns:
        if turn.role is Role.MANAGER:
            last_manager_turn = turn.turn.index
        elif turn.role is Role.REP and last_manager_turn is not None:
            if last_manager_turn in ends:
                places.append(ends[last_manager_turn])
                words.append(turn.words)
            last_manager_turn = None
    ended_so = seen.are({code})[:, places]
    return Ratio(rows_of(ended_so @ np.array(words, dtype=np.float64)), rows_of(ended_so.sum(axis=1)))


def commitments_by(seen: Observed, role: Role) -> Count:
    """That person's units with a definite next action, among all of theirs."""
    turns = {turn.turn.index for turn in seen.of(role)}
    units = [unit for unit in seen.session.units if unit.turn in turns]
    return Count(rows_of(sum(Attribute.COMMITMENT in unit.attributes for unit in units)), len(units))
