"""A scored session as the JSON object people and programs read. Seconds at this edge, milliseconds inside."""

from collections.abc import Sequence
from typing import Any

from pipeline.metrics import METRICS
from pipeline.values import CriterionScore, Finding, Metric, Scored, Session, Span, Speaker, StepSeen, Turn, Unit


def seconds(ms: int) -> float:
    """Milliseconds as seconds, exact to the millisecond."""
    return ms / 1000


def scored_object(scored: Scored) -> dict[str, Any]:
    """The object `asktell score --json` prints for one session; keys in a fixed order, undefined is None."""
    session = scored.session
    return {
        "session_id": session.session_id,
        "source": session.source,
        "duration_s": seconds(session.duration_ms),
        "recorded_on": session.recorded_on.isoformat() if session.recorded_on else None,
        "transcript": {
            "engine": session.transcript.engine,
            "model": session.transcript.model,
            "draft": session.transcript.draft,
            "language": session.transcript.language,
            "turns_can_overlap": session.turns_can_overlap,
        },
        "rubric": {"name": scored.rubric_name, "version": scored.rubric_version},
        "speakers": [_speaker(speaker, session.turns) for speaker in session.speakers],
        "turns": [_turn(turn, session) for turn in session.turns],
        "units": [_unit(unit, session) for unit in session.units],
        "metrics": {metric.id: _metric(metric) for metric in scored.metrics},
        "scores": {
            "overall": scored.scores.overall,
            "criteria": [_criterion(criterion) for criterion in scored.scores.criteria],
        },
        "findings": [_finding(finding, session) for finding in scored.findings],
        "steps": [_step(step) for step in scored.steps],
        "warnings": list(scored.warnings),
    }


def _speaker(speaker: Speaker, turns: Sequence[Turn]) -> dict[str, Any]:
    spoken_ms = sum(turn.span.duration_ms for turn in turns if turn.speaker == speaker.label)
    return {
        "label": speaker.label,
        "name": speaker.name,
        "role": speaker.role.value,
        "role_confidence": round(speaker.role_confidence, 4),
        "talk_s": seconds(spoken_ms),
    }


def _times(span: Span) -> dict[str, float]:
    return {"start_s": seconds(span.start_ms), "end_s": seconds(span.end_ms)}


def _turn(turn: Turn, session: Session) -> dict[str, Any]:
    return {
        "index": turn.index,
        "speaker": turn.speaker,
        "role": session.role_of(turn).value,
        **_times(turn.span),
        "text": turn.text,
    }


def _unit(unit: Unit, session: Session) -> dict[str, Any]:
    return {
        "index": unit.index,
        "turn": unit.turn,
        **_times(unit.span),
        "role": session.role_of(session.turns[unit.turn]).value,
        "text": unit.text,
        "code": unit.code.value if unit.code else None,
        "confidence": round(unit.coding.confidence, 4) if unit.coding else None,
        "attributes": sorted(attribute.value for attribute in unit.attributes),
    }


def _metric(metric: Metric) -> dict[str, Any]:
    return {
        "value": metric.value,
        "n": metric.n,
        "low": metric.low,
        "high": metric.high,
        "unit": metric.unit,
        "definition": next((known.definition for known in METRICS if known.id == metric.id), None),
        "enough_evidence": metric.enough_evidence,
    }


def _criterion(criterion: CriterionScore) -> dict[str, Any]:
    return {
        "id": criterion.id,
        "band": criterion.band,
        "score": criterion.score,
        "evidence": list(criterion.evidence),
    }


def _finding(finding: Finding, session: Session) -> dict[str, Any]:
    return {
        "kind": finding.kind,
        "rule": finding.rule,
        "text": finding.text,
        "quote": " ".join(unit.text for unit in session.units if unit.index in finding.units),
        **_times(finding.span),
        "units": list(finding.units),
        "instead": finding.instead,
    }


def _step(step: StepSeen) -> dict[str, Any]:
    times = _times(step.span) if step.span else {"start_s": None, "end_s": None}
    return {"id": step.id, **times, "units": list(step.units)}
