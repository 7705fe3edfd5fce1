"""Numbers as people read them."""

from datetime import date

import pytest

from pipeline.pages.wording import day, interval_text, length, several
from pipeline.values import Metric


@pytest.mark.parametrize(
    ("ms", "text"),
    [(0, "0 s"), (42_400, "42 s"), (175_000, "2 min 55 s"), (120_000, "2 min"), (3_900_000, "1 h 05 min")],
)
def test_length_is_said_in_the_units_people_use(ms: int, text: str) -> None:
    assert length(ms) == text


@pytest.mark.parametrize(
    ("low", "high", "unit", "text"),
    [
        (0.63, 0.78, "ratio", "63–78%"),
        (0.0, 0.004, "ratio", "0% to <1%"),
        (-0.4, 1.2, "s", "−0.4 s to 1.2 s"),
        (0.5, 0.5, "ratio", "±0"),
        (0.501, 0.504, "ratio", "50%"),
    ],
)
def test_interval_text_names_the_unit_once_where_it_can(low: float, high: float, unit: str, text: str) -> None:
    assert interval_text(Metric("some", (low + high) / 2, 9, unit, low, high)) == text


def test_interval_text_is_empty_without_an_interval() -> None:
    assert interval_text(Metric("talk_share_manager", 0.5, 9, "ratio")) == ""


def test_day_and_several_read_like_speech() -> None:
    assert day(date(2026, 11, 2)) == "2 November 2026"
    assert day(None) == "—"
    assert [several(count, "question") for count in (0, 1, 2)] == ["no questions", "1 question", "2 questions"]
