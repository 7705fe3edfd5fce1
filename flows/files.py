"""Files that are there whole or not at all."""

import os
from pathlib import Path
from tempfile import NamedTemporaryFile

from pipeline.errors import AsktellError


def write_whole(path: Path, text: str) -> None:
    """Write `text` to `path`, making its folder; a reader sees the old file or the new one, never a part.

    Raises AsktellError where the folder cannot be made or written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile("w", dir=path.parent, prefix=".writing-", encoding="utf-8", delete=False) as file:
            file.write(text)
        os.chmod(file.name, 0o644)
        os.replace(file.name, path)
    except OSError as error:
        raise AsktellError(f"{path}: cannot be written ({error.strerror}). Choose another folder with --out.") from None
