"""Sessions to keep in a store, from the smallest to any at all."""

from datetime import UTC, date, datetime
from pathlib import Path

from hypothesis import strategies as st

from pipeline.codes import CODES, Attribute, Code
from pipeline.store import RunRecord, StageKeys, Store, StoreOptions
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
    certain,
)

KEYS = StageKeys("heard", "coded", "scored")
RUN = RunRecord(
    datetime(2026, 11, 2, 9, 30, tzinfo=UTC), "cpu", (("asktell", "0.1.0"),), (("hear", 1200),), "calls/acme.flac"
)


def impatient(path: Path) -> Store:
    """A store that gives up on a locked file soon."""
    return Store(path, StoreOptions(wait_s=0.3))


def a_scored(
    session_id: str = "a" * 64,
    manager: str | None = "Dana",
    recorded_on: date | None = date(2026, 11, 2),
    asks: int = 3,
    tells: int = 1,
    text: str = "What got in the way?",
) -> Scored:
    """A session of one manager turn with so many asking and telling units, and one rep turn."""
    codes = [Code.OPEN_QUESTION] * asks + [Code.DIRECTIVE_ADVICE] * tells
    units = tuple(
        Unit(place, 0, Span(place * 1000, place * 1000 + 500), text, certain(code)) for place, code in enumerate(codes)
    )
    end_ms = len(units) * 1000
    turns = (
        Turn(0, "S1", Span(0, end_ms), text, (Word(Span(0, 200), "What", 0.9, "S1"),)),
        Turn(1, "S2", Span(end_ms, end_ms + 2000), "Price."),
    )
    rep_unit = Unit(len(units), 1, turns[1].span, "Price.", None, frozenset({Attribute.COMMITMENT}))
    total = asks + tells
    session = Session(
        session_id,
        "acme.flac",
        end_ms + 2000,
        TranscriptSource("pocketsphinx", "en-us", True, "en"),
        (Speaker("S1", manager, Role.MANAGER, 0.9), Speaker("S2", "Robin", Role.REP, 0.9)),
        turns,
        (*units, rep_unit),
        recorded_on,
        warnings=("draft transcript",),
    )
    return Scored(
        session,
        "non-directive-coaching",
        1,
        (
            Metric("non_directive_ratio", asks / total if total else None, total, "ratio", 0.5, 0.9, total > 2),
            Metric("talk_share_manager", 0.5, 2000, "ratio"),
        ),
        Scores(72.0, (CriterionScore("asks", "solid", 0.7, (0, 1)), CriterionScore("steps", None, None))),
        (Finding("focus", "advice", "You told first.", Span(0, 500), (0,), "What would you try?"),),
        (StepSeen("goal", Span(0, 500), (0,)), StepSeen("close", None)),
        ("draft transcript",),
    )


def any_scored() -> st.SearchStrategy[Scored]:
    """Any scored session a store may meet, of few parts each."""
    return st.integers(0, 3).flatmap(lambda turns: st.integers(0, 4 if turns else 0).flatmap(_scored(turns)))


def _scored(turns: int):
    return lambda units: st.builds(
        Scored,
        session=_sessions(turns, units),
        rubric_name=TEXT,
        rubric_version=st.integers(0, 2**31 - 1),
        metrics=_some(
            st.builds(
                Metric, TEXT, _maybe(NUMBERS), st.integers(0, 2**40), TEXT, _maybe(NUMBERS), _maybe(NUMBERS), BOOLEANS
            )
        ),
        scores=st.builds(
            Scores, _maybe(NUMBERS), _some(st.builds(CriterionScore, TEXT, _maybe(TEXT), _maybe(NUMBERS), PLACES))
        ),
        findings=_some(st.builds(Finding, TEXT, TEXT, TEXT, SPANS, PLACES, _maybe(TEXT))),
        steps=_some(st.builds(StepSeen, TEXT, _maybe(SPANS), PLACES)),
        warnings=_some(TEXT),
    )


def _sessions(turns: int, units: int) -> st.SearchStrategy[Session]:
    labels = ["S1", "S'2", "<script>"]
    return st.builds(
        Session,
        session_id=st.text("0123456789abcdef", min_size=64, max_size=64),
        source=TEXT,
        duration_ms=MILLISECONDS,
        transcript=st.builds(TranscriptSource, TEXT, TEXT, BOOLEANS, _maybe(TEXT)),
        speakers=_some(st.builds(Speaker, st.sampled_from(labels), _maybe(TEXT), st.sampled_from(Role), SHARES)),
        turns=st.tuples(
            *(st.builds(Turn, st.just(i), st.sampled_from(labels), SPANS, TEXT, WORDS) for i in range(turns))
        ),
        units=st.tuples(
            *(
                st.builds(Unit, st.just(i), st.integers(0, turns - 1), SPANS, TEXT, _maybe(CODINGS), ATTRIBUTES)
                for i in range(units)
            )
        ),
        recorded_on=_maybe(st.dates()),
        turns_can_overlap=BOOLEANS,
        warnings=_some(TEXT),
    )


def _some(values):
    return st.lists(values, max_size=3).map(tuple)


def _maybe(values):
    return st.none() | values


TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=20) | st.sampled_from(
    ["'; DROP TABLE sessions; --", '"', "\x00", "<script>alert(1)</script>", "=cmd()", "null", "x" * 5000]
)
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
SHARES = st.floats(0, 1)
BOOLEANS = st.booleans()
MILLISECONDS = st.integers(0, 2**31 - 1)
SPANS = st.tuples(MILLISECONDS, MILLISECONDS).map(lambda ends: Span(min(ends), max(ends)))
PLACES = _some(st.integers(0, 999))
ATTRIBUTES = st.frozensets(st.sampled_from(Attribute))
CODINGS = st.builds(Coding, st.tuples(*(SHARES for _ in CODES)), ATTRIBUTES)
WORDS = _some(st.builds(Word, SPANS, TEXT, SHARES, _maybe(TEXT)))
