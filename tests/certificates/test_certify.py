"""What is certified is true, closes on its own, and is accepted by the checker."""

from __future__ import annotations

import json
from functools import cache

import pytest
from mentormatch_check.__main__ import check

from mentormatch import InputError, Matching, Problem, certify, match
from mentormatch.certificates.certificate import Certificate, problem_hash
from mentormatch.certificates.proving import _large
from mentormatch.rules import PlaceEveryone
from mentormatch.solve.backend.clock import Clock
from mentormatch.synthetic import generate
from tests.support.build import problem, students
from tests.support.exhaustive import best_of_all
from tests.support.random_problems import random_problem

RANDOM, MORE = 16, 200
SEEDS = [
    seed if seed < RANDOM else pytest.param(seed, marks=pytest.mark.slow) for seed in range(MORE)
]


@cache
def standard(students_: int, mentors_: int, seed: int) -> tuple[Problem, Matching, Certificate]:
    """Return a round of the standard rules, its matching and its certificate."""
    round_ = generate(students_, mentors_, seed=seed)
    matching = match(round_, time_limit=None)
    return round_, matching, certify(round_, matching)


def checked(round_: Problem, matching: Matching, proof: Certificate) -> tuple[list[str], bool]:
    """Return what the checker says of three documents."""
    return check(*(json.loads(one.to_json()) for one in (round_, matching, proof)))


@pytest.mark.parametrize(("people", "guides", "seed"), [(24, 8, 1), (40, 12, 1), (60, 18, 0)])
def test_every_tier_of_a_standard_round_is_certified(people: int, guides: int, seed: int) -> None:
    """Nothing of the proof of a usual round is left to the solver's word."""
    round_, matching, proof = standard(people, guides, seed)
    assert proof.complete
    assert [tier.value for tier in proof.tiers] == [tier.value for tier in matching.tiers]
    report, complete = checked(round_, matching, proof)
    assert complete, report


@pytest.mark.parametrize("seed", SEEDS)
def test_the_checker_accepts_proofs_of_small_rounds_and_none_exceeds_the_best(seed: int) -> None:
    """Rounds with rules of every kind, whose best matching is known by looking at all."""
    round_ = random_problem(f"certificate {seed}")
    best = best_of_all(round_)
    matching = match(round_, time_limit=None)
    proof = certify(round_, matching)
    if best is None:
        assert matching.status == "INFEASIBLE"
        if proof.infeasible is not None:
            assert checked(round_, matching, proof)[1]
        return
    assert proof.infeasible is None
    held: list[int] = []
    for tier, value in zip(proof.tiers, best.values, strict=True):
        assert tier.bound <= value == tier.value, held
        held.append(value)
    checked(round_, matching, proof)


def test_that_there_is_no_matching_is_certified() -> None:
    """Two must have a place in groups of three, of which there can be none."""
    everyone = PlaceEveryone(tier="hard")
    hard = problem(students("ana bo"), (), "tue-15", everyone, size=(3, 3), mentors_each=0)
    matching = match(hard, time_limit=None)
    assert matching.status == "INFEASIBLE"
    proof = certify(hard, matching)
    assert proof.infeasible is not None
    assert proof.complete
    report, complete = checked(hard, matching, proof)
    assert complete
    assert "no matching keeps the hard rules" in report[-1]


def test_what_is_not_valid_is_not_certified() -> None:
    """A proof is about groups that keep the rules."""
    round_, matching, _ = standard(24, 8, 1)
    broken = matching.model_copy(update={"left_out": ()})
    with pytest.raises(InputError, match="does not pass verification"):
        certify(round_, broken)


def test_a_proof_cut_short_says_less_and_is_still_a_proof() -> None:
    """Without a node to spare the bound is lower, and the checker accepts the lower bound."""
    round_, matching, whole = standard(40, 12, 1)
    short = certify(round_, matching, nodes=2)
    assert [tier.standing for tier in short.tiers].count("solver") >= 1
    assert all(
        less.bound <= more.bound for less, more in zip(short.tiers, whole.tiers, strict=True)
    )
    assert not checked(round_, matching, short)[1]


def test_a_certificate_survives_its_json() -> None:
    """It is a document like the others."""
    _, _, proof = standard(24, 8, 1)
    assert Certificate.from_json(proof.to_json()) == proof


def test_multipliers_of_a_sample_bound_the_whole_round() -> None:
    """A large round has one leaf, in which everybody has the dual of their own best choice."""
    round_ = generate(150, seed=2)
    matching = match(round_, time_limit=None)
    values = [tier.value for tier in matching.tiers]
    clock = Clock(None, None)
    proof = _large(round_, problem_hash(round_), values, set(), clock)
    assert [len(tier.nodes) for tier in proof.tiers] == [1] * len(values)
    assert proof.tiers[0].standing == "certified"
    report, _ = checked(round_, matching, proof)
    assert len(report) == 1 + len(values)
