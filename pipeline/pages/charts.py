"""Charts as SVG that stands inside a page: drawn without a network, coloured by the page's own light or dark."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import vl_convert
from markupsafe import Markup, escape

WIDE, NARROW = 1080, 330
"""Drawing widths in pixels: one for a page with room, one for a phone, so that the letters keep their size."""

# Vega checks colours, so each stands in for a variable of the page's style and is exchanged after drawing.
INK, MUTED, LINE, SOFT, ASK, TELL = (f"#0000{place:02x}" for place in range(1, 7))
VARIABLES = {INK: "--ink", MUTED: "--muted", LINE: "--line", SOFT: "--target", ASK: "--ask", TELL: "--tell"}
PERCENT = "%"


@dataclass(frozen=True, slots=True)
class Point:
    """A share with its interval under a label; `value` None leaves the place empty."""

    label: str
    value: float | None
    low: float | None = None
    high: float | None = None
    rolling: float | None = None
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart in two widths, each a complete `<svg>`; the page shows the one that fits."""

    wide: Markup
    narrow: Markup


def trend(points: Sequence[Point], target: tuple[float, float] | None, title: str, description: str) -> Drawing:
    """Shares in order, each a point with its interval, the rolling share as a line, the target as a band."""
    rows = _rows(points)
    x = alt.X("key:N", scale=_places(rows), title=None, axis=_labels(angle=0, overlap="greedy"))
    rolling = [row for row in rows if row["rolling"] is not None]
    layers = [
        *_target(target, "y"),
        alt.Chart(_data(rolling))
        .mark_line(color=ASK, strokeWidth=2, opacity=0.55)
        .encode(x=x, y=_share("rolling", "y")),
        *_points(rows, x, "y"),
    ]
    return _drawn(layers, title, description, height=260)


def comparison(points: Sequence[Point], target: tuple[float, float] | None, title: str, description: str) -> Drawing:
    """Shares one below the other in the order given, each a point with its interval, the target as a band."""
    rows = _rows(points)
    y = alt.Y("key:N", scale=_places(rows), title=None, axis=_labels())
    return _drawn([*_target(target, "x"), *_points(rows, y, "x")], title, description, height=max(60, 34 * len(rows)))


def _rows(points: Sequence[Point]) -> list[dict[str, Any]]:
    return [
        {
            "key": f"{place}|{point.label}",
            "value": point.value,
            "low": point.low,
            "high": point.high,
            "rolling": point.rolling,
            "sure": point.sure,
        }
        for place, point in enumerate(points)
    ]


def _places(rows: list[dict[str, Any]]) -> alt.Scale:
    """Every place in its order, those without a value too."""
    return alt.Scale(domain=[row["key"] for row in rows])


def _data(rows: list[dict[str, Any]]) -> Any:
    inline: Any = alt.InlineData  # its maker carries no types
    return inline(values=rows)


def _labels(**given: Any) -> alt.Axis:
    """An axis that shows what follows the place in a key; the place keeps equal labels apart."""
    names = {"angle": "labelAngle", "overlap": "labelOverlap"}
    text = "slice(datum.value, indexof(datum.value, '|') + 1)"
    return alt.Axis(
        labelExpr=text, grid=False, ticks=False, labelPadding=8, **{names[name]: value for name, value in given.items()}
    )


def _share(field: str, channel: str) -> alt.X | alt.Y:
    make = alt.X if channel == "x" else alt.Y
    axis = alt.Axis(format=PERCENT, values=[0, 0.25, 0.5, 0.75, 1], title=None, domain=False, ticks=False)
    return make(f"{field}:Q", scale=alt.Scale(domain=[0, 1]), axis=axis)


def _target(target: tuple[float, float] | None, channel: str) -> list[alt.Chart]:
    if target is None:
        return []
    ends = {channel: _share("low", channel), f"{channel}2": "high:Q"}
    return [alt.Chart(_data([{"low": target[0], "high": target[1]}])).mark_rect(color=SOFT).encode(**ends)]


def _points(rows: list[dict[str, Any]], place: alt.X | alt.Y, channel: str) -> list[alt.Chart]:
    """Intervals as lines with points on them; a point without enough evidence is hollow."""
    across = "y" if channel == "x" else "x"
    known = [row for row in rows if row["value"] is not None]
    spread = [row for row in known if row["low"] is not None]
    ends = {across: place, channel: _share("low", channel), f"{channel}2": "high:Q"}
    drawn = [alt.Chart(_data(spread)).mark_rule(color=INK, strokeWidth=2).encode(**ends)]
    for sure in (True, False):
        data = _data([row for row in known if row["sure"] is sure])
        mark = alt.Chart(data).mark_point(filled=sure, size=90, opacity=1, color=ASK, strokeWidth=2)
        drawn.append(mark.encode(**{across: place, channel: _share("value", channel)}))
    return drawn


def _drawn(layers: list[alt.Chart], title: str, description: str, height: int) -> Drawing:
    wide, narrow = (_for_page(_svg(layers, width, height), title, description) for width in (WIDE, NARROW))
    return Drawing(wide, narrow)


def _svg(layers: list[alt.Chart], width: int, height: int) -> str:
    axis = alt.AxisConfig(labelColor=MUTED, labelFontSize=12, labelLimit=width // 4, gridColor=LINE, domainColor=LINE)
    chart = alt.layer(*layers).configure(
        background="transparent", font="inherit", axis=axis, view=alt.ViewConfig(stroke=None)
    )
    fitted = chart.properties(width=width, height=height, autosize=alt.AutoSizeParams(type="fit-x", contains="padding"))
    svg: str = vl_convert.vegalite_to_svg(fitted.to_dict())
    return svg


def _for_page(svg: str, title: str, description: str) -> Markup:
    """The drawing as one image with a title and a description, in the page's own colours.

    Vega's own roles and labels are dropped: they read out every tick, and do not agree with an image's.
    """
    head, drawing = re.sub("<[^>]*>", _tag_for_page, svg).split(">", 1)
    words = f"<title>{escape(title)}</title><desc>{escape(description)}</desc>"
    return Markup(
        f'{head} role="img" aria-label="{escape(f"{title}. {description}")}" focusable="false">{words}{drawing}'
    )


def _tag_for_page(tag: re.Match[str]) -> str:
    text = re.sub(r' (?:role|aria-[a-z]+|class|version|xmlns:xlink)="[^"]*"', "", tag.group())
    for stand_in, variable in VARIABLES.items():
        text = text.replace(f'"{stand_in}"', f'"var({variable})"')
    return text
