"""Small sessions for tests of the flows."""

from datetime import UTC, datetime

from pipeline.rubric import Rubric
from pipeline.store import RubricText, RunRecord, StageKeys, Store
from pipeline.values import Role, Scored, Session, Span, Speaker, TranscriptSource, Turn


def talk(*said: tuple[str, str], names: dict[str, str] | None = None, **changes: object) -> Session:
    """A session of turns of two seconds each, by (speaker, text)."""
    turns = tuple(
        Turn(index, speaker, Span(2000 * index, 2000 * index + 2000), text)
        for index, (speaker, text) in enumerate(said)
    )
    labels = dict.fromkeys(speaker for speaker, _ in said)
    facts: dict[str, object] = {
        "session_id": "0" * 64,
        "source": "talk.vtt",
        "duration_ms": 2000 * len(said),
        "transcript": TranscriptSource("transcript", "webvtt"),
        "speakers": tuple(Speaker(label, (names or {}).get(label), Role.OTHER) for label in labels),
        "turns": turns,
    }
    return Session(**(facts | changes))  # type: ignore[arg-type]


def save(store: Store, scored: Scored, rubric: Rubric) -> None:
    """Put a scored session into the store, as of some run."""
    run = RunRecord(datetime(2026, 11, 2, tzinfo=UTC), "cpu", (), (), None)
    with store.writing() as writer:
        text = RubricText(rubric.name, rubric.version, rubric.text)
        writer.save(scored, StageKeys("heard", "coded", "scored"), run, text)
