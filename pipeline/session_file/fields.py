"""Fields of a session file, each read with its path so that an error can say where it is."""

import difflib
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, NoReturn, TypeVar

from pipeline.errors import RecordingError
from pipeline.values import Role, Span

Named = TypeVar("Named", bound=StrEnum)

LONGEST_S = 1_000_000
"""No conversation lasts eleven days: such times are in other units than seconds, or broken."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in which file a field stands; `path` is as `turns[3].end_s`."""

    file: str
    path: str = ""

    def key(self, name: str) -> "Place":
        return Place(self.file, f"{self.path}.{name}" if self.path else name)

    def item(self, number: int) -> "Place":
        return Place(self.file, f"{self.path}[{number}]")

    def fail(self, what: str, fix: str) -> NoReturn:
        raise RecordingError(f"{self.file}: {self.path or 'the file'} {what}. {fix}.")


def objects(holder: Mapping[str, Any], key: str, place: Place) -> list[tuple[dict[str, Any], Place]]:
    """The objects of a list and their places; none where it is missing or null."""
    value = holder.get(key)
    at = place.key(key)
    if value is None:
        return []
    if not isinstance(value, list):
        at.fail("is not a list", f"Write {key} as a list of objects")
    for number, each in enumerate(value):
        if not isinstance(each, dict):
            at.item(number).fail("is not an object", "Write it as {...}")
    return [(each, at.item(number)) for number, each in enumerate(value)]


def text(holder: Mapping[str, Any], key: str, place: Place) -> str | None:
    """A text, or None where it is missing or null."""
    value = holder.get(key)
    if value is not None and not isinstance(value, str):
        place.key(key).fail("is not a text", "Put it in quotation marks")
    return value


def number(holder: Mapping[str, Any], key: str, place: Place) -> float | None:
    """A finite number, or None where it is missing, null or NaN."""
    value = holder.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        place.key(key).fail("is not a number", "Write it as a plain number")
    try:
        return float(value) if math.isfinite(value) else None
    except OverflowError:
        place.key(key).fail("is too large", "Write it as a plain number")


def milliseconds(holder: Mapping[str, Any], key: str, place: Place) -> int | None:
    """Seconds as whole milliseconds, or None where there are none. Negative ones are an error."""
    value = number(holder, key, place)
    if value is None:
        return None
    if value < 0:
        place.key(key).fail(f"is negative ({value:g})", "Times count from the start of the recording")
    if value > LONGEST_S:
        place.key(key).fail(f"is too large ({value:g})", "Give times in seconds")
    return round(value * 1000)


def whole(holder: Mapping[str, Any], key: str, place: Place) -> int | None:
    """A whole number, or None where there is none."""
    value = number(holder, key, place)
    if value is not None and value != int(value):
        place.key(key).fail(f"is not a whole number ({value:g})", "Number them from 0")
    return None if value is None else int(value)


def truth(holder: Mapping[str, Any], key: str, place: Place) -> bool | None:
    """True or false, or None where there is neither."""
    value = holder.get(key)
    if value is not None and not isinstance(value, bool):
        place.key(key).fail("is neither true nor false", "Write true or false without quotation marks")
    return value


def day(holder: Mapping[str, Any], key: str, place: Place) -> date | None:
    """A date written YYYY-MM-DD, or None; of a moment in time only the day is taken."""
    value = text(holder, key, place)
    if not value:
        return None
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        place.key(key).fail(f"is no date ('{value[:40]}')", "Write it as YYYY-MM-DD")


def one_of(value: Any, known: type[Named], place: Place, what: str) -> Named:
    """The code, attribute or role of that name, capitals or not."""
    names = [each.value for each in known]
    name = value.strip().lower() if isinstance(value, str) else value
    if name not in names:
        near = difflib.get_close_matches(str(value).lower(), names, 1, 0.6)
        hint = f"Did you mean '{near[0]}'? " if near else ""
        place.fail(f"is no {what} ('{str(value)[:40]}')", f"{hint}Known: {', '.join(names)}")
    return known(name)


def names(holder: Mapping[str, Any], key: str, place: Place) -> Iterable[tuple[Any, Place]]:
    """Items of a list of names with their places; none where it is missing or null."""
    value = holder.get(key)
    if value is None:
        return []
    if not isinstance(value, list):
        place.key(key).fail("is not a list", "Write it as [...]")
    return [(each, place.key(key).item(number)) for number, each in enumerate(value)]


def part(holder: Mapping[str, Any], key: str, place: Place) -> tuple[Mapping[str, Any], Place]:
    """An object within, with its place; an empty one where it is missing or null."""
    value = holder.get(key)
    if value is not None and not isinstance(value, dict):
        place.key(key).fail("is not an object", "Write it as {...}")
    return value or {}, place.key(key)


def role(holder: Mapping[str, Any], place: Place) -> Role | None:
    """The role, or None where it is missing or null."""
    value = holder.get("role")
    return None if value is None else one_of(value, Role, place.key("role"), "role")


def span(holder: Mapping[str, Any], place: Place) -> Span | None:
    """The time from `start_s` to `end_s`, or None where one is missing, null or NaN."""
    start_ms, end_ms = milliseconds(holder, "start_s", place), milliseconds(holder, "end_s", place)
    if start_ms is None or end_ms is None:
        return None
    if end_ms < start_ms:
        place.key("end_s").fail(f"lies before start_s ({end_ms / 1000:g} < {start_ms / 1000:g})", "Exchange the two")
    return Span(start_ms, end_ms)
