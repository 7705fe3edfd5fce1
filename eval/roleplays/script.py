"""The written role-plays: what a script file holds, read and checked."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast

import yaml

from pipeline.codes import CODES, Attribute

Role = Literal["manager", "rep"]
ROLES: tuple[Role, ...] = ("manager", "rep")
STYLES = ("asks", "tells", "mixed")
CONTAINERS = ("flac", "mp3", "m4a", "ogg", "mp4")


class RolePlayError(Exception):
    """Something in the scripts or the voices that a person can fix."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks and how: `stretch` above 1 is slower, `pitch` above 1 is higher."""

    role: Role
    name: str
    voice: str
    stretch: float
    pitch: float
    level_dbfs: float
    channel: Literal["left", "right"] | None


@dataclass(frozen=True, slots=True)
class Unit:
    """One sentence as written; `pause_ms` is the pause before it inside its turn, None for the usual one."""

    text: str
    code: str | None
    attributes: tuple[str, ...]
    pause_ms: int | None


@dataclass(frozen=True, slots=True)
class Turn:
    """One speaker's stretch of talk; a negative `pause_ms` starts it before the others have finished."""

    role: Role
    pause_ms: int
    units: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class Script:
    """A whole role-play as written, named after its file."""

    name: str
    title: str
    style: str
    container: str
    stereo: bool
    noise_dbfs: float
    seed: int
    speakers: dict[Role, Speaker]
    turns: tuple[Turn, ...]

    @property
    def file_name(self) -> str:
        """The name of the recording made from this script."""
        return f"{self.name}.{self.container}"


def read_script(path: Path) -> Script:
    """The script in a file; RolePlayError names the file and the place of the first thing wrong with it."""
    fields = yaml.safe_load(path.read_text(encoding="utf-8"))
    try:
        script = _script(path.stem, fields)
    except KeyError as missing:
        raise RolePlayError(f"{path.name}: {missing} is missing.") from missing
    _check(script)
    return script


def _script(name: str, fields: dict[str, Any]) -> Script:
    return Script(
        name=name,
        title=fields["title"],
        style=fields["style"],
        container=fields["container"],
        stereo=fields["channels"] == "stereo",
        noise_dbfs=float(fields["noise_dbfs"]),
        seed=int(fields["seed"]),
        speakers={role: _speaker(role, fields["speakers"][role]) for role in ROLES},
        turns=tuple(_turn(turn) for turn in fields["turns"]),
    )


def _speaker(role: Role, fields: dict[str, Any]) -> Speaker:
    return Speaker(
        role=role,
        name=fields["name"],
        voice=fields["voice"],
        stretch=float(fields["stretch"]),
        pitch=float(fields["pitch"]),
        level_dbfs=float(fields["level_dbfs"]),
        channel=fields.get("channel"),
    )


def _turn(fields: dict[str, Any]) -> Turn:
    return Turn(
        role=cast(Role, fields["role"]),
        pause_ms=int(fields["pause_ms"]),
        units=tuple(_unit(unit) for unit in fields["units"]),
    )


def _unit(fields: dict[str, Any]) -> Unit:
    return Unit(
        text=fields["text"],
        code=fields.get("code"),
        attributes=tuple(fields.get("attributes", ())),
        pause_ms=fields.get("pause_ms"),
    )


def _check(script: Script) -> None:
    where = f"{script.name}.yaml"
    if script.style not in STYLES:
        raise RolePlayError(f"{where}: style '{script.style}' is none of {', '.join(STYLES)}.")
    if script.container not in CONTAINERS:
        raise RolePlayError(f"{where}: container '{script.container}' is none of {', '.join(CONTAINERS)}.")
    if script.stereo and {s.channel for s in script.speakers.values()} != {"left", "right"}:
        raise RolePlayError(f"{where}: a stereo role-play needs one speaker left and one right.")
    for number, turn in enumerate(script.turns, start=1):
        for unit in turn.units:
            _check_unit(unit, turn.role, f"{where}: turn {number}")


def _check_unit(unit: Unit, role: Role, where: str) -> None:
    if role == "manager" and unit.code not in CODES:
        raise RolePlayError(f"{where}: '{unit.text}' has the code '{unit.code}', which the codebook does not have.")
    if role == "rep" and (unit.code is not None or set(unit.attributes) - {"commitment"}):
        raise RolePlayError(f"{where}: '{unit.text}' is the rep's; it takes no code and no attribute but commitment.")
    if set(unit.attributes) - set(Attribute):
        raise RolePlayError(f"{where}: '{unit.text}' has an attribute the codebook does not have.")
