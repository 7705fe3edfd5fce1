"""Pictures for the report: the confusion matrix and the reliability curve."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import altair as alt

from eval.coding.scores import Bin, Counts
from pipeline.codes import CODES


def confusion_chart(counts: Counts) -> Any:
    """A grid of true codes by given codes: the share of each true code's units, with their number."""
    names = [code.value.replace("_", " ") for code in CODES]
    cells = [
        {"true": names[row], "given": names[column], "units": int(counts[row, column]), "share": float(share)}
        for row in range(len(CODES))
        for column in range(len(CODES))
        for share in [counts[row, column] / max(int(counts[row].sum()), 1)]
    ]
    base = alt.Chart(alt.InlineData(values=cells)).encode(
        x=alt.X("given:N", sort=names, title="given by the classifier"),
        y=alt.Y("true:N", sort=names, title="coded by the writer"),
    )
    grid = base.mark_rect().encode(
        color=alt.Color("share:Q", scale=alt.Scale(scheme="blues", domain=[0, 1]), title="share of the row")
    )
    numbers = base.mark_text(fontSize=11).encode(
        text="units:Q", color=alt.condition("datum.share > 0.5", alt.value("white"), alt.value("black"))
    )
    return (grid + numbers).properties(width=480, height=480)


def reliability_chart(bins: Sequence[Bin]) -> Any:
    """How often units are right at each level of confidence, beside the diagonal where both agree."""
    points = [{"confidence": each.confidence, "right": each.accuracy, "units": each.n} for each in bins]
    share = alt.Scale(domain=[0, 1])
    ends = [{"confidence": 0, "right": 0}, {"confidence": 1, "right": 1}]
    diagonal = alt.Chart(alt.InlineData(values=ends)).mark_line(strokeDash=[4, 4], color="grey")
    curve = alt.Chart(alt.InlineData(values=points)).mark_line(point=True)
    position = {
        "x": alt.X("confidence:Q", scale=share, title="confidence"),
        "y": alt.Y("right:Q", scale=share, title="share of units coded right"),
    }
    sizes = alt.Chart(alt.InlineData(values=points)).mark_text(dy=-12, fontSize=10).encode(text="units:Q", **position)
    return (diagonal.encode(**position) + curve.encode(**position) + sizes).properties(width=380, height=380)


def save_svg(chart: Any, path: Path) -> None:
    """Writes the chart as an SVG file."""
    import vl_convert

    path.write_text(vl_convert.vegalite_to_svg(chart.to_json(), vl_version="5.20"), "utf-8")
