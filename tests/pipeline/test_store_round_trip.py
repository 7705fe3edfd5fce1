"""What is saved comes back as it was."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.codes import Attribute, Code
from pipeline.errors import StoreError
from pipeline.store import Annotation, Outcome, RubricText, RunRecord, SavedSession, StageKeys, Store
from pipeline.values import Scored
from tests.pipeline.store_builders import KEYS, RUN, a_scored, any_scored

RUBRIC = RubricText("non-directive-coaching", 1, "name: non-directive-coaching\n")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "asktell.duckdb")


@pytest.fixture(scope="module")
def lasting(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store that examples share: each puts its sessions over or beside those of the examples before."""
    return Store(tmp_path_factory.mktemp("store") / "asktell.duckdb")


@settings(max_examples=20)
@given(sessions=st.lists(any_scored(), max_size=3, unique_by=lambda scored: scored.session.session_id))
def test_any_scored_session_survives_a_round_trip(lasting: Store, sessions: list[Scored]) -> None:
    expected = {scored.session.session_id: scored for scored in sessions}
    with lasting.writing() as writer:
        writer.save_many(SavedSession(scored, KEYS, RUN) for scored in sessions)
    with lasting.reading() as reader:
        found = {scored.session.session_id: scored for scored in reader.scored_many(list(expected))}
    assert found == expected


def test_a_session_comes_back_whole(store: Store) -> None:
    scored = a_scored()
    with store.writing() as writer:
        writer.save(scored, KEYS, RUN, RUBRIC)
    with store.reading() as reader:
        assert reader.scored(scored.session.session_id) == scored
        assert reader.session(scored.session.session_id) == scored.session
        assert reader.keys(scored.session.session_id) == KEYS
        assert reader.runs(scored.session.session_id) == [RUN]
        assert reader.rubric(scored.session.session_id) == RUBRIC


def test_a_session_without_a_word_comes_back(store: Store) -> None:
    whole = a_scored()
    empty = replace(whole, session=replace(whole.session, speakers=(), turns=(), units=()), metrics=(), findings=())
    with store.writing() as writer:
        writer.save(empty, KEYS, RUN)
    with store.reading() as reader:
        assert reader.all_scored() == [empty]


def test_an_empty_store_has_nothing_to_read(store: Store) -> None:
    store.prepare()
    with store.reading() as reader:
        assert reader.session_ids() == []
        assert reader.lines() == []
        assert reader.all_scored() == []
        assert reader.all_keys() == {}
        assert reader.keys("a" * 64) is None
        assert reader.managers() == []
        assert reader.annotations() == []
        assert reader.outcomes() == []


def test_saving_again_replaces_the_session_and_adds_the_run(store: Store) -> None:
    before = a_scored(asks=9)
    after = a_scored(asks=1)
    later = replace(RUN, started_at=RUN.started_at + timedelta(days=1))
    newer = StageKeys("heard", "coded otherwise", "scored otherwise")
    with store.writing() as writer:
        writer.save(before, KEYS, RUN)
        writer.save(after, newer, later)
        writer.save(after, newer, later)
    with store.reading() as reader:
        assert reader.all_scored(words=True) == [after]
        assert reader.keys(after.session.session_id) == newer
        assert reader.runs(after.session.session_id) == [RUN, later]


def test_of_two_results_for_one_session_in_a_batch_the_later_stays(store: Store) -> None:
    with store.writing() as writer:
        writer.save_many([SavedSession(a_scored(asks=2), KEYS, RUN), SavedSession(a_scored(asks=5), KEYS, RUN)])
    with store.reading() as reader:
        assert reader.all_scored(words=True) == [a_scored(asks=5)]


def test_reading_without_words_leaves_out_only_the_words(store: Store) -> None:
    scored = a_scored()
    with store.writing() as writer:
        writer.save(scored, KEYS, RUN)
    with store.reading() as reader:
        (found,) = reader.all_scored()
    wordless = tuple(replace(turn, words=()) for turn in scored.session.turns)
    assert found == replace(scored, session=replace(scored.session, turns=wordless))


def test_sessions_come_in_order_of_date_with_undated_ones_last(store: Store) -> None:
    days = {"1" * 64: None, "2" * 64: date(2026, 3, 1), "4" * 64: date(2026, 1, 1), "3" * 64: date(2026, 1, 1)}
    with store.writing() as writer:
        writer.save_many(SavedSession(a_scored(id, recorded_on=day), KEYS, RUN) for id, day in days.items())
    with store.reading() as reader:
        assert [id[0] for id in reader.session_ids()] == ["3", "4", "2", "1"]
        assert [scored.session.session_id[0] for scored in reader.all_scored()] == ["3", "4", "2", "1"]
        assert [line.recorded_on for line in reader.lines()] == [
            date(2026, 1, 1),
            date(2026, 1, 1),
            date(2026, 3, 1),
            None,
        ]
        assert {line.saved_at for line in reader.lines()} == {RUN.started_at}


def test_sessions_of_a_manager_leave_out_those_where_the_name_is_the_reps(store: Store) -> None:
    with store.writing() as writer:
        writer.save(a_scored("1" * 64, manager="Robin"), KEYS, RUN)
        writer.save(a_scored("2" * 64, manager="Dana"), KEYS, RUN)
        writer.save(a_scored("3" * 64, manager=None), KEYS, RUN)
    with store.reading() as reader:
        assert reader.sessions_of("Robin") == ["1" * 64]
        assert reader.sessions_of("'; DROP TABLE speakers; --") == []
        assert reader.managers() == ["Dana", "Robin"]


