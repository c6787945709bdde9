"""Matchings from anywhere, spoilt in any way, against the verifier."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from functools import cache
from random import Random
from typing import Any

import pytest

from mentormatch import match, verify
from mentormatch.data.matching import Matching
from mentormatch.errors import InputError
from mentormatch.evaluate.cost import score, structure
from mentormatch.evaluate.verify import solution_of
from tests.support.random_problems import random_problem

JUNK: tuple[Any, ...] = (
    None,
    True,
    0,
    -1,
    2**70,
    1.5,
    "",
    "s1",
    "m1",
    "tue-15",
    "\ud83d\udc4d",
    "x" * 300,
    [],
    {},
)
PROBLEM = random_problem(4)


@cache
def answer() -> str:
    """Return the best matching as a document."""
    return match(PROBLEM, time_limit=None).to_json()


def places(part: Any) -> Iterator[tuple[Any, Any]]:
    """Yield every place in a document: what holds it, and the key or index."""
    keys = list(part) if isinstance(part, dict) else range(len(part))
    for key in keys:
        yield part, key
        if isinstance(part[key], dict | list):
            yield from places(part[key])


def spoilt(rng: Random) -> str:
    """Return the document with one to three values changed, swapped, doubled or gone."""
    data = json.loads(answer())
    for _ in range(rng.randint(1, 3)):
        holder, key = rng.choice(list(places(data)))
        other, place = rng.choice(list(places(data)))
        match rng.randrange(4):
            case 0:
                holder[key] = rng.choice(JUNK)
            case 1:
                holder[key] = copy.deepcopy(other[place])
            case 2:
                del holder[key]
            case _:
                if isinstance(holder, list):
                    holder.append(copy.deepcopy(holder[key]))
    return json.dumps(data)


@pytest.mark.parametrize("seed", range(12))
def test_no_spoilt_matching_breaks_the_verifier_or_gets_past_it(seed: int) -> None:
    """It is refused as a document, or found out, or what was changed says nothing."""
    rng = Random(seed)
    for _ in range(40):
        text = spoilt(rng)
        try:
            matching = Matching.from_json(text)
            report = verify(PROBLEM, matching)
        except InputError:
            continue
        if report.ok:
            solution = solution_of(PROBLEM, matching)
            judged = score(PROBLEM, solution)
            assert not judged.hard
            assert not list(structure(PROBLEM, solution))
            stated = {tier.tier: tier.value for tier in matching.tiers}
            assert stated.items() <= judged.tiers.items()


def test_some_spoilt_matchings_are_read_and_found_out() -> None:
    """Otherwise the verifier was never asked."""
    found = refused = 0
    for seed in range(300):
        try:
            report = verify(PROBLEM, Matching.from_json(spoilt(Random(f"some {seed}"))))
        except InputError:
            refused += 1
        else:
            found += not report.ok
    assert found > 30
    assert refused > 30
