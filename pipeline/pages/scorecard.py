"""Everything a scorecard shows, worded, rounded and ordered; the template only places it."""

from dataclasses import dataclass
from datetime import datetime

from pipeline.pages.findings import FindingCard, StepCard, cards, steps
from pipeline.pages.names import ATTRIBUTE_NAMES, TALK
from pipeline.pages.numbers import (
    CriterionRow,
    MetricGroup,
    Talk,
    criteria,
    definition,
    metric_groups,
    overall_text,
    talk,
)
from pipeline.pages.render import relative_link, render
from pipeline.pages.rubric_words import RubricWords, rubric_words
from pipeline.pages.timeline import Timeline, timeline
from pipeline.pages.transcript import Block, CodeFilter, blocks, filters
from pipeline.pages.verdict import Verdict, balance_words, verdict
from pipeline.pages.wording import day, length
from pipeline.rubric import Rubric
from pipeline.values import Role, Scored, Session


@dataclass(frozen=True, slots=True)
class PageOptions:
    """What a page is made with besides the session.

    `media_href` is the recording's path relative to the page, as the file system writes it; `media_data_uri`
    embeds it instead. `software` holds names with versions, printed at the foot.
    """

    made_on: datetime
    media_href: str | None = None
    media_data_uri: str | None = None
    software: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Media:
    """The recording as the page plays it; `name` is what people know it by."""

    src: str
    name: str
    embedded: bool


@dataclass(frozen=True, slots=True)
class Scorecard:
    """A scorecard's data, in the order of the page."""

    title: str
    manager: str
    rep: str
    facts: tuple[tuple[str, str], ...]
    draft: bool
    draft_warning: str
    warnings: tuple[str, ...]
    verdict: Verdict
    talk: Talk | None
    overall: str
    overall_note: str
    overall_thin: bool
    strengths: tuple[FindingCard, ...]
    focus: FindingCard | None
    openings: tuple[FindingCard, ...]
    moments: tuple[FindingCard, ...]
    steps: tuple[StepCard, ...]
    criteria: tuple[CriterionRow, ...]
    timeline: Timeline | None
    filters: tuple[CodeFilter, ...]
    blocks: tuple[Block, ...]
    unit_count: int
    groups: tuple[MetricGroup, ...]
    balance_definition: str
    talk_definition: str
    attributes: tuple[str, ...]
    media: Media | None
    duration_ms: int
    made_with: tuple[tuple[str, str], ...]
    made_on: str


def scorecard(scored: Scored, words: RubricWords, options: PageOptions) -> Scorecard:
    """The page's data for any session: without manager, rep, words or times it says what is missing."""
    session = scored.session
    focus = cards(scored, "focus", words)
    lines = blocks(scored, words)
    manager, rep = _name(session, Role.MANAGER), _name(session, Role.REP)
    return Scorecard(
        title=_title(session),
        manager=manager,
        rep=rep,
        facts=_facts(session, words),
        draft=session.transcript.draft,
        draft_warning=draft_warning(scored),
        warnings=warnings_of(scored),
        verdict=verdict(scored, words),
        talk=talk(scored),
        overall=overall_text(scored),
        overall_note=_overall_note(scored),
        overall_thin=_overall_thin(scored),
        strengths=cards(scored, "strength", words),
        focus=focus[0] if focus else None,
        openings=cards(scored, "missed_opening", words),
        moments=cards(scored, "moment", words),
        steps=steps(scored, words),
        criteria=criteria(scored, words),
        timeline=timeline(scored, words),
        filters=filters(scored, words),
        blocks=lines,
        unit_count=sum(len(block.lines) for block in lines),
        groups=metric_groups(scored, words),
        balance_definition=balance_words(words),
        talk_definition=definition(TALK),
        attributes=tuple(ATTRIBUTE_NAMES.values()),
        media=_media(session, options),
        duration_ms=session.duration_ms,
        made_with=_made_with(scored, words, options),
        made_on=made_on_text(options.made_on),
    )


