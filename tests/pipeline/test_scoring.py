import json

import pytest
import yaml
from hypothesis import given, settings

from pipeline.codes import Attribute, Code
from pipeline.contract import scored_object
from pipeline.metrics import METRIC_IDS
from pipeline.rubric import SHIPPED, load_rubric, read_rubric
from pipeline.scoring import ScoringOptions, roll_up, score
from tests.pipeline.session_builders import MANAGER, REP, Said, between, make_session, say
from tests.pipeline.test_metrics_properties import sessions

OPEN, ADVICE = Code.OPEN_QUESTION, Code.DIRECTIVE_ADVICE
QUICK = ScoringOptions(draws=20)


def two_criteria(min_evidence=1):
    content = yaml.safe_load(load_rubric().text)
    focus = {"skill": "Skill", "practise": "Practise."}
    asks = {
        "id": "asks", "title": "Asks", "metric": "non_directive_ratio", "weight": 3, "focus": focus,
        "evidence": ["open_question", "directive_advice"],
        "bands": [
            {"name": "weak", "score": 0.2, "feedback": "{value} of {n}"},
            {"name": "solid", "score": 0.8, "starts_at": 0.5, "feedback": "{value} of {n}"},
        ],
    }  # fmt: skip
    praises = {
        "id": "praises", "title": "Praises", "metric": "specific_praise_share", "weight": 1, "focus": focus,
        "bands": [
            {"name": "weak", "score": 0.0, "feedback": "{value}"},
            {"name": "strong", "score": 1.0, "starts_at": 1, "feedback": "{value}"},
        ],
    }  # fmt: skip
    evidence = {"non_directive_ratio": min_evidence}
    return read_rubric(yaml.safe_dump({**content, "criteria": [asks, praises], "min_evidence": evidence}), "x.yaml")


def test_the_overall_is_the_weighted_mean_of_the_bands_scores():
    praise = Said(Code.PRAISE, attributes=(Attribute.SPECIFIC,))
    scored = score(make_session(say(MANAGER, 0, 9, OPEN, ADVICE, praise)), two_criteria(), QUICK)
    assert [(each.id, each.band, each.score) for each in scored.scores.criteria] == [
        ("asks", "solid", 0.8),
        ("praises", "strong", 1.0),
    ]
    assert scored.scores.overall == pytest.approx(100 * (3 * 0.8 + 1 * 1.0) / 4)
    assert scored.scores.criteria[0].evidence == (0, 1)


def test_a_criterion_without_enough_evidence_is_not_judged_and_does_not_count():
    scored = score(make_session(say(MANAGER, 0, 9, OPEN, ADVICE)), two_criteria(), QUICK)
    assert (scored.scores.criteria[1].band, scored.scores.criteria[1].score) == (None, None)
    assert scored.scores.overall == 80.0


def test_the_overall_is_undefined_where_nothing_could_be_judged():
    scored = score(make_session(say(MANAGER, 0, 9, OPEN, ADVICE)), two_criteria(min_evidence=3), QUICK)
    assert scored.scores.overall is None
    assert not scored.metric("non_directive_ratio").enough_evidence
    assert scored.metric("non_directive_ratio").value == 0.5
    assert "'Ask : tell' rests on 2, and the rubric wants at least 3" in scored.warnings[0]


def test_a_manager_heard_alone_is_not_judged_by_the_share_of_the_talk():
    rubric = load_rubric()
    both = score(make_session(say(MANAGER, 0, 60, OPEN), say(REP, 60, 61)), rubric, QUICK)
    assert "hands_over_the_talking" in [each.id for each in both.scores.criteria if each.band]
    for roles in ((MANAGER,), (MANAGER, REP)):
        alone = score(make_session(say(MANAGER, 0, 60, OPEN), roles=roles), rubric, QUICK)
        assert alone.metric("talk_share_manager").value == 1.0
        assert alone.scores.overall is None


