"""Sentences of the rubric, filled."""

from collections.abc import Sequence

from pipeline.codes import Code
from pipeline.rubric import Rubric
from pipeline.rubric_text import fill
from pipeline.values import Metric


def worded(sentence: str, metric: Metric) -> str:
    """The sentence with the metric's value and denominator in their places."""
    return fill(sentence, value=value_words(metric), n=metric.n)


def value_words(metric: Metric) -> str:
    """The value as the pages word it; they stand on this package, so it cannot borrow their wording.

    Shares in percent, 0% and 100% only where exactly so; time in seconds, from two minutes on as m:ss.
    """
    value = metric.value
    if value is None:
        return "—"
    if metric.id == "reflection_to_question":
        return _quotient(value)
    match metric.unit:
        case "ratio":
            return _percent(value)
        case "s":
            return _seconds(value)
        case "0/1" if value in (0, 1):
            return "yes" if value else "no"
        case "count" if value.is_integer():
            return f"{value:.0f}"
    return f"{_decimal(value)}{UNIT_ENDS.get(metric.unit, '')}"


UNIT_ENDS = {"1/min": "/min", "1/10 min": "/10 min", "words": " words"}


def _percent(share: float) -> str:
    whole = round(share * 100)
    if whole == 0 and share > 0:
        return "<1%"
    return ">99%" if whole == 100 and share < 1 else f"{whole}%"


def _quotient(value: float) -> str:
    if value == 0:
        return "0"
    return f"{value:.2f}" if value >= 0.005 else "<0.01"


def _seconds(value: float) -> str:
    if abs(value) < 120:
        return f"{_decimal(value)} s"
    minutes, second = divmod(round(abs(value) * 1000) // 1000, 60)
    hours, minute = divmod(minutes, 60)
    clock = f"{hours}:{minute:02}:{second:02}" if hours else f"{minutes}:{second:02}"
    return f"−{clock}" if value < 0 else clock


def _decimal(value: float) -> str:
    text = f"{abs(value):.1f}"
    return f"−{text}" if value < 0 and float(text) else text


def ask_instead(rubric: Rubric, code: Code | None, times: int, own: Sequence[str] = ()) -> str | None:
    """What to ask in place of a unit of that code: the `times`-th of the wordings, from the first again at the end.

    A rule's own wordings go before the code's; None where the rubric has neither.
    """
    wordings = own or (rubric.instead.get(code, ()) if code else ())
    return wordings[times % len(wordings)] if wordings else None
