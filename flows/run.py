"""One recording, transcript or session file to scored sessions, doing only what has not been done."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from flows.code import Named, code_session
from flows.hear import Hearing, refuse_other_languages
from flows.inputs import Kind, check_readable, kind_of
from flows.keys import digest
from flows.settings import Settings
from flows.stopwatch import Stopwatch
from flows.workbench import Workbench
from pipeline.audio import file_digest
from pipeline.errors import RecordingError
from pipeline.rubric import Rubric
from pipeline.scoring import ScoringOptions, score
from pipeline.session_file import is_session_file, read_sessions
from pipeline.store import StageKeys, Store
from pipeline.text import well_formed
from pipeline.transcripts import read_transcript
from pipeline.values import Role, Scored, Session, Speaker

BY_HAND = "by hand"
"""How the coded key of a session begins whose roles a person set afterwards: a re-run keeps them."""

SCORING_VERSION = 2
"""Raised when the same units and rubric would give other numbers, so that stored sessions are scored again."""

NOT_HEARD = "transcript-2"
"""The heard key of words that were read, not recognised; its number is raised when readers change."""


@dataclass(frozen=True, slots=True)
class Job:
    """Everything besides the file that decides a result."""

    settings: Settings
    rubric: Rubric
    bench: Workbench


@dataclass(frozen=True, slots=True)
class Item:
    """A file to bring up to date, with what the store has of it; session files are read anew every time."""

    path: Path
    stored: Scored | None = None
    stored_keys: StageKeys | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """A scored session, what it rests on, and what each stage took; `fresh` is false where all was stored."""

    path: Path
    scored: Scored
    keys: StageKeys
    fresh: bool
    seconds: dict[str, float] = field(default_factory=dict)


def scored_key(rubric: Rubric, settings: Settings) -> str:
    """What metrics, scores and findings of given units rest on."""
    return digest(rubric=rubric.digest, seed=settings.seed, version=SCORING_VERSION)


def look_up(paths: Sequence[Path], job: Job, store: Store) -> list[Item]:
    """The files with what the store has of each, found by content; files that cannot be read come without.

    Sessions that are current come without the words of their turns, which nobody will need.
    """
    ids = {path: _content_id(path) for path in paths}
    with store.reading() as reader:
        keys = reader.all_keys()
        found = [Item(path, stored_keys=keys.get(ids[path])) for path in paths]
        known = {ids[item.path]: is_current(item, job) for item in found if item.stored_keys}
        stored: dict[str, Scored] = {}
        for words in (False, True):
            wanted = sorted(session_id for session_id, current in known.items() if current is not words)
            stored |= {scored.session.session_id: scored for scored in reader.scored_many(wanted, words)}
    return [replace(item, stored=stored.get(ids[item.path])) for item in found]


def _content_id(path: Path) -> str:
    """The sha256 of a recording or transcript; empty for session files, and for what cannot be read."""
    try:
        check_readable(path)
        return "" if is_session_file(path) else file_digest(path)
    except RecordingError:
        return ""


def bring_up_to_date(item: Item, job: Job) -> list[Outcome]:
    """The item's sessions, scored: what the store has is kept as far as models, options and rubric still agree.

    One outcome for a recording or transcript, one for each session of a session file.
    Raises RecordingError where the file cannot be scored, naming it and what to do.
    """
    check_readable(item.path)
    if is_session_file(item.path):
        return [_finish(item.path, session, _read_keys(job), job, Stopwatch()) for session in read_sessions(item.path)]
    keys = _keys(item, job)
    stored, had = item.stored, item.stored_keys
    watch = Stopwatch()
    if stored is None or had is None or had.heard != keys.heard:
        return [_finish(item.path, _take_in(item.path, job, watch), keys, job, watch)]
    if had.coded != keys.coded and keys.coded.startswith(BY_HAND):
        return [_scored(item.path, _as_told(stored.session, job.settings), keys, job, watch)]
    if had.coded != keys.coded:
        # A transcript is read again, for its names are its own; a recording is not heard again.
        read = kind_of(item.path) is Kind.TRANSCRIPT
        session = _take_in(item.path, job, watch) if read else _as_heard(stored.session, job)
        return [_finish(item.path, session, keys, job, watch)]
    if had.scored != keys.scored:
        return [_scored(item.path, stored.session, keys, job, watch)]
    return [Outcome(item.path, stored, keys, fresh=False)]


def is_current(item: Item, job: Job) -> bool:
    """Whether the store has the item just as it would come out again."""
    return item.stored_keys is not None and item.stored_keys == _keys(item, job)


def _keys(item: Item, job: Job) -> StageKeys:
    """What the item's stages depend on now; roles set by hand stay until the manager is named or it is heard anew."""
    keys = _read_keys(job)
    if kind_of(item.path) is Kind.RECORDING:
        keys = replace(keys, heard=job.bench.heard_key)
    had = item.stored_keys
    if had is None or not had.coded.startswith(BY_HAND) or had.heard != keys.heard or job.settings.manager is not None:
        return keys
    told = (job.settings.rep, job.settings.date)
    return replace(keys, coded=f"{BY_HAND} {digest(told=told)}" if any(told) else had.coded)


def _as_told(session: Session, settings: Settings) -> Session:
    """The session with the rep's name and the date a person gives now."""
    speakers = tuple(
        replace(each, name=settings.rep or each.name) if each.role is Role.REP else each for each in session.speakers
    )
    return replace(session, speakers=speakers, recorded_on=settings.date or session.recorded_on)


def _read_keys(job: Job) -> StageKeys:
    return StageKeys(NOT_HEARD, job.bench.coded_key, scored_key(job.rubric, job.settings))


def _take_in(path: Path, job: Job, watch: Stopwatch) -> Session:
    if kind_of(path) is Kind.TRANSCRIPT:
        with watch.stage("read"):
            return read_transcript(path)
    hearing = Hearing(job.settings.speakers, job.settings.manager_channel)
    with watch.stage("hear"):
        return job.bench.hear(path, hearing)


def _as_heard(session: Session, job: Job) -> Session:
    """The session as its recording was heard: no units, names or date, and no roles unless a channel was named."""
    by_channel = job.settings.manager_channel is not None
    speakers = tuple(Speaker(each.label, role=each.role if by_channel else Role.OTHER) for each in session.speakers)
    return replace(session, units=(), speakers=speakers, recorded_on=None)


def _finish(path: Path, session: Session, keys: StageKeys, job: Job, watch: Stopwatch) -> Outcome:
    settings = job.settings
    manager = None if settings.manager_channel is not None else settings.manager
    refuse_other_languages(path, session.transcript.language)
    with watch.stage("code"):
        coded = code_session(session, job.bench.coder, Named(manager, settings.rep))
    recorded_on = settings.date or coded.recorded_on or date_in_name(path.name)
    named = replace(coded, recorded_on=recorded_on, source=well_formed(coded.source))
    return _scored(path, named, keys, job, watch)


def _scored(path: Path, session: Session, keys: StageKeys, job: Job, watch: Stopwatch) -> Outcome:
    with watch.stage("score"):
        scored = score(session, job.rubric, ScoringOptions(seed=job.settings.seed))
    return Outcome(path, scored, keys, fresh=True, seconds=watch.seconds)


def date_in_name(name: str) -> date | None:
    """The first calendar date written year first in a file name (2026-11-02, 20261102), or None."""
    for year, month, day in re.findall(r"(?<!\d)(20\d\d)[-_.]?(\d\d)[-_.]?(\d\d)(?!\d)", name):
        try:
            return date(int(year), int(month), int(day))
        except ValueError:
            continue
    return None
