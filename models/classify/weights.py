"""Small weight files: matrices as whole numbers of eight bits with one scale a row, the rest in half precision."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path

import torch
from safetensors.torch import load_file, save

_SCALE = ":scale"


def save_small(tensors: Mapping[str, torch.Tensor], path: Path) -> None:
    """Writes the tensors, matrices rounded to 1/127 of the largest value in their row."""
    stored: dict[str, torch.Tensor] = {}
    for name, tensor in sorted(tensors.items()):
        value = tensor.detach().float().cpu()
        if value.ndim == 2 and value.shape[0] >= 64:
            scale = value.abs().amax(1).clamp_min(1e-8) / 127
            stored[name] = (value / scale[:, None]).round().to(torch.int8)
            stored[name + _SCALE] = scale
        else:
            stored[name] = value.to(torch.float32) if value.ndim == 2 else value.half()
    path.write_bytes(save(stored))


def load_small(path: Path) -> dict[str, torch.Tensor]:
    """The tensors of a file of `save_small`, in single precision."""
    stored = load_file(str(path))
    return {
        name: value.float() * stored[name + _SCALE][:, None] if name + _SCALE in stored else value.float()
        for name, value in stored.items()
        if not name.endswith(_SCALE)
    }


def mean_of(paths: Sequence[Path]) -> dict[str, torch.Tensor]:
    """The mean of each tensor over files of `save_small` that hold the same ones; at least one file.

    Networks fine-tuned from the same start, averaged, are often better than each of them and cost no more than one
    (model soups, Wortsman and others 2022).
    """
    loaded = [load_small(path) for path in paths]
    return {name: torch.stack([each[name] for each in loaded]).mean(0) for name in loaded[0]}


def digest(*paths: Path) -> str:
    """Eight hexadecimal digits that change whenever any of the files does."""
    total = sha256()
    for path in paths:
        total.update(path.read_bytes())
    return total.hexdigest()[:8]
