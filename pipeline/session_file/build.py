"""A session from its JSON object."""

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pipeline.codes import Attribute, Code
from pipeline.scoring import is_made_anew
from pipeline.session_file import fields
from pipeline.session_file.entries import Entry
from pipeline.session_file.fields import Place
from pipeline.values import Role, Session, Span, Speaker, TranscriptSource, Turn, Unit, certain


@dataclass(frozen=True, slots=True)
class _GivenTurn:
    index: int
    speaker: str | None
    role: Role | None
    span: Span
    text: str


def build_session(entry: Entry, file_name: str) -> Session:
    """The session of an entry; `file_name` is its source where it names none. Raises RecordingError."""
    content, place = entry.content, entry.place
    if not isinstance(content, dict):
        place.fail("is no session", "Write an object with `turns`")
    if content.get("turns") is None:
        place.key("turns").fail("is missing", "Give the turns as a list")
    given = _turns(content, place)
    speakers = _speakers(content, given, place)
    label_of = _labels(speakers)
    order = sorted(range(len(given)), key=lambda number: given[number].span.start_ms)
    turns = tuple(
        Turn(index, label_of[_called(given[number])], given[number].span, given[number].text)
        for index, number in enumerate(order)
    )
    new_index = {given[number].index: index for index, number in enumerate(order)}
    units = _units(content, turns, new_index, place)
    transcript, about = fields.part(content, "transcript", place)
    return Session(
        session_id=fields.text(content, "session_id", place) or hashlib.sha256(entry.data).hexdigest(),
        source=fields.text(content, "source", place) or file_name,
        duration_ms=max(
            fields.milliseconds(content, "duration_s", place) or 0, *(turn.span.end_ms for turn in turns), 0
        ),
        transcript=_transcript(transcript, about),
        speakers=speakers,
        turns=_with_text(turns, units),
        units=units,
        recorded_on=fields.day(content, "recorded_on", place),
        turns_can_overlap=fields.truth(transcript, "turns_can_overlap", about) is not False,
        warnings=_warnings(content, place),
    )


def _warnings(content: Mapping[str, Any], place: Place) -> tuple[str, ...]:
    """The session's own warnings: what scoring says is said anew, for it may no longer hold under another rubric."""
    given = (str(each) for each, _ in fields.names(content, "warnings", place))
    return tuple(each for each in given if not is_made_anew(each))


def _transcript(given: Mapping[str, Any], place: Place) -> TranscriptSource:
    return TranscriptSource(
        fields.text(given, "engine", place) or "session file",
        fields.text(given, "model", place) or "given",
        fields.truth(given, "draft", place) or False,
        fields.text(given, "language", place),
    )


def _turns(content: Mapping[str, Any], place: Place) -> list[_GivenTurn]:
    found: list[_GivenTurn] = []
    seen: set[int] = set()
    for number, (each, at) in enumerate(fields.objects(content, "turns", place)):
        found.append(_turn(each, at, number))
        if found[-1].index in seen:
            at.key("index").fail(f"is that of an earlier turn ({found[-1].index})", "Number the turns 0, 1, 2, …")
        seen.add(found[-1].index)
    return found


def _turn(given: Mapping[str, Any], place: Place, number: int) -> _GivenTurn:
    role = fields.role(given, place)
    speaker = fields.text(given, "speaker", place)
    if not speaker and role is None:
        place.key("speaker").fail("is missing", "Say who speaks, by label or by role")
    span = fields.span(given, place)
    if span is None:
        missing = "start_s" if fields.number(given, "start_s", place) is None else "end_s"
        place.key(missing).fail("is missing or no finite number", "Give it in seconds")
    index = fields.whole(given, "index", place)
    text = fields.text(given, "text", place) or ""
    return _GivenTurn(number if index is None else index, speaker, role, span, text)


def _called(turn: _GivenTurn) -> str:
    """How the turn names its speaker: by label or name, else by role."""
    return turn.speaker or (turn.role or Role.OTHER).value


def _labels(speakers: Sequence[Speaker]) -> dict[str, str]:
    """A speaker's label by all it may be called: label, name and, for the first of a role, role."""
    found: dict[str, str] = {}
    for speaker in speakers:
        found.setdefault(speaker.role.value, speaker.label)
    found.update({speaker.name: speaker.label for speaker in reversed(speakers) if speaker.name})
    found.update({speaker.label: speaker.label for speaker in speakers})
    return found


