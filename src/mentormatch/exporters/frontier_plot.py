"""The frontier of people moved against what that gains, drawn as SVG in the style of the report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from mentormatch.replan.frontier import Frontier

WIDTH, LEFT, RIGHT, TOP, PANEL, BETWEEN = 720, 56, 40, 60, 96, 46
"""In pixels: the drawing, its margins, the height of a panel and what is between two."""

MOST_NAME = 80
"""Longest heading, in characters; the name of a tier can be longer."""

LOOK = """
svg { color-scheme: light dark; }
.sheet { fill: #ffffff; }
text { font: 13px -apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, Arial, sans-serif;
  font-variant-numeric: tabular-nums; fill: #1a211f; }
.title { font-size: 16px; font-weight: 600; }
.name { font-weight: 600; } .soft { fill: #56615d; }
.base { stroke: #dfded6; stroke-width: 1; }
.good { fill: #0b6552; } .bad { fill: #e2a04a; } .cost { fill: #a9c9bd; }
.open { fill: none; stroke: #8f4b00; stroke-width: 1.5; stroke-dasharray: 3 2; }
@media (prefers-color-scheme: dark) {
  .sheet { fill: #171d1b; } text { fill: #e8ece9; } .soft { fill: #a3afaa; }
  .base { stroke: #2b3431; }
  .good { fill: #6fd0b3; } .bad { fill: #c98a3c; } .cost { fill: #3f6e60; }
  .open { stroke: #f0b468; }
}
"""


@dataclass(frozen=True)
class _Panel:
    """One thing that is counted in every row, with what is proven of it."""

    name: str
    look: str
    values: tuple[int, ...]
    bounds: tuple[int, ...]


def frontier_plot(frontier: Frontier) -> str:
    """Return a drawing of a frontier: for each number of people moved a bar in each panel.

    Panels are who gains a place, who loses one, and the round's tiers. A bar is solid up to the
    proven bound and dashed beyond it.
    """
    panels = list(_panels(frontier))
    moved = [len(row.moved) for row in frontier.rows]
    height = TOP + len(panels) * (PANEL + BETWEEN) + 30
    step = (WIDTH - LEFT - RIGHT) / max(len(moved), 1)
    parts = [
        f'<rect class="sheet" width="{WIDTH}" height="{height}" rx="12"/>',
        f'<text class="title" x="{LEFT}" y="32">What moving people would gain</text>',
    ]
    for number, panel in enumerate(panels):
        top = TOP + number * (PANEL + BETWEEN)
        parts.append(f'<g transform="translate(0 {top})">{_drawn(panel, step)}</g>')
    foot = height - 34
    for place, count in enumerate(moved):
        x = LEFT + (place + 0.5) * step
        parts.append(f'<text x="{x:.1f}" y="{foot}" text-anchor="middle">{count}</text>')
    end = "" if frontier.complete else "; moving more people could gain more"
    parts.append(f'<text class="soft" x="{LEFT}" y="{foot + 20}">people moved{end}</text>')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-label="{escape(_said(panels, moved))}"><style>{LOOK}</style>'
        f"{''.join(parts)}</svg>\n"
    )


def _panels(frontier: Frontier) -> Sequence[_Panel]:
    rows = frontier.rows
    gained = tuple(len(row.gained) for row in rows)
    lost = tuple(len(row.lost) for row in rows)
    panels = [
        _Panel("people who gain a place", "good", gained, gained),
        _Panel("people who lose their place", "bad", lost, lost),
    ]
    for tiers in zip(*(row.tiers for row in rows), strict=True):
        values = tuple(tier.value for tier in tiers)
        bounds = tuple(max(0, min(tier.bound, tier.value)) for tier in tiers)
        panels.append(_Panel(tiers[0].name, "cost", values, bounds))
    return panels


def _drawn(panel: _Panel, step: float) -> str:
    most = max(1, *panel.values)
    name = panel.name if len(panel.name) <= MOST_NAME else f"{panel.name[: MOST_NAME - 1]}…"
    parts = [f'<text class="name" x="{LEFT}" y="10">{escape(name)}</text>']
    wide = min(44.0, step * 0.6)
    room = PANEL - 36
    for place, (value, bound) in enumerate(zip(panel.values, panel.bounds, strict=True)):
        x = LEFT + (place + 0.5) * step
        sure, whole = bound / most * room, value / most * room
        parts.append(
            f'<rect class="{panel.look}" x="{x - wide / 2:.1f}" y="{PANEL - sure:.1f}" '
            f'width="{wide:.1f}" height="{sure:.1f}" rx="2"/>'
        )
        if bound < value:
            parts.append(
                f'<rect class="open" x="{x - wide / 2:.1f}" y="{PANEL - whole:.1f}" '
                f'width="{wide:.1f}" height="{whole - sure:.1f}" rx="2"/>'
            )
        parts.append(
            f'<text x="{x:.1f}" y="{PANEL - whole - 5:.1f}" text-anchor="middle">{value}</text>'
        )
    parts.append(f'<path class="base" d="M{LEFT} {PANEL + 0.5}H{WIDTH - RIGHT}"/>')
    return "".join(parts)


def _said(panels: Sequence[_Panel], moved: Sequence[int]) -> str:
    """Return the drawing in words, for those who do not see it."""
    lines = [
        f"{count} moved: " + ", ".join(f"{panel.values[place]} {panel.name}" for panel in panels)
        for place, count in enumerate(moved)
    ]
    return "; ".join(lines)
