"""Values and the rubric's sentences as people read them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.rubric import SHIPPED, load_rubric
from pipeline.values import Metric
from pipeline.wording import clock, count_text, decimal, percent, value_text, worded


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


def test_decimal_has_a_true_minus_and_no_negative_zero() -> None:
    assert decimal(-0.42) == "−0.4"
    assert decimal(-0.01) == "0.0"


def test_value_text_of_an_undefined_metric_is_a_dash_never_zero() -> None:
    assert value_text(Metric("judgment_about_person_share", None, 0, "ratio")) == "—"
    assert value_text(None) == "—"


def test_a_quotient_is_no_percentage() -> None:
    assert value_text(Metric("reflection_to_question", 1.5, 4, "ratio")) == "1.50"


@pytest.mark.parametrize(
    ("value", "n", "text"),
    [(0.0, 4, "none"), (0.25, 4, "1"), (1.0, 4, "all"), (1.0, 2, "both"), (1.0, 1, "1"), (2 / 3, 31 * 3, "62")],
)
def test_count_text_says_how_many_of_n_as_people_do(value: float, n: int, text: str) -> None:
    assert count_text(Metric("open_question_share", value, n, "ratio")) == text


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_count_text_says_none_and_all_only_where_exactly_so(counted: tuple[int, int]) -> None:
    count, n = counted
    text = count_text(Metric("open_question_share", count / n, n, "ratio"))
    assert text == {0: "none", n: {1: "1", 2: "both"}.get(n, "all")}.get(count, str(count))


def test_count_text_of_a_quotient_is_never_all() -> None:
    assert count_text(Metric("reflection_to_question", 1.0, 4, "ratio")) == "4"
    assert count_text(Metric("reflection_to_question", 1.5, 4, "ratio")) == "6"


def test_count_text_of_what_is_no_ratio_is_its_value() -> None:
    assert count_text(Metric("commitments_rep", 2.0, 9, "count")) == "2"
    assert count_text(Metric("open_question_share", None, 0, "ratio")) == "—"


@pytest.mark.parametrize("rubric", SHIPPED)
@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_every_shipped_sentence_reads_as_one_at_none_some_and_all(rubric: str, share: float) -> None:
    for criterion in load_rubric(rubric).criteria:
        for band in criterion.bands:
            text = worded(band.feedback, Metric(criterion.metric, share, 4, "ratio"))
            assert text[0].isupper() or text[0].isdigit()
            assert text.endswith(".")
            assert "0 of" not in text
            assert "{" not in text
