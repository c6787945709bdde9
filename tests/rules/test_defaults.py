"""What a rule asks when a problem says no more than its kind, or does not name it at all."""

from __future__ import annotations

import pytest

from mentormatch.rules import RULES, standard_rules
from mentormatch.rules.base import Tier

# Kind: whether it comes by itself, and how important it then is.
DEFAULTS: dict[str, tuple[bool, Tier]] = {
    "group_size": (True, "hard"),
    "mentors_per_group": (True, "hard"),
    "common_slot": (True, "hard"),
    "common_language": (True, "hard"),
    "common_mode": (True, "hard"),
    "place_everyone": (True, 1),
    "keep_apart": (False, "hard"),
    "keep_apart_affiliation": (False, "hard"),
    "mix": (False, 3),
    "at_most": (False, "hard"),
    "prefer_yes": (False, 4),
}


@pytest.mark.parametrize("kind", DEFAULTS)
def test_a_rule_is_as_important_as_its_kind_usually_is(kind: str) -> None:
    """Places come before mixing, mixing before liking the hour; what nobody may do is hard."""
    (rule,) = (one for one in RULES if one.model_fields["kind"].default == kind)
    assert (rule.foundation, rule.model_fields["tier"].default) == DEFAULTS[kind]
    assert rule.model_fields["weight"].default == 1


def test_the_default_programme_keeps_supervisors_apart_and_mixes_departments() -> None:
    """A problem without rules still gets what such programmes ask for."""
    assert [rule.kind for rule in standard_rules()] == [
        "keep_apart_affiliation",
        "mix",
        "prefer_yes",
    ]
