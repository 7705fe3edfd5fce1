"""Reading what the store keeps, as values."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import duckdb

from pipeline.codes import CODES, Attribute, Code
from pipeline.errors import StoreError
from pipeline.store.dictionary import dictionary
from pipeline.store.records import Annotation, Outcome, RubricText, RunRecord, StageKeys, StoredLine
from pipeline.store.restore import by_session, scored_of, session_of
from pipeline.store.statements import Row, rows_of, statement
from pipeline.values import Scored, Session

ROWS_A_BATCH = 20_000
SCORED_PARTS = ("criteria", "metrics", "findings", "steps")


class Reader:
    """A short look into the store; the sessions of a list come in order of date, then of id, undated ones last."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, called: str) -> None:
        self._connection = connection
        self._called = called

    def session_ids(self) -> list[str]:
        """All sessions."""
        return [session_id for (session_id,) in rows_of(self._connection, "select_session_ids")]

    def lines(self) -> list[StoredLine]:
        """All sessions, with what names them."""
        return [
            StoredLine(session_id, source, recorded_on, with_zone(saved_at))
            for session_id, source, recorded_on, saved_at in rows_of(self._connection, "select_kept")
        ]

    def sessions_of(self, manager: str) -> list[str]:
        """The sessions in which the person of that name is the manager."""
        return [session_id for (session_id,) in rows_of(self._connection, "select_sessions_of", {"manager": manager})]

    def managers(self) -> list[str]:
        """Names of all managers, in order of the alphabet."""
        return [name for (name,) in rows_of(self._connection, "select_managers")]

    def keys(self, session_id: str) -> StageKeys | None:
        """What the session's stages depended on when it was saved; None for a session the store does not have."""
        return self.all_keys().get(session_id)

    def all_keys(self) -> dict[str, StageKeys]:
        """The keys of every session, by session."""
        return {session_id: StageKeys(*keys) for session_id, *keys in rows_of(self._connection, "select_keys")}

    def session(self, session_id: str) -> Session:
        """The session as it was saved. Raises StoreError for one the store does not have."""
        return self.sessions([session_id])[0]

    def sessions(self, session_ids: Sequence[str], words: bool = True) -> list[Session]:
        """The sessions of those ids, each once; without `words` the turns have none, which is much faster.

        Raises StoreError for a session the store does not have.
        """
        wanted = {"session_ids": list(session_ids)}
        rows = rows_of(self._connection, "select_sessions", wanted)
        self._check_all_found(session_ids, {str(row[0]) for row in rows})
        speakers = by_session(rows_of(self._connection, "select_speakers", wanted))
        turns = by_session(rows_of(self._connection, "select_turns_with_words" if words else "select_turns", wanted))
        codes = {"codes": [code.value for code in CODES]}
        units = by_session(rows_of(self._connection, "select_units", wanted | codes))
        return [session_of(row, speakers[row[0]], turns[row[0]], units[row[0]]) for row in rows]

    def scored(self, session_id: str) -> Scored:
        """The session with all that was computed from it. Raises StoreError for one the store does not have."""
        return self.scored_many([session_id])[0]

    def scored_many(self, session_ids: Sequence[str], words: bool = True) -> list[Scored]:
        """The same for many sessions; raises StoreError and leaves out words as `sessions` does."""
        sessions = self.sessions(session_ids, words)
        wanted = {"session_ids": list(session_ids)}
        scores = by_session(rows_of(self._connection, "select_scores", wanted))
        parts = {part: by_session(rows_of(self._connection, f"select_{part}", wanted)) for part in SCORED_PARTS}
        return [
            scored_of(
                session,
                scores[session.session_id][0],
                {part: grouped[session.session_id] for part, grouped in parts.items()},
            )
            for session in sessions
        ]

    def all_scored(self, words: bool = False) -> list[Scored]:
        """Every session with all that was computed from it; by default without the words of its turns."""
        return self.scored_many(self.session_ids(), words)

    def runs(self, session_id: str) -> list[RunRecord]:
        """Each time the session was processed, in order of time."""
        return [
            RunRecord(with_zone(started_at), device, tuple(versions.items()), tuple(timings_ms.items()), recording)
            for started_at, device, versions, timings_ms, recording in rows_of(
                self._connection, "select_runs", {"session_id": session_id}
            )
        ]

    def recordings(self) -> dict[str, str]:
        """Where each session's recording lay when it was last processed; sessions from text are left out."""
        return dict(rows_of(self._connection, "select_recordings"))

    def rubric(self, session_id: str) -> RubricText | None:
        """The rubric the session was last scored by; None where its text was not kept."""
        rows = rows_of(self._connection, "select_rubric", {"session_id": session_id})
        return RubricText(*rows[0]) if rows else None

    def annotations(self) -> list[Annotation]:
        """All annotations, in order of session, unit and rater."""
        return [
            Annotation(
                session_id, unit, rater, text, Code(code), with_zone(rated_at), blind, frozenset(map(Attribute, names))
            )
            for session_id, unit, rater, text, code, names, blind, rated_at in rows_of(
                self._connection, "select_annotations"
            )
        ]

    def outcomes(self) -> list[Outcome]:
        """All outcomes, in order of session and name."""
        return [Outcome(*row) for row in rows_of(self._connection, "select_outcomes")]

    def tables(self) -> list[str]:
        """Names of all tables and views a person may want, in order of the alphabet."""
        return [name for (name,) in rows_of(self._connection, "select_exported")]

    def table(self, name: str) -> tuple[list[str], list[Row]]:
        """Columns and rows of a table or view, in order of its columns' values from left to right."""
        columns, batches = self.table_in_batches(name)
        return columns, [row for batch in batches for row in batch]

    def table_in_batches(self, name: str) -> tuple[list[str], Iterator[list[Row]]]:
        """The same, a batch of rows at a time; read them all before the next look into the store."""
        result = self._connection.execute(statement("select_table"), {"name": name})
        return [column[0] for column in result.description or ()], iter(lambda: result.fetchmany(ROWS_A_BATCH), [])

    def copy_table(self, name: str, path: Path, format: Literal["parquet", "json"]) -> None:
        """Writes a table or view to a file, in the same order. Raises StoreError where the file cannot be written."""
        try:
            self._connection.execute(statement(f"copy_to_{format}"), {"name": name, "path": str(path)})
        except duckdb.IOException as error:
            reason = str(error).splitlines()[0]
            raise StoreError(f"{path}: writing failed ({reason}). Make room, or name another folder.") from None

    def dictionary(self) -> str:
        """What every table, view and column means, in Markdown."""
        return dictionary(self._connection)

    def _check_all_found(self, wanted: Sequence[str], found: set[str]) -> None:
        for session_id in wanted:
            if session_id not in found:
                raise StoreError(f"{self._called}: there is no session '{session_id}'. Look up its id in an export.")


def with_zone(moment: datetime) -> datetime:
    """A moment of the database, which keeps UTC without saying so."""
    return moment.replace(tzinfo=UTC)
