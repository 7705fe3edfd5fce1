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
    """Shares in percent, counts and words whole where they are, time in seconds; 0% and 100% only where exactly so."""
    value = metric.value
    if value is None:
        return "—"
    if metric.unit == "ratio" and metric.id != "reflection_to_question":
        return _percent(value)
    number = f"{value:.1f}".removesuffix(".0")
    return f"{number} s" if metric.unit == "s" else number


def _percent(share: float) -> str:
    whole = round(share * 100)
    if whole == 0 and share > 0:
        return "<1%"
    return ">99%" if whole == 100 and share < 1 else f"{whole}%"


def ask_instead(rubric: Rubric, code: Code | None, times: int, own: Sequence[str] = ()) -> str | None:
    """What to ask in place of a unit of that code: the `times`-th of the wordings, from the first again at the end.

    A rule's own wordings go before the code's; None where the rubric has neither.
    """
    wordings = own or (rubric.instead.get(code, ()) if code else ())
    return wordings[times % len(wordings)] if wordings else None
