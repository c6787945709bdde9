"""Terms drawn as SVG: people moved across, people without a group up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from html import escape
from math import ceil, sqrt
from statistics import mean

from benchmarks.sizes_plot import LOOK

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 760, 380, 60, 170, 40, 60
"""In pixels, margins included."""

MARKS = 6
"""Lines of the grid each way, about."""


def drawn(points: Mapping[str, Sequence[tuple[int, int]]]) -> str:
    """Return a drawing with a dot for each term and a ring for each policy's mean.

    Parameters
    ----------
    points
        People moved and people without a group of each term, by policy.
    """
    every = [point for terms in points.values() for point in terms]
    right, across = _marks(max(moved for moved, _ in every))
    top, up = _marks(max(without for _, without in every))
    wide, high = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM

    def place(moved: float, without: float) -> tuple[float, float]:
        return LEFT + moved / right * wide, HEIGHT - BOTTOM - without / top * high

    parts = [
        f'<text class="title" x="{LEFT}" y="{TOP - 18}">Each dot a term, '
        "larger where several fall together; rings the means</text>"
    ]
    for value in up:
        y = place(0, value)[1]
        parts.append(f'<path class="grid" d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{value}</text>')
    for value in across:
        x = place(value, 0)[0]
        y = HEIGHT - BOTTOM + 20
        parts.append(f'<text x="{x:.1f}" y="{y}" text-anchor="middle">{value}</text>')
    parts.append(f'<text x="{LEFT}" y="{HEIGHT - 12}">people moved in the term</text>')
    parts.append(
        f'<text transform="translate(16 {HEIGHT - BOTTOM}) rotate(-90)">'
        "without a group at the end</text>"
    )
    for number, (name, terms) in enumerate(points.items()):
        for point, count in sorted(Counter(terms).items()):
            x, y = place(*point)
            parts.append(
                f'<circle class="c{number}" cx="{x:.1f}" cy="{y:.1f}" r="{2 + sqrt(count):.1f}" '
                'fill-opacity="0.45" stroke="none"/>'
            )
        x, y = place(mean(moved for moved, _ in terms), mean(without for _, without in terms))
        parts.append(
            f'<circle class="c{number}" cx="{x:.1f}" cy="{y:.1f}" r="9" fill-opacity="0" '
            'stroke-width="3"/>'
        )
        parts.append(
            f'<text class="c{number}" x="{WIDTH - RIGHT + 20}" y="{TOP + 12 + 20 * number}">'
            f"{escape(name)}</text>"
        )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-label="People moved and people without a group by policy">'
        f"<style>{LOOK}</style>{''.join(parts)}</svg>\n"
    )


def _marks(most: int) -> tuple[int, list[int]]:
    """Return where an axis ends and what is written along it."""
    steps = (size * 10**power for power in range(6) for size in (1, 2, 5))
    step = next(step for step in steps if step * MARKS >= max(most, 1))
    count = ceil(max(most, 1) / step)
    return step * count, [step * number for number in range(count + 1)]
