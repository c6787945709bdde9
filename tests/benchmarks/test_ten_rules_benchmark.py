"""The benchmark of ten rules asks what it says, of the same rounds each time."""

from __future__ import annotations

import pytest

from benchmarks.ten_rules import main, round_of_ten_rules
from mentormatch.rules import Balance, MetBefore, WishTogether


def test_ten_soft_rules_stand_in_five_tiers() -> None:
    """That is what its name promises; the default hard rules hold besides."""
    asked = round_of_ten_rules(40, 1)
    soft = [rule for rule in asked.active_rules if rule.tier != "hard"]
    assert len({rule.kind for rule in soft}) == len(soft) == 10
    assert asked.tiers == (1, 2, 3, 4, 5)
    assert {rule.kind for rule in asked.active_rules if rule.tier == "hard"} >= {
        "group_size",
        "mentors_per_group",
        "common_slot",
        "common_language",
        "keep_apart_affiliation",
    }


def test_every_rule_has_something_to_ask() -> None:
    """A rule without wishes, earlier groups or numbers would be won for nothing."""
    asked = round_of_ten_rules(40, 1)
    by_type = {type(rule): rule for rule in asked.rules}
    wishes, met = by_type[WishTogether], by_type[MetBefore]
    assert isinstance(wishes, WishTogether)
    assert len(wishes.wishes) == 6
    assert isinstance(met, MetBefore)
    assert [len(group) for group in met.rounds] == [6, 6, 6, 2]
    assert isinstance(by_type[Balance], Balance)
    assert len({student.attributes["year"] for student in asked.students}) > 2
    assert {mentor.capacity for mentor in asked.mentors} == {1, 2}


def test_a_seed_gives_one_round() -> None:
    """Numbers from two machines are comparable only then."""
    assert round_of_ten_rules(30, 5).fingerprint == round_of_ten_rules(30, 5).fingerprint
    assert round_of_ten_rules(30, 5).fingerprint != round_of_ten_rules(30, 6).fingerprint


def test_it_prints_value_bound_and_gap_of_every_tier(capsys: pytest.CaptureFixture[str]) -> None:
    """What it prints can be put into a document as it stands."""
    main(["--students", "16", "--seeds", "1", "2"])
    lines = capsys.readouterr().out.splitlines()
    tiers = [line for line in lines if line.startswith("| 1 | students left out | ")]
    assert len(tiers) == 2
    assert all("| proven |" in line for line in tiers)
    assert "2 of 2 proven in every tier" in "\n".join(lines)
