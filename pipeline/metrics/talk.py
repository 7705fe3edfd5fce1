"""How much each of them talks."""

from pipeline.metrics.observed import Observed, union_ms
from pipeline.metrics.tally import Ratio, rows_of
from pipeline.values import Role


def talk_share_manager(seen: Observed) -> Ratio:
    """Manager's speech among both people's; a third person's counts for neither."""
    manager, rep = seen.spoken_ms(Role.MANAGER), seen.spoken_ms(Role.REP)
    return Ratio(rows_of(manager), rows_of(manager + rep if seen.has_manager else 0), timed=True)


def word_share_manager(seen: Observed) -> Ratio:
    """Manager's words among both people's."""
    manager = sum(turn.words for turn in seen.of(Role.MANAGER))
    rep = sum(turn.words for turn in seen.of(Role.REP))
    return Ratio(rows_of(manager), rows_of(manager + rep if seen.has_manager else 0))


def silence_share(seen: Observed) -> Ratio:
    """Time in which nobody speaks, a third person included, within the duration."""
    duration_ms = seen.session.duration_ms
    spoken_ms = min(union_ms([turn.span for turn in seen.turns]), duration_ms)
    return Ratio(rows_of(duration_ms - spoken_ms), rows_of(duration_ms), timed=True)
