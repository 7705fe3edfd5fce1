"""What most coders say, and the classifier beside them."""

from collections.abc import Sequence

import pytest

from eval.coding.consensus import agreed, every_coding, gold
from eval.coding.other_coders import beside_coders, by_coder
from eval.coding.scores import Judged
from models.training.corpus import Conversation, CorpusTurn, CorpusUnit, manager_examples
from pipeline.codes import CODES, Attribute, Code
from pipeline.values import Role

PERSON = frozenset({Attribute.ABOUT_PERSON})


def coded(*codes: Code, attributes: Sequence[frozenset[Attribute]] = ()) -> list[Conversation]:
    set_beside = [*attributes, *[frozenset[Attribute]()] * len(codes)]
    units = tuple(CorpusUnit(f"Unit {place}.", code, set_beside[place]) for place, code in enumerate(codes))
    rep = CorpusTurn(Role.REP, (CorpusUnit("I'll call at two.", None, frozenset({Attribute.COMMITMENT})),))
    return [Conversation("x", "w", True, (rep, CorpusTurn(Role.MANAGER, units)))]


def codes_of(conversations: Sequence[Conversation]) -> list[Code | None]:
    return [example.code for example in manager_examples(conversations)]


def given(*codes: Code) -> list[Judged]:
    return [
        Judged("x", f"Unit {place}.", code, tuple(float(each is code) for each in CODES))
        for place, code in enumerate(codes)
    ]


def test_the_code_most_gave_stands_and_the_writers_where_all_differ() -> None:
    writer = coded(Code.PRAISE, Code.OTHER, Code.SUPPORT)
    one = coded(Code.SUPPORT, Code.BACKCHANNEL, Code.PRAISE)
    two = coded(Code.SUPPORT, Code.REFLECTION, Code.PRAISE)
    assert codes_of(agreed([writer, one, two])) == [Code.SUPPORT, Code.OTHER, Code.PRAISE]
    assert agreed([writer]) == writer


def test_attributes_need_most_coders_and_a_code_they_may_stand_beside() -> None:
    codings = [
        coded(Code.JUDGMENT, Code.JUDGMENT, Code.OBSERVATION, attributes=(PERSON, PERSON, frozenset())),
        coded(Code.JUDGMENT, Code.JUDGMENT, Code.OBSERVATION, attributes=(PERSON, frozenset(), frozenset())),
        coded(Code.JUDGMENT, Code.JUDGMENT, Code.JUDGMENT, attributes=(frozenset(), frozenset(), PERSON)),
    ]
    units = agreed(codings)[0].turns[1].units
    assert [unit.attributes for unit in units] == [PERSON, frozenset(), frozenset()]
    assert agreed(codings)[0].turns[0] == codings[0][0].turns[0]


def test_the_classifier_is_scored_by_each_coder_and_set_beside_their_agreement() -> None:
    writer, other = coded(Code.PRAISE, Code.JUDGMENT), coded(Code.PRAISE, Code.PRAISE)
    answers = given(Code.PRAISE, Code.JUDGMENT)
    score = by_coder("the writer", writer, answers, answers)
    assert (score.written, score.judgment, score.about_person) == (1.0, 1.0, None)
    assert by_coder("other", other, answers, answers).judgment == 0.0
    rows = {row.name: row for row in beside_coders([writer, other], answers)}
    assert rows["praise"].coders == pytest.approx(2 / 3)
    assert rows["praise"].classifier == pytest.approx((1 + 2 / 3) / 2)


def test_the_test_part_was_coded_by_three_unit_for_unit() -> None:
    codings = every_coding()
    texts = {tuple(example.unit.text for example in manager_examples(each)) for each in codings.values()}
    assert len(codings) == 3
    assert len(texts) == 1
    changed = sum(a is not b for a, b in zip(codes_of(gold()), codes_of(codings["the writer"]), strict=True))
    assert 0 < changed < len(codes_of(gold())) / 10
