"""How much more conversations would help: a cheap coder's macro-F1 on the test part after each writer."""

from collections.abc import Sequence
from dataclasses import dataclass

from eval.coding.baselines import WordCoder
from eval.coding.evaluate import judge
from eval.coding.scores import confusion, macro_f1
from models.training.corpus import Conversation, manager_examples


@dataclass(frozen=True, slots=True)
class Step:
    """Macro-F1 on the test part after learning from `units` units."""

    units: int
    macro: float


def word_curve(training: Sequence[Conversation], test: Sequence[Conversation]) -> list[Step]:
    """The TF-IDF coder's steps, one writer more at a time in the order of their names."""
    steps = []
    writers = sorted({each.writer for each in training})
    for count in range(1, len(writers) + 1):
        known = [each for each in training if each.writer in writers[:count]]
        examples = manager_examples(known)
        judged = judge(WordCoder(examples), manager_examples(test), stripped=False)
        steps.append(Step(len(examples), macro_f1(confusion(judged))))
    return steps
