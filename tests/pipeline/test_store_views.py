"""What the views tell people who bring their own SQL."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipeline.codes import CODES, Code
from pipeline.pages.reports import in_order
from pipeline.store import SavedSession, Store
from pipeline.store.dictionary import shipped_dictionary
from pipeline.values import Metric, Role, Scored, Speaker, certain
from tests.pipeline.store_builders import KEYS, RUN, a_scored


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "asktell.duckdb")


def save(store: Store, *sessions: Scored) -> None:
    with store.writing() as writer:
        writer.save_many(SavedSession(scored, KEYS, RUN) for scored in sessions)


def rows_of(store: Store, name: str) -> list[dict[str, Any]]:
    with store.reading() as reader:
        columns, rows = reader.table(name)
    return [dict(zip(columns, row, strict=True)) for row in rows]


def test_session_scorecard_has_one_row_a_session_with_names_and_leading_numbers(store: Store) -> None:
    save(store, a_scored(asks=3, tells=1))
    (row,) = rows_of(store, "session_scorecard")
    assert row == {
        "session_id": "a" * 64,
        "source": "acme.flac",
        "recorded_on": date(2026, 11, 2),
        "manager": "Dana",
        "rep": "Robin",
        "duration_s": 6.0,
        "overall": 72.0,
        "non_directive_ratio": 0.75,
        "non_directive_ratio_low": 0.5,
        "non_directive_ratio_high": 0.9,
        "non_directive_ratio_n": 4,
        "non_directive_ratio_enough": True,
        "open_question_share": None,
        "open_question_share_low": None,
        "open_question_share_high": None,
        "open_question_share_n": None,
        "reflection_to_question": None,
        "reflection_to_question_low": None,
        "reflection_to_question_high": None,
        "reflection_to_question_n": None,
        "talk_share_manager": 0.5,
        "rubric_name": "non-directive-coaching",
        "rubric_version": 1,
        "draft": True,
    }


def test_session_scorecard_keeps_a_session_without_speakers_or_numbers(store: Store) -> None:
    whole = a_scored()
    save(store, replace(whole, session=replace(whole.session, speakers=(), turns=(), units=()), metrics=()))
    (row,) = rows_of(store, "session_scorecard")
    assert (row["manager"], row["rep"], row["non_directive_ratio"]) == (None, None, None)


def test_session_scorecard_names_the_first_manager_of_two(store: Store) -> None:
    whole = a_scored()
    speakers = (Speaker("S1", "Zoe", Role.MANAGER), Speaker("S2", "Abe", Role.MANAGER))
    save(store, replace(whole, session=replace(whole.session, speakers=speakers)))
    (row,) = rows_of(store, "session_scorecard")
    assert row["manager"] == "Zoe"


def test_code_counts_have_a_row_for_every_code_zeros_included(store: Store) -> None:
    save(store, a_scored(asks=3, tells=1))
    rows = rows_of(store, "code_counts")
    assert len(rows) == len(CODES)
    found = {row["code"]: (row["units"], row["seconds"]) for row in rows if row["units"]}
    assert found == {"open_question": (3, 1.5), "directive_advice": (1, 0.5)}
    assert {row["seconds"] for row in rows if not row["units"]} == {0.0}


def test_code_counts_leave_out_coded_units_of_others_than_the_manager(store: Store) -> None:
    whole = a_scored(asks=1, tells=0)
    *units, of_rep = whole.session.units
    coded = replace(of_rep, coding=certain(Code.PRAISE))
    save(store, replace(whole, session=replace(whole.session, units=(*units, coded))))
    assert sum(row["units"] for row in rows_of(store, "code_counts")) == 1


def test_unit_probabilities_have_a_row_for_every_code_of_every_coded_unit(store: Store) -> None:
    save(store, a_scored(asks=1, tells=1))
    rows = rows_of(store, "unit_probabilities")
    assert len(rows) == 2 * len(CODES)
    assert {(row["unit_index"], row["code"]) for row in rows if row["probability"] == 1.0} == {
        (0, "open_question"),
        (1, "directive_advice"),
    }


def test_coach_trend_adds_counts_of_the_last_five_sessions_and_never_averages_ratios(store: Store) -> None:
    asks_and_tells = [(0, 50), (1, 0), (2, 1), (9, 1), (0, 3), (4, 4)]
    save(
        store,
        *(
            a_scored(f"{place:064}", recorded_on=date(2026, 1, 1 + place), asks=asks, tells=tells)
            for place, (asks, tells) in enumerate(asks_and_tells)
        ),
    )
    rows = rows_of(store, "coach_trend")
    assert [(row["non_directive_units"], row["directive_units"]) for row in rows] == asks_and_tells
    assert [row["session_number"] for row in rows] == [1, 2, 3, 4, 5, 6]
    assert [row["last_five_sessions"] for row in rows] == [1, 2, 3, 4, 5, 5]
    last = rows[-1]
    assert (last["last_five_non_directive_units"], last["last_five_directive_units"]) == (16, 9)
    assert last["last_five_non_directive_ratio"] == 16 / 25
    assert rows[4]["last_five_non_directive_ratio"] == 12 / 67


def test_coach_trend_keeps_managers_apart_and_leaves_out_those_without_a_name(store: Store) -> None:
    save(
        store,
        a_scored("1" * 64, manager="Dana", asks=1, tells=0),
        a_scored("2" * 64, manager="Kim", asks=0, tells=1),
        a_scored("3" * 64, manager=None),
    )
    rows = rows_of(store, "coach_trend")
    assert [(row["manager"], row["last_five_sessions"], row["last_five_non_directive_ratio"]) for row in rows] == [
        ("Dana", 1, 1.0),
        ("Kim", 1, 0.0),
    ]


def test_coach_trend_is_in_the_order_of_the_reports_sessions_without_a_date_first(store: Store) -> None:
    undated, dated = a_scored("2" * 64, recorded_on=None), a_scored("1" * 64, recorded_on=date(2026, 1, 1))
    of_the_same_day = replace(dated, session=replace(dated.session, session_id="0" * 64, source="later.flac"))
    save(store, of_the_same_day, dated, undated)
    ids = [row["session_id"] for row in rows_of(store, "coach_trend")]
    assert [each[0] for each in ids] == ["2", "1", "0"]
    assert ids == [each.session.session_id for each in in_order([of_the_same_day, dated, undated])]


def test_coach_trend_takes_names_that_differ_in_capitals_or_spaces_for_one_person(store: Store) -> None:
    names = ["ZOË  bell", " ", "Zoë Bell"]
    save(store, *(a_scored(f"{day}" * 64, name, date(2026, 1, day)) for day, name in enumerate(names, start=1)))
    rows = rows_of(store, "coach_trend")
    assert [(row["manager"], row["session_number"]) for row in rows] == [("Zoë Bell", 1), ("Zoë Bell", 2)]


def test_coach_trend_counts_a_session_with_nothing_to_sort_as_no_units_and_no_ratio(store: Store) -> None:
    save(store, a_scored(asks=0, tells=0))
    (row,) = rows_of(store, "coach_trend")
    assert (row["non_directive_units"], row["directive_units"]) == (0, 0)
    assert row["non_directive_ratio"] is None
    assert row["last_five_non_directive_ratio"] is None


def test_coach_trend_recovers_whole_counts_from_any_ratio(store: Store) -> None:
    cases = [(hits, n) for n in (3, 7, 49, 997) for hits in (0, 1, n // 3, n - 1, n)]
    save(
        store,
        *(
            replace(a_scored(f"{place:064}"), metrics=(Metric("non_directive_ratio", hits / n, n, "ratio"),))
            for place, (hits, n) in enumerate(cases)
        ),
    )
    rows = sorted(rows_of(store, "coach_trend"), key=lambda row: row["session_id"])
    assert [(row["non_directive_units"], row["directive_units"]) for row in rows] == [
        (hits, n - hits) for hits, n in cases
    ]


def test_every_table_view_and_column_says_what_it_is(store: Store) -> None:
    store.prepare()
    with store.connected() as connection:
        silent = connection.execute(
            "SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal AND comment IS NULL "
            "UNION ALL SELECT table_name, NULL FROM duckdb_tables() WHERE NOT internal AND comment IS NULL "
            "UNION ALL SELECT view_name, NULL FROM duckdb_views() WHERE NOT internal AND comment IS NULL"
        ).fetchall()
    assert silent == []


def test_the_data_dictionary_in_the_docs_is_current() -> None:
    shown = Path(__file__).parents[2].joinpath("docs", "data-dictionary.md").read_text(encoding="utf-8")
    assert shown == shipped_dictionary(), (
        "Write it anew: python -c 'from pipeline.store.dictionary import shipped_dictionary; "
        'print(shipped_dictionary(), end="")\' > docs/data-dictionary.md'
    )


def test_the_data_dictionary_names_every_table_and_view(store: Store) -> None:
    store.prepare()
    with store.reading() as reader:
        text = reader.dictionary()
        assert all(f"### `{name}`" in text for name in reader.tables())
