"""The report's words: measurements as Markdown tables."""

from collections.abc import Sequence

import numpy as np

from eval.hearing.run import Outcome, Table
from eval.hearing.scale import Cost


def table_text(table: Table) -> str:
    """One condition: a line a recording, then all of them together."""
    if not table.outcomes:
        return f"## {table.title}\n\nThese recordings are not on this machine."
    head = ["recording", "speakers", "DER", "missed", "false", "confused", "one speaker", "share", "start", "speed"]
    rows = [_row(each) for each in table.outcomes]
    return "\n\n".join([f"## {table.title}", _markdown(head, rows), _summary(table)])


def costs_text(costs: Sequence[Cost]) -> str:
    """Memory and processor time by length."""
    head = ["minutes", "decoding, s", "diarization, s", "processor s per minute", "models, MB", "peak above models, MB"]
    rows = [
        [
            str(each.minutes),
            f"{each.decode_s:.1f}",
            f"{each.diarize_s:.1f}",
            f"{(each.decode_s + each.diarize_s) / each.minutes:.2f}",
            f"{each.models_mb:.0f}",
            f"{each.peak_mb - each.models_mb:.0f}",
        ]
        for each in costs
    ]
    return "\n\n".join(["## By length", _markdown(head, rows)])


def _row(outcome: Outcome) -> list[str]:
    errors = outcome.heard.errors
    return [
        outcome.name,
        str(outcome.speakers),
        percent(errors.der),
        *(
            percent(part / errors.spoken_s if errors.spoken_s else None)
            for part in (errors.missed_s, errors.false_s, errors.confused_s)
        ),
        percent(outcome.baseline.errors.der),
        f"{outcome.heard.share_points:.1f}",
        "" if outcome.heard.start_ms is None else f"{outcome.heard.start_ms:.0f} ms",
        f"{outcome.audio_s / outcome.processor_s:.0f}×",
    ]


def _summary(table: Table) -> str:
    ders = [each.heard.errors.der for each in table.outcomes]
    baselines = [each.baseline.errors.der for each in table.outcomes]
    shares = [each.heard.share_points for each in table.outcomes]
    starts = [each.heard.start_ms for each in table.outcomes if each.heard.start_ms is not None]
    start = f" Median error of a start: {np.median(starts):.0f} ms." if starts else ""
    return (
        f"Mean DER {percent(_mean(ders))} (one speaker: {percent(_mean(baselines))}); all seconds together "
        f"{percent(table.errors.der)} (one speaker: {percent(table.baseline.der)}). Largest error of a talk share: "
        f"{max(shares):.1f} points.{start}"
    )


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return float(np.mean(known)) if known else None


def percent(value: float | None) -> str:
    """A share as a percentage with one decimal, or nothing."""
    return "" if value is None else f"{100 * value:.1f} %"


def _markdown(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
