"""Opening the file: what is wrong with it, who else has it, and how old it is."""

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from pipeline.codes import CODES
from pipeline.errors import StoreError
from pipeline.store import SavedSession, Store, StoreOptions
from pipeline.store.migrate import Migration, read_migrations, shipped_migrations
from tests.pipeline.store_builders import KEYS, RUN, a_scored, impatient

HOLD = """
import duckdb, sys, time
connection = duckdb.connect(sys.argv[1], read_only=sys.argv[2] == "reading")
print("open", flush=True)
sys.stdin.read()
"""


@contextmanager
def held_by_another_program(path: Path, how: str) -> Iterator[None]:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path), how], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdin is not None
        assert holder.stdout.readline() == b"open\n"
        yield
        holder.stdin.close()


def fails_in_one_line(path: Path, *words: str) -> None:
    for use in (Store(path).writing, Store(path).reading):
        with pytest.raises(StoreError) as caught, use():
            pass
        message = str(caught.value)
        assert message.startswith(f"{path}: ")
        assert "\n" not in message
        assert any(word in message for word in words), message


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    fails_in_one_line(tmp_path, "this is a folder")


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    fails_in_one_line(tmp_path / "missing" / "asktell.duckdb", "there is no folder", "there is no such database")


def test_a_file_for_a_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("x")
    fails_in_one_line(tmp_path / "notes.txt" / "asktell.duckdb", "there is no folder", "there is no such database")


@pytest.mark.parametrize("content", [b"", b"hello", b"ID3" + bytes(100_000)])
def test_a_file_of_something_else_is_no_database(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "asktell.duckdb"
    path.write_bytes(content)
    fails_in_one_line(path, "no asktell database")
    assert path.read_bytes() == content


def test_a_database_of_something_else_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "sales.duckdb"
    with duckdb.connect(path) as connection:
        connection.execute("CREATE TABLE sales (amount INTEGER)")
    fails_in_one_line(path, "holds something else")
    with duckdb.connect(path) as connection:
        assert connection.execute("SELECT table_name FROM duckdb_tables()").fetchall() == [("sales",)]


def test_a_damaged_database_is_a_store_error(tmp_path: Path) -> None:
    path = tmp_path / "asktell.duckdb"
    Store(path).prepare()
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + bytes(4096) + whole[8192:20_000])
    fails_in_one_line(path, "cannot be", "no asktell database")


@contextmanager
def as_someone_with_few_rights() -> Iterator[None]:
    """Root may do anything, so as root it becomes nobody for a while."""
    before = os.geteuid()
    if before == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(before)


