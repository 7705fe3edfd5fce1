"""A session as the metrics read it: who held the floor when, and the manager's codes, likeliest and drawn."""

import hashlib
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from pipeline.codes import CODES, QUESTIONS, Attribute, Code
from pipeline.floor import ASSENTING, HUMMING, spoken_words
from pipeline.metrics.tally import Rows, rows_of
from pipeline.values import Coding, Role, Session, Span, Turn, Unit

SHORT_MS = 1_000
SHORT_WORDS = 3


@dataclass(frozen=True, slots=True)
class HeardTurn:
    """A turn with its speaker's role, its words counted, and whether it only shows listening."""

    turn: Turn
    role: Role
    words: int
    backchannel: bool

    @property
    def span(self) -> Span:
        return self.turn.span


@dataclass(frozen=True)
class Observed:
    """One session ready to be counted.

    `units` are the manager's coded units in order of turn and start; `codes` holds a place in `CODES` for
    each, shape (1 + draws, units): the likeliest codes in the first row, a draw in every other.
    """

    session: Session
    turns: tuple[HeardTurn, ...]
    units: tuple[Unit, ...]
    codes: NDArray[np.int8]

    @cached_property
    def has_manager(self) -> bool:
        return self.session.speaker(Role.MANAGER) is not None

    def of(self, role: Role) -> list[HeardTurn]:
        return [turn for turn in self.turns if turn.role is role]

    def spoken_ms(self, role: Role) -> int:
        """Milliseconds in which anyone of that role speaks."""
        return union_ms([turn.span for turn in self.turns if turn.role is role])

    def are(self, codes: Collection[Code]) -> NDArray[np.bool_]:
        """Which unit is one of these codes in which row, shape (1 + draws, units)."""
        # One comparison a code runs over bytes; looking the codes up in a table took twenty times as long.
        found = np.zeros(self.codes.shape, dtype=np.bool_)
        for code in codes:
            found |= self.codes == CODES.index(code)
        return found

    def count(self, codes: Collection[Code], attribute: Attribute | None = None) -> Rows:
        """Units of these codes in each row; with an attribute, only those that carry it."""
        if attribute is not None:
            carriers = np.array([attribute in unit.attributes for unit in self.units], dtype=np.bool_)
            return rows_of((self.are(codes) & carriers).sum(axis=1))
        return rows_of(self._counts[:, [CODES.index(code) for code in codes]].sum(axis=1))

    @cached_property
    def _counts(self) -> NDArray[np.float64]:
        return by_code(self.codes, np.ones(len(self.units)))

    @cached_property
    def answers(self) -> NDArray[np.float64]:
        """How many manager turns that a rep turn follows end in each code, shape (1 + draws, codes)."""
        places = [place for place, _ in self._answers]
        return by_code(self.codes[:, places], np.ones(len(places)))

    @cached_property
    def answer_words(self) -> NDArray[np.float64]:
        """The words of the rep turns that follow them, added up by that code, shape (1 + draws, codes)."""
        places = [place for place, _ in self._answers]
        return by_code(self.codes[:, places], np.array([words for _, words in self._answers], dtype=np.float64))

    @cached_property
    def _answers(self) -> list[tuple[int, int]]:
        ends = {unit.turn: place for place, unit in enumerate(self.units)}
        found: list[tuple[int, int]] = []
        last_manager_turn: int | None = None
        for turn in self.turns:
            if turn.role is Role.MANAGER:
                last_manager_turn = turn.turn.index
            elif turn.role is Role.REP and last_manager_turn is not None:
                if last_manager_turn in ends:
                    found.append((ends[last_manager_turn], turn.words))
                last_manager_turn = None
        return found

    @cached_property
    def starts_ms(self) -> NDArray[np.int64]:
        return np.array([unit.span.start_ms for unit in self.units], dtype=np.int64)

    @cached_property
    def ends_ms(self) -> NDArray[np.int64]:
        return np.array([unit.span.end_ms for unit in self.units], dtype=np.int64)


