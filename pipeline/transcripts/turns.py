"""Cues to a session: speakers told apart, cues that continue one another merged into turns."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.errors import RecordingError
from pipeline.transcripts.cues import Cue, Imported
from pipeline.transcripts.names import name_key
from pipeline.transcripts.origin import count_from_first_turn
from pipeline.transcripts.timing import timed
from pipeline.transcripts.wording import spoken, tidy_name
from pipeline.values import Session, Span, Speaker, TranscriptSource, Turn

MERGE_GAP_MS = 1_500
"""Cues of one speaker are one turn up to this pause, the longest that does not break a monologue either.

After a longer one a new turn of the same speaker begins, so that talk time never counts the silence.
"""
LONGEST_HOURS = 500
"""Times beyond are in another unit than their format has."""
DAY_HOURS = 24
"""Times beyond are doubtful, and said to be."""


def build_session(imported: Imported, session_id: str, source: str, format_name: str) -> Session:
    """The session of a transcript: no units, every role `OTHER`, speakers S1, S2, … in order of appearance.

    A cue without a speaker belongs to whoever spoke before. Raises RecordingError where nothing is said, or
    nobody is named.
    """
    imported = count_from_first_turn(imported)
    cues, unnamed = _worded(imported.cues)
    if not cues:
        raise RecordingError(f"{source}: the transcript has no spoken text; export it again or score the recording.")
    if not any(cue.speaker for cue in cues):
        raise RecordingError(
            f"{source}: the transcript does not say who speaks; add names as 'Name: text' or score the recording."
        )
    placed = timed(cues, imported.duration_ms)
    last_ms = max(cue.end_ms or 0 for cue in placed.cues)
    hours = last_ms // 3_600_000
    if hours >= LONGEST_HOURS:
        raise RecordingError(f"{source}: its times run to {hours} hours; write them in seconds or as h:mm:ss.")
    labels, speakers = _speakers(placed.cues)
    turns = merge(_labelled(placed.cues, labels))
    doubts = (f"times of the transcript run to {hours} hours; check their unit",) if hours >= DAY_HOURS else ()
    warnings = (*doubts, *imported.warnings, *placed.warnings, *_speaker_warnings(len(speakers), unnamed, len(cues)))
    return Session(
        session_id=session_id,
        source=source,
        duration_ms=max(last_ms, imported.duration_ms or 0),
        transcript=TranscriptSource("transcript", format_name, language=imported.language),
        speakers=speakers,
        turns=turns,
        recorded_on=imported.recorded_on,
        turns_can_overlap=any_overlap(turns),
        warnings=warnings,
    )


def merge(turns: Sequence[Turn]) -> tuple[Turn, ...]:
    """Turns in order of start, those of one speaker joined where nobody else starts between and the pause is short.

    Their texts are joined by a space, and their words where every one of them has words.
    """
    runs: list[list[Turn]] = []
    end_ms = 0
    for turn in turns:
        if runs and runs[-1][0].speaker == turn.speaker and turn.span.start_ms - end_ms <= MERGE_GAP_MS:
            runs[-1].append(turn)
            end_ms = max(end_ms, turn.span.end_ms)
        else:
            runs.append([turn])
            end_ms = turn.span.end_ms
    return tuple(_joined(index, run) for index, run in enumerate(runs))


def _joined(index: int, run: Sequence[Turn]) -> Turn:
    every_word = all(turn.words for turn in run)
    return Turn(
        index,
        run[0].speaker,
        Span(run[0].span.start_ms, max(turn.span.end_ms for turn in run)),
        " ".join(turn.text for turn in run),
        tuple(word for turn in run for word in turn.words) if every_word else (),
    )


def any_overlap(turns: Iterable[Turn]) -> bool:
    """Whether two speakers ever talk at once; `turns` in order of start."""
    latest: dict[str, int] = {}
    for turn in turns:
        if any(end_ms > turn.span.start_ms for speaker, end_ms in latest.items() if speaker != turn.speaker):
            return True
        latest[turn.speaker] = max(latest.get(turn.speaker, 0), turn.span.end_ms)
    return False


def _worded(cues: Sequence[Cue]) -> tuple[list[Cue], int]:
    """Cues with words cleaned and a speaker each, those of noise alone left out; and how many named nobody.

    Speakers stay None where no cue names any.
    """
    names = [tidy_name(cue.speaker or "") or None for cue in cues]
    speaker = next((name for name in names if name), None)
    kept, unnamed = [], 0
    for cue, name in zip(cues, names, strict=True):
        speaker = name or speaker
        text = spoken(cue.text)
        if text:
            kept.append(replace(cue, text=text, speaker=speaker))
            unnamed += name is None
    return kept, unnamed


def _speakers(cues: Sequence[Cue]) -> tuple[dict[str, str], tuple[Speaker, ...]]:
    """Labels by name key, and the speakers under the spelling that comes first."""
    labels: dict[str, str] = {}
    speakers = []
    for cue in cues:
        if cue.speaker and name_key(cue.speaker) not in labels:
            label = f"S{len(labels) + 1}"
            labels[name_key(cue.speaker)] = label
            speakers.append(Speaker(label, cue.speaker))
    return labels, tuple(speakers)


def _labelled(cues: Sequence[Cue], labels: dict[str, str]) -> list[Turn]:
    turns: list[Turn] = []
    for cue in cues:
        label = labels[name_key(cue.speaker or "")]
        words = tuple(replace(word, speaker=label) for word in cue.words)
        turns.append(Turn(len(turns), label, Span(cue.start_ms or 0, cue.end_ms or 0), cue.text, words))
    return turns


def _speaker_warnings(speakers: int, unnamed: int, cues: int) -> list[str]:
    warnings = []
    if speakers == 1:
        warnings.append("only one speaker is named in the transcript")
    if unnamed:
        warnings.append(
            f"{unnamed} of the transcript's {cues} cues name no speaker and were given to whoever spoke before"
        )
    return warnings
