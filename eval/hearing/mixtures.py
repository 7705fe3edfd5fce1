"""Two voices laid over each other with known overlap, dry and in a room."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray
from scipy.signal import fftconvolve

from eval.hearing.reference import Reference, roleplays
from pipeline.audio import RATE, Audio, decode
from pipeline.values import Span, SpeakerSpan

Sound = NDArray[np.float64]

SPEED_OF_SOUND = 343
PER_MS = RATE // 1000
SHORTEST_MS = 250
LONGEST_S = 8
"""Of a longer sentence no more is said."""


@dataclass(frozen=True, slots=True)
class RoomRules:
    """How far people sit from the microphone, and how long sound takes to die by 60 dB."""

    distance_m: tuple[float, float] = (0.8, 3.0)
    reverberation_s: tuple[float, float] = (0.3, 0.7)


@dataclass(frozen=True, slots=True)
class MixtureRules:
    """How people talk across each other; seconds and decibels. Noise is `noise_db` below speech.

    Of the turns a quarter hear the other talk into them; of those that follow a third start before the last has ended.
    """

    seconds: int = 90
    inside_share: float = 0.25
    inside_s: tuple[float, float] = (0.7, 3.0)
    early_share: float = 0.35
    early_s: tuple[float, float] = (0.4, 2.0)
    pause_s: tuple[float, float] = (0.1, 0.8)
    apart_db: float = 6.0
    noise_db: tuple[float, float] = (40.0, 40.0)
    room: RoomRules | None = None


def mixtures(seed: int, rules: MixtureRules) -> Iterator[tuple[Reference, Audio]]:
    """One for each role-play, in order of name, with its true spans: the sentences of both people anew."""
    for place, reference in enumerate(roleplays()):
        spans, audio = mixture(sentences(reference), seed + place, rules)
        yield replace(reference, spans=spans), audio


def mixture(
    said: Mapping[str, Sequence[Sound]], seed: int, rules: MixtureRules
) -> tuple[tuple[SpeakerSpan, ...], Audio]:
    """What two people say, in an order that is drawn, some of it across each other, up to `rules.apart_db` apart.

    `said` holds the sounds of each, or of one; then nobody talks across them, and `inside_share` and `early_share` must
    be 0. Returns who really speaks when, in order of start, and what is heard.
    """
    random = np.random.default_rng(seed)
    drawn = {speaker: list(own) for speaker, own in said.items()}
    for own in drawn.values():
        random.shuffle(own)
    tracks = _Tracks(dict(sorted(drawn.items())), rules.seconds, random.uniform(-rules.apart_db, rules.apart_db))
    _converse(tracks, random, rules)
    sounds = list(tracks.sounds.values())
    if rules.room:
        length = len(sounds[0])
        places = _room(random, rules.room)[: len(sounds)]
        sounds = [fftconvolve(sound, echo)[:length] for sound, echo in zip(sounds, places, strict=True)]
    mix = np.sum(sounds, axis=0)
    mix += pink(len(mix), random) * level(mix) * 10 ** (-random.uniform(*rules.noise_db) / 20)
    mix = mix[: rules.seconds * RATE] * 0.05 / level(mix)
    spans = tuple(sorted(tracks.spans(), key=lambda each: (each.span, each.speaker)))
    audio = Audio(np.clip(np.round(mix * 32768), -32768, 32767).astype(np.int16)[np.newaxis])
    return spans, audio


@dataclass(slots=True)
class _Tracks:
    """A sound for each speaker and where on it they speak; sentences are taken in turn, over and over."""

    sentences: dict[str, list[Sound]]
    seconds: int
    apart_db: float
    sounds: dict[str, Sound] = field(default_factory=dict)
    taken: dict[str, int] = field(default_factory=dict)
    placed: list[SpeakerSpan] = field(default_factory=list)

    def __post_init__(self) -> None:
        for speaker, gain_db in zip(self.sentences, (0.0, self.apart_db)[: len(self.sentences)], strict=True):
            own = self.sentences[speaker]
            gain = 10 ** (gain_db / 20) / level(np.concatenate(own))
            self.sentences[speaker] = [sentence * gain for sentence in own]
            self.sounds[speaker] = np.zeros((self.seconds + 10) * RATE)
            self.taken[speaker] = 0

    def say(self, speaker: str, start: int, longest: int) -> int:
        """Lays the speaker's next sentence at `start`; where it ends."""
        own = self.sentences[speaker]
        sentence = own[self.taken[speaker] % len(own)][:longest]
        self.taken[speaker] += 1
        room = self.sounds[speaker][start : start + len(sentence)]
        room += sentence[: len(room)]
        end = start + len(room)
        last = min(end // PER_MS, self.seconds * 1000)
        if start // PER_MS < last:
            self.placed.append(SpeakerSpan(Span(start // PER_MS, last), speaker))
        return end

    def spans(self) -> list[SpeakerSpan]:
        """Where each speaks, sentences of one speaker that touch joined."""
        joined: list[SpeakerSpan] = []
        for each in sorted(self.placed, key=lambda each: (each.speaker, each.span)):
            if joined and joined[-1].speaker == each.speaker and each.span.start_ms <= joined[-1].span.end_ms:
                last = joined.pop().span
                each = replace(each, span=Span(last.start_ms, max(last.end_ms, each.span.end_ms)))
            joined.append(each)
        return joined


def _converse(tracks: _Tracks, random: np.random.Generator, rules: MixtureRules) -> None:
    speakers = list(tracks.sentences)
    start = RATE // 2
    while start < rules.seconds * RATE:
        end = start
        for _ in range(int(random.integers(1, 5))):
            end = tracks.say(
                speakers[0], end + (int(random.uniform(0, 0.3) * RATE) if end > start else 0), LONGEST_S * RATE
            )
        if random.random() < rules.inside_share and end - start > 5 * RATE:
            longest = int(random.uniform(*rules.inside_s) * RATE)
            tracks.say(speakers[1], start + int(random.uniform(0.2, 0.9) * (end - start - longest)), longest)
        early = random.random() < rules.early_share
        onward = -random.uniform(*rules.early_s) if early else random.uniform(*rules.pause_s)
        start = max(start, end + int(onward * RATE))
        speakers.reverse()


def sentences(reference: Reference) -> dict[str, list[Sound]]:
    """Each speaker's sentences that nobody talks across, by speaker in order of appearance."""
    audio = decode(reference.path).audio
    said: dict[str, list[Sound]] = {}
    for each in reference.spans:
        alone = not any(other.speaker != each.speaker and other.span.overlap_ms(each.span) for other in reference.spans)
        if alone and each.span.duration_ms > SHORTEST_MS:
            said.setdefault(each.speaker, []).append(faded(audio, each.span))
    return said


def faded(audio: Audio, span: Span) -> Sound:
    """The sound of a span without clicks at its ends: 10 ms in and out."""
    sound = audio.block(span.start_ms, span.end_ms).astype(np.float64)
    fade: Sound = np.minimum(1, np.minimum(np.arange(len(sound)), np.arange(len(sound))[::-1]) / (10 * PER_MS))
    return sound * fade


def _room(random: np.random.Generator, rules: RoomRules) -> list[Sound]:
    """Echoes from two places in one room drawn anew to a microphone on the table in its middle."""
    size = np.array([random.uniform(4, 7), random.uniform(3.5, 5), random.uniform(2.6, 3)])
    microphone = np.array([size[0] / 2, size[1] / 2, 0.8])
    dies_s = random.uniform(*rules.reverberation_s)
    places: list[Sound] = []
    while len(places) < 2:
        angle, distance = random.uniform(0, 2 * np.pi), random.uniform(*rules.distance_m)
        place = microphone + np.array([distance * np.cos(angle), distance * np.sin(angle), 0.4])
        if (place > 0.2).all() and (place < size - 0.2).all():
            places.append(place)
    return [echoes(size, place, microphone, dies_s) for place in places]


def echoes(size: Sound, source: Sound, microphone: Sound, dies_s: float, seconds: float = 0.6) -> Sound:
    """A box-shaped room's impulse response by image sources (Allen and Berkley 1979), of energy 1.

    All walls reflect alike, so that sound dies by 60 dB in `dies_s` (Sabine).
    """
    surface = 2 * (size[0] * size[1] + size[1] * size[2] + size[0] * size[2])
    reflects = np.sqrt(1 - min(0.95, 0.161 * size.prod() / (dies_s * surface)))
    reach = np.ceil(seconds * SPEED_OF_SOUND / (2 * size)).astype(int)
    cells = np.stack(np.meshgrid(*(np.arange(-far, far + 1) for far in reach), indexing="ij"), -1).reshape(-1, 3)
    response = np.zeros(int(seconds * RATE))
    for mirrored in np.ndindex(2, 2, 2):
        images = (1 - 2 * np.array(mirrored)) * source + 2 * cells * size
        away = np.linalg.norm(images - microphone, axis=1)
        bounces = np.abs(cells - mirrored).sum(axis=1) + np.abs(cells).sum(axis=1)
        arrives = (away / SPEED_OF_SOUND * RATE).astype(int)
        heard = arrives < len(response)
        np.add.at(response, arrives[heard], (reflects**bounces / away)[heard])
    echo: Sound = response / np.sqrt(np.square(response).sum())
    return echo


def pink(length: int, random: np.random.Generator) -> Sound:
    """Noise whose power falls with frequency, of standard deviation 1."""
    spectrum = np.fft.rfft(random.standard_normal(length))
    noise = np.fft.irfft(spectrum / np.sqrt(np.maximum(np.fft.rfftfreq(length, 1 / RATE), 30)), length)
    whole: Sound = noise / noise.std()
    return whole


def level(sound: Sound) -> float:
    """The level loud frames have: root mean square of 32 ms, one in five above it."""
    frames = sound[: len(sound) // 512 * 512].reshape(-1, 512)
    return float(np.percentile(np.sqrt(np.square(frames).mean(axis=1)), 80))


DRY = MixtureRules()
IN_TURN = MixtureRules(inside_share=0.0, early_share=0.0)
IN_A_ROOM = MixtureRules(noise_db=(12.0, 22.0), room=RoomRules())