def _speakers(content: Mapping[str, Any], turns: Sequence[_GivenTurn], place: Place) -> tuple[Speaker, ...]:
    """Speakers as listed, then those only turns name; a role not listed is that of the speaker's first turn."""
    role_in_turns: dict[str, Role] = {}
    for turn in turns:
        if turn.role is not None:
            role_in_turns.setdefault(_called(turn), turn.role)
    listed: list[Speaker] = []
    for number, (each, at) in enumerate(fields.objects(content, "speakers", place), start=1):
        speaker = _speaker(each, at, role_in_turns, number)
        if speaker.label in [earlier.label for earlier in listed]:
            at.key("label").fail(f"is that of an earlier speaker ('{speaker.label}')", "Give each a label of their own")
        listed.append(speaker)
    known = _labels(listed)
    unlisted = [label for label in dict.fromkeys(map(_called, turns)) if label not in known]
    return (*listed, *(Speaker(label, None, role_in_turns.get(label, Role.OTHER)) for label in unlisted))


def _speaker(given: Mapping[str, Any], place: Place, role_in_turns: Mapping[str, Role], number: int) -> Speaker:
    name = fields.text(given, "name", place)
    role = fields.role(given, place)
    label = fields.text(given, "label", place) or name or (role.value if role else f"S{number}")
    confidence = fields.number(given, "role_confidence", place)
    if confidence is not None and not 0 <= confidence <= 1:
        place.key("role_confidence").fail(f"is not between 0 and 1 ({confidence:g})", "Write 1 where a person knows it")
    found = role or role_in_turns.get(label) or role_in_turns.get(name or "") or Role.OTHER
    return Speaker(label, name, found, 1.0 if confidence is None else confidence)


def _units(
    content: Mapping[str, Any], turns: Sequence[Turn], new_index: Mapping[int, int], place: Place
) -> tuple[Unit, ...]:
    of_turn: dict[int, list[tuple[Span | None, Unit]]] = defaultdict(list)
    for each, at in fields.objects(content, "units", place):
        number = fields.whole(each, "turn", at)
        if number is None or number not in new_index:
            at.key("turn").fail("names no turn", f"Give the index of one of the {len(turns)} turns")
        turn = turns[new_index[number]]
        span = fields.span(each, at)
        of_turn[turn.index].append((span, _unit(each, at, turn)))
    units: list[Unit] = []
    for index in sorted(of_turn):
        units += sorted(_timed(of_turn[index], turns[index].span), key=lambda unit: unit.span)
    return tuple(replace(unit, index=number) for number, unit in enumerate(units))


def _with_text(turns: Sequence[Turn], units: Sequence[Unit]) -> tuple[Turn, ...]:
    """The turns, those without text with that of their units."""
    said: dict[int, list[str]] = defaultdict(list)
    for unit in units:
        said[unit.turn].append(unit.text)
    return tuple(turn if turn.text.strip() else replace(turn, text=" ".join(said[turn.index])) for turn in turns)


def _unit(given: Mapping[str, Any], place: Place, turn: Turn) -> Unit:
    attributes = frozenset(
        fields.one_of(each, Attribute, at, "attribute") for each, at in fields.names(given, "attributes", place)
    )
    name = given.get("code")
    code = None if name is None else fields.one_of(name, Code, place.key("code"), "code")
    text = fields.text(given, "text", place) or ""
    coding = None if code is None else certain(code, attributes)
    return Unit(0, turn.index, turn.span, text, coding, frozenset() if coding else attributes)


def _timed(units: Sequence[tuple[Span | None, Unit]], turn: Span) -> list[Unit]:
    """Units with the times given; where one of a turn has none, all share the turn in proportion to their text."""
    spans = [span for span, _ in units if span is not None]
    if len(spans) == len(units):
        return [replace(unit, span=span) for span, (_, unit) in zip(spans, units, strict=True)]
    lengths = [max(len(unit.text), 1) for _, unit in units]
    ends = [
        turn.start_ms + turn.duration_ms * sum(lengths[: number + 1]) // sum(lengths) for number in range(len(units))
    ]
    starts = [turn.start_ms, *ends[:-1]]
    return [replace(unit, span=Span(start, end)) for start, end, (_, unit) in zip(starts, ends, units, strict=True)]
