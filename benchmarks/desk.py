"""How long a coordinator waits at the desk: from picking somebody up to every group judged.

Run ``python -m benchmarks.desk``. The rounds are made up and seeded; groups come from a matching
with a short limit, since any groups will do. The baseline judges the whole round anew for each
group, as the verifier does.
"""

from __future__ import annotations

import argparse
import random
from statistics import median
from time import perf_counter

from mentormatch import match, synthetic, verify
from mentormatch.desk import Judge, State
from mentormatch.desk.actions import Seat
from mentormatch.evaluate.carried_over import carried_over

PEOPLE = 12
"""People who are picked up in each round."""


def main() -> None:
    """Print a table of medians and worst cases in milliseconds."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[40, 120, 1000, 5000])
    chosen = parser.parse_args()
    print("students  groups  median ms  worst ms  exchanges ms  whole round anew ms  ratio")
    for size in chosen.sizes:
        problem = synthetic.generate(students=size, mentors=max(8, size * 3 // 10), seed=size)
        found = match(problem, time_limit=20)
        state = State(problem, carried_over(problem, found))
        draw = random.Random(size)
        waits, exchanges, anew = [], [], []
        for student in draw.sample(problem.students, min(PEOPLE, size)):
            # A judge of its own, as after each change: nothing is warm but the state.
            begun = perf_counter()
            places = Judge(state).places(student.id)
            waits.append(perf_counter() - begun)
            judge = Judge(state)
            begun = perf_counter()
            judge.exchanges(student.id)
            exchanges.append(perf_counter() - begun)
            some = draw.choice(places).group
            begun = perf_counter()
            verify(problem, state.after(Seat(person=student.id, to=some)).matching)
            anew.append((perf_counter() - begun) * len(places))
        mid, whole = median(waits) * 1000, median(anew) * 1000
        print(
            f"{size:8,}  {len(found.groups):6,}  {mid:9.0f}  {max(waits) * 1000:8.0f}  "
            f"{median(exchanges) * 1000:12.0f}  {whole:19,.0f}  {whole / mid:5.0f}"
        )


if __name__ == "__main__":
    main()
