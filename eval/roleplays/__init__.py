"""Bundled role-play recordings, the scripts they are spoken from, and their exact truth."""

from pathlib import Path

TRUTH_SUFFIX = ".truth.json"


def recordings() -> list[Path]:
    """The bundled recordings, in order of name: the files that have their truth beside them."""
    folder = Path(__file__).parent
    named = {truth.name.removesuffix(TRUTH_SUFFIX) for truth in folder.glob(f"*{TRUTH_SUFFIX}")}
    return sorted(path for path in folder.iterdir() if path.stem in named and path.suffix != ".json")
