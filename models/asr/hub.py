"""Where whisper weights come from: a folder, the machine's cache, or the hub when a person names them."""

import re
import threading
import urllib.error
import urllib.request
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum
from pathlib import Path

from pipeline.errors import MissingModelError

HEADER_TIMEOUT_S = 3.0
REACH_TIMEOUT_S = 5.0
HUB_ID = re.compile(r"[\w.-]{1,96}/[\w.-]{1,96}", re.ASCII)
NEEDED = ("model.bin", "tokenizer.json")
CONVERT = (
    "Convert a Whisper model with ct2-transformers-converter --copy_files tokenizer.json preprocessor_config.json, "
    "or name a size such as small.en."
)


class Place(Enum):
    """Where the weights are now."""

    HERE = "here"
    HUB = "hub"
    NOWHERE = "nowhere"


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights by the name a person gave; `source` is a folder where they are here, else the hub's id."""

    name: str
    source: str
    place: Place


def find_weights(name: str) -> Weights:
    """Where the weights of a size, a folder or a hub id are, without loading or fetching any.

    Asks the hub, for seconds at most, only where nothing is on this machine. Raises MissingModelError for a folder
    that is not there or holds no converted model, for an unknown size, and for an id the hub does not have.
    """
    folder = Path(name).expanduser()
    if folder.is_dir():
        return Weights(folder.resolve().name, str(_converted(folder)), Place.HERE)
    if _is_path(name):
        raise MissingModelError(f"--asr {name}: there is no such folder. {CONVERT}")
    repository = _repository(name)
    cached = cached_folder(repository)
    if cached:
        return Weights(name, str(cached), Place.HERE)
    return Weights(name, repository, Place.HUB if _on_hub(name, repository) else Place.NOWHERE)


def cached_folder(repository: str) -> Path | None:
    """The folder of a complete download of `repository` on this machine, or None."""
    from faster_whisper.utils import download_model

    _forbid_telemetry()
    try:
        folder = Path(download_model(repository, local_files_only=True))
    except OSError:
        return None
    return folder if not _missing(folder) else None


def fetch(weights: Weights) -> str:
    """The folder of the weights, downloaded now where they are on the hub.

    Raises MissingModelError where that fails.
    """
    if weights.place is Place.HERE:
        return weights.source
    from faster_whisper.utils import download_model

    _forbid_telemetry()
    try:
        return str(download_model(weights.source))
    except Exception as error:  # the hub's client raises its own, httpx's and the system's errors
        raise MissingModelError(
            f"--asr {weights.name}: its weights could not be fetched ({type(error).__name__}). "
            "Try again with a network, or give a folder or --asr pocketsphinx."
        ) from None


def sizes() -> dict[str, str]:
    """Names of sizes and the hub's ids they stand for, as faster-whisper lists them."""
    from faster_whisper.utils import _MODELS  # its public function gives the names without the ids

    return dict(_MODELS)


def _converted(folder: Path) -> Path:
    missing = _missing(folder)
    if missing:
        raise MissingModelError(f"--asr {folder}: no {missing} in that folder. {CONVERT}")
    return folder


def _missing(folder: Path) -> str | None:
    """The first file a folder of weights lacks; without a tokenizer faster-whisper would ask the hub for one."""
    return next((name for name in NEEDED if not (folder / name).is_file()), None)


def _is_path(name: str) -> bool:
    return Path(name).is_absolute() or name.startswith((".", "~")) or "\\" in name or name.count("/") > 1


def _repository(name: str) -> str:
    known = sizes()
    if name in known:
        return known[name]
    if HUB_ID.fullmatch(name):
        return name
    near = get_close_matches(name, [*known, "pocketsphinx"], n=1)
    hint = (
        f"Did you mean {near[0]}?" if near else f"Sizes are {', '.join(known)}; a folder or pocketsphinx will do too."
    )
    raise MissingModelError(f"--asr {name}: no such model. {hint}")


def _on_hub(name: str, repository: str) -> bool:
    """Whether the hub answers and has the weights; False without a network, or where it is switched off."""
    from huggingface_hub import constants

    if constants.is_offline_mode():
        return False
    status = _status(f"{constants.ENDPOINT}/{repository}/resolve/main/model.bin")
    if status in (401, 404) and "/" in name:
        raise MissingModelError(f"--asr {name}: the hub has no converted model of that name. {CONVERT}")
    return status is not None and status < 400


def _status(url: str) -> int | None:
    """The HTTP status of a HEAD request, or None where nobody answers in time.

    A thread, because looking up a name can outlast the request's own timeout many times over.
    """
    answers: list[int] = []

    def ask() -> None:
        try:
            with urllib.request.urlopen(urllib.request.Request(url, method="HEAD"), timeout=HEADER_TIMEOUT_S) as answer:
                answers.append(answer.status)
        except urllib.error.HTTPError as error:
            answers.append(error.code)
        except OSError:
            return

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(REACH_TIMEOUT_S)
    return answers[0] if answers else None


def _forbid_telemetry() -> None:
    from huggingface_hub import constants

    constants.HF_HUB_DISABLE_TELEMETRY = True