def test_new_scores_leave_the_session_and_its_run_as_they_are(store: Store) -> None:
    scored = a_scored()
    rescored = replace(scored, rubric_version=2, metrics=scored.metrics[:1], findings=(), warnings=("thin",))
    newer = replace(KEYS, scored="under rubric 2")
    rubric = RubricText("non-directive-coaching", 2, "version: 2\n")
    with store.writing() as writer:
        writer.save(scored, KEYS, RUN, RUBRIC)
        writer.save_scores([(rescored, newer)], rubric)
    with store.reading() as reader:
        assert reader.scored(scored.session.session_id) == rescored
        assert reader.keys(scored.session.session_id) == newer
        assert reader.runs(scored.session.session_id) == [RUN]
        assert reader.rubric(scored.session.session_id) == rubric


@pytest.mark.parametrize("stage", ["heard", "coded"])
def test_scores_of_a_session_made_anew_since_it_was_read_are_not_kept(store: Store, stage: str) -> None:
    same, other = a_scored("1" * 64), a_scored("2" * 64)
    with store.writing() as writer:
        writer.save(same, KEYS, RUN)
        writer.save(other, replace(KEYS, **{stage: "anew"}), RUN)
        rescored = [(replace(each, rubric_version=9), KEYS) for each in (same, other)]
        assert writer.save_scores(rescored) == ["2" * 64]
    with store.reading() as reader:
        assert [each.rubric_version for each in reader.all_scored()] == [9, 1]


def test_scores_of_an_unknown_session_are_refused_and_none_of_the_batch_is_kept(store: Store) -> None:
    known, unknown = a_scored("1" * 64), a_scored("2" * 64)
    with store.writing() as writer:
        writer.save(known, KEYS, RUN)
        with pytest.raises(StoreError, match=f"no session '{'2' * 64}'"):
            writer.save_scores([(replace(known, rubric_version=9), KEYS), (unknown, KEYS)])
    with store.reading() as reader:
        assert reader.scored("1" * 64) == known


def test_reading_an_unknown_session_names_it(store: Store) -> None:
    store.prepare()
    with store.reading() as reader, pytest.raises(StoreError, match="there is no session 'abc'"):
        reader.scored("abc")


def test_a_rubric_is_kept_once_however_many_sessions_it_scored(store: Store) -> None:
    with store.writing() as writer:
        writer.save_many(SavedSession(a_scored(each * 64), KEYS, RUN, RUBRIC) for each in "123")
        writer.save(a_scored("4" * 64), KEYS, RUN)
    with store.reading() as reader:
        columns, rows = reader.table("rubrics")
        assert [dict(zip(columns, row, strict=True)) for row in rows] == [
            {"rubric_hash": RUBRIC.hash, "name": RUBRIC.name, "version": 1, "text": RUBRIC.text}
        ]
        assert reader.rubric("1" * 64) == RUBRIC
        assert reader.rubric("4" * 64) is None


def test_moments_are_kept_in_utc(store: Store) -> None:
    in_paris = datetime(2026, 11, 2, 10, 30, 0, 123456, tzinfo=timezone(timedelta(hours=1)))
    with store.writing() as writer:
        writer.save(a_scored(), KEYS, RunRecord(in_paris))
    with store.reading() as reader:
        (run,) = reader.runs("a" * 64)
    assert run.started_at == in_paris
    assert run.started_at.tzinfo is UTC


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        RunRecord(datetime(2026, 11, 2))


def test_broken_bytes_in_a_file_name_become_question_marks(store: Store) -> None:
    scored = a_scored()
    broken = replace(scored, session=replace(scored.session, source="caf\udce9.flac"))
    with store.writing() as writer:
        writer.save(broken, KEYS, RUN)
    with store.reading() as reader:
        assert reader.lines()[0].source == "caf?.flac"


def test_a_raters_newer_code_replaces_the_older_and_saving_the_session_again_keeps_it(store: Store) -> None:
    first = Annotation("a" * 64, 0, "kim", "What got in the way?", Code.OPEN_QUESTION, RUN.started_at)
    other = replace(first, rater="lee", code=Code.PRAISE, attributes=frozenset({Attribute.SPECIFIC}), blind=False)
    newer = replace(first, code=Code.LEADING_QUESTION)
    with store.writing() as writer:
        writer.save(a_scored(), KEYS, RUN)
        writer.annotate([first, other])
        writer.annotate([newer])
        writer.save(a_scored(), KEYS, RUN)
    with store.reading() as reader:
        assert reader.annotations() == [newer, other]


def test_a_newer_outcome_of_the_same_name_replaces_the_older(store: Store) -> None:
    won = Outcome("a" * 64, "deal won", 1.0, date(2026, 12, 1))
    grade = Outcome("a" * 64, "expert's grade", 4.5)
    with store.writing() as writer:
        writer.save(a_scored(), KEYS, RUN)
        writer.note_outcomes([replace(won, value=0.0), grade])
        writer.note_outcomes([won])
    with store.reading() as reader:
        assert reader.outcomes() == [won, grade]


def test_notes_on_an_unknown_session_are_refused(store: Store) -> None:
    with store.writing() as writer:
        with pytest.raises(StoreError, match="no session 'abc'"):
            writer.note_outcomes([Outcome("abc", "deal won", 1.0)])
        with pytest.raises(StoreError, match="no session 'abc'"):
            writer.annotate([Annotation("abc", 0, "kim", "So.", Code.OTHER, RUN.started_at)])
