"""What to praise, what to work on next and what to replay, each with its evidence a click away."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from pipeline.pages.names import CODE_WORDS
from pipeline.pages.rubric_words import RubricWords, StepWords
from pipeline.pages.transcript import speaker_name, style_of
from pipeline.values import Finding, Role, Scored, Session, StepSeen, Unit
from pipeline.wording import clock

MOST_QUOTES = 2
MOST_CHARACTERS = 220
"""Longer quotes are cut at a word: the whole stands in the transcript."""
NOT_SEEN = "not seen"


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
class Occurrence:
    """One time a finding shows: where, in which quotes, and what to ask instead ("" for nothing)."""

    time: str
    start_ms: int
    quotes: tuple[Quote, ...]
    more: int
    instead: str


@dataclass(frozen=True, slots=True)
class FindingCard:
    """What was found, said once, and each time it shows.

    Of a focus `text` is the skill and `detail` the reason and the exercise; elsewhere `detail` is empty.
    """

    text: str
    detail: str
    occurrences: tuple[Occurrence, ...]


def cards(scored: Scored, kind: str, words: RubricWords) -> tuple[FindingCard, ...]:
    """The findings of one kind, in the order they were found, those that say the same together; none for none."""
    found: dict[str, list[Finding]] = {}
    for finding in scored.findings:
        if finding.kind == kind:
            found.setdefault(finding.text, []).append(finding)
    return tuple(_card(text, same, scored.session, words) for text, same in found.items())


def _card(said: str, same: Sequence[Finding], session: Session, words: RubricWords) -> FindingCard:
    text, detail = _headline(said) if same[0].kind == "focus" else (said, "")
    return FindingCard(text, detail, tuple(_occurrence(finding, session, words) for finding in same))


def _occurrence(finding: Finding, session: Session, words: RubricWords) -> Occurrence:
    by_index = {unit.index: unit for unit in session.units}
    shown = _merged([by_index[index] for index in finding.units if index in by_index])
    return Occurrence(
        time=clock(finding.span.start_ms),
        start_ms=finding.span.start_ms,
        quotes=tuple(_quote(units, session, words) for units in shown[:MOST_QUOTES]),
        more=sum(len(units) for units in shown[MOST_QUOTES:]),
        instead=finding.instead or "",
    )


def _headline(text: str) -> tuple[str, str]:
    """The first sentence, without its full stop where more follows, and the rest."""
    first, _, rest = text.partition(". ")
    return (first, rest) if rest else (text, "")


def _merged(units: Sequence[Unit]) -> list[list[Unit]]:
    """Uncoded units that follow each other in one turn read as one quote; coded ones stand alone."""
    groups: list[list[Unit]] = []
    for unit in units:
        last = groups[-1][-1] if groups else None
        if last and not unit.coding and not last.coding and (last.turn, last.index + 1) == (unit.turn, unit.index):
            groups[-1].append(unit)
        else:
            groups.append([unit])
    return groups


def _quote(units: Sequence[Unit], session: Session, words: RubricWords) -> Quote:
    first = units[0]
    return Quote(
        anchor=f"u{first.index}",
        time=clock(first.span.start_ms),
        speaker=speaker_name(session, session.turns[first.turn]),
        text=shortened(" ".join(unit.text for unit in units)),
        code=CODE_WORDS[first.code].name if first.code else "",
        style=style_of(first.code, words) if first.code else "uncoded",
    )


def shortened(text: str, most: int = MOST_CHARACTERS) -> str:
    """The text, cut before the word that passes `most` characters, with an ellipsis."""
    if len(text) <= most:
        return text
    return (text[:most].rsplit(" ", 1)[0] or text[:most]).rstrip(" ,;:") + "…"


@dataclass(frozen=True, slots=True)
class StepCard:
    """A step of the coaching process: where it happens, or in which words it is missing."""

    name: str
    seen: bool
    anchor: str
    time: str
    missing: str


def steps(scored: Scored, words: RubricWords) -> tuple[StepCard, ...]:
    """The rubric's steps in its order.

    Of one that is not seen the rubric's own sentence is said, but only where whoever takes the step is heard at all.
    """
    known = {step.id: step for step in words.steps}
    heard = {scored.session.role_of(turn) for turn in scored.session.turns}
    return tuple(_step(step, known.get(step.id, StepWords(step.id, "")), heard) for step in scored.steps)


def _step(step: StepSeen, about: StepWords, heard: Collection[Role]) -> StepCard:
    return StepCard(
        name=about.name or step.id.replace("_", " ").capitalize(),
        seen=step.span is not None,
        anchor=_first(step.units),
        time=clock(step.span.start_ms) if step.span else "",
        missing="" if step.span else (about.missing if about.by in heard else "") or NOT_SEEN,
    )


def _first(units: Sequence[int]) -> str:
    return f"u{units[0]}" if units else ""
