import itertools
import os
import sys
import tracemalloc
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType, SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.diarize import choose_diarizer, weights_here
from models.diarize.clustering import ClusterRules, cluster
from models.diarize.pyannote import PyannoteDiarizer, PyannoteRules
from models.diarize.segments import STEP_MS, best_path, close_pauses, in_order_of_appearance, laid_over, path_spans
from models.diarize.steps import PART_STEPS, windows_by_step
from models.speech import FRAME_MS, SpeechRules, speech_spans
from pipeline.audio import RATE, Audio
from pipeline.errors import MissingModelError
from pipeline.values import Span, SpeakerSpan
from tests.models.voice_builders import voices

RULES = ClusterRules()


def talk(start_ms: int, end_ms: int, speaker: str) -> SpeakerSpan:
    return SpeakerSpan(Span(start_ms, end_ms), speaker)


def test_cluster_finds_the_voices_it_was_made_of() -> None:
    labels = cluster(voices(3, 60, 0.15), 3, RULES)
    assert sorted(np.bincount(labels).tolist()) == [60, 60, 60]
    assert all(len(set(labels[first : first + 60])) == 1 for first in (0, 60, 120))


def test_cluster_of_many_windows_keeps_the_dense_step_bounded_and_the_answer() -> None:
    vectors = voices(2, 3000, 0.15)
    labels = cluster(vectors, 2, ClusterRules(largest=200))
    assert len(set(labels[:3000])) == 1
    assert len(set(labels)) == 2


def test_cluster_of_fewer_windows_than_voices() -> None:
    assert cluster(voices(1, 1, 0.1), 2, RULES).tolist() == [0]
    assert cluster(np.zeros((0, 64), np.float32), 2, RULES).tolist() == []
    assert sorted(cluster(voices(2, 1, 0.0), 4, RULES).tolist()) == [0, 1]


@given(st.integers(1, 6), st.integers(1, 3), st.floats(0, 1), st.integers(0, 1000))
def test_best_path_is_the_best_of_all_paths(steps: int, many: int, switch: float, seed: int) -> None:
    scores = np.random.default_rng(seed).uniform(0, 1, (steps, many)).astype(np.float32)

    def worth(path: tuple[int, ...]) -> float:
        changes = sum(one != other for one, other in itertools.pairwise(path))
        return sum(float(scores[step, voice]) for step, voice in enumerate(path)) - switch * changes

    best = max(worth(path) for path in itertools.product(range(many), repeat=steps))
    assert worth(tuple(best_path(scores, switch).tolist())) == pytest.approx(best, abs=1e-5)


def test_path_spans_cover_the_stretch_to_its_very_end() -> None:
    stretch = Span(1000, 1000 + 5 * STEP_MS + 30)
    spans = path_spans(stretch, np.array([0, 0, 1, 1, 1, 0]))
    assert [(each.span.start_ms, each.span.end_ms, each.speaker) for each in spans] == [
        (1000, 1200, "0"),
        (1200, 1500, "1"),
        (1500, 1530, "0"),
    ]


def test_close_pauses_joins_own_short_pauses_and_not_over_another() -> None:
    spans = [
        talk(0, 1000, "a"),
        talk(1400, 2000, "a"),
        talk(2600, 3000, "a"),
        talk(3000, 3100, "b"),
        talk(3100, 3500, "a"),
    ]
    assert close_pauses(spans, 500) == [
        talk(0, 2000, "a"),
        talk(2600, 3000, "a"),
        talk(3000, 3100, "b"),
        talk(3100, 3500, "a"),
    ]
    assert close_pauses([], 500) == []


def test_laid_over_joins_one_speakers_spans_and_lets_two_overlap() -> None:
    spans = [talk(0, 2000, "a"), talk(2000, 3000, "b")]
    assert laid_over(spans, [talk(1500, 2000, "b"), talk(2200, 2500, "a")]) == [
        talk(0, 2000, "a"),
        talk(1500, 3000, "b"),
        talk(2200, 2500, "a"),
    ]
    assert laid_over(spans, []) == spans


