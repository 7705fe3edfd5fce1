"""One recording, transcript or session file to scored sessions, doing only what has not been done."""

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

from flows.code import Lent, Named, code_session
from flows.hear import Hearing, refuse_other_languages
from flows.inputs import Kind, check_readable, kind_of
from flows.items import Item, of_each, read_item
from flows.keys import digest
from flows.settings import Settings
from flows.stopwatch import Stopwatch
from flows.workbench import Workbench
from pipeline.rubric import Rubric
from pipeline.scoring import ScoringOptions, score
from pipeline.session_file import is_session_file, read_sessions
from pipeline.store import StageKeys, Store
from pipeline.text import well_formed
from pipeline.transcripts import read_transcript
from pipeline.values import Role, Scored, Session, Speaker

BY_HAND = "by hand"
"""How the coded key of a session begins whose roles a person set afterwards: a re-run keeps them."""

SCORING_VERSION = 4
"""Raised when the same units and rubric would give other numbers, so that stored sessions are scored again."""

READ = "transcript"
"""How the heard key begins of words that were read, not recognised."""

READ_NOW = f"{READ}-4"
"""How it begins now; the number is raised when readers change."""


@dataclass(frozen=True, slots=True)
class Job:
    """Everything besides the file that decides a result; the bench's keys leave out names and date."""

    settings: Settings
    rubric: Rubric
    bench: Workbench


@dataclass(frozen=True, slots=True)
class Told:
    """What a person says of a session, or said before; None where nobody did. A channel is no manager's name."""

    manager: str | None = None
    rep: str | None = None
    recorded_on: date | None = None

    def __bool__(self) -> bool:
        return any((self.manager, self.rep, self.recorded_on))


@dataclass(frozen=True, slots=True)
class Outcome:
    """A scored session, what it rests on, and what each stage took and when; `fresh` is false where all was stored.

    `by_models` says whether units or roles came from models in it.

    `path` is the file it was made from, None where nobody knows where that lies.
    """

    path: Path | None
    scored: Scored
    keys: StageKeys
    fresh: bool
    seconds: dict[str, float] = field(default_factory=dict)
    started_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    by_models: bool = False


def scored_key(rubric: Rubric, settings: Settings) -> str:
    """What metrics, scores and findings of given units rest on."""
    return digest(rubric=rubric.digest, seed=settings.seed, version=SCORING_VERSION)


def look_up(paths: Sequence[Path], job: Job, store: Store) -> list[Item]:
    """The files with what the store has of each, found by content; files that cannot be read come without.

    Sessions that are current come without the words of their turns, which nobody will need.
    """
    read = [read_item(path) for path in paths]
    with store.reading() as reader:
        keys = reader.all_keys()
        found = [of_each(item, lambda one: replace(one, stored_keys=keys.get(one.session_id))) for item in read]
        known = {one.session_id: is_current(one, job) for item in found for one in item.parts or (item,)}
        stored: dict[str, Scored] = {}
        for words in (False, True):
            wanted = sorted(id for id, current in known.items() if current is not words and id in keys)
            stored |= {scored.session.session_id: scored for scored in reader.scored_many(wanted, words)}
    return [of_each(item, lambda one: replace(one, stored=stored.get(one.session_id))) for item in found]


def bring_up_to_date(item: Item, job: Job) -> list[Outcome]:
    """The item's sessions, scored: what the store has is kept as far as models, options and rubric still agree.

    One outcome for a recording or transcript, one for each session of a session file.
    Raises RecordingError where the file cannot be scored, naming it and what to do.
    """
    check_readable(item.path)
    parts = item.parts
    if not parts and is_session_file(item.path):
        parts = tuple(Item(item.path, given=session) for session in read_sessions(item.path))
    return [_bring_up_to_date(one, job) for one in parts or (item,)]


def _bring_up_to_date(item: Item, job: Job) -> Outcome:
    keys = _keys(item, job)
    stored, had = item.stored, item.stored_keys
    watch = Stopwatch()
    if stored is None or had is None or had.heard != keys.heard:
        return _finish(item, _take_in(item, job, watch), keys, job, watch)
    if had.coded != keys.coded and keys.coded.startswith(BY_HAND):
        return _scored(item.path, _as_told(stored.session, job.settings), keys, job, watch)
    if had.coded != keys.coded:
        # What was read is read again, for its names are its own; a recording is not heard again.
        session = _as_heard(stored.session, job) if was_heard(keys) else _take_in(item, job, watch)
        return _finish(item, session, keys, job, watch)
    if had.scored != keys.scored:
        return _scored(item.path, stored.session, keys, job, watch)
    return Outcome(item.path, stored, keys, fresh=False)


def is_current(item: Item, job: Job) -> bool:
    """Whether the store has the item just as it would come out again."""
    if item.parts:
        return all(is_current(part, job) for part in item.parts)
    return item.stored_keys is not None and item.stored_keys == _keys(item, job)


def was_heard(keys: StageKeys) -> bool:
    """Whether the words under these keys were recognised; false for those of transcripts and session files."""
    return not keys.heard.startswith(READ)


