"""What changed between two sessions of one coach, claimed only where the evidence parts."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.pages.names import BALANCE, TALK
from pipeline.pages.numbers import metric_name
from pipeline.pages.wording import interval_text
from pipeline.values import Metric, Scored
from pipeline.wording import value_text

COMPARED = (
    BALANCE,
    TALK,
    "open_question_share",
    "reflection_to_question",
    "unexplored_advice",
    "answered_own_question",
    "specific_praise_share",
    "commitments_rep",
)
"""What a coach can change from one session to the next."""


@dataclass(frozen=True, slots=True)
class Change:
    """A metric in the last session beside the one before; `verdict` claims a change only where intervals part."""

    name: str
    before: str
    before_interval: str
    now: str
    now_interval: str
    verdict: str


def changes(ordered: Sequence[Scored]) -> tuple[Change, ...]:
    """The last two sessions compared, metric by metric; nothing for fewer than two."""
    if len(ordered) < 2:
        return ()
    before, now = ordered[-2:]
    pairs = [(id, before.metric(id), now.metric(id)) for id in COMPARED]
    return tuple(
        Change(
            name=metric_name(id),
            before=value_text(old),
            before_interval=interval_text(old) if old else "",
            now=value_text(new),
            now_interval=interval_text(new) if new else "",
            verdict=change_verdict(old, new),
        )
        for id, old, new in pairs
        if old or new
    )


def change_verdict(before: Metric | None, now: Metric | None) -> str:
    """`up`, `down` or why no change can be claimed: intervals that overlap, or too little evidence.

    Metrics without an interval are only said to be higher or lower: they carry no doubt of a classifier's.
    """
    if before is None or now is None or before.value is None or now.value is None:
        return "cannot be compared"
    if not (before.enough_evidence and now.enough_evidence):
        return "not enough evidence"
    if before.low is None or before.high is None or now.low is None or now.high is None:
        return "the same" if now.value == before.value else "higher" if now.value > before.value else "lower"
    if now.low > before.high:
        return "up"
    return "down" if now.high < before.low else "no clear change"
