"""What the numbers cost: `python -m eval.bench_scoring [minutes]`, made-up sessions, every code in doubt."""

import random
import sys
import time
from collections.abc import Callable

from pipeline.codes import CODES
from pipeline.findings import find
from pipeline.metrics import measure
from pipeline.process import find_steps
from pipeline.rubric import load_rubric
from pipeline.scoring import ScoringOptions, roll_up, score, score_criteria, session_tally
from pipeline.values import Coding, Role, Session, Span, Speaker, TranscriptSource, Turn, Unit

UNIT_MS = 3_500
UNITS_A_TURN = 3
MANY = 100


def made_session(minutes: int, chance: random.Random) -> Session:
    """A session without pauses: turns of three units of ten words by turns, each unit sure of its code to some .8."""
    turns: list[Turn] = []
    units: list[Unit] = []
    while not turns or turns[-1].span.end_ms < minutes * 60_000:
        start_ms = len(turns) * UNITS_A_TURN * UNIT_MS
        span = Span(start_ms, start_ms + UNITS_A_TURN * UNIT_MS)
        speaker = f"S{len(turns) % 2 + 1}"
        texts = [" ".join(f"word{chance.randrange(500)}" for _ in range(10)) for _ in range(UNITS_A_TURN)]
        for place, text in enumerate(texts):
            unit_ms = start_ms + place * UNIT_MS
            coding = _coding(chance) if speaker == "S1" else None
            units.append(Unit(len(units), len(turns), Span(unit_ms, unit_ms + UNIT_MS), text, coding))
        turns.append(Turn(len(turns), speaker, span, " ".join(texts)))
    return Session(
        f"made-{chance.random()}",
        "made.flac",
        turns[-1].span.end_ms,
        TranscriptSource("made", "up"),
        (Speaker("S1", None, Role.MANAGER), Speaker("S2", None, Role.REP)),
        tuple(turns),
        tuple(units),
    )


def _coding(chance: random.Random) -> Coding:
    weights = [chance.random() ** 4 for _ in CODES]
    weights[chance.randrange(len(CODES))] += 6 * chance.random()
    return Coding(tuple(weight / sum(weights) for weight in weights))


def timed(what: str, step: Callable[[], object], times: int = 5) -> None:
    """Runs the step and prints its best time of several."""
    best = min(_once(step) for _ in range(times))
    print(f"{what:<52} {best * 1000:9.1f} ms")


def _once(step: Callable[[], object]) -> float:
    began = time.perf_counter()
    step()
    return time.perf_counter() - began


def main(minutes: int) -> None:
    chance = random.Random(0)
    rubric, options = load_rubric(), ScoringOptions()
    session = made_session(minutes, chance)
    coded = sum(unit.coding is not None for unit in session.units)
    print(f"{minutes} min, {len(session.turns)} turns, {coded} coded units, {options.draws} draws")
    tallies = session_tally(session, rubric, options)
    metrics = measure(tallies, rubric.min_evidence)
    scores = score_criteria(metrics, session, rubric)
    timed("tally (all draws)", lambda: session_tally(session, rubric, options))
    timed("measure (values and intervals)", lambda: measure(tallies, rubric.min_evidence))
    timed("findings", lambda: find(session, rubric, metrics, scores))
    timed("process steps", lambda: find_steps(session, rubric))
    timed("score (everything)", lambda: score(session, rubric, options))
    timed("load the rubric", load_rubric)
    short = [made_session(17, chance) for _ in range(MANY)]
    timed(f"roll up {MANY} sessions of 17 min, with intervals", lambda: roll_up(short, rubric, options), times=1)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 60)
