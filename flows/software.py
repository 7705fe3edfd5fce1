"""Which software a result was made with."""

from importlib.metadata import version

NAMED = (
    "asktell",
    "faster-whisper",
    "pocketsphinx",
    "resemblyzer",
    "spacy",
    "transformers",
    "torch",
    "duckdb",
)


def software() -> tuple[tuple[str, str], ...]:
    """Pairs of a package whose work is in every result, and its version here."""
    return tuple((name, version(name)) for name in NAMED)
