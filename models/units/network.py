"""The boundary network: the lower layers of the sentence encoder, saying after which words a unit ends."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, chain
from pathlib import Path

import torch
from tokenizers import Encoding, Tokenizer
from torch import nn
from transformers import BertConfig, BertModel

LAYERS = 4
PLACES = 512
"""Most tokens the encoder reads at once, its opening and closing ones among them."""


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
    """One row a stretch of plain words, none of them empty or of more than 510 words.

    Where a stretch has more word pieces than the encoder has places, as in a script it does not know or around one
    enormous word, each word keeps as many of its last pieces as then fit.
    """
    return [_word_row(tokenizer.encode(list(words), is_pretokenized=True), len(words)) for words in stretches]


def _word_row(encoded: Encoding, words: int) -> WordRow:
    first, last = encoded.ids[0], encoded.ids[-1]
    pieces: list[list[int]] = [[] for _ in range(words)]
    for piece, word in zip(encoded.ids, encoded.word_ids, strict=True):
        if word is not None:
            pieces[word].append(piece)
    if len(encoded.ids) > PLACES:
        pieces = [each[-((PLACES - 2) // words) :] for each in pieces]
    return WordRow((first, *chain.from_iterable(pieces), last), tuple(accumulate(map(len, pieces))))


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
