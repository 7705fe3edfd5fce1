"""Missed openings: the rep offered something, or a question stood open, and the manager told."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import zip_longest

from pipeline.codes import QUESTIONS, Code
from pipeline.cues import holds_cue
from pipeline.findings.evidence import Evidence, finding, is_sure
from pipeline.findings.instead import ask_instead
from pipeline.metrics.advice import EXPLORING, explorations_before
from pipeline.metrics.observed import HeardTurn
from pipeline.metrics.orientation import Orientation
from pipeline.metrics.questions import spoke_on
from pipeline.rubric import Opening, Rubric
from pipeline.rules import MISSED_OPENINGS, Rule
from pipeline.values import Finding, Role, Span, Unit

TOLD_AFTER = "told_after_"

Shown = Iterable[tuple[tuple[Unit, ...], Unit]]
"""What a rule found: the units that show it, and among them the one that could have been a question."""


@dataclass(frozen=True, slots=True)
class Missed:
    """A missed opening: the rule, its sentence, what was said, and the unit that could have been a question."""

    rule: str
    text: str
    units: tuple[Unit, ...]
    told: Unit
    own_wordings: tuple[str, ...] = ()
    offered_at: Span | None = None


def missed_openings(evidence: Evidence, rubric: Rubric, limit: int) -> list[Finding]:
    """At most `limit` missed openings in order of time: the first of each rule, then the second, costly rules before.

    A unit that stands in one missed opening is not told off again in another.
    """
    chosen: list[Missed] = []
    taken: set[int] = set()
    for missed in _in_rounds(_by_rule(evidence, rubric)):
        if missed.told.index not in taken and len(chosen) < limit:
            chosen.append(missed)
            taken.update(unit.index for unit in missed.units)
    chosen.sort(key=lambda missed: (missed.told.span.start_ms, missed.told.index))
    made: list[Finding] = []
    times: dict[str, int] = {}
    for missed in chosen:
        wordings = missed.rule if missed.own_wordings else str(missed.told.code)
        times[wordings] = times.get(wordings, -1) + 1
        instead = ask_instead(rubric, missed.told.code, times[wordings], missed.own_wordings)
        made.append(finding("missed_opening", missed.rule, missed.text, missed.units, instead, missed.offered_at))
    return made


def _by_rule(evidence: Evidence, rubric: Rubric) -> list[list[Missed]]:
    told_after = [list(_told_after(evidence, rubric, opening)) for opening in rubric.openings]
    by_name = [
        [
            Missed(rule.value, rubric.findings[rule].text, units, told)
            for units, told in FINDERS[rule](evidence, rubric.orientation)
        ]
        for rule in MISSED_OPENINGS
        if rule in rubric.findings
    ]
    return told_after + by_name


def _in_rounds(by_rule: list[list[Missed]]) -> Iterable[Missed]:
    return (missed for round in zip_longest(*by_rule) for missed in round if missed is not None)


def _told_after(evidence: Evidence, rubric: Rubric, opening: Opening) -> Iterable[Missed]:
    """Rep turns that hold a cue of the opening, where the manager's next turn tells before it asks or gives back."""
    for turn in evidence.seen.of(Role.REP):
        offered = _offer(evidence, turn, opening)
        response = evidence.response_to(turn) if offered is not None else None
        told = _first_told(evidence.units_of[response.turn.index], rubric) if response else None
        if offered is not None and told is not None:
            at = None if offered else turn.span
            yield Missed(f"{TOLD_AFTER}{opening.id}", opening.text, (*offered, told), told, opening.instead, at)


def _offer(evidence: Evidence, turn: HeardTurn, opening: Opening) -> tuple[Unit, ...] | None:
    """The units of the turn that hold a cue; none where only the turn as a whole does; None where nothing does."""
    if not holds_cue(turn.turn.text, opening.cues):
        return None
    return tuple(unit for unit in evidence.units_of[turn.turn.index] if holds_cue(unit.text, opening.cues))


def _first_told(units: list[Unit], rubric: Rubric) -> Unit | None:
    for unit in units:
        side = rubric.orientation.of(unit.code) if unit.code else "neutral"
        if side == "directive":
            return unit if is_sure(unit) else None
        if side == "non_directive":
            return None
    return None


def _advice_first(evidence: Evidence, _: Orientation) -> Shown:
    """The session's first advice, where no open question or reflection comes before it."""
    for unit in evidence.seen.units:
        if unit.code in EXPLORING:
            return
        if unit.code is Code.DIRECTIVE_ADVICE and is_sure(unit):
            yield (unit,), unit
            return


def _answered_own_question(evidence: Evidence, orientation: Orientation) -> Shown:
    """Questions with the telling that came next, before the rep could speak."""
    units = evidence.seen.units
    went_on = spoke_on(evidence.seen)
    for place in range(len(units) - 1):
        question, told = units[place], units[place + 1]
        telling = told.code in orientation.directive - QUESTIONS
        if went_on[place] and question.code in QUESTIONS and telling and is_sure(question) and is_sure(told):
            yield (question, told), told


def _unexplored_advice(evidence: Evidence, _: Orientation) -> Shown:
    """Advice with nothing explored in the two minutes before it."""
    explored = explorations_before(evidence.seen)[0]
    for place, unit in enumerate(evidence.seen.units):
        if unit.code is Code.DIRECTIVE_ADVICE and is_sure(unit) and not explored[place]:
            yield (unit,), unit


def _stacked_questions(evidence: Evidence, _: Orientation) -> Shown:
    """Manager turns with two questions or more."""
    for turn in evidence.seen.of(Role.MANAGER):
        asked = [unit for unit in evidence.units_of[turn.turn.index] if unit.code in QUESTIONS and is_sure(unit)]
        if len(asked) > 1:
            yield tuple(asked), asked[-1]


FINDERS: dict[Rule, Callable[[Evidence, Orientation], Shown]] = {
    Rule.ADVICE_FIRST: _advice_first,
    Rule.ANSWERED_OWN_QUESTION: _answered_own_question,
    Rule.UNEXPLORED_ADVICE: _unexplored_advice,
    Rule.STACKED_QUESTIONS: _stacked_questions,
}
