"""Values as people read them: on pages, in findings, in the terminal; and a rubric's sentences filled with them."""

from pipeline.rubric_text import fill
from pipeline.values import Metric

NONE = "—"
MINUS = "−"
QUOTIENTS = frozenset({"reflection_to_question"})
"""Ratios of two different things, which may pass 1."""

UNIT_ENDS = {"1/min": "/min", "1/10 min": "/10 min", "words": " words"}


def worded(sentence: str, metric: Metric) -> str:
    """The rubric's sentence with `{value}`, `{n}` and `{count}` filled by the metric, beginning with a capital.

    Raises ValueError naming a place that does not exist.
    """
    filled = fill(sentence, value=value_text(metric), n=metric.n, count=count_text(metric))
    return filled[:1].upper() + filled[1:]


def count_text(metric: Metric) -> str:
    """How many of a ratio's `n` it counts: `none`, `7`, and `all` (`both` of two) where none is left out.

    A quotient's count may pass its `n` and is never `all`. Of other units the value itself, an em dash for none.
    """
    if metric.value is None or metric.unit != "ratio":
        return value_text(metric)
    count = round(metric.value * metric.n)
    if count == 0:
        return "none"
    if count == metric.n > 1 and metric.id not in QUOTIENTS:
        return "both" if count == 2 else "all"
    return str(count)


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


def seconds(value: float) -> str:
    """Seconds with a decimal, a true minus, and m:ss from two minutes on."""
    if abs(value) >= 120:
        return f"{MINUS if value < 0 else ''}{clock(round(abs(value) * 1000))}"
    return f"{decimal(value)} s"


def decimal(value: float) -> str:
    """One decimal and a true minus; never a negative zero."""
    text = f"{abs(value):.1f}"
    return f"{MINUS}{text}" if value < 0 and float(text) else text


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
