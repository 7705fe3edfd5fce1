"""The skill a session asks to work on, and what became of it in the next."""

from pipeline.pages.rubric_words import RubricWords
from pipeline.values import CriterionScore, Finding, Scored


def focus_of(scored: Scored) -> Finding | None:
    """The session's one skill to work on, None where it shows none."""
    return next((finding for finding in scored.findings if finding.kind == "focus"), None)


def focus_skill(scored: Scored, words: RubricWords) -> str:
    """The skill the session asks to work on: the rubric's name of it, else the finding's text; "" for none."""
    focus = focus_of(scored)
    if focus is None:
        return ""
    return next((each.skill for each in words.criteria if each.id == focus.rule and each.skill), focus.text)


def followed_up(before: Scored, now: Scored, words: RubricWords) -> str:
    """How the skill that was last asked for did this time, by its criterion's band; "" where nothing was asked."""
    focus = focus_of(before)
    criterion = next((each for each in words.criteria if focus and each.id == focus.rule), None)
    if criterion is None:
        return ""
    was, became = _score(before, criterion.id), _score(now, criterion.id)
    if not became or not became.band:
        return f"{criterion.skill}: not enough evidence this time"
    if not was or not was.band:
        return f"{criterion.skill}: {became.band}"
    moved = f"still {became.band}" if was.band == became.band else f"{was.band}, now {became.band}"
    return f"{criterion.skill}: {moved}"


def _score(scored: Scored, criterion: str) -> CriterionScore | None:
    return next((each for each in scored.scores.criteria if each.id == criterion), None)
