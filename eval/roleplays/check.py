"""What the product says of the role-plays beside their truth.

asktell score eval/roleplays/* --json | python -m eval.roleplays.check
"""

import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.roleplays import FOLDER, TRUTH_SUFFIX
from pipeline.codes import Code
from pipeline.rubric import load_rubric

RUBRIC = "non-directive-coaching"


@dataclass(frozen=True, slots=True)
class Compared:
    """One role-play: whether the manager is the right voice, and shares (0 to 1) as scored and in truth."""

    source: str
    style: str
    manager_right: bool
    talk_share: float
    true_talk_share: float
    ratio: float
    true_ratio: float

    @property
    def talk_share_error(self) -> float:
        return abs(self.talk_share - self.true_talk_share)


def compare(scored: dict[str, Any], truth: dict[str, Any]) -> Compared:
    """One object of `asktell score --json` beside the truth of its recording."""
    return Compared(
        source=scored["source"],
        style=truth["style"],
        manager_right=_manager_right(scored, truth),
        talk_share=scored["metrics"]["talk_share_manager"]["value"],
        true_talk_share=true_talk_share(truth),
        ratio=scored["metrics"]["non_directive_ratio"]["value"],
        true_ratio=true_ratio(truth),
    )


def true_talk_share(truth: dict[str, Any]) -> float:
    """The manager's part of all speech, overlap counted for both."""
    spoken_ms = {"manager": 0, "rep": 0}
    for turn in truth["turns"]:
        spoken_ms[turn["role"]] += turn["end_ms"] - turn["start_ms"]
    return spoken_ms["manager"] / sum(spoken_ms.values())


def true_ratio(truth: dict[str, Any]) -> float:
    """Asking units out of asking and telling ones, by the codes written into the script."""
    codes = [unit["code"] for turn in truth["turns"] for unit in turn["units"] if unit["code"]]
    orientation = load_rubric(RUBRIC).orientation
    sides = (orientation.non_directive, orientation.directive)
    asks, tells = (sum(Code(code) in side for code in codes) for side in sides)
    return asks / (asks + tells)


def _manager_right(scored: dict[str, Any], truth: dict[str, Any]) -> bool:
    """Whether the voice called manager speaks more within the true manager's turns than within the rep's."""
    shared_ms = {"manager": 0.0, "rep": 0.0}
    for turn in scored["turns"]:
        if turn["role"] == "manager":
            for true in truth["turns"]:
                start, end = max(turn["start_s"] * 1000, true["start_ms"]), min(turn["end_s"] * 1000, true["end_ms"])
                shared_ms[true["role"]] += max(0.0, end - start)
    return shared_ms["manager"] > shared_ms["rep"]


def askers_above_tellers(compared: Iterable[Compared]) -> bool:
    """Whether every manager who asks has a higher ratio than every manager who tells."""
    by_style: dict[str, list[float]] = {"asks": [], "tells": []}
    for each in compared:
        by_style.setdefault(each.style, []).append(each.ratio)
    return min(by_style["asks"], default=1.0) > max(by_style["tells"], default=0.0)


def read_truth(source: str) -> dict[str, Any]:
    """The truth beside a bundled recording of that file name."""
    truth: dict[str, Any] = json.loads((FOLDER / f"{Path(source).stem}{TRUTH_SUFFIX}").read_text("utf-8"))
    return truth


def main() -> None:
    """Print a line for each object on stdin, and whether askers rank above tellers."""
    compared = [compare(scored, read_truth(scored["source"])) for scored in map(json.loads, sys.stdin)]
    print(f"{'recording':24}{'style':8}{'manager':9}{'talk share':>12}{'truth':>8}{'asks':>8}{'truth':>8}")
    for each in compared:
        found = "right" if each.manager_right else "WRONG"
        shares = f"{each.talk_share:12.1%}{each.true_talk_share:8.1%}{each.ratio:8.0%}{each.true_ratio:8.0%}"
        print(f"{each.source:24}{each.style:8}{found:9}{shares}")
    print(f"largest talk share error {max(each.talk_share_error for each in compared):.1%}")
    print(f"askers above tellers: {'yes' if askers_above_tellers(compared) else 'NO'}")


if __name__ == "__main__":
    main()
