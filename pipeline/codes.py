"""The codebook's twelve codes and four attributes, by name."""

from enum import StrEnum


class Code(StrEnum):
    """What a manager's unit does to the conversation; the order is that of every probability vector."""

    OPEN_QUESTION = "open_question"
    CLOSED_QUESTION = "closed_question"
    LEADING_QUESTION = "leading_question"
    REFLECTION = "reflection"
    SUPPORT = "support"
    PRAISE = "praise"
    OBSERVATION = "observation"
    JUDGMENT = "judgment"
    DIRECTIVE_ADVICE = "directive_advice"
    TEACHING = "teaching"
    BACKCHANNEL = "backchannel"
    OTHER = "other"


CODES: tuple[Code, ...] = tuple(Code)
QUESTIONS = frozenset({Code.OPEN_QUESTION, Code.CLOSED_QUESTION, Code.LEADING_QUESTION})


class Attribute(StrEnum):
    """A property set beside a unit's code, on plain evidence in the unit alone."""

    SPECIFIC = "specific"
    ABOUT_RESULTS = "about_results"
    ABOUT_PERSON = "about_person"
    COMMITMENT = "commitment"


ATTRIBUTE_CODES: dict[Attribute, frozenset[Code]] = {
    Attribute.SPECIFIC: frozenset({Code.PRAISE}),
    Attribute.ABOUT_RESULTS: QUESTIONS,
    Attribute.ABOUT_PERSON: frozenset({Code.JUDGMENT}),
    Attribute.COMMITMENT: frozenset(Code),
}
"""The codes an attribute may stand beside; `commitment` may stand on any unit of either speaker."""
