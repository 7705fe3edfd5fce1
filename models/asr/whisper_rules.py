"""How faster-whisper is asked to decode coaching talk, and when its answer is not to be believed."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from faster_whisper.transcribe import Segment
from faster_whisper.vad import VadOptions, get_speech_timestamps
from numpy.typing import NDArray

from pipeline.audio import RATE

READABLE = "en"
WINDOW_S = 30.0
Samples = NDArray[np.float32]
Window = tuple[int, int]
"""A stretch of at most 30 s, as sample offsets, end excluded."""


@dataclass(frozen=True, slots=True)
class WhisperOptions:
    """How the model is run. `batch` is how many windows are decoded at once; 0 lets the device decide."""

    device: str = "auto"
    batch: int = 0
    beam: int = 5
    silence_ms: int = 1_000
    pad_ms: int = 400
    speech_threshold: float = 0.4
    no_speech: float = 0.6
    worst_log_probability: float = -1.0
    most_compression: float = 2.4
    temperatures: tuple[float, ...] = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
    sure_language: float = 0.5
    language_windows: int = 4


def vad(options: WhisperOptions) -> dict[str, Any]:
    """Voice detection that keeps a short "yes": no shortest length, a low threshold and room at both edges."""
    return {
        "threshold": options.speech_threshold,
        "min_silence_duration_ms": options.silence_ms,
        "speech_pad_ms": options.pad_ms,
    }


def decoding(options: WhisperOptions, language: str | None, hotwords: str | None) -> dict[str, Any]:
    """Arguments for either way of transcribing.

    Earlier text is never the prompt of the next window: that is how one misheard loop fills the rest of an hour.
    """
    return {
        "language": language,
        "language_detection_segments": options.language_windows,
        "beam_size": options.beam,
        "temperature": options.temperatures,
        "compression_ratio_threshold": options.most_compression,
        "log_prob_threshold": options.worst_log_probability,
        "no_speech_threshold": options.no_speech,
        "condition_on_previous_text": False,
        "word_timestamps": True,
        "hotwords": hotwords,
    }


def windows(samples: Samples, options: WhisperOptions) -> list[Window]:
    """Windows that hold all speech, as few as fit 30 s each, cut in silence where there is any; none for silence."""
    found = get_speech_timestamps(samples, VadOptions(max_speech_duration_s=WINDOW_S, **vad(options)))
    merged: list[Window] = []
    for stretch in found:
        if merged and stretch["end"] - merged[-1][0] <= WINDOW_S * RATE:
            merged[-1] = (merged[-1][0], stretch["end"])
        else:
            merged.append((stretch["start"], stretch["end"]))
    return merged


def looks_silent(segment: Segment, options: WhisperOptions) -> bool:
    """Whether the model itself doubts that anyone speaks, and doubts its words."""
    unlikely = segment.avg_logprob < options.worst_log_probability
    return bool(unlikely and segment.no_speech_prob > options.no_speech)


def looks_wrong(segment: Segment, options: WhisperOptions) -> bool:
    """Whether the words are unlikely, or so alike that they pack too well: a loop."""
    unlikely = segment.avg_logprob < options.worst_log_probability
    return bool(unlikely or segment.compression_ratio > options.most_compression)


def moved(segment: Segment, by_s: float) -> Segment:
    """The segment and its words so much later."""
    words = [replace(word, start=word.start + by_s, end=word.end + by_s) for word in segment.words or ()]
    return replace(segment, start=segment.start + by_s, end=segment.end + by_s, words=words)
