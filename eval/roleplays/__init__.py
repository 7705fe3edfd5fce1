"""Bundled role-play recordings, the scripts they are spoken from, and their exact truth."""

from pathlib import Path

FOLDER = Path(__file__).parent
TRUTH_SUFFIX = ".truth.json"


def recordings() -> list[Path]:
    """The bundled recordings, in order of name: the files that have their truth beside them."""
    named = {truth.name.removesuffix(TRUTH_SUFFIX) for truth in FOLDER.glob(f"*{TRUTH_SUFFIX}")}
    return sorted(path for path in FOLDER.iterdir() if path.stem in named and path.suffix != ".json")
