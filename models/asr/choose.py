"""Which recogniser a run uses, and what to tell the person about it."""

from dataclasses import dataclass

from models.asr.hub import Place, Weights, cached_folder, find_weights, sizes
from models.asr.options import POCKETSPHINX, AsrOptions
from models.asr.vocabulary import Term, read_vocabulary
from pipeline.ports import Recogniser


@dataclass(frozen=True, slots=True)
class Choice:
    """A recogniser, its weights not loaded yet, and one line for the person where there is something to say."""

    recogniser: Recogniser
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Available:
    """A recogniser by the name `--asr` takes, whether it works on this machine now, and where it runs or is from."""

    name: str
    engine: str
    ready: bool
    detail: str


def choose_recogniser(options: AsrOptions) -> Choice:
    """The recogniser that `options.name` asks for; pocketsphinx, with a note, where its weights cannot be had.

    Loads nothing: weights are read, and fetched where they are only on the hub, at the first recording. Raises
    MissingModelError for a folder, size or id that does not exist, AsktellError for a vocabulary that cannot be read.
    """
    vocabulary = read_vocabulary(options.vocabulary) if options.vocabulary else ()
    if options.name == POCKETSPHINX:
        return Choice(_sphinx(vocabulary))
    weights = find_weights(options.name)
    if weights.place is Place.NOWHERE:
        return Choice(_sphinx(vocabulary), _fallback_note(weights))
    note = f"fetching the weights of '{weights.name}' once, from the model hub" if weights.place is Place.HUB else None
    return Choice(_whisper(weights, vocabulary, options.device), note)


def available() -> list[Available]:
    """Every recogniser that can be named, pocketsphinx first, then the sizes; asks no network."""
    found = [Available(POCKETSPHINX, POCKETSPHINX, True, "inside its package, processor only, draft transcripts")]
    for name, repository in sizes().items():
        folder = cached_folder(repository)
        detail = "on this machine" if folder else f"not here; fetched when asked for by --asr {name}"
        found.append(Available(name, "faster-whisper", folder is not None, detail))
    return found


def usable_devices() -> list[str]:
    """The devices faster-whisper can use here with their number format, best first, as "cuda (float16)"."""
    from models.asr.whisper_load import devices

    return [f"{device.name} ({device.compute_type})" for device in devices("auto")]


def _fallback_note(weights: Weights) -> str:
    return (
        f"the weights of '{weights.name}' are not on this machine and the model hub cannot be reached: "
        "using pocketsphinx, which makes draft transcripts"
    )


def _sphinx(vocabulary: tuple[Term, ...]) -> Recogniser:
    from models.asr.sphinx import SphinxRecogniser

    return SphinxRecogniser(vocabulary)


def _whisper(weights: Weights, vocabulary: tuple[Term, ...], device: str) -> Recogniser:
    from models.asr.whisper import WhisperRecogniser
    from models.asr.whisper_load import devices
    from models.asr.whisper_rules import WhisperOptions

    devices(device)
    return WhisperRecogniser(weights, vocabulary, WhisperOptions(device=device))
