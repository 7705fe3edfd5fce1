"""Scores of coding, against oracles and on hand-made units."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from sklearn.metrics import cohen_kappa_score, f1_score

from eval.coding.baselines import RuleCoder
from eval.coding.boundaries import count_cuts
from eval.coding.counselling import read_turns, score_outside
from eval.coding.evaluate import NarrowCoder
from eval.coding.patterns import PatternAttributes
from eval.coding.scores import (
    Judged,
    accuracy,
    attribute_f1,
    calibration_error,
    code_scores,
    confusion,
    f1_of,
    kappa,
    macro_f1,
    macro_interval,
    reliability,
)
from eval.coding.second_coding import agreements, overall_kappa, twice_coded
from eval.coding.sessions import score_sessions
from models.training.corpus import Conversation, CorpusTurn, CorpusUnit
from models.units.splitter import SplitOptions, TrainedSplitter
from pipeline.codes import CODES, Attribute, Code
from pipeline.ports import UnitInContext
from pipeline.values import Role, certain


class Deaf:
    """Hears no end anywhere."""

    def probabilities(self, stretches: Sequence[Sequence[str]]) -> list[list[float]]:
        return [[0.0] * len(words) for words in stretches]


def judged(truth: Code, given_code: Code, sure: float = 1.0, conversation: str = "c") -> Judged:
    rest = (1 - sure) / (len(CODES) - 1)
    return Judged(conversation, "text", truth, tuple(sure if code is given_code else rest for code in CODES))


PAIRS = st.lists(st.tuples(st.sampled_from(CODES), st.sampled_from(CODES)), min_size=1, max_size=60)


@given(PAIRS)
def test_f1_agrees_with_scikit_learn(pairs: list[tuple[Code, Code]]) -> None:
    ours = f1_of(confusion([judged(*pair) for pair in pairs]))
    theirs = f1_score(
        [one.value for one, _ in pairs],
        [other.value for _, other in pairs],
        labels=[code.value for code in CODES],
        average=None,
        zero_division=np.nan,
    )
    assert np.allclose(ours, theirs, equal_nan=True)


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=2, max_size=40))
def test_kappa_agrees_with_scikit_learn(pairs: list[tuple[bool, bool]]) -> None:
    ours = kappa([one for one, _ in pairs], [other for _, other in pairs])
    if ours is None:
        assert len({value for pair in pairs for value in pair}) == 1
    else:
        assert ours == pytest.approx(cohen_kappa_score(*zip(*pairs, strict=True)))


@given(PAIRS, PAIRS)
def test_counts_of_two_sets_add_to_the_counts_of_both(
    one: list[tuple[Code, Code]], other: list[tuple[Code, Code]]
) -> None:
    both = confusion([judged(*pair) for pair in [*one, *other]])
    assert (confusion([judged(*p) for p in one]) + confusion([judged(*p) for p in other]) == both).all()


def test_no_units_have_no_score() -> None:
    counts = confusion([])
    assert np.isnan(macro_f1(counts))
    assert accuracy(counts) is None
    assert calibration_error([]) is None
    assert kappa([], []) is None


def test_the_interval_holds_the_value_and_is_a_point_for_one_conversation() -> None:
    units = [judged(Code.OTHER, Code.OTHER, conversation=str(n)) for n in range(5)]
    units += [judged(Code.PRAISE, Code.OTHER, conversation=str(n)) for n in range(5, 10)]
    spread = macro_interval(units, draws=200)
    assert spread.low is not None
    assert spread.high is not None
    assert spread.value is not None
    assert spread.low <= spread.value <= spread.high
    alone = macro_interval([judged(Code.OTHER, Code.PRAISE), judged(Code.PRAISE, Code.PRAISE)], draws=50)
    assert alone.low == alone.value == alone.high


def test_code_scores_count_hits_over_given_and_over_true() -> None:
    units = [judged(Code.PRAISE, Code.PRAISE), judged(Code.PRAISE, Code.OTHER), judged(Code.OTHER, Code.PRAISE)]
    praise = next(score for score in code_scores(units, draws=10) if score.code is Code.PRAISE)
    assert (praise.precision, praise.recall, praise.f1.value, praise.n) == (0.5, 0.5, 0.5, 2)


def test_calibration_error_is_none_for_honest_confidence_and_the_gap_otherwise() -> None:
    honest = [judged(Code.PRAISE, Code.PRAISE, 0.75)] * 3 + [judged(Code.OTHER, Code.PRAISE, 0.75)]
    boastful = [judged(Code.OTHER, Code.PRAISE, 0.9)] * 4
    assert calibration_error(honest) == pytest.approx(0)
    assert calibration_error(boastful) == pytest.approx(0.9)
    assert [each.n for each in reliability([*honest, *boastful])] == [4, 4]


def test_an_attribute_counts_where_it_is_true_or_given() -> None:
    mark = frozenset({Attribute.SPECIFIC})
    probabilities = judged(Code.PRAISE, Code.PRAISE).probabilities
    units = [
        Judged("c", "", Code.PRAISE, probabilities, true, found) for true, found in ((mark, mark), (mark, frozenset()))
    ]
    assert attribute_f1(units, Attribute.SPECIFIC) == pytest.approx(2 / 3)
    assert attribute_f1(units, Attribute.COMMITMENT) is None


def test_rules_find_plain_questions_and_short_acknowledgements() -> None:
    texts = ["What happened?", "did he sign", "Mm-hm.", "You need to call."]
    given_codes = RuleCoder().probabilities([UnitInContext(text) for text in texts]).argmax(1)
    assert [CODES[place] for place in given_codes] == [
        Code.OPEN_QUESTION,
        Code.CLOSED_QUESTION,
        Code.BACKCHANNEL,
        Code.DIRECTIVE_ADVICE,
    ]


def test_patterns_find_a_dated_promise_and_a_result() -> None:
    found = PatternAttributes().find(["I'll send it by Friday.", "What's your forecast?", "He smiled."])
    assert Attribute.COMMITMENT in found[0]
    assert Attribute.ABOUT_RESULTS in found[1]
    assert not found[2] & {Attribute.COMMITMENT, Attribute.ABOUT_RESULTS}


def conversation(*codes: Code, id: str = "x") -> Conversation:
    units = tuple(CorpusUnit(f"Unit {place}.", code) for place, code in enumerate(codes))
    return Conversation(
        id, "w", True, (CorpusTurn(Role.REP, (CorpusUnit("Hello.", None),)), CorpusTurn(Role.MANAGER, units))
    )


def test_two_coders_are_matched_unit_by_unit_and_chance_is_taken_out() -> None:
    first = [conversation(Code.PRAISE, Code.PRAISE, Code.OTHER, Code.OTHER), conversation(Code.OTHER, id="only-first")]
    second = [conversation(Code.PRAISE, Code.OTHER, Code.OTHER, Code.OTHER)]
    pairs = twice_coded(first, second)
    assert len(pairs) == 4
    assert overall_kappa(pairs) == pytest.approx(0.5)
    assert {each.name: each.kappa for each in agreements(pairs)}["praise"] == pytest.approx(0.5)
    assert np.isnan(overall_kappa([]))


def test_cuts_are_counted_inside_turns_only() -> None:
    splitter = TrainedSplitter(Deaf(), "marks only", SplitOptions())
    marked = count_cuts(splitter, [conversation(Code.OTHER, Code.OTHER, Code.OTHER)], stripped=False)
    bare = count_cuts(splitter, [conversation(Code.OTHER, Code.OTHER, Code.OTHER)], stripped=True)
    assert (marked.true, marked.given, marked.hits, marked.f1) == (2, 2, 2, 1.0)
    assert (bare.true, bare.given, bare.f1) == (2, 0, 0.0)


def test_counselling_turns_are_scored_by_what_any_of_their_units_does(tmp_path: Path) -> None:
    file = tmp_path / "turns.csv"
    file.write_text(
        "transcript_id,utterance_id,mi_quality,interlocutor,timestamp,utterance_text,unified_label,"
        "multi_open_question,multi_closed_question,multi_reflection,multi_advice,multi_information\n"
        "1,0,high,therapist,00:00:01,What happened?,open_question,1,0,0,0,0\n"
        "1,1,high,client,00:00:02,I fell.,,0,0,0,0,0\n"
        "2,0,low,therapist,00:00:01,You need to stop. Mm-hm.,directive_advice,0,0,0,1,0\n"
    )
    turns = read_turns(file)
    assert [(turn.talk.reply, turn.label) for turn in turns] == [("I fell.", "open_question"), ("", "directive_advice")]
    splitter = TrainedSplitter(Deaf(), "marks only", SplitOptions())
    scores = score_outside(turns, splitter, RuleCoder())
    assert scores.f1 == {"any question": 1.0, "reflection": 0.0, "directive_advice": 1.0}
    assert scores.four_way_accuracy == 1.0
    assert scores.auc_hard == scores.auc_soft == scores.auc_experts == 1.0


def test_a_coder_told_less_knows_its_turn_or_its_unit_and_the_others_last_turn() -> None:
    seen: list[UnitInContext] = []

    class Attentive(RuleCoder):
        def probabilities(self, units: Sequence[UnitInContext]) -> NDArray[np.float64]:
            seen.extend(units)
            return super().probabilities(units)

    unit = UnitInContext("Why?", "So.", "He left.", ("When?", ""), "Price.")
    for coder in (NarrowCoder(Attentive()), NarrowCoder(Attentive(), unit_by_unit=True)):
        coder.probabilities([unit])
    assert seen == [UnitInContext("Why?", "So.", "He left."), UnitInContext("Why?", previous="He left.")]


def test_a_sessions_numbers_are_compared_with_those_of_its_true_codes() -> None:
    ask, tell, praise = Code.OPEN_QUESTION, Code.TEACHING, Code.PRAISE
    sure = [Judged("a", "text", ask, certain(ask).probabilities), Judged("a", "text", tell, certain(ask).probabilities)]
    even = tuple(0.5 if code in (ask, tell) else 0.0 for code in CODES)
    doubtful = [Judged("b", "text", tell, even)] * 8
    scores = {score.metric: score for score in score_sessions([*sure, *doubtful])}
    ratio = scores["non_directive_ratio"]
    assert (ratio.sessions, ratio.distance, ratio.held) == (2, (0.5 + 1) / 2, 0)
    assert 0 < ratio.width < 1
    assert scores["judgment_count"].held == 1
    assert "reflection_to_question" not in {score.metric for score in score_sessions(doubtful)}
    assert score_sessions([Judged("c", "text", praise, certain(praise).probabilities)])[0].metric == "praise_count"
    assert score_sessions([]) == []
