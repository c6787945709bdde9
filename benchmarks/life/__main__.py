"""Made-up terms, lived through with three policies: match anew, pin all, change the least.

    python -m benchmarks.life
    python -m benchmarks.life --terms 12 --students 60 --mentors 20

Each term is drawn from a seed: late sign-ups, withdrawals, no-shows, mentors who stop. At each of
its steps every policy answers from its own last matching. Counted over a term are people moved to
another group, people whose meetings changed, and people without a group at the end.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import mean
from time import perf_counter

from benchmarks.life.plot import drawn
from benchmarks.life.policies import POLICIES
from benchmarks.outcome import Outcome, Table, median, table
from mentormatch import match
from mentormatch.evaluate.carried_over import carried_over
from mentormatch.evaluate.verify import verify
from mentormatch.replan import changes_between
from mentormatch.synthetic import generate
from mentormatch.synthetic.terms import generate_term

OURS, PINNED, ANEW = "change the least", "pin all", "match anew"


@dataclass(frozen=True)
class Life:
    """What one policy came to in one term."""

    term: int
    policy: str
    moved: int
    times: int
    without: int
    seconds: tuple[float, ...]
    proven: int


def lived(term: int, students: int, mentors: int, limit: float) -> list[Life]:
    """Live through one term with every policy."""
    first = generate(students, mentors, seed=term)
    published = match(first, time_limit=limit)
    lives = []
    for name, policy in POLICIES.items():
        before = published
        moved = times = proven = 0
        seconds = []
        for problem in generate_term(first, term):
            begun = perf_counter()
            answer = policy(problem, before, limit)
            seconds.append(round(perf_counter() - begun, 3))
            after = answer.matching
            if not after.groups:
                after = carried_over(problem, before)
            elif not verify(problem, after).ok:
                raise AssertionError(f"term {term}: {name} gave groups that do not stand")
            changes = changes_between(problem, before, after)
            moved += len(changes.moved)
            times += sum(one.new_time for one in changes.people)
            proven += answer.proven
            before = after
        lives.append(Life(term, name, moved, times, len(before.left_out), tuple(seconds), proven))
    return lives


def means(lives: Sequence[Life]) -> Table:
    """Return what each policy came to in the mean term."""
    rows = []
    for name in POLICIES:
        mine = [one for one in lives if one.policy == name]
        seconds = [each for one in mine for each in one.seconds]
        rows.append(
            (
                name,
                f"{mean(one.moved for one in mine):.1f}",
                f"{mean(one.times for one in mine):.1f}",
                f"{mean(one.without for one in mine):.2f}",
                f"{sum(one.proven for one in mine)} of {len(seconds)}",
                f"{median(seconds):.2f} ({max(seconds):.1f})",
            )
        )
    columns = (
        "policy",
        "people moved",
        "meetings changed",
        "without a group at the end",
        "steps proven",
        "seconds a step, median (most)",
    )
    return table("life", "Means over terms", columns, rows)


def compared(lives: Sequence[Life]) -> Table:
    """Return in how many terms changing the least was better and worse than the others."""
    by_policy = {name: {one.term: one for one in lives if one.policy == name} for name in POLICIES}
    ours = by_policy[OURS]
    rows = []
    for name in (PINNED, ANEW):
        other = by_policy[name]
        for what, field in (("without a group at the end", "without"), ("people moved", "moved")):
            pairs = [(getattr(ours[t], field), getattr(other[t], field)) for t in ours]
            fewer = sum(a < b for a, b in pairs)
            more = sum(a > b for a, b in pairs)
            most = max((a - b for a, b in pairs if a > b), default=0)
            rows.append((f"{what}, against {name}", fewer, len(pairs) - fewer - more, more, most))
    columns = (
        "change the least has",
        "fewer, terms",
        "as many, terms",
        "more, terms",
        "at most by",
    )
    return table("lifecompared", "Term by term", columns, rows)


def main() -> None:
    """Live through the terms and print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--terms", type=int, default=100)
    parser.add_argument("--first", type=int, default=0, help="seed of the first term")
    parser.add_argument("--students", type=int, default=36)
    parser.add_argument("--mentors", type=int, default=14)
    parser.add_argument("--time-limit", type=float, default=20.0)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures here too")
    parser.add_argument("--plot", type=Path, metavar="FILE", help="draw the figures here, as SVG")
    options = parser.parse_args()
    lives = [
        life
        for term in range(options.first, options.first + options.terms)
        for life in lived(term, options.students, options.mentors, options.time_limit)
    ]
    command = (
        f"python -m benchmarks.life --terms {options.terms} --students {options.students} "
        f"--mentors {options.mentors} --time-limit {options.time_limit:g}"
    )
    tables = (means(lives), compared(lives))
    Outcome("life", command, tables, tuple(asdict(one) for one in lives)).tell(options.json)
    if options.plot is not None:
        points = {
            name: [(one.moved, one.without) for one in lives if one.policy == name]
            for name in POLICIES
        }
        options.plot.write_text(drawn(points), encoding="utf-8")


if __name__ == "__main__":
    main()
