"""The unit that shows a criterion at its best or worst in this session."""

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from pipeline.codes import QUESTIONS, Attribute, Code
from pipeline.findings.evidence import Evidence, is_sure
from pipeline.metrics.advice import EXPLORED_WITHIN_MS, EXPLORING, explorations_before
from pipeline.metrics.floor import monologues
from pipeline.metrics.questions import spoke_on
from pipeline.rubric import Criterion
from pipeline.values import Role, Unit


def best_example(criterion: Criterion, evidence: Evidence, shown: Collection[int]) -> tuple[Unit, ...]:
    """Units that show the criterion going well; none where the session holds no sure one.

    Of the candidates the one the rep answered at greatest length, with the reply; the earliest of equals. Units
    `shown` for another criterion, by index, are taken only where nothing else is left.
    """
    candidates = _candidates(criterion, evidence, good=True)
    fresh = [unit for unit in candidates if unit.index not in shown]
    return _answered_best(fresh or candidates, evidence)


def worst_example(criterion: Criterion, evidence: Evidence) -> tuple[Unit, ...]:
    """Units that show what to work on; none where the session holds no sure one. The surest, the earliest of equals."""
    candidates = _candidates(criterion, evidence, good=False)
    surest = max(candidates, key=_confidence, default=None)
    return () if surest is None else (surest,)


def _confidence(unit: Unit) -> float:
    return unit.coding.confidence if unit.coding else 0.0


def _answered_best(candidates: list[Unit], evidence: Evidence) -> tuple[Unit, ...]:
    if not candidates:
        return ()
    replies = [evidence.reply_to(unit) if unit.coding else None for unit in candidates]
    words = [reply.words if reply else 0 for reply in replies]
    place = int(np.argmax(words))
    reply = replies[place]
    return (candidates[place], *(evidence.units_of[reply.turn.index] if reply else ()))


def _candidates(criterion: Criterion, evidence: Evidence, good: bool) -> list[Unit]:
    """Units the metric itself singles out, where it does; else those of the rubric's `best` or `worst` codes."""
    seen = evidence.seen
    match criterion.metric:
        case "answered_own_question":
            return _marked(evidence, spoke_on(seen), QUESTIONS, not good)
        case "unexplored_advice" if good:
            return _explored_before_advice(evidence)
        case "unexplored_advice":
            return _marked(evidence, explorations_before(seen)[0] > 0, {Code.DIRECTIVE_ADVICE}, wanted=False)
        case "stacked_questions":
            return [unit for unit in evidence.coded(QUESTIONS) if _stands_alone(unit, evidence) is good]
        case "specific_praise_share":
            return [each for each in evidence.coded({Code.PRAISE}) if (Attribute.SPECIFIC in each.attributes) is good]
        case "judgment_about_person_share" if not good:
            return evidence.coded({Code.JUDGMENT}, Attribute.ABOUT_PERSON)
        case "commitments_rep":
            return _rep_commitments(evidence) if good else _last_said(evidence)
        case "talk_share_manager" | "word_share_manager" | "longest_monologue_s":
            return _longest_rep_turn(evidence) if good else _longest_monologue(evidence)
    return evidence.coded(criterion.best if good else criterion.worst)


def _explored_before_advice(evidence: Evidence) -> list[Unit]:
    """What was asked openly or given back in the two minutes before a piece of advice: that is what went well, not
    the advice."""
    advised_ms = [unit.span.start_ms for unit in evidence.coded({Code.DIRECTIVE_ADVICE})]
    return [
        unit
        for unit in evidence.coded(EXPLORING)
        if any(unit.span.start_ms < start <= unit.span.end_ms + EXPLORED_WITHIN_MS for start in advised_ms)
    ]


def _marked(
    evidence: Evidence, marked: NDArray[np.bool_], codes: set[Code] | frozenset[Code], wanted: bool
) -> list[Unit]:
    return [
        unit
        for unit, mark in zip(evidence.seen.units, marked, strict=True)
        if unit.code in codes and is_sure(unit) and bool(mark) is wanted
    ]


def _stands_alone(unit: Unit, evidence: Evidence) -> bool:
    return sum(each.code in QUESTIONS for each in evidence.units_of[unit.turn]) == 1


def _rep_commitments(evidence: Evidence) -> list[Unit]:
    turns = {turn.turn.index for turn in evidence.seen.of(Role.REP)}
    units = evidence.session.units
    return [unit for unit in units if unit.turn in turns and Attribute.COMMITMENT in unit.attributes]


def _last_said(evidence: Evidence) -> list[Unit]:
    """The manager's last unit that could have asked for a next step."""
    said = [unit for unit in evidence.seen.units if is_sure(unit) and unit.code is not Code.BACKCHANNEL]
    return said[-1:]


def _longest_rep_turn(evidence: Evidence) -> list[Unit]:
    longest = max(evidence.seen.of(Role.REP), key=lambda turn: turn.span.duration_ms, default=None)
    return evidence.units_of[longest.turn.index][:1] if longest else []


def _longest_monologue(evidence: Evidence) -> list[Unit]:
    longest = max(monologues(evidence.seen), key=lambda stretch: stretch.duration_ms, default=None)
    if longest is None:
        return []
    return [unit for unit in evidence.seen.units if unit.span.overlap_ms(longest) > 0][:1]
