import pytest

from pipeline.codes import CODES, Attribute, Code
from pipeline.metrics import METRIC_IDS
from tests.pipeline.session_builders import MANAGER, OTHER, REP, Said, between, make_session, metrics_of, say, value_of

OPEN, CLOSED, LEADING = Code.OPEN_QUESTION, Code.CLOSED_QUESTION, Code.LEADING_QUESTION
ADVICE, PRAISE, JUDGMENT, REFLECTION = Code.DIRECTIVE_ADVICE, Code.PRAISE, Code.JUDGMENT, Code.REFLECTION
TEACHING, OBSERVATION = Code.TEACHING, Code.OBSERVATION


def test_non_directive_ratio_counts_units_that_ask_against_those_that_tell():
    session = make_session(say(MANAGER, 0, 9, OPEN, REFLECTION, ADVICE, PRAISE, OBSERVATION, Code.OTHER))
    metric = metrics_of(session)["non_directive_ratio"]
    assert (metric.value, metric.n, metric.low, metric.high) == (2 / 3, 3, 2 / 3, 2 / 3)


def test_non_directive_ratio_is_undefined_where_nothing_asks_or_tells():
    metric = metrics_of(make_session(say(MANAGER, 0, 9, PRAISE)))["non_directive_ratio"]
    assert (metric.value, metric.n, metric.low, metric.enough_evidence) == (None, 0, None, False)


def test_non_directive_time_ratio_weighs_units_by_their_time():
    turn = say(MANAGER, 0, 10, Said(OPEN, at=(0, 1)), Said(ADVICE, at=(2, 5)), Said(PRAISE, at=(5, 10)))
    assert value_of("non_directive_time_ratio", turn) == 0.25


def test_advice_latency_is_the_time_of_the_first_advice_in_the_session():
    turn = say(MANAGER, 30, 60, Said(OPEN, at=(30, 40)), Said(ADVICE, at=(41.5, 50)), Said(ADVICE, at=(50, 60)))
    assert value_of("advice_latency_s", turn) == 41.5
    assert value_of("advice_latency_s", say(MANAGER, 0, 5, OPEN)) is None


@pytest.mark.parametrize(("explored_until", "unexplored"), [(10.0, 0.0), (9.999, 1.0)])
def test_advice_is_unexplored_where_two_minutes_before_it_hold_no_exploring(explored_until, unexplored):
    asked = say(MANAGER, 5, explored_until, Said(OPEN, at=(5, explored_until)))
    assert value_of("unexplored_advice", asked, say(MANAGER, 130, 135, ADVICE)) == unexplored


def test_a_closed_question_explores_nothing_and_a_later_open_one_comes_too_late():
    turns = say(MANAGER, 0, 4, CLOSED), say(MANAGER, 10, 20, ADVICE, OPEN)
    assert value_of("unexplored_advice", *turns) == 1.0


def test_unexplored_advice_is_undefined_without_advice():
    assert value_of("unexplored_advice", say(MANAGER, 0, 4, OPEN)) is None


def test_post_question_wait_is_the_median_silence_until_anyone_speaks():
    turns = (
        *(say(MANAGER, 0, 5, OPEN), say(REP, 6, 8)),
        *(say(MANAGER, 10, 12, CLOSED), say(OTHER, 15, 16), say(REP, 17, 18)),
        *(say(MANAGER, 20, 22, LEADING), say(REP, 22.5, 30)),
    )
    assert value_of("post_question_wait_s", *turns) == 1.0


def test_post_question_wait_is_nothing_where_someone_already_speaks():
    assert value_of("post_question_wait_s", say(REP, 0, 20), say(MANAGER, 8, 11, OPEN)) == 0.0


def test_post_question_wait_ends_at_the_managers_own_next_unit():
    turn = say(MANAGER, 0, 9, Said(OPEN, at=(0, 3)), Said(ADVICE, at=(5, 9)))
    assert value_of("post_question_wait_s", turn, say(REP, 10, 12)) == 2.0


