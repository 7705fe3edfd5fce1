"""Two channels: a speaker each, one leaking into the other, or one signal twice."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from models.speech import FRAME_MS, FRAME_SAMPLES, SileroSpeechDetector
from pipeline.audio import Audio
from pipeline.values import Span, SpeakerSpan

SILENCE_DB = -100.0
BLOCK_FRAMES = 1875
MERGE_GAP_MS = 160
SHORTEST_MS = 120


class Layout(StrEnum):
    """What the two channels of a recording are to each other."""

    SPEAKERS = "a speaker on each"
    MIXED = "the same people on both"
    LEFT_ONLY = "nothing on the right"
    RIGHT_ONLY = "nothing on the left"


@dataclass(frozen=True, slots=True)
class ChannelRules:
    """`apart_db` tells a channel's own speech from the other's; speech must rise `margin_db` over the leak."""

    apart_db: float = 6.0
    margin_db: float = 7.0
    empty_db: float = 40.0
    least_own_ms: int = 800
    least_own_share: float = 0.6


@dataclass(frozen=True, slots=True)
class Channels:
    """How two channels relate, and the spans of speech on each once the other's leak is taken out."""

    layout: Layout
    spans: tuple[tuple[Span, ...], tuple[Span, ...]] = ((), ())
    leaks: bool = False


def compare_channels(audio: Audio, detector: SileroSpeechDetector, rules: ChannelRules) -> Channels:
    """What two channels are to each other, judged where anyone speaks. Raises ValueError for one channel.

    A frame of speech belongs to a channel when it is `apart_db` louder there, each channel measured against its own
    loudest speech. Channels hold a speaker each when most speech is apart so, on both sides.
    """
    if audio.channels != 2:
        raise ValueError(f"{audio.channels} channel where two are compared")
    levels = np.stack([frame_levels(audio, channel) for channel in (0, 1)])
    speech = np.stack([_on_frames(detector.detect(audio, channel), levels.shape[1]) for channel in (0, 1)])
    loud = [_loudness(levels[channel], speech[channel]) for channel in (0, 1)]
    if not speech[1].any() or loud[0] - loud[1] > rules.empty_db:
        return Channels(Layout.LEFT_ONLY)
    if not speech[0].any() or loud[1] - loud[0] > rules.empty_db:
        return Channels(Layout.RIGHT_ONLY)
    lead = levels[0] - levels[1]
    own = np.stack([speech[0] & (lead >= rules.apart_db), speech[1] & (lead <= -rules.apart_db)])
    enough = own.sum(axis=1) * FRAME_MS >= rules.least_own_ms
    if not enough.all() or own.any(axis=0).sum() < rules.least_own_share * speech.any(axis=0).sum():
        return Channels(Layout.MIXED)
    leak = (float(np.median(-lead[own[0]])), float(np.median(lead[own[1]])))
    over = np.stack([lead, -lead]) - np.array([[leak[1]], [leak[0]]])
    active = speech & (over > rules.margin_db)
    leaks = bool((speech & ~active).sum() > 0.1 * speech.sum())
    return Channels(Layout.SPEAKERS, (_spans(active[0], audio), _spans(active[1], audio)), leaks)


def channel_speakers(channels: Channels) -> tuple[list[SpeakerSpan], tuple[str, str]]:
    """Spans of both sides in order of start, S1 for who speaks first, and the labels in order of channels."""
    first = 0 if channels.spans[0][:1] <= channels.spans[1][:1] else 1
    labels = ("S1", "S2") if first == 0 else ("S2", "S1")
    spans = [SpeakerSpan(span, labels[channel]) for channel in (0, 1) for span in channels.spans[channel]]
    return sorted(spans, key=lambda each: (each.span, each.speaker)), labels


def frame_levels(audio: Audio, channel: int | None) -> NDArray[np.float32]:
    """Level of every 32 ms in dB below full scale, never below -100."""
    frames = -(-audio.samples.shape[1] // FRAME_SAMPLES)
    levels = np.full(frames, SILENCE_DB, np.float32)
    for first in range(0, frames, BLOCK_FRAMES):
        last = min(frames, first + BLOCK_FRAMES)
        block = audio.block(first * FRAME_MS, last * FRAME_MS, channel)
        block = np.pad(block, (0, (last - first) * FRAME_SAMPLES - len(block)))
        power = np.square(block).reshape(-1, FRAME_SAMPLES).mean(axis=1)
        levels[first:last] = 10 * np.log10(np.maximum(power, 1e-10))
    return levels


def _loudness(levels: NDArray[np.float32], speech: NDArray[np.bool_]) -> float:
    return float(np.percentile(levels[speech], 90)) if speech.any() else SILENCE_DB


def _on_frames(spans: list[Span], frames: int) -> NDArray[np.bool_]:
    active = np.zeros(frames, np.bool_)
    for span in spans:
        active[span.start_ms // FRAME_MS : -(-span.end_ms // FRAME_MS)] = True
    return active


def _spans(active: NDArray[np.bool_], audio: Audio) -> tuple[Span, ...]:
    edges = np.flatnonzero(np.diff(np.concatenate(([0], active.astype(np.int8), [0])))) * FRAME_MS
    merged: list[Span] = []
    for start, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        end = min(end, audio.duration_ms)
        if merged and start - merged[-1].end_ms <= MERGE_GAP_MS:
            merged[-1] = Span(merged[-1].start_ms, end)
        elif start < end:
            merged.append(Span(start, end))
    return tuple(span for span in merged if span.duration_ms >= SHORTEST_MS)