def test_a_folder_that_may_not_be_written_is_named(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir()
    closed.chmod(0o500)
    with (
        as_someone_with_few_rights(),
        pytest.raises(StoreError, match="Change its permissions"),
    ):
        Store(closed / "asktell.duckdb").prepare()


def test_reading_what_is_not_there_makes_no_file(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no such database"), Store(tmp_path / "asktell.duckdb").reading():
        pass
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("how", ["reading", "writing"])
def test_a_writer_gives_up_on_a_file_in_use_with_one_plain_line(tmp_path: Path, how: str) -> None:
    store = impatient(tmp_path / "asktell.duckdb")
    store.prepare()
    with held_by_another_program(store.path, how):
        with pytest.raises(StoreError) as caught:
            store.prepare()
        assert str(caught.value) == (
            f"{store.path}: another program has been using the database for more than 0.3 s. "
            "Wait until it is done, or close it, and try again."
        )
    store.prepare()


def test_a_reader_gives_up_only_on_a_writer(tmp_path: Path) -> None:
    store = impatient(tmp_path / "asktell.duckdb")
    store.prepare()
    with held_by_another_program(store.path, "reading"), store.reading() as reader:
        assert reader.session_ids() == []
    with (
        held_by_another_program(store.path, "writing"),
        pytest.raises(StoreError, match="another program"),
        store.reading(),
    ):
        pass


def test_a_reader_waits_for_a_writer_of_the_same_process(tmp_path: Path) -> None:
    store = Store(tmp_path / "asktell.duckdb")
    found: list[list[str]] = []

    def look() -> None:
        with store.reading() as reader:
            found.append(reader.session_ids())

    with store.writing() as writer:
        looking = threading.Thread(target=look)
        looking.start()
        time.sleep(0.2)
        assert found == []
        writer.save(a_scored(), KEYS, RUN)
    looking.join()
    assert found == [["a" * 64]]


def save_ten(path: Path, letter: str) -> None:
    for place in range(10):
        with Store(path).writing() as writer:
            writer.save(a_scored(f"{letter}{place:063}"), KEYS, RUN)


def test_two_processes_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "asktell.duckdb"
    spawn = multiprocessing.get_context("spawn")
    writers = [spawn.Process(target=save_ten, args=(path, letter)) for letter in "ab"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0, 0]
    with Store(path).reading() as reader:
        assert reader.session_ids() == [f"{letter}{place:063}" for letter in "ab" for place in range(10)]


def test_two_threads_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "asktell.duckdb"
    writers = [threading.Thread(target=save_ten, args=(path, letter)) for letter in "ab"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    with Store(path).reading() as reader:
        assert len(reader.all_scored()) == 20


def save_until_killed(path: Path) -> None:
    with Store(path).writing() as writer:
        for place in range(10_000):
            writer.save(a_scored(f"{place:064}"), KEYS, RUN)


def test_a_killed_writer_leaves_whole_sessions_and_no_lock(tmp_path: Path) -> None:
    path = tmp_path / "asktell.duckdb"
    Store(path).prepare()
    log = tmp_path / "asktell.duckdb.wal"
    victim = multiprocessing.get_context("spawn").Process(target=save_until_killed, args=(path,))
    victim.start()
    while not (log.exists() and log.stat().st_size > 20_000):
        assert victim.is_alive()
        time.sleep(0.01)
    assert victim.pid is not None
    os.kill(victim.pid, signal.SIGKILL)
    victim.join()
    with impatient(path).reading() as reader:
        survivors = reader.all_scored(words=True)
    assert survivors
    assert survivors == [a_scored(scored.session.session_id) for scored in survivors]
    with impatient(path).writing() as writer:
        writer.save(a_scored("f" * 64), KEYS, RUN)


def test_a_batch_that_breaks_off_keeps_the_parts_before_and_nothing_of_the_rest(tmp_path: Path) -> None:
    def breaks_off() -> Iterator[SavedSession]:
        for place in range(60):
            yield SavedSession(a_scored(f"{place:064}"), KEYS, RUN)
        raise KeyboardInterrupt

    store = Store(tmp_path / "asktell.duckdb")
    with pytest.raises(KeyboardInterrupt), store.writing() as writer:
        writer.save_many(breaks_off())
    with store.reading() as reader:
        assert len(reader.all_scored()) == len(reader.session_ids()) == 50


def test_a_session_that_cannot_be_saved_leaves_the_one_before_untouched(tmp_path: Path) -> None:
    store = Store(tmp_path / "asktell.duckdb")
    before = a_scored()
    broken = replace(before, metrics=(replace(before.metrics[0], value=float("nan")),))
    with store.writing() as writer:
        writer.save(before, KEYS, RUN)
        with pytest.raises(ValueError, match="JSON"):
            writer.save(broken, KEYS, RUN)
    with store.reading() as reader:
        assert reader.all_scored(words=True) == [before]


def scratch_migrations(folder: Path, *texts: str) -> tuple[Migration, ...]:
    for number, text in enumerate(texts, start=1):
        (folder / f"{number:03}_step.sql").write_text(text)
    return read_migrations(folder)


ADD_REGION = "ALTER TABLE speakers ADD COLUMN region VARCHAR; COMMENT ON COLUMN speakers.region IS 'Where they sell.';"


@pytest.mark.parametrize("how", ["reading", "writing"])
def test_every_older_database_keeps_its_sessions_and_gets_the_newer_tables(tmp_path: Path, how: str) -> None:
    newer = (*shipped_migrations(), Migration(len(shipped_migrations()) + 1, "002_region", ADD_REGION))
    for version in range(1, len(newer)):
        path = tmp_path / f"{version}.duckdb"
        with Store(path, StoreOptions(migrations=newer[:version])).writing() as writer:
            writer.save(a_scored(), KEYS, RUN)
        store = Store(path, StoreOptions(migrations=newer))
        if how == "writing":
            store.prepare()
        with store.reading() as reader:
            assert reader.all_scored(words=True) == [a_scored()]
            assert "region" in reader.table("speakers")[0]


def test_migrations_are_applied_once_and_in_order(tmp_path: Path) -> None:
    steps = scratch_migrations(
        tmp_path,
        "CREATE TABLE words (word VARCHAR);",
        "INSERT INTO words VALUES ('one');",
        "UPDATE words SET word = 'two';",
    )
    store = Store(tmp_path / "scratch.duckdb", StoreOptions(migrations=steps))
    store.prepare()
    store.prepare()
    with store.connected() as connection:
        assert connection.execute("FROM words").fetchall() == [("two",)]
        numbers = connection.execute("SELECT number FROM schema_migrations ORDER BY number").fetchall()
        assert numbers == [(1,), (2,), (3,)]


def test_a_migration_that_fails_leaves_the_database_at_the_one_before(tmp_path: Path) -> None:
    steps = scratch_migrations(
        tmp_path, "CREATE TABLE words (word VARCHAR);", "INSERT INTO words VALUES ('half'); SELECT no_such_column;"
    )
    path = tmp_path / "scratch.duckdb"
    with pytest.raises(duckdb.BinderException):
        Store(path, StoreOptions(migrations=steps)).prepare()
    with Store(path, StoreOptions(migrations=steps[:1])).connected() as connection:
        assert connection.execute("FROM words").fetchall() == []


def test_a_database_of_a_newer_asktell_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "asktell.duckdb"
    known = len(shipped_migrations())
    newer = (*shipped_migrations(), Migration(known + 1, "002_region", ADD_REGION))
    Store(path, StoreOptions(migrations=newer)).prepare()
    fails_in_one_line(path, f"a newer asktell made this database (schema {known + 1}, this one knows {known})")


def test_migrations_with_a_gap_in_their_numbers_are_refused(tmp_path: Path) -> None:
    (tmp_path / "001_first.sql").write_text("SELECT 1")
    (tmp_path / "003_third.sql").write_text("SELECT 3")
    with pytest.raises(ValueError, match=r"\[1, 3\]"):
        read_migrations(tmp_path)


def test_the_table_of_codes_is_the_codebook(tmp_path: Path) -> None:
    store = Store(tmp_path / "asktell.duckdb")
    store.prepare()
    with store.reading() as reader:
        assert reader.table("codes")[1] == list(enumerate(code.value for code in CODES))
