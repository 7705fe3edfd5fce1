from dataclasses import replace

import yaml

from pipeline.codes import Attribute, Code
from pipeline.process import find_steps
from pipeline.rubric import SHIPPED, load_rubric, read_rubric
from pipeline.values import Span
from tests.pipeline.session_builders import MANAGER, REP, Said, between, make_session, say

OPEN, ADVICE, REFLECTION = Code.OPEN_QUESTION, Code.DIRECTIVE_ADVICE, Code.REFLECTION

PROCESS = [
    {"id": "ask", "title": "Ask", "codes": ["open_question"]},
    {"id": "reflect", "title": "Reflect", "codes": ["reflection"]},
    {"id": "options", "title": "Options", "codes": ["open_question"], "cues": ["what else", "what could you"]},
    {"id": "promise", "title": "Promise", "by": "rep", "cues": ["i will"], "attributes": ["commitment"]},
]


def rubric_with(process):
    return read_rubric(yaml.safe_dump({**yaml.safe_load(load_rubric().text), "process": process}), "x.yaml")


def steps_of(*spoken):
    return {step.id: step for step in find_steps(make_session(*spoken), rubric_with(PROCESS))}


def test_each_step_is_found_where_it_first_happens_after_the_one_before():
    steps = steps_of(
        say(MANAGER, 0, 5, Said(OPEN, "What else is new?")),
        say(REP, 5, 9, "A lot."),
        say(MANAGER, 10, 15, REFLECTION),
        say(MANAGER, 20, 25, Said(OPEN, "What else could help?")),
        say(REP, 30, 35, "I'll see.", "I will call her."),
    )
    assert [step.span for step in steps.values()] == [
        Span(0, 5_000),
        Span(10_000, 15_000),
        Span(20_000, 25_000),
        Span(32_500, 35_000),
    ]
    assert steps["promise"].units == (5,)


def test_a_step_that_never_happens_is_missing():
    steps = steps_of(say(MANAGER, 0, 5, ADVICE), say(REP, 5, 9, "Okay."))
    assert all(step.span is None and step.units == () for step in steps.values())
    assert list(steps) == ["ask", "reflect", "options", "promise"]


def test_a_step_taken_too_early_shows_by_its_time():
    steps = steps_of(say(MANAGER, 0, 5, REFLECTION), say(MANAGER, 10, 15, OPEN))
    assert steps["reflect"].span < steps["ask"].span


def test_cues_count_only_with_the_codes_and_by_the_one_the_step_names():
    steps = steps_of(
        say(MANAGER, 0, 5, Said(ADVICE, "What could you do? Call her.")), say(REP, 6, 9, "What else"),
        say(MANAGER, 10, 12, Said(Code.OTHER, "I will wait.")),
    )  # fmt: skip
    assert steps["options"].span is None
    assert steps["promise"].span is None


def test_an_attribute_shows_a_step_without_any_cue():
    promise = Said(None, "Friday it is.", attributes=(Attribute.COMMITMENT,))
    assert steps_of(say(REP, 0, 5, promise))["promise"].units == (0,)


def test_units_in_a_row_that_show_a_step_are_all_given():
    steps = steps_of(say(MANAGER, 0, 6, OPEN, OPEN, REFLECTION))
    assert (steps["ask"].units, steps["ask"].span) == ((0, 1), Span(0, 4_000))


def test_an_unsure_code_shows_no_step():
    torn = replace(between(OPEN, 0.4, ADVICE), probabilities=(0.4, *[0.6 / 11] * 11))
    assert steps_of(say(MANAGER, 0, 5, Said(torn)))["ask"].span is None


def test_grow_is_told_apart_in_a_plain_conversation():
    steps = find_steps(
        make_session(
            say(MANAGER, 0, 5, Said(OPEN, "what would you like to get out of today")),
            say(MANAGER, 10, 15, Said(OPEN, "Walk me through what happened.")),
            say(MANAGER, 20, 25, Said(OPEN, "What else could you try?")),
            say(MANAGER, 30, 35, Said(OPEN, "So what will you do, and by when?")),
        ),
        load_rubric("grow"),
    )
    assert [(step.id, step.units) for step in steps] == [
        ("goal", (0,)),
        ("reality", (1,)),
        ("options", (2,)),
        ("will", (3,)),
    ]


def test_an_empty_session_misses_every_step_of_every_shipped_rubric():
    for name in SHIPPED:
        rubric = load_rubric(name)
        assert [step.span for step in find_steps(make_session(), rubric)] == [None] * len(rubric.process)
