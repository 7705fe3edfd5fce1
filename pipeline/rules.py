"""The rules that find moments and missed openings, by name; a rubric switches one on by giving it a sentence."""

from enum import StrEnum


class Rule(StrEnum):
    """What a rule looks for. Rules that measure fire from the rubric's `at_least` on."""

    OPENED_UP = "opened_up"
    SILENCE_HELD = "silence_held"
    NAMED_WHAT_WORKED = "named_what_worked"
    COMMITMENT_MADE = "commitment_made"
    PERSON_JUDGED = "person_judged"
    LONG_MONOLOGUE = "long_monologue"
    INTERRUPTED = "interrupted"
    ADVICE_FIRST = "advice_first"
    ANSWERED_OWN_QUESTION = "answered_own_question"
    STACKED_QUESTIONS = "stacked_questions"
    UNEXPLORED_ADVICE = "unexplored_advice"


MOMENTS = (
    Rule.OPENED_UP,
    Rule.PERSON_JUDGED,
    Rule.COMMITMENT_MADE,
    Rule.LONG_MONOLOGUE,
    Rule.SILENCE_HELD,
    Rule.NAMED_WHAT_WORKED,
    Rule.INTERRUPTED,
)
"""Rules whose finding is a moment worth replaying, the most telling first."""

MISSED_OPENINGS = (
    Rule.ADVICE_FIRST,
    Rule.ANSWERED_OWN_QUESTION,
    Rule.UNEXPLORED_ADVICE,
    Rule.STACKED_QUESTIONS,
)
"""Rules whose finding is a missed opening, the costliest first; a rubric's own openings go before them."""