def test_the_orientation_is_the_rubrics():
    content = yaml.safe_load(load_rubric().text)
    sorting = content["orientation"]
    sorting["non_directive"].remove("closed_question")
    sorting["neutral"].append("closed_question")
    session = make_session(say(MANAGER, 0, 9, OPEN, Code.CLOSED_QUESTION, ADVICE))
    assert score(session, load_rubric(), QUICK).metric("non_directive_ratio").value == 2 / 3
    other = read_rubric(yaml.safe_dump(content), "x.yaml")
    assert score(session, other, QUICK).metric("non_directive_ratio").value == 0.5


def test_the_same_session_scores_the_same_and_the_seed_moves_only_intervals():
    units = [Said(between(OPEN, 0.6, ADVICE)) for _ in range(30)]
    session = make_session(say(MANAGER, 0, 60, *units), say(REP, 60, 70))
    rubric = load_rubric()
    one, same, other = (score(session, rubric, ScoringOptions(100, seed)) for seed in (1, 1, 2))
    assert one == same
    assert [metric.value for metric in one.metrics] == [metric.value for metric in other.metrics]
    assert one.metrics != other.metrics
    assert one.scores == other.scores


def test_warnings_of_the_session_come_first_and_none_twice():
    session = make_session(say(REP, 0, 5), roles=(REP,), turns_can_overlap=False)
    warnings = score(session, load_rubric(), QUICK).warnings
    assert any("known to be the manager" in each for each in warnings)
    assert any("interruptions cannot be counted" in each for each in warnings)
    assert len(set(warnings)) == len(warnings)
    assert score(make_session(), load_rubric(), QUICK).warnings == (
        "nobody speaks in this session: there is nothing to score",
    )


def test_sessions_roll_up_by_adding_counts_not_averaging_ratios():
    rubric = load_rubric()
    many = make_session(say(MANAGER, 0, 60, *[OPEN] * 9, ADVICE), session_id="many")
    few = make_session(say(MANAGER, 0, 60, ADVICE), session_id="few")
    metric = next(each for each in roll_up([many, few], rubric, QUICK) if each.id == "non_directive_ratio")
    assert (metric.value, metric.n) == (9 / 11, 11)
    with pytest.raises(ValueError, match="nothing to add"):
        roll_up([], rubric)


def test_a_rollup_of_many_sessions_is_the_sum_of_all():
    rubric = load_rubric()
    some = [
        make_session(say(MANAGER, 0, 9, *[OPEN] * (place % 3), ADVICE), session_id=str(place)) for place in range(70)
    ]
    asked = sum(place % 3 for place in range(70))
    metrics = {metric.id: metric for metric in roll_up(some, rubric, QUICK)}
    assert metrics["non_directive_ratio"].value == asked / (asked + 70)
    assert metrics["longest_monologue_s"].value == 9
    assert metrics == {metric.id: metric for metric in roll_up(some[::-1], rubric, QUICK)}


@pytest.mark.parametrize("name", SHIPPED)
@settings(max_examples=25)
@given(session=sessions())
def test_any_session_scores_under_any_shipped_rubric(name, session):
    scored = score(session, load_rubric(name), ScoringOptions(draws=5))
    assert tuple(metric.id for metric in scored.metrics) == METRIC_IDS
    assert scored.scores.overall is None or 0 <= scored.scores.overall <= 100
    printed = json.loads(json.dumps(scored_object(scored), allow_nan=False))
    assert printed["metrics"]["non_directive_ratio"]["definition"]
    indexes = {unit.index for unit in session.units}
    for finding in scored.findings:
        assert set(finding.units) <= indexes
        assert finding.text


def test_eight_hours_are_scored():
    turns = []
    for minute in range(480):
        start = minute * 60
        turns += [say(MANAGER, start, start + 25, OPEN, ADVICE, Code.REFLECTION), say(REP, start + 26, start + 58)]
    scored = score(make_session(*turns), load_rubric(), ScoringOptions(draws=200))
    assert scored.metric("non_directive_ratio").value == 2 / 3
    assert scored.metric("unexplored_advice").n == 480
