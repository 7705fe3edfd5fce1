"""What coach and team reports share: the order of sessions, their roll-up and the options of a report."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from pipeline.metrics import Tallies, add, measure
from pipeline.pages.rubric_words import RubricWords
from pipeline.rubric import Rubric
from pipeline.scoring import ScoringOptions, session_tally
from pipeline.transcripts.names import name_key
from pipeline.values import Metric, Role, Scored


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """What a report is made with; `hrefs` leads from a session's id to its scorecard, relative to the report.

    `draws` are those of the rolled-up intervals: fewer than a scorecard's, for there are many sessions.
    """

    made_on: datetime
    hrefs: Mapping[str, str] = field(default_factory=dict)
    scoring: ScoringOptions = field(default_factory=lambda: ScoringOptions(draws=1_000))


def in_order(sessions: Sequence[Scored]) -> list[Scored]:
    """The sessions by date, then by name; those without a date come first, for nobody knows when they were."""
    return sorted(sessions, key=lambda scored: (scored.session.recorded_on or date.min, scored.session.source))


def by_coach(ordered: Sequence[Scored]) -> dict[str, list[Scored]]:
    """Each manager's sessions in the order given, by name, those without a name under "" and last.

    Neither capitals nor spaces make another person; keys are as `name_key` makes them.
    """
    found = defaultdict[str, list[Scored]](list)
    for scored in ordered:
        found[name_key(_manager(scored) or "")].append(scored)
    return {key: found[key] for key in sorted(found, key=lambda key: (not key, key))}


def coach_name(ordered: Sequence[Scored]) -> str | None:
    """The name of a coach's sessions as the last of them writes it; None where it is not known."""
    name = " ".join((_manager(ordered[-1]) or "").split())
    return name or None


def _manager(scored: Scored) -> str | None:
    speaker = scored.session.speaker(Role.MANAGER)
    return speaker.name if speaker else None


def tallies(scored: Scored, rubric: Rubric, options: ReportOptions) -> Tallies:
    """What the session counts, for adding."""
    return session_tally(scored.session, rubric, options.scoring)


def rolled_up(counted: Sequence[Tallies], rubric: Rubric) -> dict[str, Metric]:
    """The metrics of several sessions together, recomputed from their added counts; none for no sessions."""
    if not counted:
        return {}
    return {metric.id: metric for metric in measure(add(counted), rubric.min_evidence)}


@dataclass(frozen=True, slots=True)
class Moves:
    """Units that ask and that tell."""

    asks: int
    tells: int

    def __add__(self, other: "Moves") -> "Moves":
        return Moves(self.asks + other.asks, self.tells + other.tells)


def moves(scored: Scored, words: RubricWords) -> Moves:
    """How many of the manager's units ask and tell, by their likeliest codes."""
    tones = Counter(words.tone(unit.code) for unit in scored.session.units if unit.code)
    return Moves(tones["ask"], tones["tell"])


def metric_facts(metric: Metric | None, prefix: str) -> dict[str, float | int | bool | None]:
    """A metric's plain numbers under `prefix` for a data file; undefined is None."""
    if metric is None:
        return {f"{prefix}{end}": None for end in ("", "_low", "_high", "_n", "_enough_evidence")}
    return {
        prefix: metric.value,
        f"{prefix}_low": metric.low,
        f"{prefix}_high": metric.high,
        f"{prefix}_n": metric.n,
        f"{prefix}_enough_evidence": metric.enough_evidence,
    }
