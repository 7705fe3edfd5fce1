"""What the rep says in reply, and what is agreed."""

from pipeline.codes import CODES, Attribute, Code
from pipeline.metrics.observed import Observed
from pipeline.metrics.tally import Count, Ratio, rows_of
from pipeline.values import Role


def rep_words_after(seen: Observed, code: Code) -> Ratio:
    """Words of the rep turns that follow manager turns ending in that code, with no manager turn between."""
    place = CODES.index(code)
    return Ratio(seen.answer_words[:, place], seen.answers[:, place])


def commitments_by(seen: Observed, role: Role) -> Count:
    """That person's units with a definite next action, among all of theirs."""
    turns = {turn.turn.index for turn in seen.of(role)}
    units = [unit for unit in seen.session.units if unit.turn in turns]
    promised = sum(Attribute.COMMITMENT in unit.attributes for unit in units)
    return Count(rows_of(promised), len(units), seen.session.speaker(role) is not None)