def test_a_last_question_that_nobody_answers_has_no_wait():
    metric = metrics_of(make_session(say(MANAGER, 0, 5, OPEN), duration_s=60))["post_question_wait_s"]
    assert (metric.value, metric.n) == (None, 0)


def test_answered_own_question_counts_questions_the_manager_speaks_on_after():
    turns = (
        *(say(MANAGER, 0, 6, OPEN, ADVICE), say(REP, 7, 9)),
        *(say(MANAGER, 10, 12, OPEN), say(REP, 13, 15)),
        *(say(MANAGER, 20, 22, CLOSED), say(MANAGER, 30, 32, ADVICE), say(REP, 33, 40)),
        say(MANAGER, 50, 52, OPEN),
    )
    metric = metrics_of(make_session(*turns))["answered_own_question"]
    assert (metric.value, metric.n) == (0.5, 4)


def test_a_question_within_the_reps_turn_is_answered_by_the_rep():
    turns = say(REP, 0, 20), say(MANAGER, 8, 11, OPEN), say(MANAGER, 21, 25, ADVICE)
    assert value_of("answered_own_question", *turns) == 0.0


def test_stacked_questions_count_turns_not_questions():
    turns = say(MANAGER, 0, 9, OPEN, CLOSED, OPEN), say(REP, 9, 10), say(MANAGER, 10, 12, OPEN, ADVICE)
    metric = metrics_of(make_session(*turns, say(MANAGER, 13, 14, ADVICE)))["stacked_questions"]
    assert (metric.value, metric.n) == (0.5, 2)


def test_question_metrics_count_all_three_kinds():
    turns = (say(MANAGER, 0, 9, OPEN, CLOSED, LEADING, LEADING, REFLECTION, REFLECTION),)
    metrics = metrics_of(make_session(*turns, duration_s=300))
    assert metrics["questions_per_10min"].value == 8
    assert metrics["open_question_share"].value == 0.25
    assert metrics["reflection_to_question"].value == 0.5


def test_results_inspection_counts_questions_about_results():
    turn = say(MANAGER, 0, 9, Said(CLOSED, attributes=(Attribute.ABOUT_RESULTS,)), OPEN, OPEN, OPEN)
    assert value_of("results_inspection_share", turn) == 0.25


def test_praise_and_judgment_are_counted_and_compared():
    specific = Said(PRAISE, attributes=(Attribute.SPECIFIC,))
    person = Said(JUDGMENT, attributes=(Attribute.ABOUT_PERSON,))
    metrics = metrics_of(make_session(say(MANAGER, 0, 9, specific, PRAISE, person)))
    assert metrics["praise_count"].value == 2
    assert metrics["judgment_count"].value == 1
    assert metrics["praise_count"].n == 3
    assert metrics["specific_praise_share"].value == 0.5
    assert metrics["praise_to_judgment"].value == 2 / 3
    assert metrics["judgment_about_person_share"].value == 1.0


@pytest.mark.parametrize(
    ("codes", "value"),
    [
        ((PRAISE, JUDGMENT), 1.0),
        ((ADVICE, PRAISE), 0.0),
        ((OPEN, PRAISE, OPEN), 1.0),
        ((OPEN, JUDGMENT), 0.0),
        ((OPEN, TEACHING), None),
    ],
)
def test_praise_before_critique_looks_at_the_first_of_each(codes, value):
    assert value_of("praise_before_critique", say(MANAGER, 0, 9, *codes)) == value


def test_rep_words_after_takes_the_code_a_manager_turn_ends_in():
    turns = (
        *(say(MANAGER, 0, 5, ADVICE, OPEN), say(REP, 6, 8, "one two three four five")),
        *(say(MANAGER, 9, 10, OPEN), say(REP, 11, 12, "one two")),
        *(say(MANAGER, 13, 14, OPEN), say(MANAGER, 16, 18, ADVICE), say(OTHER, 18, 19), say(REP, 19, 20, "one")),
    )
    metrics = metrics_of(make_session(*turns))
    assert (metrics["rep_words_after.open_question"].value, metrics["rep_words_after.open_question"].n) == (3.5, 2)
    assert metrics["rep_words_after.directive_advice"].value == 1.0
    assert metrics["rep_words_after.teaching"].value is None
    assert {f"rep_words_after.{code.value}" for code in CODES} <= set(METRIC_IDS)


