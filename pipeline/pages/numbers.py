"""Metrics and criteria as rows: value, interval, evidence, definition."""

from dataclasses import dataclass

from pipeline.metrics import METRICS
from pipeline.pages.names import FINE, METRIC_GROUPS, SILENCE, TALK, TIMED
from pipeline.pages.rubric_words import BandWords, CriterionWords, RubricWords
from pipeline.pages.wording import interval_text
from pipeline.values import CriterionScore, Metric, Role, Scored
from pipeline.wording import NONE, clock, metric_number, percent, value_text, worded

THIN = "not enough evidence"
MOST_EVIDENCE = 8


@dataclass(frozen=True, slots=True)
class MetricRow:
    """A metric in words; `doubt` is empty, or says why the value is missing or thin."""

    id: str
    name: str
    value: str
    interval: str
    evidence: str
    doubt: str
    definition: str


@dataclass(frozen=True, slots=True)
class MetricGroup:
    """Metrics that answer one question; `fine` detail stays on the screen when the page is printed."""

    name: str
    rows: tuple[MetricRow, ...]
    fine: bool = False


def metric_groups(scored: Scored, words: RubricWords) -> tuple[MetricGroup, ...]:
    """Every metric the session has, in the page's order; those no group names come last."""
    known = {metric.id: metric for metric in scored.metrics}
    grouped = {id for _, ids in METRIC_GROUPS for id in ids}
    groups = [
        MetricGroup(name, tuple(metric_row(known[id], words) for id in ids if id in known), name == FINE)
        for name, ids in METRIC_GROUPS
    ]
    rest = tuple(metric_row(metric, words) for metric in scored.metrics if metric.id not in grouped)
    return tuple(group for group in [*groups, MetricGroup("Other numbers", rest)] if group.rows)


def metric_row(metric: Metric, words: RubricWords) -> MetricRow:
    """The metric as people read it."""
    return MetricRow(
        id=metric.id,
        name=metric_name(metric.id),
        value=value_text(metric),
        interval=interval_text(metric),
        evidence=f"n = {metric.n}{' s' if metric.id in TIMED else ''}",
        doubt=_doubt(metric, words),
        definition=definition(metric.id),
    )


def metric_name(id: str) -> str:
    """What people call the metric; an id the registry does not know is spelled out."""
    known = next((metric.name for metric in METRICS if metric.id == id), "")
    return known or id.replace("_", " ").replace(".", ": ").capitalize()


def definition(id: str) -> str:
    """The metric's definition as a sentence; empty for an id the registry does not know."""
    known = next((metric.definition for metric in METRICS if metric.id == id), "")
    return f"{known[0].upper()}{known[1:]}." if known else ""


def _doubt(metric: Metric, words: RubricWords) -> str:
    if metric.value is None:
        return "nothing to count" if metric.n == 0 else "undefined here"
    if metric.enough_evidence:
        return ""
    least = words.min_evidence.get(metric.id)
    return f"{THIN}: needs {least}{' s' if metric.id in TIMED else ''}" if least else THIN


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """A criterion: its band in words, the metric it rests on, and the units that show it."""

    name: str
    band: str
    level: int
    levels: int
    bands_text: str
    feedback: str
    metric: MetricRow | None
    evidence: tuple[tuple[str, str], ...]
    more: int


def criteria(scored: Scored, words: RubricWords) -> tuple[CriterionRow, ...]:
    """The rubric's criteria in its order, scored or not."""
    named = {criterion.id: criterion for criterion in words.criteria}
    fallback = CriterionWords("", "", "")
    return tuple(_criterion(score, named.get(score.id, fallback), scored, words) for score in scored.scores.criteria)


def _criterion(score: CriterionScore, about: CriterionWords, scored: Scored, words: RubricWords) -> CriterionRow:
    metric = scored.metric(about.metric)
    level, band = next(
        ((level, band) for level, band in enumerate(about.bands, start=1) if band.name == score.band),
        (0, BandWords(score.band or "")),
    )
    starts = {unit.index: unit.span.start_ms for unit in scored.session.units}
    units = [index for index in score.evidence if index in starts]
    return CriterionRow(
        name=about.name or score.id.replace("_", " ").capitalize(),
        band=band.name[:1].upper() + band.name[1:],
        level=level,
        levels=len(about.bands),
        bands_text=_bands_text(about, metric) if metric else "",
        feedback=worded(band.feedback, metric) if metric else "",
        metric=metric_row(metric, words) if metric else None,
        evidence=tuple((f"u{index}", clock(starts[index])) for index in units[:MOST_EVIDENCE]),
        more=max(0, len(units) - MOST_EVIDENCE),
    )


def _bands_text(about: CriterionWords, metric: Metric) -> str:
    until = "up to" if about.lower_is_better else "from"
    return " · ".join(
        band.name if band.starts_at is None else f"{band.name} {until} {metric_number(metric, band.starts_at)}"
        for band in about.bands
    )


@dataclass(frozen=True, slots=True)
class Talk:
    """Who talked how much, as parts of a bar in percent; texts are rounded, widths are not."""

    manager_name: str
    rep_name: str
    manager: float
    manager_text: str
    rep_text: str
    silence_text: str


def talk(scored: Scored) -> Talk | None:
    """Talk time of the two, or None where it is undefined."""
    share = scored.metric(TALK)
    if share is None or share.value is None:
        return None
    return Talk(
        manager_name=_name(scored, Role.MANAGER),
        rep_name=_name(scored, Role.REP),
        manager=round(share.value * 100, 2),
        manager_text=percent(share.value),
        rep_text=percent(1 - share.value),
        silence_text=value_text(scored.metric(SILENCE)),
    )


def _name(scored: Scored, role: Role) -> str:
    speaker = scored.session.speaker(role)
    return speaker.name if speaker and speaker.name else role.value.capitalize()


def overall_text(scored: Scored) -> str:
    """The weighted overall of 100, an em dash where nothing could be scored."""
    overall = scored.scores.overall
    return NONE if overall is None else f"{overall:.0f}"
