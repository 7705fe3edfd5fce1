"""Who is the manager, what are the units, and what does each of the manager's do."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from pipeline.codes import Attribute
from pipeline.errors import RecordingError
from pipeline.floor import Said, talk_around
from pipeline.ports import RoleFinder, RoleGuess, UnitClassifier, UnitInContext, UnitSplitter
from pipeline.units import time_parts
from pipeline.values import Role, Session, Speaker, Turn, Unit

MISPLACED = 0.2
"""Above this share of words that fit the other side, voices and words disagree. On the writers held out of the first
training, as written and without marks, the largest share was .12; with half of the turns exchanged, nine in ten
sessions exceed .26."""

VOICES_AND_WORDS = (
    "voices and words disagree: much of what one speaker says fits the other. "
    "The two may be mixed up in places, so listen before you trust who said what"
)


@dataclass(frozen=True, slots=True)
class Coder:
    """The models that turn what was said into coded units."""

    splitter: UnitSplitter
    classifier: UnitClassifier
    roles: RoleFinder


@dataclass(slots=True)
class Lent:
    """A coder made where it is needed; `asked` says whether it was."""

    make: Callable[[], Coder]
    asked: bool = False

    def __call__(self) -> Coder:
        self.asked = True
        return self.make()


@dataclass(frozen=True, slots=True)
class Named:
    """What a person says of the speakers: a speaker's name or label each, or None."""

    manager: str | None = None
    rep: str | None = None


def code_session(session: Session, coder: Callable[[], Coder], named: Named) -> Session:
    """The session with roles, units and codings; what a person already settled in it is kept.

    `coder` is called only where a model is needed: a session coded by hand needs none.
    """
    with_roles = assign_roles(session, coder, named)
    return with_roles if _fully_coded(with_roles) else code_units(with_roles, coder())


def _fully_coded(session: Session) -> bool:
    return bool(session.units) and all(
        unit.coding or session.role_of(session.turns[unit.turn]) is not Role.MANAGER for unit in session.units
    )


def assign_roles(session: Session, coder: Callable[[], Coder], named: Named) -> Session:
    """Roles for the speakers: a person's word first, then the session's own, then what was said.

    Of the speakers who are not the manager the one who speaks longest is the rep, others are `OTHER`.
    Raises RecordingError where the name given is no speaker of a session whose speakers have names, or is both's.
    """
    if not session.turns:
        return session
    chosen, rep = (_named_speaker(session, name) for name in (named.manager, named.rep))
    if chosen and chosen == rep:
        raise RecordingError(f"{session.source}: '{named.rep}' is named as manager and as rep. Name one of them.")
    known = session.speaker(Role.MANAGER)
    session = replace(session, warnings=tuple(each for each in session.warnings if each != VOICES_AND_WORDS))
    if chosen:
        guess = RoleGuess(chosen.label, 1.0, "named")
    elif known and known != rep:
        return _with_names(session, named)
    else:
        guess = _manager_besides(rep, session, coder)
        if guess.misplaced > MISPLACED:
            session = replace(session, warnings=(*session.warnings, VOICES_AND_WORDS))
    return _with_names(_with_manager(session, guess, rep), named)


def _manager_besides(rep: Speaker | None, session: Session, coder: Callable[[], Coder]) -> RoleGuess:
    """The manager by what is said, among those who are not the rep somebody named."""
    turns = [turn for turn in session.turns if rep is None or turn.speaker != rep.label]
    if rep and len({turn.speaker for turn in turns}) == 1:
        return RoleGuess(turns[0].speaker, 1.0, "the other one is named")
    return coder().roles.find(turns or session.turns)


def _named_speaker(session: Session, name: str | None) -> Speaker | None:
    if name is None:
        return None
    wanted = name.casefold().strip()
    # A file's own names may look like our labels and stand for others, so they go first.
    for called in ([each.name for each in session.speakers], [each.label for each in session.speakers]):
        for speaker, own in zip(session.speakers, called, strict=True):
            if own is not None and own.casefold() == wanted:
                return speaker
    names = [speaker.name for speaker in session.speakers if speaker.name]
    if not names:
        return None  # a recording's voices have no names: the name is the manager's, found by what is said
    raise RecordingError(f"{session.source}: no speaker is called '{name}'. Speakers: {', '.join(names)}.")


def _with_manager(session: Session, guess: RoleGuess, rep: Speaker | None) -> Session:
    spoken_ms: dict[str, int] = defaultdict(int)
    for turn in session.turns:
        spoken_ms[turn.speaker] += turn.span.duration_ms
    others = [speaker.label for speaker in session.speakers if speaker.label != guess.manager]
    rep_label = rep.label if rep else max(others, key=lambda label: spoken_ms[label], default=None)
    roles = {guess.manager: Role.MANAGER, rep_label: Role.REP}
    speakers = tuple(
        replace(speaker, role=roles.get(speaker.label, Role.OTHER), role_confidence=guess.confidence)
        for speaker in session.speakers
    )
    return replace(session, speakers=speakers)


def _with_names(session: Session, named: Named) -> Session:
    given = {Role.MANAGER: named.manager, Role.REP: named.rep}
    return replace(
        session,
        speakers=tuple(replace(speaker, name=speaker.name or given.get(speaker.role)) for speaker in session.speakers),
    )


def code_units(session: Session, coder: Coder) -> Session:
    """The session with its units: those it has, else its turns split; the manager's coded where they are not."""
    units = session.units or split_turns(session.turns, coder.splitter)
    roles = {turn.index: session.role_of(turn) for turn in session.turns}
    managers = [place for place, unit in enumerate(units) if roles[unit.turn] is Role.MANAGER]
    contexts = contexts_of(units, session)
    # The settled ones are read as well: what follows a unit in its turn is known by the units beside it.
    codings = coder.classifier.classify([contexts[place] for place in managers])
    coded = dict(zip(managers, codings, strict=True))
    rep_places = [place for place, unit in enumerate(units) if roles[unit.turn] is Role.REP]
    promised = coder.classifier.rep_commitments([units[place].text for place in rep_places])
    commits = {place for place, promise in zip(rep_places, promised, strict=True) if promise}
    return replace(
        session,
        units=tuple(
            replace(
                unit,
                coding=unit.coding or coded.get(place),
                rep_attributes=unit.rep_attributes | ({Attribute.COMMITMENT} if place in commits else set()),
            )
            for place, unit in enumerate(units)
        ),
    )


def split_turns(turns: Sequence[Turn], splitter: UnitSplitter) -> tuple[Unit, ...]:
    """All turns' units in order, timed within their turns."""
    units: list[Unit] = []
    for turn, parts in zip(turns, splitter.split([turn.text for turn in turns]), strict=True):
        for part, span in zip(parts, time_parts(turn, parts), strict=True):
            units.append(Unit(len(units), turn.index, span, turn.text[part.start : part.end].strip()))
    return tuple(units)


def contexts_of(units: Sequence[Unit], session: Session) -> list[UnitInContext]:
    """Each unit as the classifier reads it: after what its speaker was saying and what was said before that, and with
    what the others say to it."""
    said = [Said(turn.speaker, turn.text) for turn in session.turns]
    contexts: list[UnitInContext] = []
    for turn, inside in groupby(units, key=lambda unit: unit.turn):
        contexts += talk_around(said, turn).put_around([unit.text for unit in inside])
    return contexts