def test_a_step_is_told_the_weighted_mean_of_all_windows_wherever_parts_fall() -> None:
    stretch = Span(3_000, 3_000 + (2 * PART_STEPS + 7) * STEP_MS)
    starts = np.setdiff1d(np.arange(2_600, 110_000, 200), np.arange(40_000, 47_000))  # a hole, and windows end early
    similarity = np.random.default_rng(3).random((len(starts), 2, 3)).astype(np.float32)
    told = windows_by_step(stretch, starts, (800, 1600), similarity, 150)
    times = np.arange(stretch.start_ms, stretch.end_ms, STEP_MS) + STEP_MS / 2
    for place, length_ms in enumerate((800, 1600)):
        away = np.square((times[:, None] - starts - length_ms / 2) / 150)
        weights = np.exp(away.min(axis=1, keepdims=True) - away)
        expected = (weights @ similarity[:, place]) / weights.sum(axis=1, keepdims=True)
        assert told[:, place] == pytest.approx(expected, abs=1e-6)


def test_two_hours_without_a_pause_need_no_table_of_every_step_by_every_window() -> None:
    stretch = Span(0, 2 * 3_600_000)
    starts = np.arange(0, stretch.end_ms - 1_600, 200)
    tracemalloc.start()
    told = windows_by_step(stretch, starts, (800,), np.ones((len(starts), 1, 2), np.float32), 150)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert told == pytest.approx(1)
    assert most < 100e6


def test_speakers_are_named_in_order_of_appearance() -> None:
    assert in_order_of_appearance([talk(500, 900, "1"), talk(0, 400, "7")]) == [
        talk(0, 400, "S1"),
        talk(500, 900, "S2"),
    ]


def test_speech_spans_start_high_end_low_and_close_short_gaps() -> None:
    rules = SpeechRules(edge_ms=0)
    probabilities = np.array([0.2] * 10 + [0.9] * 10 + [0.2] * 10 + [0.0] * 3 + [0.9] * 10 + [0.0] * 30, np.float32)
    assert speech_spans(probabilities, 60_000, rules) == [Span(10 * FRAME_MS, 43 * FRAME_MS)]


def test_speech_spans_drop_bursts_and_stop_at_the_end_of_the_recording() -> None:
    rules = SpeechRules()
    burst = np.array([0.0] * 5 + [0.9] * 2 + [0.0] * 50 + [0.9] * 20, np.float32)
    assert speech_spans(burst, 77 * FRAME_MS, rules) == [Span(57 * FRAME_MS - rules.edge_ms, 77 * FRAME_MS)]
    assert speech_spans(np.zeros(0, np.float32), 0, rules) == []


class Pipeline:
    """A scripted pyannote: two speakers who overlap."""

    asked: dict[str, object]
    moved_to: object = None

    @classmethod
    def from_pretrained(cls, model: str) -> "Pipeline | None":
        if model == "no/network":
            raise ConnectionError("the hub's client says more than anybody wants to know")
        if model == "nowhere":
            print("Could not download pipeline from nowhere.")
            return None
        return cls()

    def to(self, device: object) -> None:
        type(self).moved_to = str(device)

    def __call__(self, sound: dict[str, object], num_speakers: int) -> SimpleNamespace:
        type(self).asked = {**sound, "speakers": num_speakers, "telemetry": os.environ["PYANNOTE_METRICS_ENABLED"]}
        rows = [(SimpleNamespace(start=1.5, end=2.25), 0, "B"), (SimpleNamespace(start=0.0, end=2.0), 0, "A")]
        return SimpleNamespace(speaker_diarization=SimpleNamespace(itertracks=lambda yield_label: rows))


