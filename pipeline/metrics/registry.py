"""Every metric with its one definition."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from pipeline.codes import CODES, Code
from pipeline.metrics import advice, feedback, floor, questions, replies, talk
from pipeline.metrics.observed import Observed
from pipeline.metrics.orientation import Orientation
from pipeline.metrics.tally import Tally
from pipeline.values import Role


@dataclass(frozen=True, slots=True)
class MetricDefinition:
    """A metric as it is defined wherever it is shown, and the function that counts it.

    `coded` metrics rest on the manager's codes and so carry an interval; the others have none. Those `of_both` set one
    person's talk against the other's, and say nothing of a conversation of which one side was not heard.
    """

    id: str
    name: str
    definition: str
    unit: str
    count: Callable[[Observed, Orientation], Tally]
    coded: bool = True
    of_both: bool = False


def _plain(count: Callable[[Observed], Tally]) -> Callable[[Observed, Orientation], Tally]:
    return lambda seen, _: count(seen)


def _rep_words_after(code: Code) -> MetricDefinition:
    words = code.value.replace("_", " ")
    return MetricDefinition(
        f"rep_words_after.{code.value}",
        f"Rep's words after {words}",
        f"mean words of the rep's next turn after a manager turn ending in {words}",
        "words",
        _plain(partial(replies.rep_words_after, code=code)),
    )


METRICS: tuple[MetricDefinition, ...] = (
    MetricDefinition(
        "non_directive_ratio",
        "Ask : tell",
        "non-directive units ÷ (non-directive + directive units), orientation from the rubric",
        "ratio",
        advice.non_directive_ratio,
    ),
    MetricDefinition(
        "non_directive_time_ratio",
        "Ask : tell by time",
        "seconds of non-directive units ÷ seconds of non-directive and directive units, orientation from the rubric",
        "ratio",
        advice.non_directive_time_ratio,
    ),
    MetricDefinition(
        "talk_share_manager",
        "Manager's talk share",
        "manager's speech ÷ (manager's + rep's speech); overlap counts for both, silence for neither",
        "ratio",
        _plain(talk.talk_share_manager),
        coded=False,
        of_both=True,
    ),
    MetricDefinition(
        "word_share_manager",
        "Manager's word share",
        "manager's words ÷ (manager's + rep's words)",
        "ratio",
        _plain(talk.word_share_manager),
        coded=False,
        of_both=True,
    ),
    MetricDefinition(
        "silence_share",
        "Silence",
        "1 − (time anyone speaks ÷ duration)",
        "ratio",
        _plain(talk.silence_share),
        coded=False,
    ),
    MetricDefinition(
        "longest_monologue_s",
        "Longest monologue",
        "longest stretch of manager speech with gaps ≤ 1.5 s and no floor change",
        "s",
        _plain(floor.longest_monologue),
        coded=False,
    ),
    MetricDefinition(
        "floor_changes_per_min",
        "Floor changes",
        "manager↔rep floor changes ÷ minutes of session",
        "1/min",
        _plain(floor.floor_changes_per_min),
        coded=False,
    ),
    MetricDefinition(
        "response_latency_s",
        "Response latency",
        "median gap from the end of a rep turn to the manager's next turn (negative when overlapping)",
        "s",
        _plain(floor.response_latency),
        coded=False,
    ),
    MetricDefinition(
        "post_question_wait_s",
        "Wait after a question",
        "median silence after a manager question until anyone speaks",
        "s",
        _plain(questions.post_question_wait),
    ),
    MetricDefinition(
        "answered_own_question",
        "Answers own questions",
        "manager questions after which the manager speaks on before the rep does ÷ manager questions",
        "ratio",
        _plain(questions.answered_own_question),
    ),
    MetricDefinition(
        "stacked_questions",
        "Stacked questions",
        "manager turns with two or more questions ÷ manager turns with any",
        "ratio",
        _plain(questions.stacked_questions),
    ),
    MetricDefinition(
        "interruptions_per_10min",
        "Interruptions",
        "manager starts ≥ 300 ms before the rep's turn ends, keeps the floor ≥ 1 s, and it is not a backchannel; "
        "per 10 min of rep speech; undefined when turns cannot overlap",
        "1/10 min",
        _plain(floor.interruptions_per_10min),
        coded=False,
    ),
    MetricDefinition(
        "questions_per_10min",
        "Questions",
        "question units (open, closed, leading) per 10 min of session",
        "1/10 min",
        _plain(questions.questions_per_10min),
    ),
    MetricDefinition(
        "open_question_share",
        "Open questions",
        "open ÷ (open + closed + leading questions)",
        "ratio",
        _plain(questions.open_question_share),
    ),
    MetricDefinition(
        "reflection_to_question",
        "Reflections per question",
        "reflections ÷ questions",
        "ratio",
        _plain(questions.reflection_to_question),
    ),
    MetricDefinition(
        "advice_latency_s",
        "Time to first advice",
        "from the start to the first directive advice; undefined if none",
        "s",
        _plain(advice.advice_latency),
    ),
    MetricDefinition(
        "unexplored_advice",
        "Unexplored advice",
        "directive advice with no open question or reflection by the manager in the 120 s before ÷ all such advice",
        "ratio",
        _plain(advice.unexplored_advice),
    ),
    MetricDefinition("praise_count", "Praise", "units of praise", "count", _plain(feedback.praise_count)),
    MetricDefinition("judgment_count", "Judgment", "units of judgment", "count", _plain(feedback.judgment_count)),
    MetricDefinition(
        "specific_praise_share",
        "Specific praise",
        "praise that names the behaviour or result it approves of ÷ praise",
        "ratio",
        _plain(feedback.specific_praise_share),
    ),
    MetricDefinition(
        "praise_to_judgment",
        "Praise against judgment",
        "praise ÷ (praise + judgment)",
        "ratio",
        _plain(feedback.praise_to_judgment),
    ),
    MetricDefinition(
        "praise_before_critique",
        "Praise before critique",
        "1 when the first praise comes before the first judgment or directive advice, else 0; "
        "undefined if there is no praise and no critique",
        "0/1",
        _plain(feedback.praise_before_critique),
    ),
    MetricDefinition(
        "judgment_about_person_share",
        "Judgment of the person",
        "judgment that grades or labels the person ÷ judgment",
        "ratio",
        _plain(feedback.judgment_about_person_share),
    ),
    MetricDefinition(
        "results_inspection_share",
        "Results inspection",
        "questions that inspect business results ÷ questions",
        "ratio",
        _plain(questions.results_inspection_share),
    ),
    *(_rep_words_after(code) for code in CODES),
    MetricDefinition(
        "commitments_rep",
        "Rep's commitments",
        "rep's units that state or agree a definite next action with a when, a who or a check",
        "count",
        _plain(partial(replies.commitments_by, role=Role.REP)),
        coded=False,
    ),
    MetricDefinition(
        "commitments_manager",
        "Manager's commitments",
        "manager's units that state, agree or ask for a definite next action with a when, a who or a check",
        "count",
        _plain(partial(replies.commitments_by, role=Role.MANAGER)),
        coded=False,
    ),
)

METRIC_IDS: tuple[str, ...] = tuple(metric.id for metric in METRICS)

_BY_ID = {metric.id: metric for metric in METRICS}


def definition_of(id: str) -> MetricDefinition:
    """The metric of that id. Raises KeyError for an id that is none."""
    return _BY_ID[id]
