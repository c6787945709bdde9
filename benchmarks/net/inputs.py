"""The inputs of the net: rounds, broken documents, files and commands, each drawn once.

They are stored as documents, so that a change of what draws them changes nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.hard import hard_round
from benchmarks.net.answers import FIXED, spoilt
from benchmarks.ten_rules import round_of_ten_rules
from benchmarks.trust.rounds import middle
from mentormatch import Matching, Problem, match
from mentormatch.rules import RULES
from mentormatch.synthetic import PRESETS, adversarial, generate, planted
from tests.support.merged import by_language, merged
from tests.support.random_problems import random_problem

Document = dict[str, Any]
EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
SIZES = (6, 14, 24, 40, 60, 80, 120)
STATED = 2
"""In how many random rounds with groups each rule is stated at least."""
WITHOUT_GROUPS = 4
"""Random rounds in which the rules contradict each other."""
DRAWN = 1_200
"""Random rounds that are drawn; after so many each rule has been stated often enough."""
QUICK = 2.0
"""Seconds that a random round may take to be solved."""
FINITE = 120.0
"""A limit that no round reaches, but that the search takes into account."""


def inputs() -> Document:
    """Return all inputs.

    Raises
    ------
    LookupError
        If some rule is in none of the rounds.
    """
    drawn = list(_rounds())
    stated = {rule.kind for _, one, _ in drawn for rule in one.rules if rule.tier != "off"}
    missing = sorted({rule.model_fields["kind"].default for rule in RULES} - stated)
    if missing:
        raise LookupError(f"no round states {', '.join(missing)}")
    example = json.loads((EXAMPLES / "problem.json").read_text(encoding="utf-8"))
    return {
        "rounds": {name: _given(problem, **options) for name, problem, options in drawn},
        "faults": dict(_faults(example)),
        "files": _files(),
        "commands": COMMANDS,
        "fixed": {name: {} for name in FIXED},
    }


def _given(problem: Problem, **options: Any) -> Document:
    return {
        "problem": json.loads(problem.to_json()),
        "options": {"time_limit": None, "seed": 0, "workers": 1, **options},
    }


def _rounds() -> Iterator[tuple[str, Problem, Document]]:
    for name, case in adversarial().items():
        yield f"corner-{name}", case.problem, {}
    for made in (
        planted(16, seed=16),
        planted(24, seed=24, stranded=2),
        planted(40, seed=40, departments=4),
        planted(60, seed=60),
    ):
        yield f"planted-{len(made.problem.students)}", made.problem, {"seed": 1}
    for size in SIZES:
        workers = 2 if size > SIZES[2] else 1
        yield f"standard-{size}", generate(size, seed=size), {"workers": workers}
    for name, recipe in PRESETS.items():
        yield f"preset-{name}", generate(40, seed=2, recipe=recipe), {"time_limit": FINITE}
    for size in (20, 40):
        yield f"ten-rules-{size}", round_of_ten_rules(size, 1), {}
    yield "conflicts-40", hard_round(40, 0), {"seed": 2}
    yield "components-3", by_language(20, 12, 16), {}
    yield "components-2", by_language(24, 30), {"workers": 2, "seed": 3}
    yield "components-of-rules", merged(*_some_random(2)), {}
    for seed in MIDDLE:
        yield f"middle-{seed}", middle(seed).problem, {}
    yield from _random()
    yield from _limited()
    yield from _large()


MIDDLE = (0, 1, 2, 3, 4, 5)


def _large() -> Iterator[tuple[str, Problem, Document]]:
    """Yield rounds that go the road of large rounds to its end within seconds."""
    easy = PRESETS["easy"]
    yield "large-450", generate(450, seed=1), {}
    yield "large-planted-1000", planted(1_000, seed=1).problem, {}
    yield "large-standard-1000", generate(1_000, seed=1), {}
    yield "large-easy-1000", generate(1_000, seed=1, recipe=easy), {"workers": 2}
    yield "large-planted-1200", planted(1_200, seed=1).problem, {"workers": 2}
    yield "large-easy-1200", generate(1_200, seed=1, recipe=easy), {}
    # A gap is left here.
    yield "large-few-mentors-1200", generate(1_200, 60, seed=1), {}


def _some_random(count: int) -> list[Problem]:
    problems = (random_problem(f"component {seed}", students=8) for seed in range(1_000))
    return list(islice((one for one in problems if _found(one).groups), count))


def _random() -> Iterator[tuple[str, Problem, Document]]:
    """Yield random rounds until every rule is stated often enough, and some without groups."""
    lacking = {rule.model_fields["kind"].default: STATED for rule in RULES}
    without = 0
    for seed in range(DRAWN):
        problem = random_problem(f"net {seed}", most_students=12, most_mentors=6)
        kinds = {rule.kind for rule in problem.rules if rule.tier != "off"}
        # One more rule is worth a round only when few are left.
        worth = min(3, sum(left > 0 for left in lacking.values()))
        wanted = worth and sum(lacking[kind] > 0 for kind in kinds) >= worth
        if not wanted and without == WITHOUT_GROUPS:
            continue
        found = _found(problem)
        if found.status == "INFEASIBLE" and without < WITHOUT_GROUPS:
            without += 1
            yield f"infeasible-{seed}", problem, {}
        elif wanted and found.status == "OPTIMAL" and found.groups:
            lacking |= {kind: lacking[kind] - 1 for kind in kinds}
            yield f"random-{seed}", problem, {"seed": seed}


def _found(problem: Problem) -> Matching:
    """Return what is found soon."""
    return match(problem, time_limit=QUICK)


def _limited() -> Iterator[tuple[str, Problem, Document]]:
    """Yield rounds with ceilings, with a start, and with no time at all."""
    problem = generate(24, seed=1)
    best = match(problem, time_limit=None)
    values = [tier.value for tier in best.tiers]
    yield "ceiling-kept", problem, {"ceilings": {"3": max(values[1] - 2, 0)}}
    yield "ceiling-impossible", problem, {"ceilings": {"1": values[0] - 1}}
    start = json.loads(best.to_json(times=False))
    last = start["groups"].pop()
    start["left_out"] = sorted([*start["left_out"], *last["students"]])
    yield "start-improved", problem, {"start": start}
    yield "start-kept", problem, {"start": start, "time_limit": 0}
    broken = json.loads(spoilt(json.loads(best.to_json())).to_json())
    yield "start-broken", problem, {"start": broken}
    yield "no-time", generate(40, seed=1), {"time_limit": 0}
    placed = json.loads(problem.to_json())
    placed["rules"] = [{"kind": "place_everyone", "tier": "hard"}]
    yield "no-time-unknown", Problem.from_json(json.dumps(placed)), {"time_limit": 0}


def _faults(example: Document) -> Iterator[tuple[str, Document]]:
    for name, (path, value) in SPOILING.items():
        data = json.loads(json.dumps(example))
        inside = data
        for key in path[:-1]:
            inside = inside[key]
        inside[path[-1]] = value
        yield name, {"reader": "problem", "document": data}
    all_at_once = example | {
        "students": [*example["students"], example["students"][0], {"id": "x", "nam": "X"}],
        "rules": [{"kind": "ban", "person": "nobody"}, {"kind": "sum_cap", "attribute": "yeer"}],
        "languages": [],
    }
    yield "many-at-once", {"reader": "problem", "document": all_at_once}
    for name, text in (("no-json", '{"a": 1,}'), ("empty", "{}"), ("a-list", "[]")):
        yield name, {"reader": "problem", "text": text}
    matching = {"status": "FINE", "groups": [{"id": 3}]}
    yield "matching", {"reader": "matching", "document": matching}


SPOILING: dict[str, tuple[tuple[Any, ...], Any]] = {
    "format": (("format",), "mentormatch/problem/9"),
    "unknown-field": (("studnets",), []),
    "wrong-type": (("students", 0, "name"), 7),
    "empty-id": (("students", 0, "id"), ""),
    "same-id": (("students", 1, "id"), "s01"),
    "answer": (("students", 0, "availability", "tue-15"), "maybe"),
    "unknown-slot": (("students", 0, "availability", "tue-16"), "yes"),
    "language": (("students", 0, "languages"), {"english!": "C1"}),
    "level": (("students", 0, "languages"), {"en": "D1"}),
    "shape": (("shape",), {"min_students": 9, "max_students": 3}),
    "term": (("term",), {"first_day": "2026-12-18", "last_day": "2026-10-05"}),
    "no-slots": (("slots",), []),
    "rule-kind": (("rules",), [{"kind": "keep_appart"}]),
    "rule-person": (("rules",), [{"kind": "keep_apart", "sets": [["s01", "s0l"]]}]),
    "rule-tier": (("rules",), [{"kind": "mix", "tier": 0}]),
    "rule-twice": (("rules",), [{"kind": "group_size"}, {"kind": "group_size"}]),
    "rule-attribute": (("rules",), [{"kind": "mix", "attribute": "departement"}]),
}
"""Where the example's document gets which wrong value."""


