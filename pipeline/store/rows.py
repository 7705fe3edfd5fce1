"""Values as rows of the tables."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from pipeline.codes import CODES, Attribute
from pipeline.store.records import Annotation, Outcome, RubricText, RunRecord, SavedSession
from pipeline.values import Scored, Session, Span, Turn, Unit, Word

Rows = list[dict[str, Any]]


def heard_rows(saved: SavedSession) -> dict[str, Rows]:
    """The rows of what was said and coded, by table."""
    session = saved.scored.session
    return {
        "sessions": [_session(saved)],
        "speakers": _speakers(session),
        "turns": [_turn(session, turn) for turn in session.turns],
        "units": [_unit(session, unit) for unit in session.units],
    }


def scored_rows(scored: Scored, scored_key: str, rubric: RubricText | None) -> dict[str, Rows]:
    """The rows of what was computed from it under a rubric, by table."""
    session_id = scored.session.session_id
    return {
        "scores": [
            {
                "session_id": session_id,
                "rubric_name": scored.rubric_name,
                "rubric_version": scored.rubric_version,
                "rubric_hash": rubric.hash if rubric else None,
                "overall": scored.scores.overall,
                "warnings": list(scored.warnings),
                "scored_key": scored_key,
            }
        ],
        "criteria": _placed(
            session_id,
            (
                {"criterion_id": each.id, "band": each.band, "score": each.score, "evidence": list(each.evidence)}
                for each in scored.scores.criteria
            ),
        ),
        "metrics": _metrics(scored),
        "findings": _findings(scored),
        "steps": _placed(
            session_id,
            (
                {
                    "step_id": step.id,
                    "start_ms": step.span.start_ms if step.span else None,
                    "end_ms": step.span.end_ms if step.span else None,
                    "units": list(step.units),
                }
                for step in scored.steps
            ),
        ),
    }


def run_row(session_id: str, run: RunRecord) -> dict[str, Any]:
    """A run as a row."""
    return {
        "session_id": session_id,
        "started_at": _moment(run.started_at),
        "device": run.device,
        "versions": dict(run.versions),
        "timings_ms": dict(run.timings_ms),
        "recording": run.recording,
    }


def rubric_row(rubric: RubricText) -> dict[str, Any]:
    """A rubric as a row."""
    return {"rubric_hash": rubric.hash, "name": rubric.name, "version": rubric.version, "text": rubric.text}


def annotation_row(annotation: Annotation) -> dict[str, Any]:
    """An annotation as a row."""
    return {
        "session_id": annotation.session_id,
        "unit_index": annotation.unit_index,
        "rater": annotation.rater,
        "text": annotation.text,
        "code": annotation.code.value,
        "attributes": _names(annotation.attributes),
        "blind": annotation.blind,
        "rated_at": _moment(annotation.rated_at),
    }


def outcome_row(outcome: Outcome) -> dict[str, Any]:
    """An outcome as a row."""
    return {
        "session_id": outcome.session_id,
        "name": outcome.name,
        "value": outcome.value,
        "noted_on": _day(outcome.noted_on),
    }


def _session(saved: SavedSession) -> dict[str, Any]:
    session = saved.scored.session
    return {
        "session_id": session.session_id,
        "source": session.source,
        "recorded_on": _day(session.recorded_on),
        "duration_ms": session.duration_ms,
        "transcript_engine": session.transcript.engine,
        "transcript_model": session.transcript.model,
        "transcript_draft": session.transcript.draft,
        "language": session.transcript.language,
        "turns_can_overlap": session.turns_can_overlap,
        "warnings": list(session.warnings),
        "heard_key": saved.keys.heard,
        "coded_key": saved.keys.coded,
        "saved_at": _moment(saved.run.started_at),
    }


def _speakers(session: Session) -> Rows:
    spoken_ms = {speaker.label: 0 for speaker in session.speakers}
    for turn in session.turns:
        spoken_ms[turn.speaker] = spoken_ms.get(turn.speaker, 0) + turn.span.duration_ms
    return _placed(
        session.session_id,
        (
            {
                "label": speaker.label,
                "name": speaker.name,
                "role": speaker.role.value,
                "role_confidence": speaker.role_confidence,
                "talk_ms": spoken_ms[speaker.label],
            }
            for speaker in session.speakers
        ),
    )


def _turn(session: Session, turn: Turn) -> dict[str, Any]:
    return {
        "session_id": session.session_id,
        "turn_index": turn.index,
        "speaker": turn.speaker,
        "role": session.role_of(turn).value,
        **_times(turn.span),
        "text": turn.text,
        "words": [_word(word) for word in turn.words],
    }


def _word(word: Word) -> dict[str, Any]:
    return {**_times(word.span), "text": word.text, "probability": word.probability, "speaker": word.speaker}


def _unit(session: Session, unit: Unit) -> dict[str, Any]:
    coding = unit.coding
    return {
        "session_id": session.session_id,
        "unit_index": unit.index,
        "turn_index": unit.turn,
        "role": session.role_of(session.turns[unit.turn]).value,
        **_times(unit.span),
        "text": unit.text,
        "code": coding.code.value if coding else None,
        "confidence": coding.confidence if coding else None,
        "probabilities": dict(zip(CODES, coding.probabilities, strict=True)) if coding else None,
        "attributes": _names(unit.attributes),
        "rep_attributes": _names(unit.rep_attributes),
    }


def _metrics(scored: Scored) -> Rows:
    return _placed(
        scored.session.session_id,
        (
            {
                "metric_id": metric.id,
                "value": metric.value,
                "n": metric.n,
                "unit": metric.unit,
                "low": metric.low,
                "high": metric.high,
                "enough_evidence": metric.enough_evidence,
            }
            for metric in scored.metrics
        ),
    )


def _findings(scored: Scored) -> Rows:
    return _placed(
        scored.session.session_id,
        (
            {
                "kind": finding.kind,
                "rule": finding.rule,
                "text": finding.text,
                **_times(finding.span),
                "units": list(finding.units),
                "instead": finding.instead,
            }
            for finding in scored.findings
        ),
    )


def _placed(session_id: str, rows: Iterable[dict[str, Any]]) -> Rows:
    return [{"session_id": session_id, "place": place, **row} for place, row in enumerate(rows)]


def _times(span: Span) -> dict[str, int]:
    return {"start_ms": span.start_ms, "end_ms": span.end_ms}


def _names(attributes: frozenset[Attribute]) -> list[str]:
    return sorted(attribute.value for attribute in attributes)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat()
