"""`python -m eval.hearing`: measure who is heard speaking when, beside the baseline of one speaker, and print it."""

import argparse
from pathlib import Path

from eval.hearing.mixtures import DRY, IN_A_ROOM, IN_TURN, mixtures
from eval.hearing.real_voices import real_pairs
from eval.hearing.reference import roleplays, rttm
from eval.hearing.report import costs_text, table_text
from eval.hearing.run import as_recorded, measure, measure_sounds, mixed, noisy, telephone
from eval.hearing.scale import costs
from models.diarize import VoiceDiarizer

INTRODUCTION = Path(__file__).parent / "introduction.md"
CONDITIONS = {
    "Role-plays as recorded": as_recorded,
    "Role-plays, channels mixed into one": mixed,
    "Role-plays over a telephone (8 kHz)": telephone,
    "Role-plays with noise 20 dB below": noisy,
}

# Other seeds than those the marking of overlap was fitted on.
MIXTURES = {
    "Two voices of a role-play across each other": (1, DRY),
    "The same in a room, 0.8 to 3 m from the microphone": (100, IN_A_ROOM),
}

REAL_PAIRS = {
    "Real voices of the meetings, two at a time, in turn": (200, IN_TURN),
    "Real voices of the meetings, two at a time, across each other": (300, DRY),
}


def main() -> None:
    """Reads the command line, measures, prints; with `--report` also writes the report."""
    parser = argparse.ArgumentParser(prog="python -m eval.hearing", description=__doc__)
    parser.add_argument("--rttm", type=Path, help="truth of other recordings, which lie beside it")
    parser.add_argument("--minutes", type=int, nargs="*", default=[], help="lengths to measure memory and time for")
    parser.add_argument("--report", type=Path, help="Markdown file to write")
    chosen = parser.parse_args()
    parts = []
    diarizer = VoiceDiarizer()
    for title, change in CONDITIONS.items():
        parts.append(table_text(measure(title, roleplays(), diarizer, change)))
        print(parts[-1] + "\n", flush=True)
    for title, (seed, rules) in MIXTURES.items():
        parts.append(table_text(measure_sounds(title, mixtures(seed, rules), diarizer)))
        print(parts[-1] + "\n", flush=True)
    if chosen.rttm:
        for title, (seed, rules) in REAL_PAIRS.items():
            parts.append(table_text(measure_sounds(title, real_pairs(rttm(chosen.rttm), seed, rules), diarizer)))
            print(parts[-1] + "\n", flush=True)
        parts.append(table_text(measure("Real meetings", rttm(chosen.rttm), diarizer, as_recorded)))
        print(parts[-1] + "\n", flush=True)
    if chosen.minutes:
        parts.append(costs_text(costs(tuple(chosen.minutes))))
        print(parts[-1])
    if chosen.report:
        chosen.report.write_text(INTRODUCTION.read_text("utf-8") + "\n" + "\n\n".join(parts) + "\n", "utf-8")


if __name__ == "__main__":
    main()
