"""What a run says of its recogniser."""

from dataclasses import dataclass
from pathlib import Path

POCKETSPHINX = "pocketsphinx"
DEFAULT_MODEL = "small.en"


@dataclass(frozen=True, slots=True)
class AsrOptions:
    """`name` is a size ("small.en"), a folder, a hub id ("org/model") or "pocketsphinx".

    `device` is "auto", "cpu" or "cuda"; `vocabulary` is a file of domain words, one a line.
    """

    name: str = DEFAULT_MODEL
    device: str = "auto"
    vocabulary: Path | None = None
