"""False certificates made from true ones: each claims something that is not so, or not proven."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations
from random import Random
from typing import Any

from benchmarks.certificates.oracle import Oracle
from mentormatch import Matching, Problem, verify
from mentormatch.certificates.certificate import Certificate, document_hash

SHIFTS = [sign << power for power in range(0, 40, 2) for sign in (1, -1)]
"""By how much a dual is off, the least first."""


@dataclass
class Case:
    """Three documents as text, and how they can be spoilt."""

    problem: Any
    matching: Any
    proof: Any
    oracle: Oracle
    rng: Random

    def leaf(self, *, splits: bool = False) -> tuple[int, list[Any], int, Any] | None:
        """Draw a leaf with duals: the tier's place, its nodes, the leaf's place and its box."""
        tiers = [
            place
            for place, tier in enumerate(self.proof["tiers"])
            if tier["bound"] > 0 and (len(tier["nodes"]) > 1 or not splits)
        ]
        if not tiers:
            return None
        place = self.rng.choice(tiers)
        nodes = self.proof["tiers"][place]["nodes"]
        leaves = [
            (number, box)
            for number, box in self.oracle.leaves(nodes)
            if nodes[number].get("bound") is not None and nodes[number]["duals"]
        ]
        if not leaves:
            return None
        number, box = self.rng.choice(leaves)
        return place, nodes, number, box


Mutation = Callable[[Case], bool]
"""Spoils a case in place; returns False where it cannot."""


def dual_off(case: Case) -> bool:
    """A dual is off by just so much that its leaf proves too little."""
    drawn = case.leaf()
    if drawn is None:
        return False
    place, nodes, number, box = drawn
    bound = case.proof["tiers"][place]["bound"]
    duals = nodes[number]["duals"]
    which = case.rng.randrange(len(duals))
    for shift in SHIFTS:
        changed = [list(row) for row in duals]
        changed[which][-1] += shift
        if not case.oracle.proves(place, changed, box, bound):
            nodes[number]["duals"] = changed
            return True
    return False


def dual_gone(case: Case) -> bool:
    """A dual is missing without which its leaf proves too little."""
    drawn = case.leaf()
    if drawn is None:
        return False
    place, nodes, number, box = drawn
    bound = case.proof["tiers"][place]["bound"]
    duals = nodes[number]["duals"]
    for which in case.rng.sample(range(len(duals)), len(duals)):
        rest = [row for place_, row in enumerate(duals) if place_ != which]
        if not case.oracle.proves(place, rest, box, bound):
            nodes[number]["duals"] = rest
            return True
    return False


def leaf_missing(case: Case) -> bool:
    """The last node of a tree is missing."""
    drawn = case.leaf(splits=True)
    if drawn is None:
        return False
    drawn[1].pop()
    return True


def half_a_split(case: Case) -> bool:
    """Both children of a split are the same node."""
    drawn = case.leaf(splits=True)
    if drawn is None:
        return False
    splits = [node for node in drawn[1] if "split" in node]
    node = case.rng.choice(splits)
    node["above"] = node["below"]
    return True


def split_forgotten(case: Case) -> bool:
    """A leaf of a tree stands for the whole though it holds for its own part only."""
    drawn = case.leaf(splits=True)
    if drawn is None:
        return False
    place, nodes, _, _ = drawn
    bound = case.proof["tiers"][place]["bound"]
    alone = [
        node
        for node in nodes
        if "split" not in node
        and (node.get("bound") is None or not case.oracle.proves(place, node["duals"], {}, bound))
    ]
    if not alone:
        return False
    case.proof["tiers"][place]["nodes"] = [{**case.rng.choice(alone), "bound": bound}]
    return True


def bound_too_high(case: Case) -> bool:
    """A tier states a bound one higher than is proven, and its value with it."""
    tier = case.rng.choice(case.proof["tiers"])
    tier["bound"] += 1
    if case.rng.random() < 0.5:
        tier["value"] += 1
    for node in tier["nodes"]:
        if node.get("bound") is not None:
            node["bound"] += case.rng.choice([0, 1])
    return True


def leaf_too_high(case: Case) -> bool:
    """A leaf states more than its duals prove."""
    drawn = case.leaf()
    if drawn is None:
        return False
    place, nodes, number, box = drawn
    bound = nodes[number]["bound"] + 1
    while case.oracle.proves(place, nodes[number]["duals"], box, bound):
        bound += 1
    nodes[number]["bound"] = bound
    return True


def person_changed(case: Case) -> bool:
    """The problem is of another person."""
    person = case.rng.choice(case.problem["students"])
    person["priority"] = person.get("priority", 1) + 1
    return True


def person_moved(case: Case) -> bool:
    """Somebody is in another group, or in none, and the values stay as they were."""
    groups = case.matching["groups"]
    if not groups:
        return False
    one = case.rng.choice(groups)
    if not one["students"]:
        return False
    name = one["students"].pop(case.rng.randrange(len(one["students"])))
    if case.rng.random() < 0.5:
        case.rng.choice([g for g in groups if g is not one] or [one])["students"].append(name)
    problem = Problem.from_data(case.problem)
    matching = Matching.from_data({**case.matching, "tiers": [], "left_out": []})
    report = verify(problem, matching.model_copy(update={"provenance": None}))
    same = tuple(report.tiers.values()) == case.oracle.values
    return not (same and not any(f.rule != "claim" for f in report.findings))


def tier_dropped(case: Case) -> bool:
    """A tier of the proof is missing."""
    case.proof["tiers"].pop(case.rng.randrange(len(case.proof["tiers"])))
    return True


def tiers_swapped(case: Case) -> bool:
    """Two tiers of the proof stand in each other's place."""
    tiers = case.proof["tiers"]
    if len(tiers) < 2:
        return False
    one, other = case.rng.sample(range(len(tiers)), 2)
    tiers[one], tiers[other] = tiers[other], tiers[one]
    if case.rng.random() < 0.5:
        tiers[one]["tier"], tiers[other]["tier"] = tiers[other]["tier"], tiers[one]["tier"]
        return bool(tiers[one]["value"] != tiers[other]["value"])
    return True


