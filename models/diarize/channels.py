"""Two channels: a speaker each, one leaking into the other, or one signal twice."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from models.speech import FRAME_MS, SILENCE_DB, Frames, SileroSpeechDetector, frame_levels
from pipeline.audio import Audio
from pipeline.values import Span, SpeakerSpan

PAUSE_MS = 500
SHORTEST_MS = 150

Powers = NDArray[np.float64]


class Layout(StrEnum):
    """What the two channels of a recording are to each other."""

    SPEAKERS = "a speaker on each"
    MIXED = "the same people on both"
    LEFT_ONLY = "nothing on the right"
    RIGHT_ONLY = "nothing on the left"


@dataclass(frozen=True, slots=True)
class ChannelRules:
    """`apart_db` tells a channel's own speech from the other's; speech must rise `margin_db` over the leak.

    A channel `empty_db` quieter than the other counts as empty; both must have `least_own_ms` of speech of their own,
    and together `least_own_share` of all speech, to hold a speaker each.
    """

    apart_db: float = 6.0
    margin_db: float = 6.0
    empty_db: float = 40.0
    least_own_ms: int = 400
    least_own_share: float = 0.4


@dataclass(frozen=True, slots=True)
class Channels:
    """How two channels relate, the speech on each once the other's leak is taken out, and that leak."""

    layout: Layout
    spans: tuple[tuple[Span, ...], tuple[Span, ...]] = ((), ())
    leaked: tuple[tuple[Span, ...], tuple[Span, ...]] = ((), ())
    leaks: bool = False

    def warnings(self) -> tuple[str, ...]:
        """What to doubt of channels that hold a speaker each."""
        if not self.leaks:
            return ()
        return ("each channel also carries the other voice, quieter: short replies may be missed or misplaced.",)


def compare_channels(audio: Audio, detector: SileroSpeechDetector, rules: ChannelRules) -> Channels:
    """What two channels are to each other, judged where anyone speaks. Raises ValueError for one channel.

    A frame of speech is a channel's own when it is louder there by `apart_db`. Channels hold a speaker each when
    most speech is somebody's own, on both sides; one signal twice, or two microphones in one room, never is.
    The leak into a channel is how much of the other's own speech arrives there (median); what is not `margin_db`
    louder than leak and noise together is nobody's, so quiet replies under the other's talk survive in clean channels.
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
    powers = np.stack([_power(levels[channel]) for channel in (0, 1)])
    noise = _noise(powers)
    own = _own(powers, speech, noise, rules)
    enough = own.sum(axis=1) * FRAME_MS >= rules.least_own_ms
    if not enough.all() or own.any(axis=0).sum() < rules.least_own_share * speech.any(axis=0).sum():
        return Channels(Layout.MIXED)
    leak = _leak(powers, own, noise)
    margin = 10 ** (rules.margin_db / 10)
    heard = powers > margin * (noise + leak)
    active = speech & heard
    leaked = ~heard & (margin * leak > noise) & active[::-1]
    return Channels(
        Layout.SPEAKERS,
        spans=(_spans(active[0], audio), _spans(active[1], audio)),
        leaked=(tuple(_runs(leaked[0], audio)), tuple(_runs(leaked[1], audio))),
        leaks=bool((speech & ~active).sum() > 0.1 * speech.sum()),
    )


def _own(powers: Powers, speech: NDArray[np.bool_], noise: Powers, rules: ChannelRules) -> NDArray[np.bool_]:
    """Frames of speech that are clearly one channel's own, shape (2, frames)."""
    apart = 10 ** (rules.apart_db / 10)
    clear = speech & (powers > apart * noise)
    return clear & (powers > apart * powers[::-1])


def _leak(powers: Powers, own: NDArray[np.bool_], noise: Powers) -> Powers:
    """The power each channel has of the other's speech, above its own noise."""
    shares = [
        float(np.median(np.maximum(powers[into] - noise[into], 0)[own[1 - into]] / powers[1 - into][own[1 - into]]))
        for into in (0, 1)
    ]
    leak: Powers = np.array(shares)[:, None] * powers[::-1]
    return leak


def _noise(powers: Powers) -> Powers:
    """The quietest twentieth of each channel, shape (2, 1); where someone talks all along, 20 dB below the loudest."""
    quiet, loud = np.percentile(powers, (5, 95), axis=1, keepdims=True)
    noise: Powers = np.minimum(quiet, loud / 100)
    return noise


def _power(levels: Frames) -> Powers:
    """Power by frame, over 0.16 s: an echo that arrives late must not look like a reply."""
    power: Powers = np.convolve(10 ** (levels.astype(np.float64) / 10), np.full(5, 0.2), "same")
    return power


def channel_speakers(channels: Channels) -> tuple[list[SpeakerSpan], tuple[str, str]]:
    """Spans of both sides in order of start, S1 for who speaks first, and the labels in order of channels."""
    first = 0 if channels.spans[0][:1] <= channels.spans[1][:1] else 1
    labels = ("S1", "S2") if first == 0 else ("S2", "S1")
    spans = [SpeakerSpan(span, labels[channel]) for channel in (0, 1) for span in channels.spans[channel]]
    return sorted(spans, key=lambda each: (each.span, each.speaker)), labels


def _loudness(levels: NDArray[np.float32], speech: NDArray[np.bool_]) -> float:
    return float(np.percentile(levels[speech], 90)) if speech.any() else SILENCE_DB


def _on_frames(spans: list[Span], frames: int) -> NDArray[np.bool_]:
    active = np.zeros(frames, np.bool_)
    for span in spans:
        active[span.start_ms // FRAME_MS : -(-span.end_ms // FRAME_MS)] = True
    return active


def _spans(active: NDArray[np.bool_], audio: Audio) -> tuple[Span, ...]:
    """Runs of active frames as spans: gaps of a syllable closed, then crumbs dropped, then pauses closed."""
    syllables = _closed(_runs(active, audio), SHORTEST_MS)
    return tuple(_closed([span for span in syllables if span.duration_ms >= SHORTEST_MS], PAUSE_MS))


def _runs(frames: NDArray[np.bool_], audio: Audio) -> list[Span]:
    edges = np.flatnonzero(np.diff(np.concatenate(([0], frames.astype(np.int8), [0])))) * FRAME_MS
    return [Span(*(min(int(edge), audio.duration_ms) for edge in pair)) for pair in edges.reshape(-1, 2)]


def _closed(spans: list[Span], longest_ms: int) -> list[Span]:
    closed: list[Span] = []
    for span in spans:
        if closed and span.start_ms - closed[-1].end_ms <= longest_ms:
            closed[-1] = Span(closed[-1].start_ms, span.end_ms)
        else:
            closed.append(span)
    return closed
