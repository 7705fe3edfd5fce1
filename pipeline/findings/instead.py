"""What to ask instead, in the rubric's words."""

from collections.abc import Sequence

from pipeline.codes import Code
from pipeline.rubric import Rubric


def ask_instead(rubric: Rubric, code: Code | None, times: int, own: Sequence[str] = ()) -> str | None:
    """What to ask in place of a unit of that code: the `times`-th of the wordings, from the first again at the end.

    A rule's own wordings go before the code's; None where the rubric has neither.
    """
    wordings = own or (rubric.instead.get(code, ()) if code else ())
    return wordings[times % len(wordings)] if wordings else None