def _files() -> Document:
    """Return the files that commands read, by name: texts and documents."""
    files: Document = {
        f"round/{path.name}": path.read_text(encoding="utf-8")
        for path in sorted((EXAMPLES / "round").iterdir())
    }
    problem = Problem.from_json((EXAMPLES / "problem.json").read_text(encoding="utf-8"))
    matching = match(problem, time_limit=None)
    apart = json.loads(problem.to_json())
    apart["rules"] = [
        *apart.get("rules", ()),
        {"kind": "place_everyone", "tier": "hard"},
        *({"kind": "ban", "person": "s01", "slot": slot} for slot in ("tue-15", "wed-13")),
    ]
    impossible = Problem.from_json(json.dumps(apart))
    short = generate(24, seed=1)
    documents: dict[str, Problem | Matching] = {
        "problem.json": problem,
        "matching.json": matching,
        "spoilt.json": spoilt(json.loads(matching.to_json())),
        "impossible.json": impossible,
        "none.json": _answer(impossible),
        "short.json": short,
        "short-matching.json": _answer(short),
    }
    files |= {name: json.loads(noun.to_json()) for name, noun in documents.items()}
    return files | {"broken.json": {"format": "mentormatch/problem/1", "students": 3}}


def _answer(problem: Problem) -> Matching:
    return match(problem, time_limit=None)