def by_code(codes: NDArray[np.int8], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """The weights added up by code in every row: from (rows, units) and (units,) to (rows, codes)."""
    rows = len(codes)
    bins = codes + len(CODES) * np.arange(rows)[:, None]
    sums = np.bincount(bins.ravel(), np.broadcast_to(weights, codes.shape).ravel(), rows * len(CODES))
    return sums.astype(np.float64, copy=False).reshape(rows, len(CODES))


def observe(session: Session, draws: int, seed: int) -> Observed:
    """The session with its turns' roles and listening signals, and the codes of `draws` draws.

    The drawing depends on the seed and the session's id alone, so that a session gives the same interval
    in any company and two sessions in a roll-up err independently.
    """
    roles = {speaker.label: speaker.role for speaker in session.speakers}
    role_of_turn = {turn.index: roles.get(turn.speaker, Role.OTHER) for turn in session.turns}
    of_turn: dict[int, list[Unit]] = {turn.index: [] for turn in session.turns}
    for unit in sorted(session.units, key=lambda unit: (unit.turn, unit.span.start_ms, unit.index)):
        of_turn[unit.turn].append(unit)
    coded = tuple(
        unit
        for turn in session.turns
        if role_of_turn[turn.index] is Role.MANAGER
        for unit in of_turn[turn.index]
        if unit.coding is not None
    )
    codings = [unit.coding for unit in coded if unit.coding is not None]
    return Observed(session, _heard(session.turns, role_of_turn, of_turn), coded, _rows(codings, draws, seed, session))


def _heard(
    turns: Sequence[Turn], role_of_turn: dict[int, Role], of_turn: dict[int, list[Unit]]
) -> tuple[HeardTurn, ...]:
    heard: list[HeardTurn] = []
    asked = False
    for turn in turns:
        role, units = role_of_turn[turn.index], of_turn[turn.index]
        backchannel = is_backchannel(turn, units) or (
            not asked and role is not Role.MANAGER and _sounds_like_listening(turn, units)
        )
        heard.append(HeardTurn(turn, role, count_words(turn.text), backchannel))
        if not backchannel:
            asked = role is Role.MANAGER and bool(units) and units[-1].code in QUESTIONS
    return tuple(heard)


def is_backchannel(turn: Turn, units: Sequence[Unit]) -> bool:
    """Whether a turn is under a second or of at most three words, and all its units are coded `backchannel`."""
    coded = bool(units) and all(unit.code is Code.BACKCHANNEL for unit in units)
    return coded and _is_short(turn)


def _is_short(turn: Turn) -> bool:
    return turn.span.duration_ms < SHORT_MS or count_words(turn.text) <= SHORT_WORDS


def _sounds_like_listening(turn: Turn, units: Sequence[Unit]) -> bool:
    """The same for someone whose units carry no codes, from the words.

    Humming ("mm-hm") as for coded turns; assent ("yeah, right") only under a second, as a slower one is a reply.
    Neither is listening in reply to a question; the caller leaves those out.
    """
    if any(unit.coding for unit in units) or not _is_short(turn):
        return False
    spoken = set(spoken_words(turn.text))
    known = HUMMING | ASSENTING if turn.span.duration_ms < SHORT_MS else HUMMING
    return bool(spoken) and spoken <= known


def count_words(text: str) -> int:
    """Words between spaces; punctuation standing alone is none."""
    return len(re.findall(r"\S*[^\W_]\S*", text))


def union_ms(spans: Sequence[Span]) -> int:
    """Milliseconds covered by at least one of the spans, in any order."""
    covered, reached = 0, 0
    for span in sorted(spans):
        covered += max(0, span.end_ms - max(span.start_ms, reached))
        reached = max(reached, span.end_ms)
    return covered


def _rows(codings: Sequence[Coding], draws: int, seed: int, session: Session) -> NDArray[np.int8]:
    likeliest = np.array([[CODES.index(coding.code) for coding in codings]], dtype=np.int8)
    probabilities = np.array([coding.probabilities for coding in codings], dtype=np.float64).reshape(-1, len(CODES))
    session_number = int.from_bytes(hashlib.sha256(session.session_id.encode()).digest()[:8], "big")
    return np.concatenate([likeliest, draw_codes(probabilities, draws, np.random.default_rng([seed, session_number]))])


def draw_codes(probabilities: NDArray[np.float64], draws: int, random: np.random.Generator) -> NDArray[np.int8]:
    """Codes drawn independently for every unit, shape (draws, units), from probabilities of shape (units, codes).

    Each is where a uniform number falls among the running sums. A row need not sum to one exactly; a row
    of zeros draws the last code.
    """
    reached = np.cumsum(probabilities, axis=1)
    ends = reached / np.where(reached[:, -1:] > 0, reached[:, -1:], 1.0)
    uniform = random.random((draws, len(probabilities)), dtype=np.float32)
    drawn = np.zeros(uniform.shape, dtype=np.int8)
    for place in range(probabilities.shape[1] - 1):
        drawn += uniform >= ends[:, place].astype(np.float32)
    return drawn
