"""What a person points at, as the list of files to score."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from pipeline.errors import RecordingError

MEDIA = frozenset(
    ".3gp .aac .aif .aiff .amr .au .avi .caf .flac .flv .m4a .m4b .m4v .mka .mkv .mov .mp2 .mp3 .mp4 .mpeg .mpg "
    ".oga .ogg .ogv .opus .ts .wav .weba .webm .wma .wmv".split()
)
TRANSCRIPTS = frozenset(".vtt .srt .sbv .txt .csv .tsv .json .jsonl".split())
DOCUMENTS = frozenset(".doc .docx .odt .pdf .rtf".split())
"""What transcripts are sometimes kept in: not read, but refused with how to save them instead."""

TRUTH_SUFFIX = ".truth.json"
"""Answers kept beside a recording for evaluation; never an input."""


class Kind(StrEnum):
    """How a file is read."""

    RECORDING = "recording"
    TRANSCRIPT = "transcript"


@dataclass(frozen=True, slots=True)
class Gathered:
    """Files to score in the order given, each once; and what was passed over, one sentence each."""

    files: tuple[Path, ...]
    skipped: tuple[str, ...] = ()


def kind_of(path: Path) -> Kind:
    """A transcript, or a document that may hold one, by its extension; everything else a recording."""
    return Kind.TRANSCRIPT if path.suffix.lower() in TRANSCRIPTS | DOCUMENTS else Kind.RECORDING


def looks_scorable(path: Path) -> bool:
    """Whether the name says recording or transcript; hidden files and truth files do not."""
    name = path.name.lower()
    return not name.startswith(".") and not name.endswith(TRUTH_SUFFIX) and path.suffix.lower() in MEDIA | TRANSCRIPTS


def gather(paths: Sequence[Path]) -> Gathered:
    """Files named, and recordings and transcripts anywhere below folders named.

    A file named alone is taken whatever its name; among several, names that are neither recording nor
    transcript are passed over, as a shell's `*` brings them along. Raises RecordingError where nothing is left.
    """
    files: dict[Path, Path] = {}
    skipped: list[str] = []
    for path in paths:
        if path.is_dir():
            found = sorted(inner for inner in path.rglob("*") if inner.is_file() and looks_scorable(inner))
            if not found:
                skipped.append(f"{path}: no recordings or transcripts in this folder")
            files.update((inner.resolve(), inner) for inner in found)
        elif len(paths) == 1 or looks_scorable(path) or not path.exists():
            files.setdefault(path.resolve(), path)
        else:
            skipped.append(f"{path}: passed over, its name is neither a recording's nor a transcript's")
    if not files:
        raise RecordingError(f"{skipped[0]}. Name a recording, a transcript or a folder that holds some.")
    return Gathered(tuple(files.values()), tuple(skipped))
