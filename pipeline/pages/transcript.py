"""The transcript as rows with codes as chips, and the filters above it."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from pipeline.codes import CODES, Code
from pipeline.pages.names import ATTRIBUTE_NAMES, CODE_WORDS
from pipeline.pages.rubric_words import ASK, NEUTRAL, TELL, RubricWords
from pipeline.values import Role, Scored, Session, Turn, Unit
from pipeline.wording import clock, percent

UNSURE = 0.5
"""Below this confidence a chip says that the code is a guess."""


@dataclass(frozen=True, slots=True)
class Chip:
    """A code on a unit: name, colour family and shade, and how sure the coding is."""

    code: str
    name: str
    style: str
    meaning: str
    confidence: str
    unsure: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A unit, or a whole turn that was not split; `anchor` is its deep link, times are milliseconds."""

    anchor: str
    start_ms: int
    end_ms: int
    time: str
    text: str
    chip: Chip | None
    attributes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A turn with its lines; `role` chooses the side and the colour of the name."""

    name: str
    role: str
    time: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class CodeFilter:
    """A code that occurs, with its count and the length of its bar in percent of the commonest."""

    code: str
    name: str
    style: str
    meaning: str
    count: int
    bar: float
    share: str


def blocks(scored: Scored, words: RubricWords) -> tuple[Block, ...]:
    """The turns in order, each with its units, or with its own text where it has none."""
    session = scored.session
    units = defaultdict[int, list[Unit]](list)
    for unit in session.units:
        units[unit.turn].append(unit)
    return tuple(_block(session, turn, units[turn.index], words) for turn in session.turns)


def _block(session: Session, turn: Turn, units: list[Unit], words: RubricWords) -> Block:
    whole = Line(f"t{turn.index}", turn.span.start_ms, turn.span.end_ms, clock(turn.span.start_ms), turn.text, None, ())
    return Block(
        name=speaker_name(session, turn),
        role=session.role_of(turn).value,
        time=clock(turn.span.start_ms),
        lines=tuple(_line(unit, words) for unit in units) or (whole,),
    )


def speaker_name(session: Session, turn: Turn) -> str:
    """The speaker's name, else the role, else the label the diarizer gave."""
    speaker = next((each for each in session.speakers if each.label == turn.speaker), None)
    if speaker is None:
        return turn.speaker
    role = "" if speaker.role is Role.OTHER else speaker.role.value.capitalize()
    return speaker.name or role or speaker.label


def _line(unit: Unit, words: RubricWords) -> Line:
    return Line(
        anchor=f"u{unit.index}",
        start_ms=unit.span.start_ms,
        end_ms=unit.span.end_ms,
        time=clock(unit.span.start_ms),
        text=unit.text,
        chip=_chip(unit, words),
        attributes=tuple(sorted(ATTRIBUTE_NAMES[attribute] for attribute in unit.attributes)),
    )


def _chip(unit: Unit, words: RubricWords) -> Chip | None:
    if unit.coding is None:
        return None
    code = unit.coding.code
    return Chip(
        code=code.value,
        name=CODE_WORDS[code].name,
        style=style_of(code, words),
        meaning=CODE_WORDS[code].meaning,
        confidence=percent(unit.coding.confidence),
        unsure=unit.coding.confidence < UNSURE,
    )


def style_of(code: Code, words: RubricWords) -> str:
    """The colour family and shade of a code as style names."""
    return f"{words.tone(code)} s{words.shade(code)}"


def filters(scored: Scored, words: RubricWords) -> tuple[CodeFilter, ...]:
    """The codes that occur: ask first, then tell, then neutral, each in the codebook's order."""
    counts = Counter(unit.code for unit in scored.session.units if unit.code)
    total, most = counts.total(), max(counts.values(), default=0)
    order = {ASK: 0, TELL: 1, NEUTRAL: 2}
    codes = sorted((code for code in CODES if counts[code]), key=lambda code: order[words.tone(code)])
    return tuple(
        CodeFilter(
            code=code.value,
            name=CODE_WORDS[code].name,
            style=style_of(code, words),
            meaning=CODE_WORDS[code].meaning,
            count=counts[code],
            bar=round(100 * counts[code] / most, 1),
            share=percent(counts[code] / total),
        )
        for code in codes
    )
