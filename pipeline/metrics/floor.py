"""Who has the floor, for how long, and how it passes."""

from bisect import bisect_left
from itertools import accumulate, pairwise

import numpy as np

from pipeline.metrics.observed import HeardTurn, Observed
from pipeline.metrics.tally import Longest, Median, Ratio, rows_of
from pipeline.values import Role, Span

MONOLOGUE_GAP_MS = 1_500
INTERRUPTION_LEAD_MS = 300
INTERRUPTION_HOLD_MS = 1_000
MINUTE_MS = 60_000


def longest_monologue(seen: Observed) -> Longest:
    """The longest of the manager's monologues, first word to last, its small gaps included."""
    stretches = monologues(seen)
    return Longest(max((stretch.duration_ms for stretch in stretches), default=0), len(stretches))


def monologues(seen: Observed) -> list[Span]:
    """Stretches of manager speech with silences of at most 1.5 s and no floor change, in order.

    Listening signals neither begin nor end a stretch, and the time they take is not silence.
    """
    stretches: list[Span] = []
    reached_ms = None  # until when the open stretch, or a listening signal within it, was heard
    for turn in seen.turns:
        if turn.backchannel:
            if reached_ms is not None and turn.span.start_ms - reached_ms <= MONOLOGUE_GAP_MS:
                reached_ms = max(reached_ms, turn.span.end_ms)
        elif turn.role is Role.MANAGER:
            if reached_ms is not None and turn.span.start_ms - reached_ms <= MONOLOGUE_GAP_MS:
                last = stretches.pop()
                stretches.append(Span(last.start_ms, max(last.end_ms, turn.span.end_ms)))
            else:
                stretches.append(turn.span)
            reached_ms = max(reached_ms or 0, stretches[-1].end_ms)
        elif turn.role is Role.REP:
            reached_ms = None
    return stretches


def floor_changes_per_min(seen: Observed) -> Ratio:
    """Passes of the floor between manager and rep; listening signals and third persons pass over."""
    holders = [turn.role for turn in seen.turns if not turn.backchannel and turn.role is not Role.OTHER]
    changes = sum(before is not after for before, after in pairwise(holders))
    duration_ms = seen.session.duration_ms if seen.has_manager and holders else 0
    return Ratio(rows_of(changes), rows_of(duration_ms), MINUTE_MS, timed=True)


def response_latency(seen: Observed) -> Median:
    """Gaps from the end of a rep turn to the turn after it, where that is the manager's.

    A listening signal wholly within another's turn responds to nothing and is passed over.
    """
    gaps = [
        after.span.start_ms - before.span.end_ms
        for before, after in pairwise(_without_signals_inside(seen.turns))
        if before.role is Role.REP and after.role is Role.MANAGER
    ]
    return Median.of(np.array(gaps, dtype=np.int64), np.ones((1, len(gaps)), dtype=np.bool_))


def _without_signals_inside(turns: tuple[HeardTurn, ...]) -> list[HeardTurn]:
    kept: list[HeardTurn] = []
    for turn in turns:
        if not (turn.backchannel and kept and turn.span.end_ms <= kept[-1].span.end_ms):
            kept.append(turn)
    return kept


def interruptions_per_10min(seen: Observed) -> Ratio:
    """Manager turns that cut into a rep's; undefined for transcripts whose turns never overlap."""
    measurable = seen.session.turns_can_overlap and seen.has_manager
    rep_ms = seen.spoken_ms(Role.REP) if measurable else 0
    return Ratio(rows_of(len(interruptions(seen))), rows_of(rep_ms), 10 * MINUTE_MS, timed=True)


def interruptions(seen: Observed) -> list[HeardTurn]:
    """Manager turns that begin 300 ms or more before the end of a rep turn under way and last 1 s or more.

    Listening signals neither interrupt nor can be interrupted.
    """
    rep_turns = sorted(turn.span for turn in seen.of(Role.REP) if not turn.backchannel)
    starts = [span.start_ms for span in rep_turns]
    latest_ends = [0, *accumulate((span.end_ms for span in rep_turns), max)]
    return [
        turn
        for turn in seen.of(Role.MANAGER)
        if not turn.backchannel
        and turn.span.duration_ms >= INTERRUPTION_HOLD_MS
        and latest_ends[bisect_left(starts, turn.span.start_ms)] - turn.span.start_ms >= INTERRUPTION_LEAD_MS
    ]