_LONG = ("--time-limit", "300")
COMMANDS: dict[str, list[str]] = {
    "version": ["--version"],
    "help": ["--help"],
    "match": ["match", "problem.json", *_LONG],
    "match-folder": ["match", "round", *_LONG],
    "match-folder-finnish": ["match", "round", "--language", "fi", *_LONG],
    "match-impossible": ["match", "impossible.json", *_LONG],
    "match-broken": ["match", "broken.json"],
    "match-nowhere": ["match", "nowhere.json"],
    "precheck": ["precheck", "problem.json"],
    "precheck-short": ["precheck", "short.json"],
    "precheck-json": ["precheck", "short.json", "--json"],
    "precheck-swedish": ["precheck", "short.json", "--language", "sv"],
    "verify": ["verify", "problem.json", "matching.json"],
    "verify-spoilt": ["verify", "problem.json", "spoilt.json"],
    "explain": ["explain", "short.json", "short-matching.json", *_LONG],
    "explain-json": ["explain", "short.json", "short-matching.json", "--json", *_LONG],
    "explain-example": ["explain", "problem.json", "matching.json", *_LONG],
    "explain-finnish": ["explain", "problem.json", "matching.json", "--language", "fi", *_LONG],
    "explain-person": ["explain", "problem.json", "matching.json", "--person", "s02"],
    "explain-impossible": ["explain", "impossible.json", "none.json", *_LONG],
    "explain-impossible-json": ["explain", "impossible.json", "none.json", "--json", *_LONG],
    "bottlenecks": ["explain", "problem.json", "matching.json", "--bottlenecks", "--json", *_LONG],
    "priorities": ["explain", "problem.json", "matching.json", "--priorities", "--json", *_LONG],
    "compare": ["compare", "problem.json", "max=7", "mentors-1", "--json", *_LONG],
    "compare-misspelt": ["compare", "problem.json", "maximum 9"],
    "alternatives": ["alternatives", "problem.json", "matching.json", "--json", *_LONG],
    "import": ["import", "round/students.csv", "--suggest"],
    "generate": ["generate", "--students", "12", "--seed", "4"],
    "schema": ["schema", "matching"],
}
"""Arguments of each command, which runs in a folder with the files in it."""
