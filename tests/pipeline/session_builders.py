"""Small hand-made sessions: turns in seconds, units with their codes."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.codes import CODES, Attribute, Code
from pipeline.metrics import Orientation, measure, tally
from pipeline.values import Coding, Metric, Role, Session, Span, Speaker, TranscriptSource, Turn, Unit, certain

ORIENTATION = Orientation(
    frozenset({Code.OPEN_QUESTION, Code.CLOSED_QUESTION, Code.REFLECTION, Code.SUPPORT}),
    frozenset({Code.DIRECTIVE_ADVICE, Code.LEADING_QUESTION, Code.TEACHING, Code.JUDGMENT}),
)
MANAGER, REP, OTHER = Role.MANAGER, Role.REP, Role.OTHER
LABELS = {MANAGER: "S1", REP: "S2", OTHER: "S3"}


@dataclass(frozen=True)
class Said:
    """A unit before it has a place: its code (None where it has none), text, own times and attributes."""

    code: Code | Coding | None
    text: str = "some words here now"
    at: tuple[float, float] | None = None
    attributes: tuple[Attribute, ...] = ()


@dataclass(frozen=True)
class Spoken:
    """A turn before it has an index."""

    role: Role
    start_s: float
    end_s: float
    said: tuple[Said, ...]


def say(role: Role, start_s: float, end_s: float, *said: Said | Code | str) -> Spoken:
    """A turn; a code alone is a unit with four words, a text alone a unit without code."""
    return Spoken(role, start_s, end_s, tuple(_said(each) for each in said or ("some words here now",)))


def _said(each: Said | Code | str) -> Said:
    if isinstance(each, Said):
        return each
    return Said(each) if isinstance(each, Code) else Said(None, each)


def make_session(
    *spoken: Spoken,
    duration_s: float | None = None,
    roles: Sequence[Role] = (MANAGER, REP, OTHER),
    turns_can_overlap: bool = True,
    session_id: str = "hand-made",
) -> Session:
    """The session of these turns; units share their turn evenly where they have no times of their own."""
    turns: list[Turn] = []
    units: list[Unit] = []
    for index, each in enumerate(spoken):
        span = _span(each.start_s, each.end_s)
        turns.append(Turn(index, LABELS[each.role], span, " ".join(said.text for said in each.said)))
        for place, said in enumerate(each.said):
            units.append(_unit(len(units), index, span, place, len(each.said), said))
    last_ms = max((turn.span.end_ms for turn in turns), default=0)
    return Session(
        session_id=session_id,
        source="hand-made.json",
        duration_ms=last_ms if duration_s is None else round(duration_s * 1000),
        transcript=TranscriptSource("session file", "given"),
        speakers=tuple(Speaker(LABELS[role], None, role) for role in roles),
        turns=tuple(turns),
        units=tuple(units),
        turns_can_overlap=turns_can_overlap,
    )


def _unit(index: int, turn: int, turn_span: Span, place: int, of: int, said: Said) -> Unit:
    share = turn_span.duration_ms // of
    even = Span(turn_span.start_ms + place * share, turn_span.start_ms + (place + 1) * share)
    span = _span(*said.at) if said.at else even
    attributes = frozenset(said.attributes)
    if said.code is None:
        return Unit(index, turn, span, said.text, None, attributes)
    coding = said.code if isinstance(said.code, Coding) else certain(said.code, attributes)
    return Unit(index, turn, span, said.text, coding)


def _span(start_s: float, end_s: float) -> Span:
    return Span(round(start_s * 1000), round(end_s * 1000))


def between(first: Code, share: float, second: Code, attributes: frozenset[Attribute] = frozenset()) -> Coding:
    """A coding torn between two codes: `share` for the first, the rest for the second."""
    places = {first: share, second: 1 - share}
    return Coding(tuple(places.get(code, 0.0) for code in CODES), attributes)


def metrics_of(session: Session, draws: int = 20, seed: int = 0) -> dict[str, Metric]:
    """All metrics by id, under the default orientation."""
    return {metric.id: metric for metric in measure(tally(session, ORIENTATION, draws, seed))}


def value_of(id: str, *spoken: Spoken, duration_s: float | None = None) -> float | None:
    """One metric's value in the session of these turns."""
    return metrics_of(make_session(*spoken, duration_s=duration_s))[id].value
