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
    "at_least": (False, "hard"),
    "nobody_alone": (False, 2),
    "cluster": (False, 3),
    "mentors_from_elsewhere": (False, "hard"),
    "second_language": (False, "hard"),
    "mentor_language": (False, "hard"),
    "native_speakers": (False, 4),
    "preferred_language": (False, 4),
    "mentor_load": (False, 5),
    "mentor_groups": (False, "hard"),
    "mentors_first_come": (False, 5),
    "sum_cap": (False, "hard"),
    "balance": (False, 5),
    "keep_range": (False, "hard"),
    "keep_together": (False, "hard"),
    "wish_together": (False, 5),
    "wish_apart": (False, 5),
    "affinity": (False, 5),
    "mentor_alone": (False, 5),
    "slot_wishes": (False, 4),
    "topic_wishes": (False, 4),
    "target_size": (False, 5),
    "met_before": (False, 2),
    "keep_companions": (False, 3),
    "keep_mentors": (False, 2),
    "keep_time": (False, 1),
    "place_people": (False, 1),
    "stay": (False, 1),
    "pin": (False, "hard"),
    "ban": (False, "hard"),
    "place_order": (False, 2),
    "fair_share": (False, 2),
    "place_class": (False, 1),
}


def test_the_importance_of_every_rule_is_stated_here() -> None:
    """A new rule's importance is a decision, and not what its class happens to inherit."""
    assert set(DEFAULTS) == {rule.model_fields["kind"].default for rule in RULES}


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
