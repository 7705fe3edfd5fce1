"""A database of made sessions, for timing commands on it.

python -m eval.fill_store year.duckdb 1000 150 && time asktell rescore --db year.duckdb --rubric grow
"""

import argparse
import random
from pathlib import Path

from eval.bench_store import KEYS, RUN, made_session
from pipeline.store import SavedSession, Store


def fill(path: Path, sessions: int, units: int) -> None:
    """Saves so many made sessions of so many units each; the same for the same numbers."""
    chance = random.Random(0)
    with Store(path).writing() as writer:
        writer.save_many(SavedSession(made_session(place, units, chance), KEYS, RUN) for place in range(sessions))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m eval.fill_store")
    parser.add_argument("file", type=Path)
    parser.add_argument("sessions", type=int, nargs="?", default=1000)
    parser.add_argument("units", type=int, nargs="?", default=150)
    chosen = parser.parse_args()
    fill(chosen.file, chosen.sessions, chosen.units)
