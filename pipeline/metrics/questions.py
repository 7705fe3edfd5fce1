"""How the manager asks, and what becomes of the question."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from pipeline.codes import QUESTIONS, Attribute, Code
from pipeline.metrics.floor import MINUTE_MS
from pipeline.metrics.observed import Observed
from pipeline.metrics.tally import Median, Ratio, Rows, rows_of
from pipeline.values import Role, Span

NEVER = np.iinfo(np.int64).max

Times = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Aftermath:
    """When each is next heard after each of the manager's coded units, shape (units,); `NEVER` where not."""

    manager_ms: Times
    rep_ms: Times
    other_ms: Times

    @property
    def anyone_ms(self) -> Times:
        return np.minimum(np.minimum(self.manager_ms, self.rep_ms), self.other_ms)


def aftermath(seen: Observed) -> Aftermath:
    """Who is heard after each unit; someone still speaking at its end is heard at once.

    The manager is heard again at the next unit of the same turn, or at their own next turn.
    """
    rep, other = ([turn.span for turn in seen.of(role)] for role in (Role.REP, Role.OTHER))
    return Aftermath(_manager_again(seen), _next_heard(rep, seen.ends_ms), _next_heard(other, seen.ends_ms))


def _next_heard(spans: list[Span], after_ms: Times) -> Times:
    spoken = sorted(span for span in spans if span.duration_ms)
    starts = np.array([span.start_ms for span in spoken] + [NEVER], dtype=np.int64)
    heard_until = np.maximum.accumulate(np.array([-1] + [span.end_ms for span in spoken], dtype=np.int64))
    begun = np.searchsorted(starts, after_ms)  # turns begun before that moment
    return np.where(heard_until[begun] > after_ms, after_ms, starts[begun])


def _manager_again(seen: Observed) -> Times:
    turns = [turn.turn for turn in seen.of(Role.MANAGER)]
    next_turn_ms = {turn.index: after.span.start_ms for turn, after in pairwise(turns)}
    again = [next_turn_ms.get(unit.turn, int(NEVER)) for unit in seen.units]
    for place in range(len(seen.units) - 1):
        if seen.units[place].turn == seen.units[place + 1].turn:
            again[place] = seen.units[place + 1].span.start_ms
    return np.maximum(np.array(again, dtype=np.int64), seen.ends_ms)


def post_question_wait(seen: Observed) -> Median:
    """Silences after the manager's questions; 0 where someone speaks on, none where nobody speaks again."""
    heard_ms = aftermath(seen).anyone_ms
    followed = heard_ms != NEVER
    waits = heard_ms[followed] - seen.ends_ms[followed]
    return Median.of(waits, seen.are(QUESTIONS)[:, followed])


def spoke_on(seen: Observed) -> NDArray[np.bool_]:
    """After which units the manager is heard again before the rep is, shape (units,); a tie is not before."""
    after = aftermath(seen)
    found: NDArray[np.bool_] = after.manager_ms < after.rep_ms
    return found


def answered_own_question(seen: Observed) -> Ratio:
    """Questions after which the manager speaks on before the rep does."""
    questions = seen.are(QUESTIONS)
    return Ratio(rows_of(questions[:, spoke_on(seen)].sum(axis=1)), rows_of(questions.sum(axis=1)))


def stacked_questions(seen: Observed) -> Ratio:
    """Manager turns with two or more questions among those with any."""
    asked = questions_by_turn(seen)
    return Ratio(rows_of((asked >= 2).sum(axis=1)), rows_of((asked >= 1).sum(axis=1)))


def questions_by_turn(seen: Observed) -> NDArray[np.int64]:
    """How many questions each manager turn with coded units holds, shape (1 + draws, turns)."""
    questions = seen.are(QUESTIONS)
    firsts = [place for place, unit in enumerate(seen.units) if place == 0 or seen.units[place - 1].turn != unit.turn]
    if not firsts:
        return np.zeros((len(questions), 0), dtype=np.int64)
    return np.add.reduceat(questions, firsts, axis=1, dtype=np.int64)


def questions_per_10min(seen: Observed) -> Ratio:
    """Questions over the whole session's time; undefined where the manager says nothing that is coded."""
    duration_ms = seen.session.duration_ms if seen.units else 0
    return Ratio(seen.count(QUESTIONS), rows_of(duration_ms), 10 * MINUTE_MS, timed=True)


def open_question_share(seen: Observed) -> Ratio:
    """Open questions among all questions."""
    return Ratio(seen.count({Code.OPEN_QUESTION}), _questions(seen))


def reflection_to_question(seen: Observed) -> Ratio:
    """Reflections for each question; above 1 where there are more of them."""
    return Ratio(seen.count({Code.REFLECTION}), _questions(seen))


def results_inspection_share(seen: Observed) -> Ratio:
    """Questions that inspect business results among all questions."""
    return Ratio(seen.count(QUESTIONS, Attribute.ABOUT_RESULTS), _questions(seen))


def _questions(seen: Observed) -> Rows:
    return seen.count(QUESTIONS)
