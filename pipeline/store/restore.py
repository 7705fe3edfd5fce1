"""Rows of the tables as values."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pipeline.codes import Attribute
from pipeline.store.statements import Row
from pipeline.values import (
    Coding,
    CriterionScore,
    Finding,
    Metric,
    Role,
    Scored,
    Scores,
    Session,
    Span,
    Speaker,
    StepSeen,
    TranscriptSource,
    Turn,
    Unit,
    Word,
)


def by_session(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """Rows without their first column, the session, grouped by it; order is kept."""
    grouped: dict[str, list[Row]] = defaultdict(list)
    for session_id, *rest in rows:
        grouped[session_id].append(tuple(rest))
    return grouped


def session_of(row: Row, speakers: Sequence[Row], turns: Sequence[Row], units: Sequence[Row]) -> Session:
    """A session from its row and the rows of its parts."""
    session_id, source, recorded_on, duration_ms, engine, model, draft, language, can_overlap, warnings = row
    return Session(
        session_id=session_id,
        source=source,
        duration_ms=duration_ms,
        transcript=TranscriptSource(engine, model, draft, language),
        speakers=tuple(_speaker(speaker) for speaker in speakers),
        turns=tuple(_turn(turn) for turn in turns),
        units=tuple(_unit(unit) for unit in units),
        recorded_on=recorded_on,
        turns_can_overlap=can_overlap,
        warnings=tuple(warnings),
    )


def scored_of(session: Session, score: Row, parts: Mapping[str, Sequence[Row]]) -> Scored:
    """A scored session from its row of `scores` and the rows of `criteria`, `metrics`, `findings` and `steps`."""
    rubric_name, rubric_version, overall, warnings = score
    criteria = tuple(
        CriterionScore(id, band, points, tuple(evidence)) for id, band, points, evidence in parts["criteria"]
    )
    return Scored(
        session=session,
        rubric_name=rubric_name,
        rubric_version=rubric_version,
        metrics=tuple(Metric(*metric) for metric in parts["metrics"]),
        scores=Scores(overall, criteria),
        findings=tuple(
            Finding(kind, rule, text, Span(start_ms, end_ms), tuple(units), instead)
            for kind, rule, text, start_ms, end_ms, units, instead in parts["findings"]
        ),
        steps=tuple(
            StepSeen(id, None if start_ms is None else Span(start_ms, end_ms), tuple(units))
            for id, start_ms, end_ms, units in parts["steps"]
        ),
        warnings=tuple(warnings),
    )


def _speaker(row: Row) -> Speaker:
    label, name, role, confidence = row
    return Speaker(label, name, Role(role), confidence)


def _turn(row: Row) -> Turn:
    index, speaker, start_ms, end_ms, text, *words = row
    return Turn(index, speaker, Span(start_ms, end_ms), text, _words(words) if words else ())


def _words(columns: Sequence[Sequence[Any]]) -> tuple[Word, ...]:
    return tuple(
        Word(Span(start_ms, end_ms), text, probability, speaker)
        for start_ms, end_ms, text, probability, speaker in zip(*columns, strict=True)
    )


def _unit(row: Row) -> Unit:
    index, turn, start_ms, end_ms, text, probabilities, names, rep_names = row
    coding = None if probabilities is None else Coding(tuple(probabilities), _attributes(names))
    return Unit(index, turn, Span(start_ms, end_ms), text, coding, _attributes(rep_names))


def _attributes(names: Sequence[str]) -> frozenset[Attribute]:
    return frozenset(Attribute(name) for name in names)
