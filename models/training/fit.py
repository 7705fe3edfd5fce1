"""Fitting the coding network to examples."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from random import Random

import torch
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from models.classify.inputs import RowMaker, make_batch
from models.classify.network import ATTRIBUTES, CodingNetwork, Logits
from models.training.augment import Augmentation, Pack, disturb
from models.training.corpus import Example
from pipeline.codes import ATTRIBUTE_CODES, CODES
from pipeline.values import Role

_LOG = logging.getLogger(__name__)
_UNCODED = -100


@dataclass(frozen=True, slots=True)
class Recipe:
    """How the network is fitted.

    An epoch draws `share` of the manager's turns; `rep_share` and `hint_share` are how many rep units and units of
    other people's meetings it draws for each manager unit. The weights kept are a running mean over steps, each step's
    own counting `1 - averaging`.
    """

    epochs: int = 3
    batch: int = 48
    rate: float = 2e-4
    head_rate: float = 1e-3
    layer_decay: float = 0.9
    warm_up: float = 0.1
    weight_decay: float = 0.01
    dropout: float = 0.1
    smoothing: float = 0.05
    attribute_weight: float = 0.5
    role_weight: float = 0.2
    hint_weight: float = 0.5
    share: float = 1.0
    rep_share: float = 0.2
    hint_share: float = 0.15
    averaging: float = 0.998
    bfloat16: bool = True
    seed: int = 1
    augmentation: Augmentation = field(default_factory=Augmentation)


def second_course(recipe: Recipe) -> Recipe:
    """How a fitted network goes on: gently, for one more epoch, now reading the reply and the talk before the other's
    last turn.

    The first course does without them, which saves time. In the written conversations every turn holds
    something to answer; people also say "Yeah." or "Tuesday." and are answered on what they said before it. A fifth of
    the turns still comes without any of it, unit by unit, as `asktell classify --units` is told.
    """
    talking = replace(
        recipe.augmentation,
        drop_earlier=0.3,
        only_listened=0.1,
        asked_between=0.15,
        drop_reply=0.25,
        reply_listens=0.1,
        drop_after=0.25,
        only_previous=0.2,
    )
    return replace(recipe, epochs=1, rate=recipe.rate * 0.75, head_rate=recipe.head_rate * 0.75, augmentation=talking)


@dataclass(frozen=True, slots=True)
class Lessons:
    """What to learn from: the manager's turns, the rep's units, and units of which only possible codes are known.

    `exchanges` are short questions and answers to put between what was told and what is said to it.
    """

    turns: Sequence[Pack]
    rep: Sequence[Example]
    hints: Sequence[Example] = ()
    exchanges: Sequence[tuple[str, str]] = ()


def fit(network: CodingNetwork, rows: RowMaker, lessons: Lessons, recipe: Recipe) -> None:
    """Trains the network in place; the same lessons, seed and machine give the same weights."""
    torch.manual_seed(recipe.seed)
    random = Random(recipe.seed)
    optimiser = torch.optim.AdamW(_groups(network, recipe), weight_decay=recipe.weight_decay, fused=True)
    steps = recipe.epochs * sum(1 for _ in _batches(_epoch(lessons, recipe, Random(0)), recipe.batch, Random(0)))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: _rate_share(step, steps, recipe.warm_up))
    mean = get_ema_multi_avg_fn(recipe.averaging)  # type: ignore[no-untyped-call]
    averaged = AveragedModel(network, multi_avg_fn=mean)
    network.train()
    for epoch in range(recipe.epochs):
        total, batches = 0.0, 0
        for packs in _batches(_epoch(lessons, recipe, random), recipe.batch, random):
            batch = make_batch([rows.turn_row([example.unit for example in pack]) for pack in packs])
            with torch.autocast("cpu", torch.bfloat16, enabled=recipe.bfloat16):
                logits = network(batch)
            loss = _loss(logits, packs, recipe)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            averaged.update_parameters(network)
            total, batches = total + float(loss.detach()), batches + 1
        _LOG.info("epoch %d of %d: loss %.3f", epoch + 1, recipe.epochs, total / max(batches, 1))
    network.load_state_dict(averaged.module.state_dict())
    network.eval()


def _epoch(lessons: Lessons, recipe: Recipe, random: Random) -> list[Pack]:
    turns = list(lessons.turns)
    turns = turns if recipe.share == 1 else random.sample(turns, max(1, int(len(turns) * recipe.share)))
    units = sum(map(len, turns))
    drawn = [
        (one,)
        for examples, share in ((lessons.rep, recipe.rep_share), (lessons.hints, recipe.hint_share))
        for one in random.sample(list(examples), min(len(examples), int(units * share)))
    ]
    packs: list[Pack] = [*turns, *drawn]
    return [disturbed for pack in packs for disturbed in disturb(pack, recipe.augmentation, random, lessons.exchanges)]


def _batches(packs: list[Pack], size: int, random: Random) -> Iterator[list[Pack]]:
    """Batches of about `size` units in rows of like length, in random order."""

    def length(pack: Pack) -> float:
        unit = pack[0].unit
        earlier = ((text, 24) for text in unit.earlier)
        parts = ((unit.before, 24), (unit.previous, 36), *earlier, (pack[-1].unit.reply, 20))
        context = sum(min(len(text.split()), longest) for text, longest in parts)
        return context + sum(len(example.unit.text.split()) + 1 for example in pack) + random.random() * 6

    groups: list[list[Pack]] = [[]]
    for pack in sorted(packs, key=length):
        if sum(map(len, groups[-1])) >= size:
            groups.append([])
        groups[-1].append(pack)
    random.shuffle(groups)
    yield from groups


def _loss(logits: Logits, packs: Sequence[Pack], recipe: Recipe) -> torch.Tensor:
    examples = [example for pack in packs for example in pack]
    loss = _code_loss(logits.codes, examples, recipe) + recipe.hint_weight * _hint_loss(logits.codes, examples)
    truth = torch.tensor([[float(each in example.attributes) for each in ATTRIBUTES] for example in examples])
    applies = torch.tensor([[_applies(example, place) for place in range(len(ATTRIBUTES))] for example in examples])
    losses = binary_cross_entropy_with_logits(logits.attributes, truth, reduction="none") * applies
    loss = loss + recipe.attribute_weight * losses.sum() / len(examples)
    # Only units without context tell the roles apart here: the rep's never have any, so context would give them away.
    alone = torch.tensor([float(_stands_alone(each, pack)) for pack in packs for each in pack])
    manager = torch.tensor([float(example.role is Role.MANAGER) for example in examples])
    role = binary_cross_entropy_with_logits(logits.manager, manager, reduction="none")
    # Both sides weigh the same: many more of the rep's units stand alone, and the odds are read as even ones.
    sides = [(role * side).sum() / side.sum().clamp_min(1) for side in (alone * manager, alone * (1 - manager))]
    return loss + recipe.role_weight * sum(sides) / 2


def _stands_alone(example: Example, pack: Pack) -> bool:
    unit = example.unit
    return example.role is not Role.OTHER and len(pack) == 1 and not (unit.previous or unit.before or unit.reply)


def _code_loss(scores: torch.Tensor, examples: Sequence[Example], recipe: Recipe) -> torch.Tensor:
    codes = torch.tensor([CODES.index(each.code) if each.code else _UNCODED for each in examples])
    if (codes == _UNCODED).all():
        return scores.sum() * 0
    return cross_entropy(scores, codes, ignore_index=_UNCODED, label_smoothing=recipe.smoothing)


def _hint_loss(scores: torch.Tensor, examples: Sequence[Example]) -> torch.Tensor:
    """How surprising it is that each hinted unit has one of its possible codes, a mean over hinted units."""
    possible = torch.tensor([[code in example.possible for code in CODES] for example in examples])
    hinted = possible.any(1)
    if not hinted.any():
        return scores.sum() * 0
    likely = scores.log_softmax(-1).masked_fill(~possible, -torch.inf)
    return -likely[hinted].logsumexp(-1).sum() / len(examples)


def _applies(example: Example, place: int) -> float:
    kinds = ATTRIBUTE_CODES[ATTRIBUTES[place]]
    if example.code is None:
        return float(example.role is Role.REP and len(kinds) == len(CODES))
    return float(example.code in kinds)


def _rate_share(step: int, steps: int, warm_up: float) -> float:
    rising = step / max(1.0, steps * warm_up)
    falling = (steps - step) / max(1.0, steps * (1 - warm_up))
    return max(0.0, min(1.0, rising, falling))


def _groups(network: CodingNetwork, recipe: Recipe) -> list[dict[str, object]]:
    layers = list(network.encoder.encoder.layer)
    groups: list[dict[str, object]] = [
        {"params": list(layer.parameters()), "lr": recipe.rate * recipe.layer_decay ** (len(layers) - 1 - depth)}
        for depth, layer in enumerate(layers)
    ]
    heads = [*network.codes.parameters(), *network.attributes.parameters(), *network.manager.parameters()]
    return [*groups, {"params": heads, "lr": recipe.head_rate}]
