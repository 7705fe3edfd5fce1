"""Writing sessions and what people say of them: all of a session or nothing."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import TypeVar

from duckdb import DuckDBPyConnection

from pipeline.errors import StoreError
from pipeline.store.erase import overwrite_free_space, rewrite_tables
from pipeline.store.records import Annotation, Outcome, RubricText, RunRecord, SavedSession, StageKeys
from pipeline.store.rows import Rows, annotation_row, heard_rows, outcome_row, rubric_row, run_row, scored_rows
from pipeline.store.statements import rows_of, run_all, statement
from pipeline.values import Scored

Item = TypeVar("Item")

SESSIONS_A_TRANSACTION = 50
"""A batch is committed in parts of so many sessions: one by one, waiting for the disk takes longer than writing."""


class Writer:
    """The one who may write while others wait; each call is a transaction, or a few for a long list of sessions."""

    def __init__(self, connection: DuckDBPyConnection, called: str) -> None:
        self._connection = connection
        self._called = called

    def save(self, scored: Scored, keys: StageKeys, run: RunRecord, rubric: RubricText | None = None) -> None:
        """Keeps the session in place of what was kept of it; runs add up, annotations and outcomes stay."""
        self.save_many([SavedSession(scored, keys, run, rubric)])

    def save_many(self, saved: Iterable[SavedSession]) -> None:
        """The same for many sessions; of two with the same id the later stays. A crash leaves only whole sessions."""
        for part in _parts(saved):
            latest = {each.scored.session.session_id: each for each in part}
            rows = [heard_rows(each) for each in latest.values()]
            rows += [scored_rows(each.scored, each.keys.scored, each.rubric) for each in latest.values()]
            runs = {(id, each.run.started_at): run_row(id, each.run) for id, each in latest.items()}
            with self._transaction():
                self._delete("delete_heard", latest)
                self._delete("delete_scored", latest)
                self._keep_rubrics(each.rubric for each in latest.values())
                self._insert(_together(rows))
                self._replace("runs", list(runs.values()))

    def save_scores(self, rescored: Iterable[tuple[Scored, StageKeys]], rubric: RubricText | None = None) -> list[str]:
        """Replaces what was computed from sessions the store has, under another rubric, and leaves the rest of them.

        A session whose heard or coded key is no longer the one given was heard or coded anew since it was read: what
        was computed from it is of other units, and is not kept. Gives the ids of those, in the order given.
        Raises StoreError for a session the store does not have.
        """
        changed: list[str] = []
        for part in _parts(rescored):
            latest = {scored.session.session_id: (scored, keys) for scored, keys in part}
            with self._transaction():
                self._check_known(latest)
                stored = {id: rest for id, *rest in rows_of(self._connection, "select_keys")}
                same = {id: each for id, each in latest.items() if stored[id][:2] == [each[1].heard, each[1].coded]}
                changed += [id for id in latest if id not in same]
                self._delete("delete_scored", same)
                self._keep_rubrics([rubric])
                self._insert(_together(scored_rows(scored, keys.scored, rubric) for scored, keys in same.values()))
        return changed

    def annotate(self, annotations: Sequence[Annotation]) -> None:
        """Keeps the codes raters gave; a rater's newer code of a unit replaces the older.

        Raises StoreError for a session the store does not have.
        """
        latest = {(each.session_id, each.unit_index, each.rater): each for each in annotations}
        with self._transaction():
            self._check_known({each.session_id for each in annotations})
            self._replace("annotations", [annotation_row(each) for each in latest.values()])

    def note_outcomes(self, outcomes: Sequence[Outcome]) -> None:
        """Keeps what came of sessions; a newer value of the same name replaces the older.

        Raises StoreError for a session the store does not have.
        """
        latest = {(each.session_id, each.name): each for each in outcomes}
        with self._transaction():
            self._check_known({each.session_id for each in outcomes})
            self._replace("outcomes", [outcome_row(each) for each in latest.values()])

    def forget(self, session_ids: Iterable[str]) -> None:
        """Deletes all that is kept of the sessions, annotations and outcomes too; ids not in the store are ignored.

        What they said is gone from the file as well, not only from the tables; that takes a rewrite of the whole file.
        """
        wanted = set(session_ids).intersection(self._known())
        if not wanted:
            return
        with self._transaction():
            for name in ("delete_heard", "delete_scored", "delete_notes"):
                self._delete(name, wanted)
            rewrite_tables(self._connection)
        overwrite_free_space(self._connection)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._connection.begin()
        try:
            yield
            self._connection.commit()
        except BaseException:
            self._connection.rollback()
            raise

    def _check_known(self, session_ids: Iterable[str]) -> None:
        known = self._known()
        for session_id in session_ids:
            if session_id not in known:
                raise StoreError(f"{self._called}: there is no session '{session_id}'. Score its recording first.")

    def _known(self) -> set[str]:
        return {session_id for (session_id,) in rows_of(self._connection, "select_session_ids")}

    def _delete(self, name: str, session_ids: Iterable[str]) -> None:
        run_all(self._connection, statement(name), {"session_ids": list(session_ids)})

    def _keep_rubrics(self, rubrics: Iterable[RubricText | None]) -> None:
        kept = {rubric.hash: rubric_row(rubric) for rubric in rubrics if rubric}
        self._insert({"rubrics": list(kept.values())})

    def _replace(self, table: str, rows: Rows) -> None:
        self._connection.execute(statement(f"delete_same_{table}"), {"rows": _json(rows)})
        self._insert({table: rows})

    def _insert(self, tables: Mapping[str, Rows]) -> None:
        for table, rows in tables.items():
            if rows:
                self._connection.execute(statement(f"insert_{table}"), {"rows": _json(rows)})


def _json(rows: Rows) -> str:
    # A file name with broken bytes reaches us as lone surrogates, which no UTF-8 text can hold: they become "?".
    return json.dumps(rows, ensure_ascii=False, allow_nan=False).encode("utf-8", "replace").decode("utf-8")


def _together(many: Iterable[Mapping[str, Rows]]) -> dict[str, Rows]:
    joined: dict[str, Rows] = defaultdict(list)
    for tables in many:
        for table, rows in tables.items():
            joined[table].extend(rows)
    return joined


def _parts(items: Iterable[Item]) -> Iterator[list[Item]]:
    rest = iter(items)
    while part := list(islice(rest, SESSIONS_A_TRANSACTION)):
        yield part
