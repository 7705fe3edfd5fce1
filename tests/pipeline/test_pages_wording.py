"""Numbers as people read them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.pages.wording import clock, day, decimal, interval_text, length, percent, several, value_text
from pipeline.values import Metric


@given(st.floats(0, 1))
def test_percent_says_0_and_100_only_where_exactly_true(value: float) -> None:
    assert (percent(value) == "0%") == (value == 0)
    assert (percent(value) == "100%") == (value == 1)


@pytest.mark.parametrize(("value", "text"), [(0.004, "<1%"), (0.996, ">99%"), (0.714, "71%"), (0.05, "5%")])
def test_percent_rounds_to_whole_percent(value: float, text: str) -> None:
    assert percent(value) == text


@pytest.mark.parametrize(("ms", "text"), [(0, "0:00"), (59_999, "0:59"), (61_000, "1:01"), (3_600_000, "1:00:00")])
def test_clock_rounds_down(ms: int, text: str) -> None:
    assert clock(ms) == text


@pytest.mark.parametrize(
    ("ms", "text"),
    [(0, "0 s"), (42_400, "42 s"), (175_000, "2 min 55 s"), (120_000, "2 min"), (3_900_000, "1 h 05 min")],
)
def test_length_is_said_in_the_units_people_use(ms: int, text: str) -> None:
    assert length(ms) == text


def test_decimal_has_a_true_minus_and_no_negative_zero() -> None:
    assert decimal(-0.42) == "−0.4"
    assert decimal(-0.01) == "0.0"


def test_value_text_of_an_undefined_metric_is_a_dash_never_zero() -> None:
    assert value_text(Metric("judgment_about_person_share", None, 0, "ratio")) == "—"
    assert value_text(None) == "—"


def test_a_quotient_is_no_percentage() -> None:
    assert value_text(Metric("reflection_to_question", 1.5, 4, "ratio")) == "1.50"


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
