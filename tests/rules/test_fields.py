"""What the fields of rules take, and what they hold where nobody states them."""

from __future__ import annotations

from typing import Any

import pytest

from mentormatch import InputError
from mentormatch.data.people import MAX_CAPACITY, MAX_PRIORITY
from mentormatch.rules import RULES
from mentormatch.rules.base import MAX_SUMMAND, MAX_TIER, MAX_WEIGHT, Rule
from mentormatch.rules.place_order import MAX_SEED
from tests.rules.test_conformance import kind_of

# Kind and field: default, least and greatest; None where there is none. What must be stated has
# no default.
NUMBERS: dict[tuple[str, str], tuple[int | None, int | None, int | None]] = {
    ("at_least", "least"): (1, 1, None),
    ("at_most", "most"): (2, 0, None),
    ("keep_range", "within"): (None, 0, None),
    ("mentor_groups", "least"): (0, 0, MAX_CAPACITY),
    ("mentor_groups", "most"): (None, 0, None),
    ("mentor_language", "least"): (1, 1, None),
    ("mentors_from_elsewhere", "most"): (0, 0, None),
    ("native_speakers", "most"): (2, 0, None),
    ("nobody_alone", "least"): (2, 2, None),
    ("place_class", "priority"): (2, 1, MAX_PRIORITY),
    ("place_order", "seed"): (0, 0, 2**63 - 1),
    ("sum_cap", "least"): (None, -1_000_000, 1_000_000),
    ("sum_cap", "most"): (None, -1_000_000, 1_000_000),
    ("target_size", "target"): (None, 1, 1_000),
    **{(kind_of(rule), "weight"): (1, 1, 1_000) for rule in RULES},
}
BY_KIND = {kind_of(rule): rule for rule in RULES}
# Kind and field: a list too short or too long, and one that is just right.
LISTS: dict[tuple[str, str], tuple[Any, Any]] = {
    ("at_least", "values"): ((), ("Physics",)),
    ("keep_apart", "sets"): ((("ana",),), (("ana", "bo"),)),
    ("keep_together", "sets"): ((("ana",),), (("ana", "bo"),)),
    ("met_before", "rounds"): ((("ana",) * 1_001,), (("ana",) * 1_000,)),
}


def refused(kind: str, field: str, value: object) -> bool:
    """Whether a rule of a kind refuses a value of this field."""
    known = {"kind": kind, field: value}
    try:
        BY_KIND[kind].model_validate(known)
    except InputError as error:
        return any(fault.where.startswith(field) for fault in error.faults)
    return False


def test_every_whole_number_is_in_the_table() -> None:
    """A limit that nobody wrote down twice is a slip of the pen away from another."""
    found = {
        (kind, name)
        for kind, rule in BY_KIND.items()
        for name, field in rule.model_fields.items()
        if field.annotation in (int, int | None)
    }
    assert found == set(NUMBERS)


@pytest.mark.parametrize(("kind", "field"), NUMBERS)
def test_a_whole_number_is_taken_within_its_limits_alone(kind: str, field: str) -> None:
    """Neither one beyond, nor a text or a yes that reads like a number."""
    default, least, most = NUMBERS[kind, field]
    stated = BY_KIND[kind].model_fields[field]
    assert stated.get_default() == default or stated.is_required()
    for limit, beyond in ((least, -1), (most, 1)):
        if limit is not None:
            assert not refused(kind, field, limit)
            assert refused(kind, field, limit + beyond)
    assert refused(kind, field, True)
    assert refused(kind, field, "2")
    assert refused(kind, field, 2.0)


@pytest.mark.parametrize(("kind", "field"), LISTS)
def test_a_list_too_short_or_too_long_is_refused(kind: str, field: str) -> None:
    """A set of one person keeps nobody apart."""
    wrong, right = LISTS[kind, field]
    assert refused(kind, field, wrong)
    assert not refused(kind, field, right)


@pytest.mark.parametrize("rule", RULES, ids=kind_of)
def test_a_tier_is_a_whole_number_from_1_to_20(rule: type[Rule]) -> None:
    """Tier 0 would come before the first, and a tier '1' is a slip of the pen."""
    kind = kind_of(rule)
    assert not any(refused(kind, "tier", tier) for tier in (1, 20, "hard", "off"))
    assert all(refused(kind, "tier", tier) for tier in (0, 21, True, "1", 1.0, "soft"))


def test_limits_are_as_the_documents_say() -> None:
    """They are part of the format."""
    assert (MAX_WEIGHT, MAX_TIER, MAX_SUMMAND, MAX_SEED) == (1_000, 20, 1_000_000, 2**63 - 1)


def test_a_flag_is_yes_or_no() -> None:
    """Mutual wishes are asked for on purpose."""
    assert BY_KIND["wish_together"].model_fields["mutual_only"].get_default() is False
    assert refused("wish_together", "mutual_only", 1)


def test_only_wishes_to_be_apart_are_private() -> None:
    """What people say of others in confidence stays with the coordinator."""
    assert [kind_of(rule) for rule in RULES if rule.private] == ["wish_apart"]
