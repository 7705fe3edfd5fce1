"""`python -m eval.coding.learning`: how much more conversations help, on the test part, one writer more at a time.

The TF-IDF coder is fitted on the spot; the network is trained anew only for the numbers of writers asked for, which
takes minutes each on a processor.
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from eval.coding.baselines import Coder, WordCoder
from eval.coding.consensus import gold
from eval.coding.evaluate import ShippedCoder, judge
from eval.coding.scores import confusion, macro_f1
from models.classify.classifier import EncoderClassifier, load_network, word_pieces
from models.training.calibrate import RAW
from models.training.corpus import Conversation, manager_examples, read_all, training_files
from models.training.fit import Recipe
from models.training.meetings import Act, read_acts
from models.training.train import ENCODER, train_coder


@dataclass(frozen=True, slots=True)
class Step:
    """Macro-F1 on the test part, as written and stripped, after learning from `units` units of `writers` writers."""

    coder: str
    writers: int
    units: int
    written: float
    stripped: float


def first_writers(conversations: Sequence[Conversation], count: int) -> list[Conversation]:
    """The conversations of the first `count` writers by number."""
    chosen = sorted({each.writer for each in conversations}, key=lambda name: (len(name), name))[:count]
    return [each for each in conversations if each.writer in chosen]


def word_step(training: Sequence[Conversation], test: Sequence[Conversation]) -> Step:
    """The TF-IDF coder's step."""
    return _step("TF-IDF, logistic regression", WordCoder(manager_examples(training)), training, test)


def network_step(training: Sequence[Conversation], acts: Sequence[Act], test: Sequence[Conversation]) -> Step:
    """The network's step, trained by the shipped recipe."""
    with TemporaryDirectory() as folder:
        weights = Path(folder) / "coder.safetensors"
        train_coder(training, acts, Recipe(), weights)
        classifier = EncoderClassifier(load_network(weights, ENCODER), word_pieces(ENCODER), RAW, "step", "cpu")
    return _step("asktell", ShippedCoder(classifier), training, test)


def main() -> None:
    """Prints one line a step."""
    parser = argparse.ArgumentParser(prog="python -m eval.coding.learning", description=__doc__)
    parser.add_argument("--network", type=int, nargs="*", default=[], help="numbers of writers to train the network on")
    parser.add_argument("--meetings", type=Path, help="ami_dialogue_acts.csv.gz, as for training")
    chosen = parser.parse_args()
    training, test = read_all(training_files()), gold()
    acts = read_acts(chosen.meetings) if chosen.meetings else []
    for count in range(1, len({each.writer for each in training}) + 1):
        _print(word_step(first_writers(training, count), test))
    for count in chosen.network:
        _print(network_step(first_writers(training, count), acts, test))


def _step(name: str, coder: Coder, training: Sequence[Conversation], test: Sequence[Conversation]) -> Step:
    examples = manager_examples(test)
    written, stripped = (macro_f1(confusion(judge(coder, examples, bare))) for bare in (False, True))
    return Step(name, len({each.writer for each in training}), len(manager_examples(training)), written, stripped)


def _print(step: Step) -> None:
    print(f"{step.coder}: {step.writers} writers, {step.units} units: {step.written:.3f}, stripped {step.stripped:.3f}")


if __name__ == "__main__":
    main()
