"""The network: a small sentence encoder and one linear layer on what it makes of a unit in its context."""

from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors import safe_open
from safetensors.torch import load_file
from torch import nn
from transformers import BertConfig, BertModel

from models.classify.inputs import Batch
from pipeline.codes import CODES, Attribute

ATTRIBUTES: tuple[Attribute, ...] = tuple(Attribute)
_UNSEEN = -1e4
"""Added to the attention between tokens that do not see each other; finite, and representable in half precision."""


@dataclass(frozen=True, slots=True)
class Logits:
    """Raw scores, one row a unit: `codes` (rows, 12), `attributes` (rows, 4), `manager` (rows,)."""

    codes: torch.Tensor
    attributes: torch.Tensor
    manager: torch.Tensor


class CodingNetwork(nn.Module):
    """Scores codes, attributes and whether a manager or a rep says such a thing."""

    def __init__(self, encoder_folder: Path, dropout: float = 0.1, training: bool = False) -> None:
        super().__init__()
        # Backward through PyTorch's fused attention took half of a training step on a processor, and drawing
        # dropout masks inside the encoder another third; the head's dropout and the disturbed texts stand in.
        config = BertConfig.from_pretrained(
            str(encoder_folder),
            attn_implementation="eager" if training else "sdpa",
            attention_probs_dropout_prob=0.0,
            hidden_dropout_prob=0.0,
        )
        self.encoder = BertModel(config, add_pooling_layer=False)
        width = 4 * int(config.hidden_size)
        self.dropout = nn.Dropout(dropout)
        self.codes = nn.Linear(width, len(CODES))
        self.attributes = nn.Linear(width, len(ATTRIBUTES))
        self.manager = nn.Linear(width, 1)

    def features(self, batch: Batch) -> torch.Tensor:
        """What the heads read, shape (units, 1536): the mean of the unit's own tokens, its mark's vector, and the means
        of the next unit's tokens and of the reply's, zero where there is none."""
        sees = torch.zeros(batch.sees.shape, dtype=self.encoder.dtype, device=batch.sees.device)
        sees.masked_fill_(~batch.sees, _UNSEEN)
        hidden = self.encoder(
            input_ids=batch.ids, attention_mask=sees, token_type_ids=batch.types
        ).last_hidden_state.float()
        with torch.autocast(hidden.device.type, enabled=False):
            sums = torch.einsum("pul,ulw->puw", batch.parts, hidden[batch.rows])
        own, following, reply = sums / batch.parts.sum(-1, keepdim=True).clamp_min(1)
        return torch.cat([own, hidden[batch.rows, batch.marks], following, reply], dim=-1)

    def forward(self, batch: Batch) -> Logits:
        features = self.dropout(self.features(batch)).float()
        with torch.autocast(features.device.type, enabled=False):
            return Logits(self.codes(features), self.attributes(features), self.manager(features).squeeze(-1))

    def trained_parts(self) -> dict[str, torch.Tensor]:
        """The tensors that training changes, by name: everything but the encoder's embeddings."""
        return {name: value for name, value in self.state_dict().items() if not name.startswith("encoder.embeddings")}


def pretrained_network(encoder_folder: Path, dropout: float = 0.1) -> CodingNetwork:
    """The network as it starts: the published encoder with its embeddings frozen, heads untrained."""
    network = CodingNetwork(encoder_folder, dropout, training=True)
    network.encoder.load_state_dict(load_file(str(encoder_folder / "model.safetensors")), strict=False)
    for parameter in network.encoder.embeddings.parameters():
        parameter.requires_grad_(False)
    return network


def put_embeddings(network: CodingNetwork, encoder_folder: Path) -> None:
    """Gives the network the published encoder's embeddings, which training leaves as they are."""
    with safe_open(str(encoder_folder / "model.safetensors"), framework="pt") as published:
        stored = {name: published.get_tensor(name) for name in network.encoder.state_dict() if "embeddings." in name}
    network.encoder.load_state_dict(stored, strict=False)