def test_commitments_are_counted_by_who_said_them_and_have_no_interval():
    promise = Said(None, "I will call her by Friday.", attributes=(Attribute.COMMITMENT,))
    asked = Said(OPEN, "By when?", attributes=(Attribute.COMMITMENT,))
    metrics = metrics_of(make_session(say(MANAGER, 0, 5, asked, asked), say(REP, 5, 9, promise, "Thanks.")))
    assert (metrics["commitments_manager"].value, metrics["commitments_rep"].value) == (2, 1)
    assert metrics["commitments_rep"].n == 2
    assert metrics["commitments_rep"].low is None


def test_interval_holds_what_most_draws_give():
    torn = [Said(between(OPEN, 0.7, ADVICE)) for _ in range(40)]
    metric = metrics_of(make_session(say(MANAGER, 0, 80, *torn)), draws=2_000)["non_directive_ratio"]
    # Of 40 draws with chance .7 the 5th and 95th percentile lie at 23 and 33 (binomial); the value is all 40.
    assert metric.low == 23 / 40
    assert metric.high == metric.value == 1.0


def test_interval_of_a_balanced_session_is_the_binomial_one():
    units = [Said(between(OPEN, 0.75, ADVICE)) for _ in range(20)] + [Said(between(ADVICE, 0.75, OPEN))] * 20
    metric = metrics_of(make_session(say(MANAGER, 0, 80, *units)), draws=4_000)["non_directive_ratio"]
    # The sum of Binomial(20, .75) and Binomial(20, .25) has mean 20 and standard deviation 2.74.
    assert metric.value == 0.5
    assert metric.low == pytest.approx(0.5 - 1.645 * 2.74 / 40, abs=0.015)
    assert metric.high == pytest.approx(0.5 + 1.645 * 2.74 / 40, abs=0.015)


def test_the_same_seed_gives_the_same_interval_and_another_session_other_draws():
    units = [Said(between(OPEN, 0.6, ADVICE)) for _ in range(30)]
    session = make_session(say(MANAGER, 0, 80, *units))
    assert metrics_of(session, 200) == metrics_of(session, 200)
    assert metrics_of(session, 50, seed=1) != metrics_of(session, 50, seed=2)


@pytest.mark.parametrize(
    "session",
    [
        make_session(),
        make_session(duration_s=60),
        make_session(say(REP, 0, 5), say(REP, 6, 9)),
        make_session(say(REP, 0, 5), roles=(REP,)),
        make_session(say(MANAGER, 0, 5, OPEN), roles=(MANAGER,)),
        make_session(say(MANAGER, 0, 1, Said(Code.OTHER, "Hello."))),
        make_session(say(MANAGER, 0, 0, OPEN)),
        make_session(say(OTHER, 0, 5), roles=(OTHER,)),
    ],
)
def test_a_degenerate_session_gives_null_and_never_zero_for_what_is_undefined(session):
    metrics = metrics_of(session)
    assert tuple(metrics) == METRIC_IDS
    for metric in metrics.values():
        assert (metric.value is None) <= (metric.low is None and not metric.enough_evidence)
        if metric.n == 0:
            assert metric.value is None or (metric.unit, metric.value) == ("count", 0.0), metric.id


def test_nothing_of_the_managers_is_defined_where_nobody_is_the_manager():
    metrics = metrics_of(make_session(say(REP, 0, 5), say(OTHER, 5, 9), roles=(REP, OTHER)))
    assert {id for id, metric in metrics.items() if metric.value is not None} == {"silence_share", "commitments_rep"}
