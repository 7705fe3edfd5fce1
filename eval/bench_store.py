"""How long the store takes for a year of sessions: `python -m eval.bench_store [sessions] [units]`."""

import random
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from pipeline.codes import CODES
from pipeline.export import ExportFormat, export
from pipeline.store import RunRecord, SavedSession, StageKeys, Store
from pipeline.values import (
    Coding,
    CriterionScore,
    Metric,
    Role,
    Scored,
    Scores,
    Session,
    Span,
    Speaker,
    TranscriptSource,
    Turn,
    Unit,
    Word,
)

Result = TypeVar("Result")

WORDS_A_UNIT = 8
UNITS_A_TURN = 3
METRICS = 40
KEYS = StageKeys("heard", "coded", "scored")
RUN = RunRecord(datetime(2026, 11, 2, tzinfo=UTC))


def made_session(place: int, units: int, chance: random.Random) -> Scored:
    """A session of so many units of random words and probabilities, a word a quarter of a second."""
    turns: list[Turn] = []
    coded: list[Unit] = []
    while len(coded) < units:
        start_ms = len(turns) * UNITS_A_TURN * WORDS_A_UNIT * 250
        words = tuple(
            Word(
                Span(start_ms + 250 * each, start_ms + 250 * each + 240),
                f"word{chance.randrange(2000)}",
                chance.random(),
            )
            for each in range(UNITS_A_TURN * WORDS_A_UNIT)
        )
        speaker = f"S{len(turns) % 2 + 1}"
        turn = Turn(
            len(turns),
            speaker,
            Span(start_ms, words[-1].span.end_ms),
            " ".join(word.text for word in words),
            words,
        )
        turns.append(turn)
        coded += _units(turn, len(coded), chance if speaker == "S1" else None)
    session = Session(
        f"{place:064x}",
        f"session-{place}.flac",
        turns[-1].span.end_ms,
        TranscriptSource("pocketsphinx", "en-us", True, "en"),
        (Speaker("S1", f"Manager {place % 25}", Role.MANAGER), Speaker("S2", f"Rep {place % 200}", Role.REP)),
        tuple(turns),
        tuple(coded[:units]),
        date(2026, 1, 1) + timedelta(days=place % 300),
    )
    metrics = tuple(Metric(f"metric_{each}", chance.random(), units, "ratio", 0.1, 0.9) for each in range(METRICS - 1))
    lead = Metric("non_directive_ratio", units // 3 / units, units, "ratio", 0.2, 0.5)
    criteria = tuple(CriterionScore(f"criterion_{each}", "solid", 0.7, tuple(range(10))) for each in range(6))
    return Scored(session, "non-directive-coaching", 1, (lead, *metrics), Scores(70.0, criteria))


def _units(turn: Turn, first: int, chance: random.Random | None) -> list[Unit]:
    parts = [turn.words[start : start + WORDS_A_UNIT] for start in range(0, len(turn.words), WORDS_A_UNIT)]
    return [
        Unit(
            first + place,
            turn.index,
            Span(words[0].span.start_ms, words[-1].span.end_ms),
            " ".join(word.text for word in words),
            Coding(tuple(chance.random() for _ in CODES)) if chance else None,
        )
        for place, words in enumerate(parts)
    ]


def timed(what: str, step: Callable[[], Result]) -> Result:
    """What the step gives; how long it took goes to stdout, by the clock and in processor time."""
    start_s, start_cpu_s = time.perf_counter(), time.process_time()
    result = step()
    took_s, took_cpu_s = time.perf_counter() - start_s, time.process_time() - start_cpu_s
    print(f"{what:<44}{took_s:7.2f} s{took_cpu_s:10.2f} s of processor", flush=True)
    return result


def measure(sessions: int, units: int, folder: Path) -> None:
    """Saves, reads, rescores, exports and forgets so many sessions, and prints what each took."""
    chance = random.Random(0)
    made = [made_session(place, units, chance) for place in range(sessions)]
    store = Store(folder / "asktell.duckdb")

    def save() -> None:
        with store.writing() as writer:
            writer.save_many(SavedSession(scored, KEYS, RUN) for scored in made)

    def save_one() -> None:
        with store.writing() as writer:
            writer.save(made[0], KEYS, RUN)

    def read(words: bool) -> list[Scored]:
        with store.reading() as reader:
            return reader.all_scored(words)

    def read_one() -> Scored:
        with store.reading() as reader:
            return reader.scored(made[0].session.session_id)

    def rescore() -> None:
        with store.writing() as writer:
            writer.save_scores((scored, KEYS) for scored in made)

    def forget() -> None:
        with store.writing() as writer:
            writer.forget(scored.session.session_id for scored in made[: sessions // 10])

    print(f"{sessions} sessions of {units} units each")
    timed("save all, with words", save)
    print(f"{'size of the file':<44}{store.path.stat().st_size / 1e6:7.1f} MB")
    timed("save one again", save_one)
    timed("read one, with words", read_one)
    timed("read all, without words", lambda: read(words=False))
    found = timed("read all, with words", lambda: read(words=True))
    if sorted(found, key=lambda scored: scored.session.session_id) != made:
        raise RuntimeError("what was read is not what was saved")
    timed("replace all scores, as rescoring does", rescore)
    for format in ExportFormat:
        timed(f"export as {format.value}", lambda chosen=format: export(store, chosen, folder / "out"))  # type: ignore[misc]
    timed("forget every tenth", forget)


if __name__ == "__main__":
    given = [int(argument) for argument in sys.argv[1:]]
    with TemporaryDirectory() as scratch:
        sessions, units = given + [1000, 150][len(given) :]
        measure(sessions, units, Path(scratch))