def tier_held_too_low(case: Case) -> bool:
    """A tier claims to be better than it is, so that later ones are held at too little."""
    tier = case.rng.choice(case.proof["tiers"])
    if tier["value"] < 1:
        return False
    tier["value"] -= 1
    tier["bound"] = min(tier["bound"], tier["value"])
    return True


def row_twice(case: Case) -> bool:
    """A row has two duals."""
    drawn = case.leaf()
    if drawn is None:
        return False
    duals = drawn[1][drawn[2]]["duals"]
    duals.append(list(case.rng.choice(duals)))
    return True


def id_twice(case: Case) -> bool:
    """Two groups have one id, somebody is twice in a group, or a template stands twice."""
    kind = case.rng.randrange(3)
    groups = case.matching["groups"]
    if kind == 0 and len(groups) > 1:
        groups[0]["id"] = groups[1]["id"]
    elif kind == 1 and groups:
        groups[0]["students"].append(groups[0]["students"][0])
    else:
        case.proof["templates"].append(copy.deepcopy(case.proof["templates"][0]))
    return True


def huge_number(case: Case) -> bool:
    """A number is beyond everything."""
    drawn = case.leaf()
    if drawn is None:
        return False
    duals = drawn[1][drawn[2]]["duals"]
    case.rng.choice(duals)[-1] = case.rng.choice([1, -1]) * 10 ** case.rng.choice([25, 40, 5000])
    return True


def line_too_high(case: Case) -> bool:
    """A line that should lie below a table lies above it."""
    for tier in case.proof["tiers"]:
        for node in tier["nodes"]:
            for row in node.get("duals", ()):
                if row[0] == "line":
                    row[4] += 1
                    return True
    return False


def no_clique(case: Case) -> bool:
    """Two people who may meet are in a clique."""
    apart = {
        frozenset(pair) for one in case.proof.get("cliques", ()) for pair in combinations(one, 2)
    }
    people = len(case.problem["students"])
    for pair in combinations(range(people), 2):
        if frozenset(pair) not in apart:
            case.proof.setdefault("cliques", []).append(list(pair))
            return True
    return False


def template_gone(case: Case) -> bool:
    """A template that nothing stands for is left out."""
    names = case.oracle.relaxation.ground
    students = len(case.problem["students"])
    usable = [number for number in range(len(names.kept)) if names.allowed[:students, number].any()]
    if not usable:
        return False
    case.proof["templates"].pop(case.rng.choice(usable))
    return True


def other_row(case: Case) -> bool:
    """A dual is of a row that is not there."""
    drawn = case.leaf()
    if drawn is None:
        return False
    row = case.rng.choice(drawn[1][drawn[2]]["duals"])
    row[1] = case.rng.choice([10**6, -1, "nobody", True, 1.5])
    return True


def no_scale(case: Case) -> bool:
    """The scale is none."""
    case.proof["scale"] = case.rng.choice([0, -1, 1.5, "1"])
    return True


MUTATIONS: tuple[Mutation, ...] = (
    dual_off,
    dual_gone,
    leaf_missing,
    half_a_split,
    split_forgotten,
    bound_too_high,
    leaf_too_high,
    person_changed,
    person_moved,
    tier_dropped,
    tiers_swapped,
    tier_held_too_low,
    row_twice,
    id_twice,
    huge_number,
    line_too_high,
    no_clique,
    template_gone,
    other_row,
    no_scale,
)


def mutants(
    problem: Problem, matching: Matching, certificate: Certificate, *, seed: int
) -> Iterator[tuple[str, Any, Any, Any]]:
    """Yield false documents, each with the name of what was done to them."""
    oracle = Oracle(problem, [t.value for t in certificate.tiers], certificate.scale)
    texts = problem.to_json(), matching.to_json(), certificate.to_json()
    assert document_hash(json.loads(texts[0])) == certificate.problem
    for mutation in MUTATIONS:
        rng = Random(f"{seed}/{mutation.__name__}")
        one, other, proof = (json.loads(text) for text in texts)
        case = Case(one, other, proof, oracle, rng)
        if mutation(case):
            yield mutation.__name__, case.problem, case.matching, case.proof
