"""What a person points at, as the list of files to score."""

import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from pipeline.errors import RecordingError

MEDIA = frozenset(
    ".3g2 .3ga .3gp .aac .ac3 .aif .aifc .aiff .amr .asf .au .avi .awb .caf .f4v .flac .flv .m2ts .m4a .m4b .m4r .m4v "
    ".mka .mkv .mov .mp2 .mp3 .mp4 .mpeg .mpg .mts .mxf .oga .ogg .ogv .opus .spx .ts .vob .w64 .wav .weba .webm .wma "
    ".wmv .wv".split()
)
TRANSCRIPTS = frozenset(".vtt .srt .sbv .txt .docx .csv .tsv .json .jsonl".split())
NOTES = frozenset({".md", ".markdown"})
"""Transcripts where they are named; in a folder they are mostly read-mes."""

DOCUMENTS = frozenset(".doc .odt .pdf .rtf".split())
"""What transcripts are sometimes kept in: not read, but refused with how to save them instead."""

_NAMED = 3
"""How many of many files are named; a shell's `*` brings dozens along."""

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
    """A transcript, or notes or a document that may hold one, by its extension; everything else a recording."""
    return Kind.TRANSCRIPT if path.suffix.lower() in TRANSCRIPTS | NOTES | DOCUMENTS else Kind.RECORDING


def looks_scorable(path: Path) -> bool:
    """Whether the name says recording or transcript; hidden files and truth files do not."""
    return not _is_ours(path) and path.suffix.lower() in MEDIA | TRANSCRIPTS


def gather(paths: Sequence[Path]) -> Gathered:
    """Files named, and recordings and transcripts anywhere below folders named.

    A file named alone is taken whatever its name; among several, names that are neither recording nor
    transcript are passed over, as a shell's `*` brings them along. Raises RecordingError where nothing is left.
    """
    files: dict[str, Path] = {}
    skipped: list[str] = []
    others: list[Path] = []
    for path in paths:
        if os.path.isdir(path):
            below = _below(path)
            if not below.files and not below.skipped:
                skipped.append(f"{path}: no recordings or transcripts in this folder")
            skipped += below.skipped
            files.update((os.path.realpath(inner), inner) for inner in below.files)
        elif len(paths) == 1 or looks_scorable(path) or not os.path.exists(path):
            files.setdefault(os.path.realpath(path), path)
        elif not _is_ours(path):
            others.append(path)
    skipped += _passed_over(others, "passed over")
    if not files:
        why = skipped[0] if skipped else f"{paths[0]}: hidden, or kept for evaluation"
        raise RecordingError(f"{why}. Name a recording, a transcript or a folder that holds some.")
    return Gathered(tuple(files.values()), tuple(skipped))


def _below(folder: Path) -> Gathered:
    """What looks scorable below a folder, in order, and what was not looked into or passed over.

    What turns out to be no file there, as a link to nothing, is kept, so that it is reported. Linked folders are not
    followed: they may lead round in a circle.
    """
    closed: list[OSError] = []
    named: list[Path] = []
    linked: list[str] = []
    for within, folders, names in os.walk(folder, onerror=closed.append):
        named += [Path(within, name) for name in sorted(names)]
        linked += [os.path.join(within, name) for name in sorted(folders) if os.path.islink(os.path.join(within, name))]
    named = [path for path in named if not os.path.isdir(path)]
    return Gathered(
        tuple(sorted(path for path in named if looks_scorable(path))),
        (
            *(f"{error.filename}: this folder cannot be read ({error.strerror})" for error in closed),
            *(f"{path}: a link to a folder, not followed; name it to score what is there" for path in linked),
            *_passed_over(
                [path for path in named if not looks_scorable(path) and not _is_ours(path)], f"in {folder}, passed over"
            ),
        ),
    )


def _passed_over(paths: Sequence[Path], where: str) -> list[str]:
    """A sentence for each document that may hold a transcript, and one for all others: they may be hundreds."""
    documents = [path for path in paths if path.suffix.lower() in DOCUMENTS]
    others = [path for path in paths if path.suffix.lower() not in DOCUMENTS]
    told = [
        f"{path}: passed over; if it is a transcript, save it as plain text (.txt) and name that" for path in documents
    ]
    if others:
        names = few_of([path.name for path in others])
        count = "1 file" if len(others) == 1 else f"{len(others)} files"
        told.append(f"{where}: {count}, by name neither recordings nor transcripts ({names})")
    return told


def few_of(names: Sequence[str]) -> str:
    """The first of the names, and a sign that there are more."""
    return ", ".join(names[:_NAMED]) + (", …" if len(names) > _NAMED else "")


def _is_ours(path: Path) -> bool:
    """Hidden files, Word's marks of open documents and answers kept for evaluation: nobody expects them scored."""
    return path.name.startswith((".", "~$")) or path.name.lower().endswith(TRUTH_SUFFIX)


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
