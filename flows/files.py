"""Files that are there whole or not at all."""

import os
import secrets
from pathlib import Path
from tempfile import NamedTemporaryFile

from pipeline.errors import AsktellError


def ready_folder(folder: Path) -> None:
    """Make the folder and try it, so that no long work is done for a place nothing can be put.

    Raises AsktellError where files cannot be written there.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=folder, prefix=".trying-"):
            pass
    except OSError as error:
        why = "it is no folder" if isinstance(error, FileExistsError | NotADirectoryError) else error.strerror
        raise AsktellError(f"{folder}: files cannot be put here ({why}). Choose another folder with --out.") from None


def write_whole(path: Path, text: str) -> None:
    """Write `text` to `path`, making its folder; a reader sees the old file or the new one, never a part.

    What UTF-8 cannot hold, as in names of files that are no text, becomes a question mark.

    Raises AsktellError where the folder cannot be made or written.
    """
    being_written = path.with_name(f".writing-{secrets.token_hex(8)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            # Python's own temporary files are closed to all others; this one gets the rights a new file gets here.
            with being_written.open("xb") as file:
                file.write(text.encode("utf-8", "replace"))
            os.replace(being_written, path)
        finally:
            being_written.unlink(missing_ok=True)
    except OSError as error:
        raise AsktellError(f"{path}: cannot be written ({error.strerror}). Choose another folder with --out.") from None
