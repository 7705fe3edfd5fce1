"""Sessions for page tests: coded talk of any length, scored with plausible numbers, without any model."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from pipeline.codes import CODES, Attribute, Code
from pipeline.pages.rubric_words import ASK, NEUTRAL, TELL, BandWords, CriterionWords, RubricWords, StepWords
from pipeline.pages.scorecard import PageOptions
from pipeline.values import (
    Coding,
    CriterionScore,
    Finding,
    Metric,
    Role,
    Scored,
    Scores,
    Session,
    Span,
    Speaker,
    StepSeen,
    TranscriptSource,
    Turn,
    Unit,
)

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
OPTIONS = PageOptions(made_on=NOON, software=(("asktell", "0.1.0"),))

ASKS = {Code.OPEN_QUESTION, Code.CLOSED_QUESTION, Code.REFLECTION, Code.SUPPORT}
TELLS = {Code.DIRECTIVE_ADVICE, Code.LEADING_QUESTION, Code.TEACHING, Code.JUDGMENT}
BANDS = (
    BandWords("weak", None, "Asking is rare ({value} of {n})."),
    BandWords("solid", 0.4, "Asking and telling are even ({value} of {n})."),
    BandWords("strong", 0.6, "Asking leads ({value} of {n})."),
)
WORDS = RubricWords(
    title="Non-directive coaching",
    version=1,
    orientation={code: ASK if code in ASKS else TELL if code in TELLS else NEUTRAL for code in CODES},
    target=(0.6, 0.85),
    criteria=(
        CriterionWords("asks_more_than_tells", "Asks more than tells", "non_directive_ratio", BANDS),
        CriterionWords("listens", "Listens", "reflection_to_question", BANDS),
        CriterionWords("praises", "Praises specifically", "specific_praise_share", BANDS),
    ),
    steps=(
        StepWords("goal", "Goal"),
        StepWords("reality", "Reality"),
        StepWords("options", "Options"),
        StepWords("will", "Will", missing="It was not asked what the rep will do."),
    ),
    min_evidence={"specific_praise_share": 3},
)

LINES: tuple[tuple[Code | None, str], ...] = (
    (Code.OTHER, "Thanks for making time today."),
    (Code.OPEN_QUESTION, "What got in the way on the call?"),
    (None, "He went quiet as soon as price came up, and I filled the silence."),
    (Code.REFLECTION, "So the silence was the hard part."),
    (None, "Yes, I never know how long to wait."),
    (Code.PRAISE, "I liked how you opened with her goals."),
    (Code.DIRECTIVE_ADVICE, "Next time count to five before you answer."),
    (None, "I could try that on Thursday with the second buyer."),
    (Code.CLOSED_QUESTION, "Did they sign?"),
    (None, "Not yet."),
    (Code.TEACHING, "Procurement asks for ten percent because they are measured on it."),
    (Code.BACKCHANNEL, "Right."),
)


def coded(code: Code, confidence: float = 0.8, *attributes: Attribute) -> Coding:
    rest = (1 - confidence) / (len(CODES) - 1)
    return Coding(tuple(confidence if each is code else rest for each in CODES), frozenset(attributes))


def session(
    count: int = 36,
    *,
    manager: str | None = "Karen Holt",
    rep: str | None = "David Osei",
    lines: Sequence[tuple[Code | None, str]] = LINES,
    every_ms: int = 4_000,
    source: str = "acme-debrief.flac",
    **given: object,
) -> Session:
    """`count` units that repeat `lines`; a line without a code is the rep's. Neighbours of one speaker share a turn."""
    turns, units = list[Turn](), list[Unit]()
    for index in range(count):
        code, text = lines[index % len(lines)]
        span = Span(index * every_ms + 500, (index + 1) * every_ms - 300)
        label = "S1" if code else "S2"
        if turns and turns[-1].speaker == label:
            last = turns[-1]
            turns[-1] = Turn(last.index, label, Span(last.span.start_ms, span.end_ms), f"{last.text} {text}")
        else:
            turns.append(Turn(len(turns), label, span, text))
        units.append(Unit(index, turns[-1].index, span, text, coded(code) if code else None))
    values: dict[str, object] = {
        "session_id": "a" * 64,
        "duration_ms": count * every_ms,
        "transcript": TranscriptSource("session file", "given"),
        "speakers": (Speaker("S1", manager, Role.MANAGER, 0.98), Speaker("S2", rep, Role.REP, 0.98)),
        "recorded_on": date(2026, 11, 2),
    }
    values |= {"turns": tuple(turns), "units": tuple(units)}
    return Session(source=source, **(values | given))  # type: ignore[arg-type]


def metric(
    id: str, value: float | None, n: int, unit: str = "ratio", spread: float | None = None, enough: bool = True
) -> Metric:
    if value is None or spread is None:
        return Metric(id, value, n, unit, enough_evidence=enough)
    return Metric(id, value, n, unit, max(0.0, value - spread), min(1.0, value + spread), enough)


def scored(of: Session | None = None, **given: object) -> Scored:
    """A session with metrics, criteria, findings and steps that fit `LINES`."""
    of = of or session()
    values: dict[str, object] = {
        "metrics": (
            metric("talk_share_manager", 0.49, 140, spread=None),
            metric("silence_share", 0.12, 144),
            metric("longest_monologue_s", 22.4, 1, "s"),
            metric("response_latency_s", -0.42, 9, "s"),
            metric("non_directive_ratio", 0.6, 15, spread=0.11),
            metric("open_question_share", 0.5, 6, spread=0.2),
            metric("reflection_to_question", 0.5, 6, spread=0.25),
            metric("specific_praise_share", 1.0, 1, spread=0.3, enough=False),
            metric("judgment_count", 0, 36, "count"),
            metric("judgment_about_person_share", None, 0),
            metric("praise_before_critique", 1.0, 1, "0/1"),
            metric("rep_words_after.open_question", 13.5, 3, "words"),
        ),
        "scores": Scores(
            64.0,
            (
                CriterionScore("asks_more_than_tells", "strong", 0.8, (1, 3, 8)),
                CriterionScore("listens", "solid", 0.5, (3,)),
                CriterionScore("praises", None, None),
            ),
        ),
        "findings": (
            Finding("strength", "reflects", "Gives back what David says before moving on.", Span(12_500, 15_700), (3,)),
            Finding(
                "focus",
                "advice",
                "Explore David’s own idea before advising.",
                Span(24_500, 27_700),
                (6,),
                "What have you tried?",
            ),
            Finding(
                "missed_opening",
                "told",
                "David named a doubt; advice followed.",
                Span(16_500, 27_700),
                (4, 6),
                "What makes it hard to wait?",
            ),
            Finding("moment", "opens", "David finds his own next step.", Span(28_500, 31_700), (7,)),
        ),
        "steps": (
            StepSeen("goal", None),
            StepSeen("reality", Span(4_500, 15_700), (1,)),
            StepSeen("options", Span(28_500, 31_700), (7,)),
            StepSeen("will", None),
        ),
        "warnings": of.warnings,
    }
    return Scored(of, "non-directive-coaching", 1, **(values | given))  # type: ignore[arg-type]
