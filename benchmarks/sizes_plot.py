"""The figures by size drawn as SVG, legible on light and dark pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from itertools import groupby
from math import ceil, floor, log10

from benchmarks.outcome import median

Points = Sequence[tuple[int, float]]

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 760, 300, 70, 150, 40, 45
"""Of one of the two panels, in pixels, margins included."""

LOOK = """
text { font: 13px system-ui, sans-serif; fill: #1f2328; }
.title { font-weight: 600; }
.grid { stroke: #d0d7de; stroke-width: 1; }
.line { fill: none; stroke-width: 2; }
.c0 { stroke: #0969da; fill: #0969da; } .c1 { stroke: #bc4c00; fill: #bc4c00; }
.c2 { stroke: #1a7f37; fill: #1a7f37; }
polyline.line { fill: none; } text.c0, text.c1, text.c2 { stroke: none; }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3; } .grid { stroke: #3d444d; }
  .c0 { stroke: #58a6ff; fill: #58a6ff; } .c1 { stroke: #ffa657; fill: #ffa657; }
  .c2 { stroke: #56d364; fill: #56d364; }
  polyline.line { fill: none; } text.c0, text.c1, text.c2 { stroke: none; }
}
"""


def drawn(seconds: Points, gaps: Sequence[tuple[int, str, Points]]) -> str:
    """Return a drawing: seconds by students above, gaps by students below.

    Parameters
    ----------
    seconds
        Students and seconds of each run.
    gaps
        Number and name of each tier with the students and the gap, as a share, of each run.
    """
    sizes = [size for size, _ in seconds]
    across = _logarithmic(min(sizes), max(sizes), LEFT, WIDTH - RIGHT)
    above = _panel(
        "Seconds to match (each dot a run, the line the medians)",
        across,
        sizes,
        [("seconds", seconds)],
        *_seconds_scale([value for _, value in seconds]),
    )
    below = _panel(
        "Gap to the proven bound (medians)",
        across,
        sizes,
        [(name, points) for _, name, points in gaps],
        *_share_scale([value for _, _, points in gaps for value in _medians(points).values()]),
        dots=False,
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {2 * HEIGHT}" role="img" '
        f'aria-label="Seconds and gaps by number of students"><style>{LOOK}</style>'
        f'<g>{above}</g><g transform="translate(0 {HEIGHT})">{below}</g></svg>\n'
    )


Scale = Callable[[float], float]


def _panel(
    title: str,
    across: Scale,
    sizes: Sequence[int],
    series: Sequence[tuple[str, Points]],
    up: Scale,
    ticks: Sequence[tuple[float, str]],
    *,
    dots: bool = True,
) -> str:
    parts = [f'<text class="title" x="{LEFT}" y="{TOP - 18}">{escape(title)}</text>']
    for value, label in ticks:
        y = up(value)
        parts.append(f'<path class="grid" d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{label}</text>')
    parts += [
        f'<text x="{across(size):.1f}" y="{HEIGHT - BOTTOM + 20}" text-anchor="middle">'
        f"{_short(size)}</text>"
        for size in sorted(set(sizes))
    ]
    parts.append(f'<text x="{WIDTH - RIGHT + 30}" y="{HEIGHT - BOTTOM + 20}">students</text>')
    for number, (name, points) in enumerate(series):
        middle = _medians(points)
        path = " ".join(f"{across(size):.1f},{up(value):.1f}" for size, value in middle.items())
        parts.append(f'<polyline class="line c{number}" points="{path}"/>')
        shown = points if dots else list(middle.items())
        parts += [
            f'<circle class="c{number}" cx="{across(size):.1f}" cy="{up(value):.1f}" r="3"/>'
            for size, value in shown
        ]
        # Names stand below each other, as lines may end at one point.
        parts.append(
            f'<text class="c{number}" x="{WIDTH - RIGHT + 30}" y="{TOP + 12 + 20 * number}">'
            f"{escape(name)}</text>"
        )
    return "".join(parts)


def _medians(points: Points) -> dict[int, float]:
    return {
        size: median([value for _, value in part])
        for size, part in groupby(sorted(points), key=lambda point: point[0])
    }


def _logarithmic(least: float, most: float, first: float, last: float) -> Scale:
    low, high = log10(least), log10(most)
    wide = high - low or 1.0
    return lambda value: first + (log10(value) - low) / wide * (last - first)


def _seconds_scale(values: Sequence[float]) -> tuple[Scale, list[tuple[float, str]]]:
    low, high = floor(log10(min(values))), ceil(log10(max(values)))
    high = max(high, low + 1)
    up = _logarithmic(10.0**low, 10.0**high, HEIGHT - BOTTOM, TOP)
    return up, [(10.0**power, f"{10.0**power:g} s") for power in range(low, high + 1)]


def _share_scale(values: Sequence[float]) -> tuple[Scale, list[tuple[float, str]]]:
    most = max([*values, 0.01])
    step = next(size for size in (0.0025, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25) if most <= 5 * size)
    top = step * ceil(most / step)
    high = HEIGHT - BOTTOM
    marks = range(round(top / step) + 1)
    return (
        lambda value: high - value / top * (high - TOP),
        [(step * mark, f"{100 * step * mark:g} %") for mark in marks],
    )


def _short(size: int) -> str:
    return f"{size // 1000}k" if size >= 1000 and size % 1000 == 0 else str(size)
