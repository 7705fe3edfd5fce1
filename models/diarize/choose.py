"""Which diarizer a run uses."""

from pathlib import Path

from models.asr.hub import HUB_ID
from models.diarize.options import PYANNOTE, RESEMBLYZER
from models.diarize.pyannote import (
    COMMUNITY,
    CONFIGURATION,
    PyannoteDiarizer,
    PyannoteRules,
    check_installed,
    is_here,
)
from models.diarize.voices import VoiceDiarizer
from pipeline.errors import MissingModelError


def choose_diarizer(name: str, device: str) -> VoiceDiarizer:
    """The diarizer a person names: resemblyzer, pyannote, or the folder or hub id of a pipeline of pyannote's.

    Whichever it is, channels that hold a speaker each need no voices. Loads nothing: weights are read, and fetched
    where they are only on the hub, at the first recording. Raises MissingModelError for a name that can be none of
    these, and where pyannote is asked for and not installed.
    """
    if name == RESEMBLYZER:
        return VoiceDiarizer()
    rules = PyannoteRules(_model_named(name), device)
    check_installed()
    return VoiceDiarizer(PyannoteDiarizer(rules))


def weights_here(name: str) -> bool:
    """Whether that diarizer's weights are on this machine; ours come with its package. Uses no network.

    Raises MissingModelError for a name that can be none.
    """
    return name == RESEMBLYZER or is_here(_model_named(name))


def _model_named(name: str) -> str:
    """The folder or hub id that `name` stands for."""
    if name == PYANNOTE:
        return COMMUNITY
    folder = Path(name).expanduser()
    if folder.is_dir():
        if not is_here(str(folder)):
            raise MissingModelError(f"diarizer '{name}': no {CONFIGURATION} in that folder. Name another.")
        return str(folder.resolve())
    if HUB_ID.fullmatch(name) and not name.startswith("."):
        return name
    raise MissingModelError(
        f"diarizer '{name}': no such diarizer or folder. "
        f"Set it to {RESEMBLYZER}, {PYANNOTE}, or a folder or hub id with a pipeline of pyannote's."
    )
