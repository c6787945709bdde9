"""What a matching says of itself and is not so is found."""

from __future__ import annotations

import pytest

from mentormatch.data.matching import Provenance
from tests.evaluate.sound import (
    G1,
    G2,
    LEFT_OUT,
    TIERS,
    Fault,
    changed,
    claimed,
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
