"""The report's words: measurements as Markdown."""

from collections.abc import Sequence

from eval.recognition.bare import SideBySide
from eval.recognition.run import Outcome
from eval.recognition.score import WordErrors
from eval.recognition.stages import Stages

HEAD = ("recording", "words", "WER", "substituted", "deleted", "inserted", "cpWER", "times real time")


def table_text(title: str, outcomes: Sequence[Outcome]) -> str:
    """A line a recording, then all of them together."""
    if not outcomes:
        return f"## {title}\n\nNo recordings with a .truth.json beside them."
    rows = [_row(each.name, each.words, each.by_speaker, each.audio_s / each.took_s) for each in outcomes]
    words = sum((each.words for each in outcomes), WordErrors())
    by_speaker = sum((each.by_speaker for each in outcomes), WordErrors())
    speed = sum(each.audio_s for each in outcomes) / sum(each.took_s for each in outcomes)
    lines = [HEAD, ["---"] * len(HEAD), *rows, _row("all", words, by_speaker, speed)]
    return f"## {title}\n\n" + "\n".join("| " + " | ".join(line) + " |" for line in lines)


def stages_text(stages: Stages, audio_s: float) -> str:
    """A line a stage: processor seconds, how many times faster than real time, and memory by its end."""
    head = ["stage", "processor s", "times real time", "peak memory by its end, MB"]
    rows = [
        [name, f"{took_s:.1f}", f"{audio_s / took_s:.0f}" if took_s else "", f"{stages.peaks_mb[name]:.0f}"]
        for name, took_s in stages.seconds.items()
    ]
    return "## By stage\n\n" + "\n".join("| " + " | ".join(line) + " |" for line in [head, ["---"] * len(head), *rows])


def bare_text(measured: SideBySide) -> str:
    """One sentence on what the adapter adds."""
    return (
        f"The bare faster-whisper call took {measured.bare_s:.1f} s of processor time for {measured.audio_s:.0f} s of "
        f"sound, ours {measured.ours_s:.1f} s: {100 * measured.added:+.1f} %."
    )


def percent(value: float | None) -> str:
    """A share as a percentage with one decimal, or nothing."""
    return "" if value is None else f"{100 * value:.1f} %"


def _row(name: str, words: WordErrors, by_speaker: WordErrors, speed: float) -> list[str]:
    counts = [str(count) for count in (words.substituted, words.deleted, words.inserted)]
    return [name, str(words.spoken), percent(words.wer), *counts, percent(by_speaker.wer), f"{speed:.1f}"]
