"""What a matching says of itself and is not so is found."""

from __future__ import annotations

import json

import pytest

from mentormatch import InputError, Matching, verify
from mentormatch.data.matching import Provenance
from mentormatch.evaluate.verify import solution_of
from tests.evaluate.sound import (
    G1,
    G2,
    LEFT_OUT,
    PROBLEM,
    TIERS,
    Fault,
    changed,
    claimed,
    dates,
    roster,
    tier,
)

FAULTS = [
    Fault(
        "cost stated too low",
        claimed(tiers=(tier(1, 3), *TIERS[1:])),
        "claim",
        ("Tier 1 costs 4, not 3",),
    ),
    Fault(
        "cost stated too high",
        claimed(tiers=(*TIERS[:2], tier(4, 2))),
        "claim",
        ("Tier 4 costs 1, not 2",),
    ),
    Fault(
        "bound above the value",
        claimed(tiers=(tier(1, 4, 5), *TIERS[1:])),
        "claim",
        ("Tier 1", "4", "bound 5"),
    ),
    Fault(
        "optimal with a gap",
        claimed(tiers=(TIERS[0], tier(3, 1, 0), TIERS[2])),
        "claim",
        ("OPTIMAL", "not proven"),
    ),
    Fault(
        "optimal with a tier unsaid", claimed(tiers=TIERS[:2]), "claim", ("OPTIMAL", "not proven")
    ),
    Fault("optimal with nothing said", claimed(tiers=()), "claim", ("OPTIMAL", "not proven")),
    Fault("a tier said twice", claimed(tiers=(*TIERS, TIERS[0])), "claim", ("Tier 1", "2 times")),
    Fault("a tier that is none", claimed(tiers=(*TIERS, tier(2, 0))), "claim", ("no tier 2",)),
    Fault(
        "left out and not listed",
        claimed(left_out=("fay", "gus")),
        "claim",
        ("'hoa'", "not listed as left out"),
    ),
    Fault(
        "listed and not left out",
        claimed(left_out=(*LEFT_OUT, "ana")),
        "claim",
        ("'ana' is not left out",),
    ),
    Fault(
        "nobody listed as left out beside the tiers",
        claimed(left_out=()),
        "claim",
        ("'fay'", "not listed as left out"),
        follows=("claim", "claim"),
    ),
    Fault(
        "some listed as left out without tiers",
        roster(G1, G2, left_out=("fay", "hoa")),
        "claim",
        ("'gus'", "not listed as left out"),
    ),
    Fault("left out twice", claimed(left_out=(*LEFT_OUT, "hoa")), "claim", ("'hoa'", "2 times")),
    Fault(
        "nobody of that name left out",
        claimed(left_out=(*LEFT_OUT, "guz")),
        "claim",
        ("'guz'", "does not exist", "did you mean 'gus'"),
    ),
    Fault(
        "a mentor left out",
        claimed(left_out=(*LEFT_OUT, "quy")),
        "claim",
        ("'quy'", "does not exist"),
    ),
    Fault(
        "tiers under each other's names",
        claimed(
            tiers=(
                TIERS[0],
                TIERS[1].model_copy(update={"name": TIERS[2].name}),
                TIERS[2],
            )
        ),
        "claim",
        ("Tier 3", "pairs of one department", "if need be"),
    ),
    Fault(
        "unknown with groups",
        claimed(status="UNKNOWN"),
        "claim",
        ("UNKNOWN", "there are groups"),
    ),
    Fault(
        "feasible without a tier",
        claimed(status="FEASIBLE", tiers=TIERS[1:]),
        "claim",
        ("Tier 1", "not stated"),
    ),
    Fault(
        "made for another problem",
        claimed(provenance=Provenance(problem="0" * 64, seed=0, versions={})),
        "claim",
        ("another problem",),
    ),
    Fault(
        "infeasible without a reason",
        roster(status="INFEASIBLE"),
        "claim",
        ("INFEASIBLE", "no hard rule is broken"),
    ),
    Fault(
        "infeasible with sound groups",
        roster(G1, G2, status="INFEASIBLE"),
        "claim",
        ("INFEASIBLE",),
    ),
    Fault(
        "another length",
        roster(changed(G1, minutes=60)),
        "claim",
        ("g1", "60 minutes", "120"),
        "g1",
    ),
    Fault(
        "another length without dates",
        roster(changed(G1, minutes=60, meetings=())),
        "claim",
        ("60 minutes",),
        "g1",
    ),
    Fault(
        "another zone",
        roster(changed(G1, zone="Europe/London")),
        "claim",
        ("g1", "Europe/London", "Europe/Helsinki"),
        "g1",
    ),
]


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_a_false_claim_is_found_and_named(fault: Fault) -> None:
    """A proof that is not checked is an opinion."""
    fault.check()


def test_a_search_says_who_is_left_out_and_what_every_tier_costs() -> None:
    """Bug: an answer with its provenance, stripped of all else, was valid."""
    report = verify(PROBLEM, claimed(status="FEASIBLE", tiers=(), left_out=()))
    messages = sorted(finding.message for finding in report.findings)
    assert messages == [
        *(f"{name!r} is not listed as left out." for name in LEFT_OUT),
        *(f"Tier {number} is not stated." for number in (1, 3, 4)),
    ]
    assert verify(PROBLEM, roster(G1, G2)).ok


@pytest.mark.parametrize("twin", ["G1", "\N{FULLWIDTH LATIN SMALL LETTER G}1"])
def test_groups_with_ids_that_look_the_same_are_found(twin: str) -> None:
    """Bug: whoever reads the two names aloud cannot say which group is meant."""
    report = verify(PROBLEM, roster(G1, changed(G2, id=twin)))
    assert [finding.rule for finding in report.findings] == ["structure"]
    assert "look the same" in report.findings[0].message


@pytest.mark.parametrize("value", [True, "1", 1.0])
@pytest.mark.parametrize(
    "place",
    [
        ("tiers", 0, "value"),
        ("tiers", 0, "bound"),
        ("tiers", 0, "tier"),
        ("groups", 0, "minutes"),
        ("provenance", "seed"),
    ],
)
def test_numbers_of_a_matching_are_numbers(place: tuple[str | int, ...], value: object) -> None:
    """Bug: true, "1" and 1.0 were read as 1, which a problem never allowed."""
    data = json.loads(claimed().to_json())
    holder = data
    for part in place[:-1]:
        holder = holder[part]
    holder[place[-1]] = value
    with pytest.raises(InputError, match="whole number"):
        Matching.from_json(json.dumps(data))


def test_a_group_without_dates_has_those_of_the_slots_first_plan() -> None:
    """Bug: the best plan was taken, though the schema says the first."""
    undated = changed(G2, meetings=())
    assert solution_of(PROBLEM, roster(undated)).groups[0].template.plan.starts == dates(G2.slot)
    # gus is absent in the first two weeks of Tuesdays and could come to later ones.
    late = changed(G1, students=("ana", "gus"), meetings=())
    assert [one.rule for one in verify(PROBLEM, roster(late)).findings] == ["common_slot"]
    stated = changed(late, meetings=dates("tue-15", 2))
    assert verify(PROBLEM, roster(stated)).ok
