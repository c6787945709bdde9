"""Small drawings for the report, as inline SVG.

Colours come from the page's style sheet by class, so that they follow light, dark and print.
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

GAP = 1.4
"""Between two pieces of a bar, in hundredths of its width."""

BAR_HEIGHT = 8

GAUGE_WIDTH = 120
GAUGE_HEIGHT = 10

MOST_DOTS = 5
"""Most groups of a slot that are drawn as dots; more are a number."""


def mix_bar(counts: Sequence[int]) -> Markup:
    """Return a bar with one piece for each department, as long as its people are many.

    Pieces of one person are calm; pieces of several people stand out.
    """
    share = (100 + GAP) / max(sum(counts), 1)
    pieces = []
    left = 0.0
    for count in counts:
        kind = "alone" if count == 1 else "shared"
        # Parts of the whole width, so that the round ends stay round at any size.
        pieces.append(
            Markup(
                '<rect class="{}" x="{:.2f}%" y="0" width="{:.2f}%" height="{}" rx="4"/>'
            ).format(kind, left, count * share - GAP, BAR_HEIGHT)
        )
        left += count * share
    return Markup(
        '<svg class="mix-bar" width="100%" height="{}" aria-hidden="true" '
        'focusable="false">{}</svg>'
    ).format(BAR_HEIGHT, Markup().join(pieces))


def share_bar(count: int, placed: int | None, most: int) -> Markup:
    """Return a bar as long as people are many: solid for the placed, striking for the left out.

    Where it is hidden how many are placed, the bar is open.
    """
    if placed is None:
        parts = [("hidden", 0, count)]
    else:
        parts = [("placed", 0, placed), ("left", placed, count - placed)]
    pieces = Markup().join(
        Markup('<rect class="{}" x="{:.2f}%" y="0.5" width="{:.2f}%" height="{}" rx="3"/>').format(
            kind, 100 * start / max(most, 1), 100 * length / max(most, 1), BAR_HEIGHT + 1
        )
        for kind, start, length in parts
        if length
    )
    return Markup(
        '<svg class="share" width="100%" height="{}" aria-hidden="true" focusable="false">{}</svg>'
    ).format(BAR_HEIGHT + 2, pieces)


def gauge(value: int, bound: int) -> Markup:
    """Return a bar of what was reached: solid up to the bound, open beyond it."""
    sure = GAUGE_WIDTH if value <= bound else round(GAUGE_WIDTH * max(bound, 0) / value)
    return Markup(
        '<svg class="gauge" viewBox="0 0 {0} {1}" width="{0}" height="{1}" '
        'aria-hidden="true" focusable="false">'
        '<rect class="open" x="0.5" y="0.5" width="{2}" height="{3}" rx="4.5"/>'
        '<rect class="sure" x="0" y="0" width="{4}" height="{1}" rx="5"/></svg>'
    ).format(GAUGE_WIDTH, GAUGE_HEIGHT, GAUGE_WIDTH - 1, GAUGE_HEIGHT - 1, sure)


def dots(count: int) -> Markup:
    """Return a dot for each group, or one dot where they would be too many."""
    drawn = count if count <= MOST_DOTS else 1
    circles = Markup().join(
        Markup('<circle cx="{}" cy="5" r="4"/>').format(5 + 11 * number) for number in range(drawn)
    )
    width = 11 * drawn
    return Markup(
        '<svg class="dots" viewBox="0 0 {0} 10" width="{0}" height="10" '
        'aria-hidden="true" focusable="false">{1}</svg>'
    ).format(width, circles)
