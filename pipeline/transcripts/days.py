"""Days as people and products write them above a transcript."""

import re
from collections.abc import Iterator
from datetime import date

_MONTHS = "january february march april may june july august september october november december".split()
_MONTH = "|".join(rf"{name[:3]}(?:{name[3:]}|t)?" if len(name) > 3 else name for name in _MONTHS)
_WRITTEN = re.compile(
    r"(?<!\d)(?P<year>20\d\d)(?P<mark>[-/]?)(?P<month>\d\d)(?P=mark)(?P<day>\d\d)(?=[_T]|(?!\w))|"
    rf"\b(?P<name>{_MONTH})\b\.?\s(?P<second>\d\d?)(?:st|nd|rd|th)?\b,?\s?(?P<after>20\d\d)\b|"
    rf"\b(?P<first>\d\d?)(?:st|nd|rd|th|\.)?[\s-](?:of\s)?(?P<middle>{_MONTH})\b\.?,?[\s-](?P<last>20\d\d)\b",
    re.IGNORECASE,
)


def day_in(text: str) -> date | None:
    """The first day in the text that there is in a calendar, or None: `2026-11-02`, `20261102_100003`, `2026/11/02`,
    `November 2, 2026`, `2nd of November 2026`, `2-Nov-2026`."""
    return next(_days(text), None)


def _days(text: str) -> Iterator[date]:
    for found in _WRITTEN.finditer(text):
        name = found["name"] or found["middle"]
        month = int(found["month"]) if found["month"] else _month(name)
        try:
            yield date(
                int(found["year"] or found["after"] or found["last"]),
                month,
                int(found["day"] or found["second"] or found["first"]),
            )
        except ValueError:
            continue


def _month(name: str) -> int:
    return next(place for place, month in enumerate(_MONTHS, 1) if month.startswith(name.lower()[:3]))
