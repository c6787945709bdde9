"""``python -m benchmarks.service``: load with kills, generated requests, a large round followed."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from hypothesis import HealthCheck, Phase, settings

from benchmarks.service.generated import checked_calls
from benchmarks.service.load import Served, measure, p95
from mentormatch.client import Client
from mentormatch.synthetic import generate

POST_LIMIT = 0.1
"""Seconds under which 95 of 100 answers to `POST` must be."""


def main() -> int:
    """Run one of the three."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("load", "generated", "large"))
    parser.add_argument("--jobs", type=int, default=200)
    parser.add_argument("--clients", type=int, default=20)
    parser.add_argument("--students", type=int, default=40)
    parser.add_argument("--kills", type=int, default=2)
    parser.add_argument("--limit", type=float, default=5.0, help="seconds of each job")
    parser.add_argument("--store", help="an address, such as of PostgreSQL; a file by default")
    parser.add_argument("--requests", type=int, default=130, help="of each operation and mode")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if chosen.what == "load":
            return _load(folder, chosen)
        served = Served(folder, chosen.store or f"sqlite:///{folder / 'jobs.db'}", jobs=1)
        try:
            if chosen.what == "generated":
                return _generated(served, chosen.requests)
            return _large(served, 5000 if chosen.students == 40 else chosen.students)
        finally:
            served.end()


def _load(folder: Path, chosen: argparse.Namespace) -> int:
    found = measure(
        folder,
        jobs=chosen.jobs,
        clients=chosen.clients,
        students=chosen.students,
        kills=chosen.kills,
        limit=chosen.limit,
        store=chosen.store,
    )
    slow = p95(found.posts)
    print(
        f"{found.jobs} jobs of {chosen.students} students from {chosen.clients} clients in "
        f"{found.seconds:.0f} s: {found.verified} verified, {found.twice} not exactly once, "
        f"{found.taken_up_again} taken up again after {chosen.kills} kills; "
        f"POST p95 {slow * 1000:.0f} ms"
    )
    good = found.verified == found.jobs == chosen.jobs and not found.twice
    return int(not good or slow >= POST_LIMIT)


def _generated(served: Served, requests: int) -> int:
    import schemathesis

    client = Client(served.address)
    job = client.submit("match", generate(students=20, seed=1), time_limit=5.0)
    client.wait(job.id)
    valid = {
        "kind": "match",
        "problem": generate(students=12, seed=2).model_dump(mode="json", exclude_defaults=True),
        "options": {"time_limit": 1.0},
    }
    drawn = settings(
        max_examples=requests,
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
        print_blob=True,
    )
    made = checked_calls(schemathesis, served.address, drawn, jobs=(job.id,), valid=valid)
    print(f"{made} generated requests: every answer is as documented")
    return 0


def _large(served: Served, students: int) -> int:
    """Follow a large round and count how often value and bound moved."""
    client = Client(served.address)
    job = client.submit("match", generate(students=students, seed=1), time_limit=60.0)
    values: list[tuple[int, int]] = []
    bounds: list[tuple[int, int]] = []
    longest, last = 0.0, time.monotonic()
    for event in client.events(job.id):
        longest, last = max(longest, time.monotonic() - last), time.monotonic()
        tier = event.data.get("tier")
        if event.kind != "progress" or tier is None:
            continue
        for seen, name in ((values, "value"), (bounds, "bound")):
            told = event.data[name]
            if told is not None and (not seen or seen[-1] != (tier, told)):
                seen.append((tier, told))
    status = client.result(job.id)["status"]
    print(
        f"{students} students: {status}; the value moved {len(values) - 1} times, the bound "
        f"{len(bounds) - 1} times, at most {longest:.1f} s between two events"
    )
    return int(len(values) < 2 or len(bounds) < 2)


if __name__ == "__main__":
    sys.exit(main())
