"""What people call codes and attributes, and how the metrics are grouped on a page."""

from dataclasses import dataclass

from pipeline.codes import CODES, Attribute, Code


@dataclass(frozen=True, slots=True)
class CodeWords:
    """A code as people read it: its name on a chip and what a unit with it does."""

    name: str
    meaning: str


CODE_WORDS: dict[Code, CodeWords] = {
    Code.OPEN_QUESTION: CodeWords(
        "Open question", "Asks the person to explore, explain, evaluate or decide in their own words."
    ),
    Code.CLOSED_QUESTION: CodeWords(
        "Closed question", "Asks for a yes or no, one fact, or a pick between options; checks understanding."
    ),
    Code.LEADING_QUESTION: CodeWords("Leading question", "A question that carries the manager's own answer or advice."),
    Code.REFLECTION: CodeWords("Reflection", "Gives back, sums up or checks what the person said, meant or felt."),
    Code.SUPPORT: CodeWords(
        "Support", "Shows empathy, confidence in the person, or that the choice is theirs; helps without taking over."
    ),
    Code.PRAISE: CodeWords("Praise", "Approves of what the person did, achieved or is good at."),
    Code.OBSERVATION: CodeWords("Observation", "Describes what the person did or what followed, without grading it."),
    Code.JUDGMENT: CodeWords("Judgment", "Grades, blames or labels the person or their work negatively."),
    Code.DIRECTIVE_ADVICE: CodeWords(
        "Directive advice", "Tells the person what to do, or what the manager would do in their place."
    ),
    Code.TEACHING: CodeWords(
        "Teaching", "Gives knowledge to be used: a product, a market, a method, why something works."
    ),
    Code.BACKCHANNEL: CodeWords("Backchannel", "Shows listening and hands the turn back."),
    Code.OTHER: CodeWords("Other", "Greeting, agenda, logistics, small talk, filler or an unfinished fragment."),
}

ATTRIBUTE_NAMES: dict[Attribute, str] = {
    Attribute.SPECIFIC: "specific",
    Attribute.ABOUT_RESULTS: "about results",
    Attribute.ABOUT_PERSON: "about the person",
    Attribute.COMMITMENT: "commitment",
}

BALANCE = "non_directive_ratio"
TALK = "talk_share_manager"
SILENCE = "silence_share"

TIMED = frozenset(
    {
        TALK,
        SILENCE,
        "non_directive_time_ratio",
        "questions_per_10min",
        "floor_changes_per_min",
        "interruptions_per_10min",
    }
)
"""Metrics whose denominator is time, in whole seconds."""

FINE = "What the rep said next"

METRIC_GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Asking and telling", (BALANCE, "non_directive_time_ratio", "unexplored_advice", "advice_latency_s")),
    (
        "Questions and listening",
        (
            "open_question_share",
            "questions_per_10min",
            "reflection_to_question",
            "post_question_wait_s",
            "answered_own_question",
            "stacked_questions",
            "results_inspection_share",
        ),
    ),
    (
        "Talk time and turns",
        (
            TALK,
            "word_share_manager",
            SILENCE,
            "longest_monologue_s",
            "floor_changes_per_min",
            "response_latency_s",
            "interruptions_per_10min",
        ),
    ),
    (
        "Feedback",
        (
            "praise_count",
            "specific_praise_share",
            "judgment_count",
            "judgment_about_person_share",
            "praise_to_judgment",
            "praise_before_critique",
        ),
    ),
    ("Follow-through", ("commitments_rep", "commitments_manager")),
    (FINE, tuple(f"rep_words_after.{code}" for code in CODES)),
)
