"""What to praise, what to work on next and what to replay, each with its evidence a click away."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.pages.names import CODE_WORDS
from pipeline.pages.rubric_words import RubricWords
from pipeline.pages.transcript import speaker_name, style_of
from pipeline.pages.wording import clock
from pipeline.values import Finding, Scored, Session, Unit

MOST_QUOTES = 3
MOST_CHARACTERS = 220
"""Longer quotes are cut at a word: the whole stands in the transcript."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A unit that shows the finding, with the name of its speaker and of its code ("" where uncoded)."""

    anchor: str
    time: str
    speaker: str
    text: str
    code: str
    style: str


@dataclass(frozen=True, slots=True)
class FindingCard:
    """A finding with its quotes; `anchor` leads to its first moment, or is empty where it has none."""

    text: str
    anchor: str
    time: str
    start_ms: int
    end_ms: int
    quotes: tuple[Quote, ...]
    more: int
    instead: str


def cards(scored: Scored, kind: str, words: RubricWords) -> tuple[FindingCard, ...]:
    """The findings of one kind, in the order they were found; none where the session shows none."""
    return tuple(_card(finding, scored.session, words) for finding in scored.findings if finding.kind == kind)


def _card(finding: Finding, session: Session, words: RubricWords) -> FindingCard:
    by_index = {unit.index: unit for unit in session.units}
    shown = [by_index[index] for index in finding.units if index in by_index]
    return FindingCard(
        text=finding.text,
        anchor=f"u{shown[0].index}" if shown else "",
        time=clock(finding.span.start_ms),
        start_ms=finding.span.start_ms,
        end_ms=finding.span.end_ms,
        quotes=tuple(_quote(unit, session, words) for unit in shown[:MOST_QUOTES]),
        more=max(0, len(shown) - MOST_QUOTES),
        instead=finding.instead or "",
    )


def _quote(unit: Unit, session: Session, words: RubricWords) -> Quote:
    return Quote(
        anchor=f"u{unit.index}",
        time=clock(unit.span.start_ms),
        speaker=speaker_name(session, session.turns[unit.turn]),
        text=shortened(unit.text),
        code=CODE_WORDS[unit.code].name if unit.code else "",
        style=style_of(unit.code, words) if unit.code else "uncoded",
    )


def shortened(text: str, most: int = MOST_CHARACTERS) -> str:
    """The text, cut before the word that passes `most` characters, with an ellipsis."""
    if len(text) <= most:
        return text
    return (text[:most].rsplit(" ", 1)[0] or text[:most]).rstrip(" ,;:") + "…"


@dataclass(frozen=True, slots=True)
class StepCard:
    """A step of the coaching process: where it happens, or that it is missing."""

    name: str
    seen: bool
    anchor: str
    time: str


def steps(scored: Scored, words: RubricWords) -> tuple[StepCard, ...]:
    """The rubric's steps in its order."""
    names = dict(words.steps)
    return tuple(
        StepCard(
            name=names.get(step.id) or step.id.replace("_", " ").capitalize(),
            seen=step.span is not None,
            anchor=_first(step.units),
            time=clock(step.span.start_ms) if step.span else "",
        )
        for step in scored.steps
    )


def _first(units: Sequence[int]) -> str:
    return f"u{units[0]}" if units else ""
