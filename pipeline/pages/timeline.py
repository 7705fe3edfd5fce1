"""The session drawn over time: who speaks, what each unit does, where nobody or both speak."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.pages.names import CODE_WORDS
from pipeline.pages.rubric_words import ASK, NEUTRAL, TELL, RubricWords
from pipeline.values import Role, Scored, Session, Span, Turn
from pipeline.wording import clock

LEAST_SILENCE_MS = 1_500
"""Shorter pauses are the breath between turns and would only speckle the drawing."""
LEAST_WIDTH = 0.08
"""Percent of the width below which a bar could not be seen or hit."""
TICK_STEPS_MS = tuple(second * 1000 for second in (5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400))
MOST_TICKS = 10
MARKED = {
    "moment": "Worth replaying",
    "missed_opening": "Missed opening",
    "strength": "To praise",
    "focus": "To work on next",
}
"""Kinds of findings that are marked; of two at one place the later here lies on top."""
ROWS = {ASK: 0, NEUTRAL: 1, TELL: 2}


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of the drawing, in percent of its width; `anchor` is where a click leads."""

    left: float
    width: float
    anchor: str = ""
    style: str = ""
    row: int = 0
    label: str = ""


@dataclass(frozen=True, slots=True)
class Lane:
    """One speaker's lane; a manager's has three rows: ask above, neutral, tell below."""

    name: str
    role: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a finding shows; `kind` is the finding's and chooses shape and colour."""

    left: float
    kind: str
    anchor: str
    label: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A time written under the drawing; every other one gives way on a narrow page."""

    left: float
    text: str
    minor: bool


@dataclass(frozen=True, slots=True)
class Timeline:
    """The whole drawing, from 0 to `end_ms`; `description` says in words what it shows."""

    end_ms: int
    lanes: tuple[Lane, ...]
    silences: tuple[Bar, ...]
    overlaps: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    marks: tuple[Mark, ...]
    description: str


def timeline(scored: Scored, words: RubricWords) -> Timeline | None:
    """The drawing of a session, or None where it has no length or nobody speaks."""
    session = scored.session
    if session.duration_ms <= 0 or not session.turns:
        return None
    end_ms = max(session.duration_ms, max(turn.span.end_ms for turn in session.turns))
    lanes = tuple(_lane(session, role, words, end_ms) for role in _roles(session))
    silences = [span for span in gaps(session.turns, end_ms) if span.duration_ms >= LEAST_SILENCE_MS]
    overlaps = both_speak(session)
    return Timeline(
        end_ms=end_ms,
        lanes=lanes,
        silences=tuple(_bar(span, end_ms, label="Silence") for span in silences),
        overlaps=tuple(_bar(span, end_ms, label="Both speak") for span in overlaps),
        ticks=_ticks(end_ms),
        marks=_marks(scored, end_ms),
        description=(
            f"{clock(end_ms)} of conversation in {len(lanes)} lanes, {len(silences)} silences and "
            f"{len(overlaps)} overlaps. Every unit stands in the transcript below with its time and code."
        ),
    )


def gaps(turns: Sequence[Turn], end_ms: int) -> list[Span]:
    """Stretches from 0 to `end_ms` in which nobody speaks, in order; the whole where there are no turns."""
    found, spoken_until = [], 0
    for span in sorted(turn.span for turn in turns):
        if span.start_ms > spoken_until:
            found.append(Span(spoken_until, span.start_ms))
        spoken_until = max(spoken_until, span.end_ms)
    if end_ms > spoken_until:
        found.append(Span(spoken_until, end_ms))
    return found


def both_speak(session: Session) -> list[Span]:
    """Stretches in which the manager and someone else speak at once, in order of start."""
    turns = sorted(session.turns, key=lambda turn: turn.span)
    found, open_turns = list[Span](), list[Turn]()
    for turn in turns:
        open_turns = [each for each in open_turns if each.span.end_ms > turn.span.start_ms]
        manages = session.role_of(turn) is Role.MANAGER
        found += [
            Span(turn.span.start_ms, min(turn.span.end_ms, other.span.end_ms))
            for other in open_turns
            if (session.role_of(other) is Role.MANAGER) != manages
        ]
        open_turns.append(turn)
    return [span for span in found if span.duration_ms]


def _roles(session: Session) -> list[Role]:
    present = {session.role_of(turn) for turn in session.turns}
    return [role for role in Role if role in present]


def _lane(session: Session, role: Role, words: RubricWords, end_ms: int) -> Lane:
    turns = {turn.index for turn in session.turns if session.role_of(turn) is role}
    with_units = {unit.turn for unit in session.units}
    bars = [
        _bar(
            unit.span,
            end_ms,
            anchor=f"u{unit.index}",
            style=f"{words.tone(unit.code)} s{words.shade(unit.code)}" if unit.code else "uncoded",
            row=ROWS[words.tone(unit.code)] if unit.code else 1,
            label=CODE_WORDS[unit.code].name if unit.code else "",
        )
        for unit in session.units
        if unit.turn in turns
    ]
    bare = [turn for turn in session.turns if turn.index in turns - with_units]
    bars += [_bar(turn.span, end_ms, anchor=f"t{turn.index}", style="uncoded", row=1) for turn in bare]
    return Lane(lane_name(session, role), role.value, tuple(sorted(bars, key=lambda bar: bar.left)))


def lane_name(session: Session, role: Role) -> str:
    """Who speaks in the lane of that role: names where known, else the role."""
    named = [speaker.name for speaker in session.speakers if speaker.role is role and speaker.name]
    if role is Role.OTHER:
        return ", ".join(named) or "Others"
    return named[0] if named else role.value.capitalize()


def _bar(span: Span, end_ms: int, *, anchor: str = "", style: str = "", row: int = 0, label: str = "") -> Bar:
    left = 100 * span.start_ms / end_ms
    width = max(100 * span.duration_ms / end_ms, LEAST_WIDTH)
    return Bar(round(left, 3), round(width, 3), anchor, style, row, label)


def _marks(scored: Scored, end_ms: int) -> tuple[Mark, ...]:
    return tuple(
        Mark(round(100 * each.span.start_ms / end_ms, 3), kind, f"u{each.units[0]}", f"{label}: {each.text}")
        for kind, label in MARKED.items()
        for each in scored.findings
        if each.kind == kind and each.units
    )


def _ticks(end_ms: int) -> tuple[Tick, ...]:
    step = next((step for step in TICK_STEPS_MS if end_ms / step <= MOST_TICKS), TICK_STEPS_MS[-1])
    return tuple(
        Tick(round(100 * place / end_ms, 3), clock(place), minor=bool(number % 2))
        for number, place in enumerate(range(0, end_ms, step))
        if place / end_ms < 0.97
    )
