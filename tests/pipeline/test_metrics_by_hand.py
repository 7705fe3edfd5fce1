"""A whole session file whose numbers were worked out on paper."""

from pathlib import Path

import pytest

from pipeline.codes import CODES
from pipeline.metrics import METRIC_IDS
from pipeline.rubric import load_rubric
from pipeline.scoring import score
from pipeline.session_file import read_session

DEBRIEF = Path(__file__).parent / "session_files" / "debrief.json"

# Manager 38.8 s and rep 25.5 s of speech, one second of it together, in 120 s; 57 words and 30.
EXPECTED = {
    "non_directive_ratio": (3 / 7, 7),
    "non_directive_time_ratio": (10 / 32.3, 32),
    "talk_share_manager": (38.8 / 64.3, 64),
    "word_share_manager": (57 / 87, 87),
    "silence_share": (56.7 / 120, 120),
    "longest_monologue_s": (23.5, 4),  # 36.5 to 60, through the rep's "Okay."
    "floor_changes_per_min": (3.0, 120),
    "response_latency_s": (0.4, 5),  # of .4, -1, .5, .3 and 4
    "post_question_wait_s": (0.75, 2),  # of 0 and 1.5
    "answered_own_question": (1 / 2, 2),
    "stacked_questions": (1.0, 1),
    "interruptions_per_10min": (600 / 25.5, 26),  # the reflection at 29
    "questions_per_10min": (10.0, 120),
    "open_question_share": (1 / 2, 2),
    "reflection_to_question": (1 / 2, 2),
    "advice_latency_s": (40.0, 1),
    "unexplored_advice": (0.0, 2),
    "praise_count": (1, 10),
    "judgment_count": (1, 10),
    "specific_praise_share": (1.0, 1),
    "praise_to_judgment": (1 / 2, 2),
    "praise_before_critique": (0.0, 1),
    "judgment_about_person_share": (1.0, 1),
    "results_inspection_share": (1 / 2, 2),
    **{f"rep_words_after.{code.value}": (None, 0) for code in CODES},
    "rep_words_after.closed_question": (9.0, 1),
    "rep_words_after.backchannel": (7.0, 1),
    "rep_words_after.reflection": (3.0, 1),
    "rep_words_after.teaching": (1.0, 1),
    "rep_words_after.directive_advice": (10.0, 1),
    "commitments_rep": (1, 6),
    "commitments_manager": (1, 10),
}
WITHOUT_CODES = frozenset(
    """talk_share_manager word_share_manager silence_share longest_monologue_s floor_changes_per_min response_latency_s
    interruptions_per_10min commitments_rep commitments_manager""".split()
)


@pytest.fixture(scope="module")
def metrics():
    return {metric.id: metric for metric in score(read_session(DEBRIEF), load_rubric()).metrics}


@pytest.mark.parametrize("id", METRIC_IDS)
def test_the_metric_is_what_it_is_on_paper(metrics, id):
    value, n = EXPECTED[id]
    metric = metrics[id]
    assert metric.value == (None if value is None else pytest.approx(value, rel=1e-12))
    assert metric.n == n
    sure = None if id in WITHOUT_CODES else metric.value
    assert (metric.low, metric.high) == (sure, sure)
