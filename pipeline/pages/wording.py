"""Numbers, times and intervals as people read them."""

from datetime import date

from pipeline.values import Metric

NONE = "—"
MINUS = "−"
QUOTIENTS = frozenset({"reflection_to_question"})
"""Ratios of two different things, which may pass 1."""


def percent(value: float) -> str:
    """A share as a whole percentage; 0% and 100% only where exactly true, else `<1%` and `>99%`."""
    rounded = round(value * 100)
    if rounded <= 0 and value > 0:
        return "<1%"
    if rounded >= 100 and value < 1:
        return ">99%"
    return f"{rounded}%"


def clock(ms: int) -> str:
    """A moment as m:ss, or h:mm:ss from the first hour on; rounded down, as players show it."""
    minutes, second = divmod(ms // 1000, 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"


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


def seconds(value: float) -> str:
    """Seconds with a decimal, a true minus, and m:ss from two minutes on."""
    if abs(value) >= 120:
        return f"{MINUS if value < 0 else ''}{clock(round(abs(value) * 1000))}"
    return f"{decimal(value)} s"


def decimal(value: float) -> str:
    """One decimal and a true minus; never a negative zero."""
    text = f"{abs(value):.1f}"
    return f"{MINUS}{text}" if value < 0 and float(text) else text


UNIT_ENDS = {"1/min": "/min", "1/10 min": "/10 min", "words": " words"}


def number(value: float, unit: str) -> str:
    """A metric's value in its unit (METRICS' units: ratio, s, 1/min, 1/10 min, count, 0/1, words)."""
    if unit == "ratio":
        return percent(value)
    if unit == "s":
        return seconds(value)
    if unit == "0/1" and value in (0, 1):
        return "yes" if value else "no"
    if unit == "count":
        return f"{value:.0f}" if float(value).is_integer() else decimal(value)
    return f"{decimal(value)}{UNIT_ENDS.get(unit, '')}"


def metric_number(metric: Metric, value: float) -> str:
    """A value of that metric; a quotient that is no share of a whole is a plain number, not a percentage."""
    return quotient(value) if metric.id in QUOTIENTS else number(value, metric.unit)


def quotient(value: float) -> str:
    """Two decimals; 0 only where exactly true."""
    if value == 0:
        return "0"
    return f"{value:.2f}" if value >= 0.005 else "<0.01"


def value_text(metric: Metric | None) -> str:
    """The metric's value; an em dash where it is undefined or missing."""
    return NONE if metric is None or metric.value is None else metric_number(metric, metric.value)


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
