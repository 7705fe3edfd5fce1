"""From a script to one recording: units spoken, placed in time, levelled, and put into a room."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.signal import lfilter

from eval.roleplays.script import Role, RolePlayError, Script, Speaker, Unit
from eval.roleplays.voices import RATE, Samples

PER_MS = RATE // 1000
TAIL_MS = 900
UNIT_PAUSE_MS = (220, 480)
# People do not speak every sentence equally loud.
WOBBLE_DB = 1.5

Speak = Callable[[Speaker, str], Samples]


@dataclass(frozen=True, slots=True)
class PlacedUnit:
    """A unit where it is heard: whole milliseconds, half-open."""

    unit: Unit
    start_ms: int
    end_ms: int
    samples: Samples


@dataclass(frozen=True, slots=True)
class PlacedTurn:
    """A turn where it is heard."""

    role: Role
    units: tuple[PlacedUnit, ...]

    @property
    def start_ms(self) -> int:
        """Where its first unit starts."""
        return self.units[0].start_ms

    @property
    def end_ms(self) -> int:
        """Where its last unit ends."""
        return self.units[-1].end_ms


def place(script: Script, speak: Speak) -> tuple[PlacedTurn, ...]:
    """Every turn spoken and put in its place; the pause before a turn counts from the end of all talk before it."""
    random = np.random.default_rng(script.seed)
    turns: list[PlacedTurn] = []
    free_ms = dict.fromkeys(script.speakers, 0)
    for number, turn in enumerate(script.turns, start=1):
        start_ms = max(free_ms.values()) + turn.pause_ms
        if start_ms < free_ms[turn.role] or (turns and start_ms <= turns[-1].start_ms):
            raise RolePlayError(f"{script.name}.yaml: turn {number} starts too early. Overlap it less.")
        units = _place_units(turn.units, script.speakers[turn.role], start_ms, speak, random)
        turns.append(PlacedTurn(turn.role, units))
        free_ms[turn.role] = units[-1].end_ms
    return tuple(turns)


def _place_units(
    units: tuple[Unit, ...], speaker: Speaker, start_ms: int, speak: Speak, random: np.random.Generator
) -> tuple[PlacedUnit, ...]:
    placed: list[PlacedUnit] = []
    for unit in units:
        usual_ms = int(random.integers(*UNIT_PAUSE_MS))
        if placed:
            start_ms = placed[-1].end_ms + (usual_ms if unit.pause_ms is None else unit.pause_ms)
        samples = speak(speaker, unit.text)
        if not len(samples):
            raise RolePlayError(f"{speaker.voice} says nothing for '{unit.text}'.")
        samples = samples * 10 ** (random.uniform(-WOBBLE_DB, WOBBLE_DB) / 20)
        placed.append(PlacedUnit(unit, start_ms, start_ms + round(len(samples) / PER_MS), samples))
    return tuple(placed)


def mix(script: Script, turns: tuple[PlacedTurn, ...]) -> Samples:
    """The recording, samples by channels: speech at each speaker's level over the noise of the room."""
    length = (max(turn.end_ms for turn in turns) + TAIL_MS) * PER_MS
    random = np.random.default_rng([script.seed, 1])
    recording = np.stack(
        [room_noise(length, script.noise_dbfs, random) for _ in range(2 if script.stereo else 1)], axis=1
    )
    for role, speaker in script.speakers.items():
        units = [unit for turn in turns if turn.role == role for unit in turn.units]
        gain = 10 ** (speaker.level_dbfs / 20) / _rms(np.concatenate([unit.samples for unit in units]))
        channel = 1 if speaker.channel == "right" and script.stereo else 0
        for unit in units:
            start = unit.start_ms * PER_MS
            recording[start : start + len(unit.samples), channel] += gain * unit.samples
    return np.clip(recording, -1.0, 1.0)


def room_noise(length: int, level_dbfs: float, random: np.random.Generator) -> Samples:
    """The hush of an office at a level: falling by 6 dB an octave above some 250 Hz."""
    noise: Samples = lfilter([1.0], [1.0, -0.9], random.standard_normal(length))
    return noise * (10 ** (level_dbfs / 20) / _rms(noise))


def _rms(samples: Samples) -> float:
    return float(np.sqrt(np.mean(np.square(samples))))
