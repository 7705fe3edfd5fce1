"""What is true of a recording, in the shape kept beside it as JSON."""

from dataclasses import dataclass
from typing import Any

from eval.roleplays.mix import PlacedTurn, PlacedUnit
from eval.roleplays.script import ROLES, Role, Script

NON_DIRECTIVE = frozenset({"open_question", "closed_question", "reflection", "support"})
DIRECTIVE = frozenset({"directive_advice", "leading_question", "teaching", "judgment"})


@dataclass(frozen=True, slots=True)
class Count:
    """So many hits out of so many; its share is None where there is nothing to count."""

    hits: int
    total: int

    @property
    def share(self) -> float | None:
        """Hits by total."""
        return self.hits / self.total if self.total else None


def truth(script: Script, turns: tuple[PlacedTurn, ...], duration_ms: int) -> dict[str, Any]:
    """The truth of a recording; who speaks first is S1."""
    labels = _labels(turns[0].role)
    return {
        "source": script.file_name,
        "title": script.title,
        "style": script.style,
        "duration_ms": duration_ms,
        "speakers": [_speaker(script, role, label) for role, label in labels.items()],
        "turns": [_turn(index, turn, labels[turn.role]) for index, turn in enumerate(turns)],
    }


def _labels(first: Role) -> dict[Role, str]:
    return {role: f"S{number}" for number, role in enumerate(sorted(ROLES, key=lambda role: role != first), start=1)}


def _speaker(script: Script, role: Role, label: str) -> dict[str, Any]:
    speaker = script.speakers[role]
    channel = {"channel": speaker.channel} if script.stereo else {}
    return {"label": label, "role": role, "name": speaker.name, "voice": speaker.voice} | channel


def _turn(index: int, turn: PlacedTurn, label: str) -> dict[str, Any]:
    return {
        "index": index,
        "speaker": label,
        "role": turn.role,
        "start_ms": turn.start_ms,
        "end_ms": turn.end_ms,
        "text": " ".join(placed.unit.text for placed in turn.units),
        "units": [_unit(placed) for placed in turn.units],
    }


def _unit(placed: PlacedUnit) -> dict[str, Any]:
    return {
        "start_ms": placed.start_ms,
        "end_ms": placed.end_ms,
        "text": placed.unit.text,
        "code": placed.unit.code,
        "attributes": list(placed.unit.attributes),
    }


def manager_talk(turns: tuple[PlacedTurn, ...]) -> Count:
    """Milliseconds of the manager's speech out of all speech, pauses between sentences left out."""
    spoken = [(turn.role, unit.end_ms - unit.start_ms) for turn in turns for unit in turn.units]
    return Count(sum(ms for role, ms in spoken if role == "manager"), sum(ms for _, ms in spoken))


def non_directive(turns: tuple[PlacedTurn, ...]) -> Count:
    """The manager's asking units out of the asking and telling ones."""
    codes = [placed.unit.code for turn in turns for placed in turn.units]
    asks = sum(code in NON_DIRECTIVE for code in codes)
    return Count(asks, asks + sum(code in DIRECTIVE for code in codes))