@pytest.fixture
def scripted(monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("pyannote.audio")
    module.Pipeline = Pipeline  # type: ignore[attr-defined]
    module.__spec__ = ModuleSpec("pyannote.audio", None)
    monkeypatch.setitem(sys.modules, "pyannote.audio", module)
    monkeypatch.setenv("PYANNOTE_METRICS_ENABLED", "1")


@pytest.mark.usefixtures("scripted")
def test_pyannote_keeps_overlap_knows_the_number_of_speakers_and_reports_to_nobody() -> None:
    told = PyannoteDiarizer(PyannoteRules(device="cpu")).diarize(Audio(np.zeros((2, 3 * RATE), np.int16)), 2)
    assert told.spans == (talk(0, 2000, "S1"), talk(1500, 2250, "S2"))
    assert Pipeline.asked["speakers"] == 2
    assert Pipeline.moved_to == "cpu"
    assert Pipeline.asked["telemetry"] == "0"
    assert tuple(Pipeline.asked["waveform"].shape) == (1, 3 * RATE)  # type: ignore[attr-defined]


@pytest.mark.usefixtures("scripted")
@pytest.mark.parametrize(("model", "why"), [("nowhere", "refused by its hub"), ("no/network", "ConnectionError")])
def test_pyannote_without_its_weights_says_what_to_do_and_nothing_on_stdout(
    model: str, why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(MissingModelError, match=rf"{model}: .*\({why}\).*HF_TOKEN"):
        PyannoteDiarizer(PyannoteRules(model)).diarize(Audio(np.zeros((1, RATE), np.int16)), 2)
    assert capsys.readouterr().out == ""


def test_pyannote_beside_another_build_of_torch_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    class Unloadable(ModuleType):
        def __getattr__(self, name: str) -> object:
            raise OSError("Could not load this library: _torchaudio.so")

    monkeypatch.setitem(sys.modules, "pyannote.audio", Unloadable("pyannote.audio"))
    with pytest.raises(MissingModelError, match=r"_torchaudio\.so\. Install torch and torchaudio of the same kind"):
        PyannoteDiarizer().diarize(Audio(np.zeros((1, RATE), np.int16)), 2)


def test_pyannote_that_is_not_installed_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyannote.audio", None)
    with pytest.raises(MissingModelError, match="pip install"):
        PyannoteDiarizer().diarize(Audio(np.zeros((1, RATE), np.int16)), 2)


@pytest.mark.usefixtures("scripted")
def test_a_diarizer_is_chosen_by_name_folder_or_hub_id(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text("version: 4.0.0\n")
    names = {each: choose_diarizer(each, "cpu").name for each in ("resemblyzer", "pyannote", "org/own", str(tmp_path))}
    assert names == {
        "resemblyzer": "resemblyzer-spectral-5",
        "pyannote": "pyannote:pyannote/speaker-diarization-community-1",
        "org/own": "pyannote:org/own",
        str(tmp_path): f"pyannote:{tmp_path}",
    }
    assert weights_here("resemblyzer")
    assert weights_here(str(tmp_path))
    assert not weights_here("no-such-organisation/no-such-pipeline")


@pytest.mark.usefixtures("scripted")
def test_a_diarizer_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MissingModelError, match=r"'pyanote': no such diarizer or folder\. .*pyannote"):
        choose_diarizer("pyanote", "cpu")
    with pytest.raises(MissingModelError, match=r"no config\.yaml in that folder"):
        choose_diarizer(str(tmp_path), "cpu")


def test_pyannote_is_refused_before_anything_is_heard_where_it_is_not_installed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "pyannote.audio", None)
    with pytest.raises(MissingModelError, match=r"pip install 'asktell\[pyannote\]'"):
        choose_diarizer("pyannote", "cpu")
    assert choose_diarizer("resemblyzer", "cpu").name == "resemblyzer-spectral-5"


@pytest.mark.usefixtures("scripted")
def test_the_diarizer_chosen_tells_voices_apart_where_channels_do_not() -> None:
    told = choose_diarizer("pyannote", "cpu").diarize(Audio(np.zeros((1, 3 * RATE), np.int16)), 2)
    assert told.spans == (talk(0, 2000, "S1"), talk(1500, 2250, "S2"))
    assert told.by_channel == ()
