"""The boundary network: the lower layers of the sentence encoder, saying after which words a unit ends."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import nn
from transformers import BertConfig, BertModel

LAYERS = 4


@dataclass(frozen=True, slots=True)
class WordRow:
    """Token ids of a stretch of plain words; `ends` holds the place of each word's last token."""

    ids: tuple[int, ...]
    ends: tuple[int, ...]


class BoundaryNetwork(nn.Module):
    """Scores each token: does a unit end with the word it closes?"""

    def __init__(self, encoder_folder: Path, training: bool = False) -> None:
        super().__init__()
        config = BertConfig.from_pretrained(
            str(encoder_folder),
            attn_implementation="eager" if training else "sdpa",
            num_hidden_layers=LAYERS,
            attention_probs_dropout_prob=0.0,
            hidden_dropout_prob=0.0,
        )
        self.encoder = BertModel(config, add_pooling_layer=False)
        self.dropout = nn.Dropout(0.1)
        self.ends = nn.Linear(int(config.hidden_size), 1)

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Log-odds of an end after each token, shape of `ids`."""
        hidden = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state.float()
        with torch.autocast(ids.device.type, enabled=False):
            return torch.Tensor(self.ends(self.dropout(hidden)).squeeze(-1))

    def trained_parts(self) -> dict[str, torch.Tensor]:
        """The tensors that training changes, by name: everything but the encoder's embeddings."""
        return {name: value for name, value in self.state_dict().items() if not name.startswith("encoder.embeddings")}


def load_pretrained(network: BoundaryNetwork, encoder_folder: Path) -> None:
    """Puts the published encoder's lower layers into the network and freezes its embeddings."""
    from safetensors.torch import load_file

    network.encoder.load_state_dict(load_file(str(encoder_folder / "model.safetensors")), strict=False)
    for parameter in network.encoder.embeddings.parameters():
        parameter.requires_grad_(False)


def word_rows(tokenizer: Tokenizer, stretches: Sequence[Sequence[str]]) -> list[WordRow]:
    """One row a stretch of plain words, none of them empty."""
    rows = []
    for words in stretches:
        encoded = tokenizer.encode(list(words), is_pretokenized=True)
        ends = {word: place for place, word in enumerate(encoded.word_ids) if word is not None}
        rows.append(WordRow(tuple(encoded.ids), tuple(ends.get(word, 0) for word in range(len(words)))))
    return rows


def pad_rows(rows: Sequence[WordRow]) -> tuple[torch.Tensor, torch.Tensor]:
    """Ids and mask, shape (rows, longest)."""
    longest = max(len(row.ids) for row in rows)
    ids = torch.zeros(len(rows), longest, dtype=torch.long)
    for place, row in enumerate(rows):
        ids[place, : len(row.ids)] = torch.tensor(row.ids)
    mask = torch.zeros_like(ids)
    for place, row in enumerate(rows):
        mask[place, : len(row.ids)] = 1
    return ids, mask