def scorecard_html(scored: Scored, rubric: Rubric, options: PageOptions) -> str:
    """The scorecard of a session as one self-contained HTML file."""
    return render("scorecard.html", card=scorecard(scored, rubric_words(rubric), options))


def made_on_text(made_on: datetime) -> str:
    """The page's own date, to the minute and with its zone where it has one."""
    return f"{day(made_on.date())}, {made_on:%H:%M %Z}".strip()


def _name(session: Session, role: Role) -> str:
    speaker = session.speaker(role)
    return speaker.name if speaker and speaker.name else ""


def _title(session: Session) -> str:
    manager, rep = _name(session, Role.MANAGER), _name(session, Role.REP)
    if manager and rep:
        return f"{manager} coaching {rep}"
    if manager or rep:
        return f"{manager}’s coaching session" if manager else f"Coaching session with {rep}"
    return "Coaching session"


def _facts(session: Session, words: RubricWords) -> tuple[tuple[str, str], ...]:
    recorded = (("Recorded", day(session.recorded_on)),) if session.recorded_on else ()
    return (
        *recorded,
        ("Length", length(session.duration_ms)),
        ("Source", session.source),
        ("Rubric", f"{words.title}, version {words.version}"),
    )


DRAFT = "draft transcript"
DRAFT_WORDS = "the words were recognised by a small model that mishears many of them"


def draft_warning(scored: Scored) -> str:
    """Why the transcript is a draft, in the words of whoever made it; empty for one that is none."""
    if not scored.session.transcript.draft:
        return ""
    said = next((warning for warning in scored.warnings if _about_draft(warning)), DRAFT_WORDS)
    return _sentence(said[len(DRAFT) :].lstrip(" :") if _about_draft(said) else said)


def _about_draft(warning: str) -> bool:
    return warning.casefold().startswith(DRAFT)


def warnings_of(scored: Scored) -> tuple[str, ...]:
    """The session's other warnings and what is missing from it, as sentences, each once."""
    said = dict.fromkeys(scored.warnings + _missing(scored.session))
    return tuple(_sentence(warning) for warning in said if warning.strip() and not _draft_said(scored, warning))


def _draft_said(scored: Scored, warning: str) -> bool:
    return scored.session.transcript.draft and _about_draft(warning)


def _missing(session: Session) -> tuple[str, ...]:
    if session.turns and session.duration_ms <= 0:
        return ("This session has no times: everything measured in time is missing.",)
    return ()


def _sentence(text: str) -> str:
    text = text.strip()
    if not text:
        return ""
    return text[0].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")


def _counted(scored: Scored) -> int:
    return sum(criterion.score is not None for criterion in scored.scores.criteria)


def _overall_thin(scored: Scored) -> bool:
    """Whether the overall rests on fewer than half of the criteria."""
    return 2 * _counted(scored) < len(scored.scores.criteria)


def _overall_note(scored: Scored) -> str:
    among = len(scored.scores.criteria)
    if not among:
        return "this rubric has no criteria"
    thin = ": too few to compare" if _overall_thin(scored) else ""
    return f"from {_counted(scored)} of {among} criteria with enough evidence{thin}"


def _media(session: Session, options: PageOptions) -> Media | None:
    if options.media_data_uri:
        return Media(options.media_data_uri, session.source, embedded=True)
    return Media(relative_link(options.media_href), session.source, embedded=False) if options.media_href else None


def _made_with(scored: Scored, words: RubricWords, options: PageOptions) -> tuple[tuple[str, str], ...]:
    transcript = scored.session.transcript
    draft = " (draft)" if transcript.draft else ""
    own = (
        ("Transcript", f"{transcript.engine} {transcript.model}{draft}".strip()),
        ("Rubric", f"{words.title}, version {words.version}"),
        ("Session", scored.session.session_id[:16]),
    )
    return own + options.software
