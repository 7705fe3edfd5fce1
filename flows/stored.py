"""Stored sessions scored again, without listening: under another rubric, or with the two speakers exchanged."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from flows.code import Coder, code_units
from flows.keys import digest
from flows.run import BY_HAND, scored_key, was_heard
from flows.settings import Settings
from pipeline.audio import file_digest
from pipeline.errors import AsktellError
from pipeline.rubric import Rubric
from pipeline.scoring import ScoringOptions, score
from pipeline.store import StageKeys, Store
from pipeline.values import Role, Scored, Session, Speaker

SHORTEST_ID = 4
"""So many characters of a session id are enough to name it, where they name only one."""

SHOWN_ID = 12
"""So many characters of an id are shown to choose from."""


@dataclass(frozen=True, slots=True)
class Rescored:
    """A session as it was scored and as it is scored now."""

    before: Scored
    after: Scored
    keys: StageKeys


def rescore_all(store: Store, rubric: Rubric, settings: Settings) -> Iterator[Rescored]:
    """Every stored session under `rubric`, in the store's order; writes nothing."""
    with store.reading() as reader:
        stored, keys = reader.all_scored(), reader.all_keys()
    for before in stored:
        after = score(before.session, rubric, ScoringOptions(seed=settings.seed))
        had = keys[before.session.session_id]
        yield Rescored(before, after, replace(had, scored=scored_key(rubric, settings)))


def find_session(store: Store, named: str) -> tuple[Scored, StageKeys]:
    """The one session whose id is or begins with `named`, or whose file has that name.

    A file that is there goes by what it holds: another of that name may lie elsewhere. Raises AsktellError where none
    or several are called so, naming those.
    """
    content = file_digest(Path(named)) if os.path.isfile(named) else None
    with store.reading() as reader:
        lines = reader.lines()
        matching = [line.session_id for line in lines if line.session_id == content] or [
            line.session_id
            for line in lines
            if named in (line.source, line.session_id)
            or (not content and line.source == os.path.basename(named))
            or (len(named) >= SHORTEST_ID and line.session_id.startswith(named.lower()))
        ]
        if not matching:
            raise AsktellError(f"no session is called '{named}'. Name one by its file or the beginning of its id.")
        if len(matching) > 1:
            ids = ", ".join(id[:SHOWN_ID] for id in matching)
            raise AsktellError(f"several sessions are called '{named}'. Name one by the beginning of its id: {ids}.")
        return reader.scored(matching[0]), reader.all_keys()[matching[0]]


def swap_speakers(store: Store, named: str, rubric: Rubric, settings: Settings, coder: Callable[[], Coder]) -> Rescored:
    """The session with manager and rep exchanged by a person's word, coded and scored anew; writes nothing.

    Where only one of them speaks, that one becomes the other. Raises AsktellError where neither does.
    """
    before, keys = find_session(store, named)
    session = before.session
    if not (session.speaker(Role.MANAGER) or session.speaker(Role.REP)):
        raise AsktellError(f"{session.source}: has no manager and rep to exchange. Name the manager with --manager.")
    speakers = _exchanged(session, names_of_voices=not was_heard(keys))
    swapped = code_units(replace(session, speakers=speakers, units=()), coder())
    after = score(swapped, rubric, ScoringOptions(seed=settings.seed))
    told = digest(speakers=[(each.label, each.role, each.name) for each in speakers])
    return Rescored(before, after, replace(keys, coded=f"{BY_HAND} {told}", scored=scored_key(rubric, settings)))


def _exchanged(session: Session, names_of_voices: bool) -> tuple[Speaker, ...]:
    """The speakers with manager and rep exchanged.

    A transcript's names are of its voices and stay with them. Voices that were heard have no names:
    those they bear were given for the roles, and go with the roles; the name of a role nobody has goes.
    """
    other = {Role.MANAGER: Role.REP, Role.REP: Role.MANAGER, Role.OTHER: Role.OTHER}
    swapped = tuple(replace(each, role=other[each.role], role_confidence=1.0) for each in session.speakers)
    if names_of_voices:
        return swapped
    given = {each.role: each.name for each in session.speakers}
    return tuple(each if each.role is Role.OTHER else replace(each, name=given.get(each.role)) for each in swapped)