def _keys(item: Item, job: Job) -> StageKeys:
    """What the item's stages depend on now.

    Names and date that were told before stay where none is told now. Roles set by hand stay until a speaker is named
    as the manager or it is heard anew.
    """
    keys = _read_keys(job)
    if item.given:
        keys = replace(keys, heard=f"{READ_NOW} {_digest_of(item.given)}")
    elif kind_of(item.path) is Kind.RECORDING:
        keys = replace(keys, heard=job.bench.heard_key)
    had, told = item.stored_keys, _told_now(job.settings)
    by_models = f"{keys.coded} "
    if had is not None and had.heard == keys.heard:
        if had.coded.startswith(BY_HAND) and not _names_a_voice(keys, job.settings):
            return replace(keys, coded=f"{BY_HAND} {_digest_told(told)}" if told else had.coded)
        if had.coded.startswith(by_models) and not told:
            return replace(keys, coded=had.coded)
    return replace(keys, coded=by_models + _digest_told(told)) if told else keys


def _names_a_voice(keys: StageKeys, settings: Settings) -> bool:
    """Whether the manager named now is one of the speakers: the voices of a recording have no names, only sides."""
    if settings.manager_channel is not None:
        return was_heard(keys)
    return settings.manager is not None and not was_heard(keys)


def _told_now(settings: Settings) -> Told:
    return Told(None if settings.manager_channel is not None else settings.manager, settings.rep, settings.date)


def _digest_told(told: Told) -> str:
    return digest(told=[told.manager, told.rep, told.recorded_on])


def _told(item: Item, keys: StageKeys, settings: Settings) -> Told:
    """What is told of the item now, and what was told before of which nothing is said now.

    The voices of a recording have no names but those told. Of what was read, a manager is told where a run was told
    something and the role is certain; what a session file says now goes before all that was told.
    """
    now, had = _told_now(settings), item.stored_keys
    if item.stored is None or had is None or item.given:
        return now
    before = item.stored.session
    manager, rep = before.speaker(Role.MANAGER), before.speaker(Role.REP)
    if was_heard(keys):
        names = (manager.name if manager else None, rep.name if rep else None)
    else:
        told = had.heard == keys.heard and " " in had.coded
        certain = manager if told and manager and manager.role_confidence == 1 else None
        names = (certain.name or certain.label if certain else None, None)
    # Whoever is named for one role now is no longer named for the other.
    kept = [name if name not in (now.manager, now.rep) else None for name in names]
    return Told(now.manager or kept[0], now.rep or kept[1], now.recorded_on or before.recorded_on)


def _as_told(session: Session, settings: Settings) -> Session:
    """The session with the names for its roles and the date a person gives now.

    Whoever is named for one role now is no longer named for the other.
    """
    told = _told_now(settings)
    given = {Role.MANAGER: told.manager, Role.REP: told.rep}
    speakers = tuple(
        replace(each, name=given.get(each.role) or (None if each.name in given.values() else each.name))
        for each in session.speakers
    )
    return replace(session, speakers=speakers, recorded_on=told.recorded_on or session.recorded_on)


def _digest_of(given: Session) -> str:
    """What a session file says of a session, as a digest: of its id alone nobody can tell whether that has changed."""
    return digest(session=json.dumps(asdict(given), default=_in_order))


def _in_order(value: object) -> object:
    return sorted(value) if isinstance(value, frozenset) else str(value)


def _read_keys(job: Job) -> StageKeys:
    return StageKeys(READ_NOW, job.bench.coded_key, scored_key(job.rubric, job.settings))


def _take_in(item: Item, job: Job, watch: Stopwatch) -> Session:
    if item.given:
        return item.given
    if kind_of(item.path) is Kind.TRANSCRIPT:
        with watch.stage("read"):
            return read_transcript(item.path)
    hearing = Hearing(job.settings.speakers, job.settings.manager_channel)
    with watch.stage("hear"):
        return job.bench.hear(item.path, hearing)


def _as_heard(session: Session, job: Job) -> Session:
    """The session as its recording was heard: no units, names or date, and no roles unless a channel was named."""
    by_channel = job.settings.manager_channel is not None
    speakers = tuple(Speaker(each.label, role=each.role if by_channel else Role.OTHER) for each in session.speakers)
    return replace(session, units=(), speakers=speakers, recorded_on=None)


def _finish(item: Item, session: Session, keys: StageKeys, job: Job, watch: Stopwatch) -> Outcome:
    told = _told(item, keys, job.settings)
    refuse_other_languages(item.path, session.transcript.language)
    lent = Lent(job.bench.coder)
    with watch.stage("code"):
        coded = code_session(session, lent, Named(told.manager, told.rep))
    recorded_on = told.recorded_on or coded.recorded_on or date_in_name(item.path.name)
    named = replace(coded, recorded_on=recorded_on, source=well_formed(coded.source))
    return replace(_scored(item.path, named, keys, job, watch), by_models=lent.asked)


def _scored(path: Path, session: Session, keys: StageKeys, job: Job, watch: Stopwatch) -> Outcome:
    with watch.stage("score"):
        scored = score(session, job.rubric, ScoringOptions(seed=job.settings.seed))
    return Outcome(path, scored, keys, fresh=True, seconds=watch.seconds, started_at=watch.started_at)


def date_in_name(name: str) -> date | None:
    """The first calendar date written year first in a file name (2026-11-02, 20261102), or None."""
    for year, month, day in re.findall(r"(?<!\d)(20\d\d)[-_.]?(\d\d)[-_.]?(\d\d)(?!\d)", name):
        try:
            return date(int(year), int(month), int(day))
        except ValueError:
            continue
    return None
