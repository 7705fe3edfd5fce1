"""Fitting the boundary network to turns whose units are known."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random

import torch
from tokenizers import Tokenizer
from torch.nn.functional import binary_cross_entropy_with_logits

from models.training.corpus import Conversation
from models.units.network import BoundaryNetwork, WordRow, pad_rows, word_rows
from models.units.words import strip_marks

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SplitTurn:
    """Plain words of a turn; `ends` marks the words after which a unit ends. The turn's last word is never marked."""

    words: tuple[str, ...]
    ends: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class BoundaryRecipe:
    """How the boundary network is fitted."""

    epochs: int = 2
    batch: int = 32
    rate: float = 2e-4
    head_rate: float = 1e-3
    longest: int = 120
    seed: int = 1


def split_turn(units: Iterable[str]) -> SplitTurn:
    """The turn made of these units, without case and marks; units of no words are left out."""
    plain = [words for unit in units if (words := strip_marks(unit).split())]
    ends = [place == len(unit) - 1 for unit in plain for place in range(len(unit))]
    return SplitTurn(tuple(word for unit in plain for word in unit), (*ends[:-1], False) if ends else ())


def corpus_turns(conversations: Iterable[Conversation]) -> list[SplitTurn]:
    """Every turn of either side that has at least two words."""
    turns = [split_turn(unit.text for unit in turn.units) for each in conversations for turn in each.turns]
    return [turn for turn in turns if len(turn.words) > 1]


def fit_boundaries(
    network: BoundaryNetwork, tokenizer: Tokenizer, turns: Sequence[SplitTurn], recipe: BoundaryRecipe
) -> None:
    """Trains the network in place on the turns; the same seed and machine give the same weights."""
    torch.manual_seed(recipe.seed)
    random = Random(recipe.seed)
    pieces = [piece for turn in turns for piece in _pieces(turn, recipe.longest)]
    rows = word_rows(tokenizer, [piece.words for piece in pieces])
    groups = [
        {"params": list(network.encoder.encoder.parameters()), "lr": recipe.rate},
        {"params": list(network.ends.parameters()), "lr": recipe.head_rate},
    ]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    steps = recipe.epochs * (len(rows) // recipe.batch + 1)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, step / (0.1 * steps), (steps - step) / (0.9 * steps))
    )
    network.train()
    for epoch in range(recipe.epochs):
        total = 0.0
        order = sorted(range(len(rows)), key=lambda place: len(rows[place].ids) + random.random() * 4)
        batches = [order[start : start + recipe.batch] for start in range(0, len(order), recipe.batch)]
        random.shuffle(batches)
        for batch in batches:
            with torch.autocast("cpu", torch.bfloat16):
                odds = network(*pad_rows([rows[place] for place in batch]))
            loss = _loss(odds, [rows[place] for place in batch], [pieces[place] for place in batch])
            optimiser.zero_grad(set_to_none=True)
            loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
            schedule.step()
            total += float(loss.detach())
        _LOG.info("boundaries: epoch %d of %d: loss %.3f", epoch + 1, recipe.epochs, total / max(len(batches), 1))
    network.eval()


def _loss(odds: torch.Tensor, rows: Sequence[WordRow], turns: Sequence[SplitTurn]) -> torch.Tensor:
    places = torch.tensor([(row, end) for row, each in enumerate(rows) for end in each.ends[:-1]])
    truth = torch.tensor([float(end) for turn in turns for end in turn.ends[:-1]])
    return binary_cross_entropy_with_logits(odds[places[:, 0], places[:, 1]], truth)


def _pieces(turn: SplitTurn, longest: int) -> list[SplitTurn]:
    return [
        SplitTurn(turn.words[start : start + longest], turn.ends[start : start + longest])
        for start in range(0, len(turn.words), longest)
        if len(turn.words) - start > 1
    ]
