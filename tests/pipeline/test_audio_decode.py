import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from av.audio.frame import AudioFrame

from pipeline.audio import RATE, Audio, _Reader, decode, file_digest
from pipeline.errors import RecordingError
from tests.pipeline.audio_builders import tone, write, write_silent_video, write_video_with_sound


def pitch_hz(samples: np.ndarray) -> float:
    spectrum = np.abs(np.fft.rfft(samples.astype(np.float64)))
    return float(np.argmax(spectrum)) * RATE / len(samples)


@pytest.mark.parametrize(
    ("name", "codec", "rate"),
    [
        ("a.wav", "pcm_s16le", 8_000),
        ("a.wav", "pcm_s16le", 44_100),
        ("a.wav", "pcm_mulaw", 8_000),
        ("a.flac", "flac", 48_000),
        ("a.mp3", "libmp3lame", 44_100),
        ("a.m4a", "aac", 44_100),
        ("a.ogg", "libopus", 48_000),
        ("a.webm", "libopus", 48_000),
        ("a.mkv", "aac", 44_100),
        ("a.mka", "flac", 16_000),
        ("a.flv", "aac", 44_100),
        ("a.ts", "aac", 44_100),
        ("a.aac", "aac", 44_100),
        ("a.avi", "pcm_s16le", 16_000),
        ("a.aiff", "pcm_s16be", 44_100),
    ],
)
def test_decode_reads_formats_and_rates_to_16_khz(tmp_path: Path, name: str, codec: str, rate: int) -> None:
    decoded = decode(write(tmp_path / name, tone(2, rate), rate, codec))
    assert decoded.audio.channels == 1
    assert abs(decoded.audio.duration_ms - 2000) <= 100
    assert pitch_hz(decoded.audio.samples[0]) == pytest.approx(440, abs=2)
    assert decoded.warnings == ()


def test_decode_keeps_two_channels_apart(tmp_path: Path) -> None:
    both = np.stack([tone(1, hertz=300), tone(1, hertz=700)])
    samples = decode(write(tmp_path / "two.wav", both)).audio.samples
    assert samples.shape[0] == 2
    assert pitch_hz(samples[0]) == pytest.approx(300, abs=2)
    assert pitch_hz(samples[1]) == pytest.approx(700, abs=2)


def test_decode_mixes_more_than_two_channels_into_one(tmp_path: Path) -> None:
    six = np.stack([tone(1)] * 6)
    samples = decode(write(tmp_path / "six.wav", six, layout="5.1")).audio.samples
    assert samples.shape == (1, RATE)
    assert pitch_hz(samples[0]) == pytest.approx(440, abs=2)


def test_decode_reads_the_sound_of_a_video_of_uneven_frame_rate(tmp_path: Path) -> None:
    decoded = decode(write_video_with_sound(tmp_path / "call.mp4", tone(2, 44_100), 44_100))
    assert abs(decoded.audio.duration_ms - 2000) <= 100
    assert pitch_hz(decoded.audio.samples[0]) == pytest.approx(440, abs=2)


def test_decode_fills_a_gap_in_time_and_leaves_out_a_jump_too_long_to_be_true(tmp_path: Path) -> None:
    sound = tone(6)
    jumps = [(16_000, 3.0), (32_000, 700.0), (64_000, 2.0)]
    decoded = decode(write(tmp_path / "jumps.mkv", sound, codec="flac", jumps=jumps))
    assert decoded.audio.duration_ms == pytest.approx(11_000, abs=150)
    assert "5 s of sound are missing" in decoded.warnings[0]
    assert "jump by 700 s" in decoded.warnings[1]
    quiet = np.abs(decoded.audio.samples[0, : 11 * RATE].reshape(11, RATE)).max(axis=1) == 0
    assert quiet.nonzero()[0].tolist() == [2, 3, 8]


def test_one_mad_time_stamp_moves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    true_frames = _Reader._frames

    def frames(reader: _Reader) -> Iterator[AudioFrame]:
        for place, frame in enumerate(true_frames(reader)):
            if place == 5:
                frame.pts = (frame.pts or 0) + 5_000_000
            yield frame

    monkeypatch.setattr(_Reader, "_frames", frames)
    decoded = decode(write(tmp_path / "mad.mkv", tone(3), codec="flac"))
    assert decoded.audio.duration_ms == pytest.approx(3_000, abs=150)
    assert decoded.warnings == ()


def test_decode_takes_a_relative_name_with_a_colon(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "plain.wav", tone(1)).rename(tmp_path / "2026-11-02T10:30:00.wav")
    monkeypatch.chdir(tmp_path)
    assert decode(Path("2026-11-02T10:30:00.wav")).audio.duration_ms == 1000


def test_decode_skips_damage_in_the_middle_keeps_times_and_says_so(tmp_path: Path) -> None:
    path = write(tmp_path / "hurt.mp3", np.concatenate([tone(6), tone(6, hertz=900)]), codec="libmp3lame")
    content = bytearray(path.read_bytes())
    middle = len(content) // 3
    content[middle : middle + 2000] = bytes(2000)
    path.write_bytes(content)
    decoded = decode(path)
    assert abs(decoded.audio.duration_ms - 12_000) <= 1_200
    assert pitch_hz(decoded.audio.samples[0, -2 * RATE :]) == pytest.approx(900, abs=2)
    assert decoded.warnings


def test_decode_of_a_file_cut_short_gives_what_is_there_and_says_how_much(tmp_path: Path) -> None:
    path = write(tmp_path / "cut.flac", np.random.default_rng(0).uniform(-0.3, 0.3, 10 * RATE), codec="flac")
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    decoded = decode(path)
    assert 4_000 <= decoded.audio.duration_ms <= 6_000
    assert any("ends early" in warning for warning in decoded.warnings)


