"""What makes the numbers of a recording doubtful, in sentences for the scorecard."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from models.speech import FRAME_MS, Frames, frame_levels
from pipeline.audio import Audio
from pipeline.values import Span

NOISY_DB = 12.0
LITTLE_SPEECH_MS = 10_000
FULL_SCALE = 32_600
# A clipped wave stands at full scale; even loud clean speech only touches it.
CLIPPED_SHARE = 0.005
# Levels of half a second of each say little about speech or background.
FEWEST_FRAMES = 16
BLOCK_MS = 60_000


def sound_doubts(audio: Audio, speech: Sequence[Span]) -> tuple[str, ...]:
    """Warnings about noise, clipping and scarce speech; none for a clean recording or one without speech."""
    if not speech:
        return ()
    doubts = []
    above_db = speech_above_background_db(audio, speech)
    if above_db is not None and above_db < NOISY_DB:
        doubts.append(
            f"noisy: speech is {max(0.0, above_db):.0f} dB above the background. Words and speakers are less certain."
        )
    if _clipped_share(audio, speech) > CLIPPED_SHARE:
        doubts.append("the recording is clipped (recorded too loud): words and speakers are less certain.")
    spoken_ms = sum(span.duration_ms for span in speech)
    if spoken_ms < LITTLE_SPEECH_MS:
        doubts.append(f"only {spoken_ms / 1000:.0f} s of speech: too little for dependable numbers.")
    return tuple(doubts)


def speech_above_background_db(audio: Audio, speech: Sequence[Span]) -> float | None:
    """Median level of speech less that of everything else, in dB; None where there is too little of either."""
    levels = frame_levels(audio)
    spoken = _on_frames(speech, levels)
    if min(int(spoken.sum()), int((~spoken).sum())) < FEWEST_FRAMES:
        return None
    return float(np.median(levels[spoken]) - np.median(levels[~spoken]))


def _on_frames(speech: Sequence[Span], levels: Frames) -> NDArray[np.bool_]:
    spoken = np.zeros(len(levels), np.bool_)
    for span in speech:
        spoken[span.start_ms // FRAME_MS : -(-span.end_ms // FRAME_MS)] = True
    return spoken


def _clipped_share(audio: Audio, speech: Sequence[Span]) -> float:
    """The largest share of samples at full scale on any channel, where anyone speaks."""
    clipped = np.zeros(audio.channels)
    total = 0
    for span in speech:
        for start_ms in range(span.start_ms, span.end_ms, BLOCK_MS):
            end_ms = min(span.end_ms, start_ms + BLOCK_MS)
            part = audio.samples[:, start_ms * 16 : end_ms * 16]
            clipped += ((part >= FULL_SCALE) | (part <= -FULL_SCALE)).sum(axis=1)
            total += part.shape[1]
    return float(clipped.max()) / max(total, 1)
