"""What a person points at, as the list of files to score."""

import os
import stat
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
    files: dict[str, Path] = {}
    skipped: list[str] = []
    for path in paths:
        if os.path.isdir(path):
            found, closed = _below(path)
            if not found and not closed:
                skipped.append(f"{path}: no recordings or transcripts in this folder")
            skipped += closed
            files.update((os.path.realpath(inner), inner) for inner in found)
        elif len(paths) == 1 or looks_scorable(path) or not os.path.exists(path):
            files.setdefault(os.path.realpath(path), path)
        else:
            skipped.append(f"{path}: passed over, its name is neither a recording's nor a transcript's")
    if not files:
        raise RecordingError(f"{skipped[0]}. Name a recording, a transcript or a folder that holds some.")
    return Gathered(tuple(files.values()), tuple(skipped))


def _below(folder: Path) -> tuple[list[Path], list[str]]:
    """What looks scorable below a folder, in order, and a sentence for each folder that cannot be read.

    What turns out to be no file there, as a link to nothing, is kept, so that it is reported.
    """
    closed: list[OSError] = []
    named = [Path(within, name) for within, _, names in os.walk(folder, onerror=closed.append) for name in names]
    found = sorted(path for path in named if looks_scorable(path) and not os.path.isdir(path))
    return found, [f"{error.filename}: this folder cannot be read ({error.strerror})" for error in closed]


def check_readable(path: Path) -> None:
    """Raise RecordingError, naming the file and what to do, where it is not a file that can be read, or is empty."""
    try:
        about = path.stat()
        if stat.S_ISREG(about.st_mode):
            path.open("rb").close()
    except (FileNotFoundError, NotADirectoryError):
        raise RecordingError(f"{path}: there is no such file. Check the name.") from None
    except OSError as error:
        raise RecordingError(
            f"{path}: cannot be read ({error.strerror}). Check the name and its permissions."
        ) from None
    if not stat.S_ISREG(about.st_mode):
        raise RecordingError(
            f"{path}: a folder, pipe or device, not a file. Save what it holds as a file and name that."
        )
    if about.st_size == 0:
        raise RecordingError(f"{path}: the file is empty. Copy or export it again.")
