"""Moments worth replaying."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from pipeline.codes import QUESTIONS, Attribute, Code
from pipeline.findings.evidence import Evidence, finding
from pipeline.metrics.floor import interruptions, monologues
from pipeline.metrics.observed import count_words
from pipeline.metrics.questions import aftermath
from pipeline.rubric import Rubric
from pipeline.rules import MOMENTS, Rule
from pipeline.values import Finding, Role, Unit


@dataclass(frozen=True, slots=True)
class Moment:
    """Units that show a rule, and how strongly, in the rule's own measure."""

    units: tuple[Unit, ...]
    strength: float


def moments(evidence: Evidence, rubric: Rubric, limit: int) -> list[Finding]:
    """At most `limit` moments in order of time: the strongest of each rule the rubric uses, then the second of each.

    Ties go to the earlier. A unit is the first of one moment only.
    """
    ranked = {rule: _ranked(evidence, rule, rubric) for rule in MOMENTS if rule in rubric.findings}
    chosen: list[tuple[Rule, Moment]] = []
    begun: set[int] = set()
    for rank in range(limit):
        for rule, found in ranked.items():
            if rank < len(found) and len(chosen) < limit and found[rank].units[0].index not in begun:
                chosen.append((rule, found[rank]))
                begun.add(found[rank].units[0].index)
    made = [finding("moment", rule.value, rubric.findings[rule].text, moment.units) for rule, moment in chosen]
    return sorted(made, key=lambda each: each.span)


def _ranked(evidence: Evidence, rule: Rule, rubric: Rubric) -> list[Moment]:
    least = rubric.findings[rule].at_least
    found = [moment for moment in FINDERS[rule](evidence) if moment.units and moment.strength >= least]
    return sorted(found, key=lambda moment: -moment.strength)


def _opened_up(evidence: Evidence) -> Iterable[Moment]:
    """Open questions and reflections, by the words of the rep's reply."""
    for unit in evidence.coded({Code.OPEN_QUESTION, Code.REFLECTION}):
        reply = evidence.reply_to(unit)
        if reply:
            yield Moment((unit, *evidence.units_of[reply.turn.index]), reply.words)


def _silence_held(evidence: Evidence) -> Iterable[Moment]:
    """Questions after which nobody spoke until the rep did, by seconds of silence."""
    after = aftermath(evidence.seen)
    place_of = {unit.index: place for place, unit in enumerate(evidence.seen.units)}
    for unit in evidence.coded(QUESTIONS):
        place, reply = place_of[unit.index], evidence.reply_to(unit)
        if reply and after.anyone_ms[place] == after.rep_ms[place]:
            waited_ms = int(after.rep_ms[place]) - unit.span.end_ms
            yield Moment((unit, *evidence.units_of[reply.turn.index]), waited_ms / 1000)


def _named_what_worked(evidence: Evidence) -> Iterable[Moment]:
    """Praise that names what it approves of, by its words."""
    for unit in evidence.coded({Code.PRAISE}, Attribute.SPECIFIC):
        yield Moment((unit,), count_words(unit.text))


def _commitment_made(evidence: Evidence) -> Iterable[Moment]:
    """The rep's turns with a commitment, by the number of units that hold one."""
    for turn in evidence.seen.of(Role.REP):
        units = [unit for unit in evidence.units_of[turn.turn.index] if Attribute.COMMITMENT in unit.attributes]
        yield Moment(tuple(units), len(units))


def _person_judged(evidence: Evidence) -> Iterable[Moment]:
    """Judgments of the person, by how sure their code is."""
    for unit in evidence.coded({Code.JUDGMENT}, Attribute.ABOUT_PERSON):
        yield Moment((unit,), unit.coding.confidence if unit.coding else 0.0)


def _long_monologue(evidence: Evidence) -> Iterable[Moment]:
    """The manager's monologues, by seconds."""
    seen = evidence.seen
    for stretch in monologues(seen):
        within = (seen.starts_ms < stretch.end_ms) & (seen.ends_ms > stretch.start_ms)
        units = tuple(seen.units[place] for place in np.flatnonzero(within))
        yield Moment(units, stretch.duration_ms / 1000)


def _interrupted(evidence: Evidence) -> Iterable[Moment]:
    """Turns that cut into the rep's, by their seconds."""
    for turn in interruptions(evidence.seen):
        yield Moment(tuple(evidence.units_of[turn.turn.index]), turn.span.duration_ms / 1000)


FINDERS: dict[Rule, Callable[[Evidence], Iterable[Moment]]] = {
    Rule.OPENED_UP: _opened_up,
    Rule.SILENCE_HELD: _silence_held,
    Rule.NAMED_WHAT_WORKED: _named_what_worked,
    Rule.COMMITMENT_MADE: _commitment_made,
    Rule.PERSON_JUDGED: _person_judged,
    Rule.LONG_MONOLOGUE: _long_monologue,
    Rule.INTERRUPTED: _interrupted,
}
