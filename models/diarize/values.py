"""What diarization says of a recording."""

from dataclasses import dataclass

from pipeline.values import SpeakerSpan

BY_VOICE = "resemblyzer-spectral-3"
"""Names the way voices are told apart; raised when results change, so that stored recordings are heard again."""


@dataclass(frozen=True, slots=True)
class Diarization:
    """Who speaks when, and what to doubt.

    `spans` are in order of start, labelled S1, S2, … in order of first appearance; those of two speakers may
    overlap, those of one never do. `by_channel` holds the labels in order of channels where each channel is
    one speaker, else it is empty. `warnings` are sentences for the scorecard.
    """

    spans: tuple[SpeakerSpan, ...]
    by_channel: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
