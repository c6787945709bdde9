"""The gap of a run over time, drawn as SVG, legible on light and dark pages."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from math import log10

from benchmarks.families.gaps import order
from benchmarks.families.record import OURS, Record

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 380, 230, 52, 16, 44, 36
"""Of one panel, in pixels, margins included."""
COLUMNS = 2
MOST_OF_LAST = 3.0
"""The scale ends at so many times the last value."""
SOONEST = 0.1
"""Seconds at which the time axis begins."""

LOOK = """
text { font: 12px system-ui, sans-serif; fill: #1f2328; }
.title { font-weight: 600; }
.grid { stroke: #d0d7de; stroke-width: 1; }
.value { fill: none; stroke: #bc4c00; stroke-width: 2; }
.bound { fill: none; stroke: #0969da; stroke-width: 2; }
.gap { fill: #bc4c00; opacity: 0.12; }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3; } .grid { stroke: #3d444d; }
  .value { stroke: #ffa657; } .bound { stroke: #58a6ff; } .gap { fill: #ffa657; }
}
"""

Steps = list[tuple[float, float]]


def drawn(records: Sequence[Record], most: int = 12) -> str:
    """Return a panel for each of the runs with the largest gaps: value and bound over time.

    The tier of a panel is the first of the run that is not proven.
    """
    runs = [record for record in records if record.method == OURS and record.values]
    runs.sort(key=lambda record: (order(record), record.round_))
    shown = [(record, tier) for record in runs if (tier := _first_open(record)) is not None]
    panels = [
        f'<g transform="translate({WIDTH * (place % COLUMNS)} {HEIGHT * (place // COLUMNS)})">'
        f"{_panel(record, tier)}</g>"
        for place, (record, tier) in enumerate(shown[:most])
    ]
    rows = max(1, -(-len(panels) // COLUMNS))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH * COLUMNS} {HEIGHT * rows}" '
        f'role="img" aria-label="Value and bound over time, largest gaps first">'
        f"<style>{LOOK}</style>{''.join(panels)}</svg>\n"
    )


def _first_open(record: Record) -> int | None:
    return next(
        (
            place
            for place, tier in enumerate(record.tiers)
            if tier.value is not None and tier.bound is not None and tier.value > tier.bound
        ),
        None,
    )


def _panel(record: Record, place: int) -> str:
    tier = record.tiers[place]
    values, bounds = _steps(record, place)
    # The first answer may leave everybody out, beside which nothing after it could be seen.
    top = min(
        max([value for _, value in (*values, *bounds)] or [1.0]) * 1.08 or 1.0,
        max(MOST_OF_LAST * (tier.value or 0), 4.0),
    )
    last = max(record.limit, record.seconds, 10 * SOONEST)

    def x(seconds: float) -> float:
        share = log10(max(seconds, SOONEST) / SOONEST) / log10(last / SOONEST)
        return LEFT + share * (WIDTH - LEFT - RIGHT)

    def y(value: float) -> float:
        return HEIGHT - BOTTOM - min(value / top, 1.0) * (HEIGHT - TOP - BOTTOM)

    title = f"{record.family}, {record.students:,}: tier {tier.tier}"
    parts = [
        f'<text class="title" x="{LEFT}" y="18">{escape(title)}</text>',
        f'<text x="{LEFT}" y="34">value {tier.value:,}, bound {tier.bound:,}</text>',
    ]
    for mark in (0.0, 0.5, 1.0):
        height = y(mark * top)
        parts.append(f'<path class="grid" d="M{LEFT} {height:.1f}H{WIDTH - RIGHT}"/>')
        parts.append(
            f'<text x="{LEFT - 6}" y="{height + 4:.1f}" text-anchor="end">{mark * top:,.0f}</text>'
        )
    parts += [
        f'<text x="{x(seconds):.1f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">'
        f"{seconds:g} s</text>"
        for seconds in (0.1, 1.0, 10.0, 100.0)
        if seconds <= last
    ]
    lines = {"value": _path(values, record.seconds), "bound": _path(bounds, record.seconds)}
    if values and bounds:
        around = [*lines["value"], *reversed(lines["bound"])]
        points = " ".join(f"{x(at):.1f},{y(value):.1f}" for at, value in around)
        parts.append(f'<polygon class="gap" points="{points}"/>')
    for name, line in lines.items():
        points = " ".join(f"{x(at):.1f},{y(value):.1f}" for at, value in line)
        parts.append(f'<polyline class="{name}" points="{points}"/>')
    return "".join(parts)


def _steps(record: Record, place: int) -> tuple[Steps, Steps]:
    """Return when the value and the bound of a tier changed, the last change at the end."""
    tier = record.tiers[place]
    told = [event for event in record.trace if event[1] == tier.tier]
    values: Steps = [(at, float(value)) for at, _, value, _ in told if value is not None]
    bounds: Steps = [(at, float(bound)) for at, _, _, bound in told if bound is not None]
    for steps, final in ((values, tier.value), (bounds, tier.bound)):
        if final is not None:
            steps.append((record.seconds, float(final)))
    return values, bounds


def _path(steps: Steps, end: float) -> Steps:
    """Return the corners of a line that stays where it is until the next change."""
    corners: Steps = []
    for at, value in steps:
        if corners:
            corners.append((at, corners[-1][1]))
        corners.append((at, value))
    if corners:
        corners.append((end, corners[-1][1]))
    return corners
