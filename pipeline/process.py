"""Where the steps of the rubric's coaching process happen, and which are missing."""

from collections.abc import Sequence

from pipeline.cues import holds_cue
from pipeline.rubric import Rubric, Step
from pipeline.values import Role, Session, Span, StepSeen, Unit

LEAST_CONFIDENCE = 0.5
"""A unit whose code is less sure than this shows no step."""


def find_steps(session: Session, rubric: Rubric) -> tuple[StepSeen, ...]:
    """Every step of the process in the rubric's order, with the units that first show it.

    A step is looked for from the start of the step before it on; where it only happens earlier, out of
    order, it is given there, so that steps taken in the wrong order show by their times. A step that is
    nowhere has neither span nor units. Of consecutive units that all show the step, all are given.
    """
    roles = {turn.index: session.role_of(turn) for turn in session.turns}
    units = sorted(session.units, key=lambda unit: (unit.span.start_ms, unit.index))
    found: list[StepSeen] = []
    reached = 0
    for step in rubric.process:
        showing = [place for place, unit in enumerate(units) if _shows(unit, roles[unit.turn], step)]
        first = next((place for place in showing if place >= reached), showing[0] if showing else None)
        if first is None:
            found.append(StepSeen(step.id, None))
            continue
        reached = max(reached, first)
        found.append(_seen(step.id, _run(units, showing, first)))
    return tuple(found)


def _shows(unit: Unit, role: Role, step: Step) -> bool:
    if role is not step.by:
        return False
    said = holds_cue(unit.text, step.cues) or not unit.attributes.isdisjoint(step.attributes)
    if (step.cues or step.attributes) and not said:
        return False
    if not step.codes:
        return True
    return unit.coding is not None and unit.code in step.codes and unit.coding.confidence >= LEAST_CONFIDENCE


def _run(units: Sequence[Unit], showing: Sequence[int], first: int) -> list[Unit]:
    last = first
    while last + 1 in showing:
        last += 1
    return list(units[first : last + 1])


def _seen(id: str, units: Sequence[Unit]) -> StepSeen:
    # Consecutive units in order of start may still overlap: the last to begin need not be the last to end.
    span = Span(units[0].span.start_ms, max(unit.span.end_ms for unit in units))
    return StepSeen(id, span, tuple(unit.index for unit in units))