@pytest.mark.parametrize("codec", ["pcm_s16le", "pcm_f32le", "adpcm_ms"])
def test_a_wav_cut_short_says_how_much_there_was(tmp_path: Path, codec: str) -> None:
    path = write(tmp_path / "cut.wav", tone(20), codec=codec)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    (warning,) = decode(path).warnings
    assert re.search(r"\b(9|10) s of (19|20) s", warning)


@pytest.mark.parametrize(("size", "told"), [(None, True), (0xFFFFFFFF, False), (0x7FFFFFFF, False), (0, False)])
def test_a_wav_shorter_than_its_header_says_was_cut_unless_its_writer_did_not_know(
    tmp_path: Path, size: int | None, told: bool
) -> None:
    path = write(tmp_path / "cut.wav", tone(10))
    content = bytearray(path.read_bytes()[: path.stat().st_size // 2])
    if size is not None:
        content[4:8] = size.to_bytes(4, "little")
    path.write_bytes(content)
    decoded = decode(path)
    assert abs(decoded.audio.duration_ms - 5_000) <= 100
    assert any("4 s of 9 s" in warning for warning in decoded.warnings) is told


def test_sound_that_begins_late_in_its_file_is_whole(tmp_path: Path) -> None:
    path = write(tmp_path / "late.mkv", tone(4), codec="flac", jumps=[(0, 100.0)])
    decoded = decode(path)
    assert abs(decoded.audio.duration_ms - 4_000) <= 100
    assert decoded.warnings == ()


def test_a_second_track_that_nobody_hears_is_told(tmp_path: Path) -> None:
    decoded = decode(write(tmp_path / "tracks.mkv", tone(2), codec="flac", tracks=2))
    assert decoded.audio.duration_ms == 2_000
    (warning,) = decoded.warnings
    assert "2 audio tracks; only one of them is heard" in warning


def test_a_constant_that_a_sound_card_adds_is_taken_away(tmp_path: Path) -> None:
    sound = np.stack([tone(70), tone(70)])
    clean = decode(write(tmp_path / "clean.wav", sound)).audio.samples
    raised = decode(write(tmp_path / "raised.wav", sound + np.array([[0.4], [-0.1]]))).audio.samples
    assert raised.astype(int) == pytest.approx(clean, abs=3)


@pytest.mark.parametrize("right", [-1.0, -0.6])
def test_opposed_channels_do_not_silence_each_other(tmp_path: Path, right: float) -> None:
    sound = tone(2)
    audio = decode(write(tmp_path / "opposed.wav", np.stack([sound, right * sound]))).audio
    assert np.abs(audio.block(0, 2000)).max() == pytest.approx(0.3 * (1 - right) / 2, abs=0.01)
    assert audio.samples[1] == pytest.approx(-right * audio.samples[0], abs=2)


def test_channels_that_are_not_opposed_are_left_alone(tmp_path: Path) -> None:
    random = np.random.default_rng(0)
    sound = random.uniform(-0.3, 0.3, (2, 2 * RATE))
    sound[1, :RATE] = -sound[0, :RATE] * 0.2
    read = decode(write(tmp_path / "two.wav", sound)).audio.samples
    assert read[1, -RATE:] == pytest.approx(sound[1, -RATE:] * 32767, abs=2)


def test_decode_refuses_an_mp4_without_its_end(tmp_path: Path) -> None:
    path = write(tmp_path / "cut.mp4", tone(5), codec="aac")
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(RecordingError, match=r"cut\.mp4: this is not a recording that can be read, or it was cut off"):
        decode(path)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("empty.wav", b"", "the file is empty"),
        ("notes.wav", b"Dear all,\nhere are my notes on the call.\n" * 50, "not a recording"),
        ("zeros.mp3", bytes(5000), "(not a recording|no sound)"),
        ("head.wav", b"RIFF\x24\x00\x00\x00WAVEfmt ", "(not a recording|no sound)"),
    ],
)
def test_decode_refuses_what_is_no_recording_by_name(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(RecordingError, match=f"{name}: .*{message}"):
        decode(path)


def test_decode_refuses_a_video_without_sound(tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match=r"mute\.mp4: there is no sound in this file"):
        decode(write_silent_video(tmp_path / "mute.mp4"))


def test_decode_refuses_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match="no such file"):
        decode(tmp_path / "gone.wav")
    with pytest.raises(RecordingError, match="no such file"):
        decode(tmp_path)


def test_decode_takes_a_name_in_any_script(tmp_path: Path) -> None:
    assert decode(write(tmp_path / "Gespräch – 会議 100%.wav", tone(1))).audio.duration_ms == 1000


def test_file_digest_is_the_sha256_of_the_bytes(tmp_path: Path) -> None:
    path = tmp_path / "some.bin"
    path.write_bytes(b"ask" * 700_000)
    assert file_digest(path) == hashlib.sha256(b"ask" * 700_000).hexdigest()


def test_file_digest_of_a_missing_file_names_it(tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match=r"gone\.wav"):
        file_digest(tmp_path / "gone.wav")


def test_block_gives_a_channel_or_the_mean_and_less_past_the_end() -> None:
    audio = Audio(np.array([[16384] * 1600, [0] * 1600], np.int16))
    assert audio.block(0, 10, 0)[0] == pytest.approx(0.5)
    assert audio.block(0, 10)[0] == pytest.approx(0.25)
    assert len(audio.block(90, 200)) == 160
    assert len(audio.block(500, 600)) == 0
