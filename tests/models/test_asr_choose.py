"""Which recogniser a run gets: sizes, folders, the cache, the hub, and no network at all."""

import json
import subprocess
import sys
import textwrap
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from models.asr import AsrOptions, available, choose_recogniser, usable_devices
from pipeline.errors import AsktellError, MissingModelError
from tests.models.asr_builders import random_whisper

NOBODY = "http://127.0.0.1:9"
REPOSITORY = "Systran/faster-whisper-tiny.en"
COMMIT = "0123456789012345678901234567890123456789"
MODEL_FILES = ("config.json", "model.bin", "preprocessor_config.json", "tokenizer.json", "vocabulary.json")
CHOOSE = """
    import sys
    from models.asr import AsrOptions, choose_recogniser
    choice = choose_recogniser(AsrOptions(sys.argv[1]))
    recogniser = choice.recogniser
    print(recogniser.engine, recogniser.model, recogniser.draft, choice.note, sep="|")
"""
RECOGNISE = """
    from tests.models.asr_builders import silence, speech
    recogniser.recognise(silence(1))
    print(recogniser.recognise(speech(0, 3)).language)
"""


def run(code: str, hub: str, cache: Path, name: str, **env: str) -> list[str]:
    """What `code` prints in a fresh Python with its model hub at `hub` and its cache in `cache`."""
    settings = {"HF_ENDPOINT": hub, "HF_HOME": str(cache), "PATH": "", "OMP_NUM_THREADS": "1", **env}
    command = [sys.executable, "-c", textwrap.dedent(code), name]
    done = subprocess.run(command, env=settings, cwd=Path(__file__).parents[2], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return random_whisper(tmp_path_factory.mktemp("whisper"))


def listed(path: Path) -> dict[str, object]:
    """A file as the hub lists it."""
    return {"type": "file", "path": path.name, "size": path.stat().st_size, "oid": COMMIT}


@pytest.fixture
def hub(folder: Path) -> Iterator[str]:
    """A model hub with one repository, which speaks as much of the hub's language as its client needs."""

    class Hub(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self.answer(body=False)

        def do_GET(self) -> None:
            self.answer(body=True)

        def answer(self, body: bool) -> None:
            path = self.path.split("?")[0]
            if path.startswith(f"/api/models/{REPOSITORY}/tree/"):
                content = json.dumps([listed(folder / name) for name in MODEL_FILES]).encode()
            elif path.startswith(f"/api/models/{REPOSITORY}"):
                content = json.dumps({"id": REPOSITORY, "sha": COMMIT, "siblings": []}).encode()
            elif path.startswith(f"/{REPOSITORY}/resolve/") and path.rsplit("/", 1)[1] in MODEL_FILES:
                content = (folder / path.rsplit("/", 1)[1]).read_bytes()
            else:
                self.send_error(404)
                return
            self.send_response(200)
            for key, value in (("X-Repo-Commit", COMMIT), ("ETag", f'"{len(content):040d}"')):
                self.send_header(key, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            if body:
                self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Hub)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("name", ["small.en", "tiny", "somebody/some-whisper"])
def test_without_a_network_and_without_weights_pocketsphinx_steps_in_and_says_so(tmp_path: Path, name: str) -> None:
    (line,) = run(CHOOSE, NOBODY, tmp_path, name)
    engine, model, draft, note = line.split("|")
    assert (engine, model, draft) == ("pocketsphinx", "en-us", "True")
    assert f"'{name}'" in note
    assert "pocketsphinx" in note


def test_offline_mode_asks_nobody_not_even_a_hub_that_would_answer(tmp_path: Path, hub: str) -> None:
    (line,) = run(CHOOSE, hub, tmp_path, "tiny.en", HF_HUB_OFFLINE="1")
    assert line.startswith("pocketsphinx|")


@pytest.mark.audio
def test_weights_are_fetched_when_named_and_afterwards_need_no_network(tmp_path: Path, hub: str) -> None:
    first, language = run(CHOOSE + RECOGNISE, hub, tmp_path, "tiny.en")
    assert first.startswith("faster-whisper|tiny.en|False|fetching the weights of 'tiny.en'")
    assert language == "en"
    again, language = run(CHOOSE + RECOGNISE, NOBODY, tmp_path, "tiny.en")
    assert again == "faster-whisper|tiny.en|False|None"
    assert language == "en"


def test_choosing_fetches_nothing(tmp_path: Path, hub: str) -> None:
    run(CHOOSE, hub, tmp_path, "tiny.en")
    assert not list(tmp_path.rglob("*.bin"))


def test_an_id_the_hub_does_not_have_is_an_error_and_not_a_fallback(tmp_path: Path, hub: str) -> None:
    code = """
        import sys
        from models.asr import AsrOptions, choose_recogniser
        from pipeline.errors import MissingModelError
        try:
            choose_recogniser(AsrOptions(sys.argv[1]))
        except MissingModelError as error:
            print(error)
    """
    (line,) = run(code, hub, tmp_path, "somebody/no-such-model")
    assert line.startswith("--asr somebody/no-such-model: the hub has no converted model of that name")


def test_a_folder_is_taken_as_it_is(folder: Path) -> None:
    choice = choose_recogniser(AsrOptions(str(folder)))
    assert (choice.recogniser.engine, choice.recogniser.model, choice.note) == ("faster-whisper", "whisper", None)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("./no-such-folder", "no such folder"),
        ("/no/such/folder", "no such folder"),
        ("smal.en", "Did you mean small.en"),
        ("pocket-sphinx", "Did you mean pocketsphinx"),
        ("gigantic", "tiny.en"),
        ("two words/model", "no such model"),
    ],
)
def test_a_name_nothing_answers_to_is_told_with_what_to_do(name: str, message: str) -> None:
    with pytest.raises(MissingModelError, match=message) as told:
        choose_recogniser(AsrOptions(name))
    assert "\n" not in str(told.value)


@pytest.mark.parametrize("missing", ["model.bin", "tokenizer.json"])
def test_a_folder_without_a_whole_model_is_told_what_is_missing(folder: Path, tmp_path: Path, missing: str) -> None:
    for name in {"model.bin", "tokenizer.json"} - {missing}:
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    with pytest.raises(MissingModelError, match=f"no {missing} in that folder"):
        choose_recogniser(AsrOptions(str(tmp_path)))


def test_pocketsphinx_can_be_asked_for_and_needs_no_note() -> None:
    choice = choose_recogniser(AsrOptions("pocketsphinx"))
    assert (choice.recogniser.engine, choice.recogniser.draft, choice.note) == ("pocketsphinx", True, None)


def test_a_vocabulary_that_is_not_there_is_told_before_anything_is_heard(tmp_path: Path) -> None:
    with pytest.raises(AsktellError, match=r"words\.txt: the vocabulary cannot be read"):
        choose_recogniser(AsrOptions("pocketsphinx", vocabulary=tmp_path / "words.txt"))


def test_what_is_there_lists_pocketsphinx_and_every_size() -> None:
    found = available()
    assert found[0].name == "pocketsphinx"
    assert found[0].ready
    assert {"tiny.en", "small.en", "large-v3"} <= {each.name for each in found}


def test_the_devices_name_their_number_format() -> None:
    assert any(device.startswith("cpu (") for device in usable_devices())
