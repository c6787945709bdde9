"""Run the benchmarks one after the other and write their tables into the page of figures.

    python -m benchmarks.page --run
    python -m benchmarks.page --run sizes hard
    python -m benchmarks.page

Figures are kept in ``build/benchmarks``, a file for each benchmark; without ``--run`` the page is
written from those that are there. In the page a table stands between two comments, such as
``<!-- table: hard -->`` and ``<!-- end -->``; the line on where and when it was measured stands
between ``<!-- measured: hard -->`` and ``<!-- end -->``.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from time import perf_counter

from benchmarks.outcome import Outcome

PAGE = Path("docs/benchmarks.md")
FIGURES = Path("build/benchmarks")

COMMANDS: Mapping[str, tuple[str, ...]] = {
    "families": ("--sizes", "40", "300", "1000", "--limit", "20", "--baselines"),
    "demo": (),
    "hard": (),
    "sizes": ("--large-seeds", "3", "--plot", "docs/images/sizes.svg"),
    "baselines": (),
    "life": ("--plot", "docs/images/life.svg"),
    "peers": ("--install",),
}
"""What to run, in this order, with which options beside those for the figures' file."""

AT_A_TIME = ("demo", "hard", "sizes", "baselines")
"""Those that ``--run`` means by itself: they need nothing from a network."""

PLACE = re.compile(r"<!-- (table|measured): (\w+) -->\n.*?<!-- end -->", re.DOTALL)


def filled(page: str, outcomes: Sequence[Outcome]) -> str:
    """Return a page with the tables of outcomes in their places; other places stay as they are.

    Raises
    ------
    KeyError
        If an outcome has a table for which the page has no place.
    """
    texts = {("table", each.name): each.markdown() for one in outcomes for each in one.tables}
    places = {match.group(2) for match in PLACE.finditer(page) if match.group(1) == "table"}
    for _, name in texts:
        if name not in places:
            raise KeyError(f"the page has no place for the table {name}")
    texts |= {("measured", one.benchmark): measured(one) for one in outcomes}

    def placed(match: re.Match[str]) -> str:
        text = texts.get((match.group(1), match.group(2)))
        if text is None:
            return match.group(0)
        return f"<!-- {match.group(1)}: {match.group(2)} -->\n\n{text}\n\n<!-- end -->"

    return PLACE.sub(placed, page)


def measured(outcome: Outcome) -> str:
    """Return the line on how, when, where and with what an outcome was measured."""
    used = ", ".join(f"{name} {number}" for name, number in outcome.versions.items())
    return f"`{outcome.command}`, {outcome.date}, on {outcome.machine}, with {used}."


def run(name: str) -> None:
    """Run one benchmark and keep its figures."""
    began = perf_counter()
    command = [sys.executable, "-m", f"benchmarks.{name}", *COMMANDS[name]]
    subprocess.run([*command, "--json", str(FIGURES / f"{name}.json")], check=True)
    print(f"\n{name} took {perf_counter() - began:.0f} s\n", flush=True)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run what is asked for, then write the page."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--run",
        nargs="*",
        choices=list(COMMANDS),
        metavar="NAME",
        help=f"run these first; without names: {', '.join(AT_A_TIME)}",
    )
    options = parser.parse_args(arguments)
    for name in () if options.run is None else options.run or AT_A_TIME:
        run(name)
    files = [FIGURES / f"{name}.json" for name in COMMANDS]
    outcomes = [Outcome.read(file) for file in files if file.exists()]
    PAGE.write_text(filled(PAGE.read_text(encoding="utf-8"), outcomes), encoding="utf-8")
    print(f"{PAGE} holds the figures of {', '.join(one.benchmark for one in outcomes) or 'none'}")


if __name__ == "__main__":
    main()
