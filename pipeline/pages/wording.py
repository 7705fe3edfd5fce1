"""Lengths, days, intervals and counts as the pages word them; single values stand in `pipeline.wording`."""

from datetime import date

from pipeline.values import Metric
from pipeline.wording import MINUS, NONE, UNIT_ENDS, metric_number


def length(ms: int) -> str:
    """How long something lasts: `42 s`, `7 min`, `1 h 05 min`; under ten minutes with the seconds."""
    whole = round(ms / 1000)
    if whole < 60:
        return f"{whole} s"
    minutes, second = divmod(whole, 60)
    if minutes < 10 and second:
        return f"{minutes} min {second} s"
    hours, minute = divmod(minutes, 60)
    return f"{hours} h {minute:02} min" if hours else f"{minutes} min"


def day(value: date | None) -> str:
    """A date as `2 November 2026`; an em dash for none."""
    return f"{value.day} {value:%B %Y}" if value else NONE


def interval_text(metric: Metric) -> str:
    """The 90 % interval as `63–78%`, `±0` where every code is certain; empty where the metric has none."""
    if metric.value is None or metric.low is None or metric.high is None:
        return ""
    if metric.low == metric.high:
        return "±0"
    low, high = metric_number(metric, metric.low), metric_number(metric, metric.high)
    if low == high:
        return low
    if metric.unit == "0/1":
        return f"{low} or {high}"
    joint = " to " if MINUS in low + high or "<" in low + high or ">" in low + high else "–"
    for unit in ("%", " s", *UNIT_ENDS.values()):
        if joint == "–" and low.endswith(unit) and high.endswith(unit):
            return f"{low.removesuffix(unit)}–{high}"
    return f"{low}{joint}{high}"


def band_text(low: float, high: float) -> str:
    """A target of shares as `60–80%`."""
    return f"{round(low * 100)}–{round(high * 100)}%"


def several(count: int, one: str, many: str | None = None) -> str:
    """`1 question`, `3 questions`, `no questions`."""
    return f"{count or 'no'} {one if count == 1 else many or one + 's'}"
