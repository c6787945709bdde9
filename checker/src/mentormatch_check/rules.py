"""Which rules are in force, and which of them are known."""

from __future__ import annotations

from typing import Any

from mentormatch_check.document import RefusedError, fields, whole
from mentormatch_check.forms import Form
from mentormatch_check.readers import READERS, Data
from mentormatch_check.round import Round, RuleUse

FOUNDATIONS = (
    "group_size",
    "mentors_per_group",
    "common_slot",
    "common_language",
    "common_mode",
    "place_everyone",
)
STANDARD = {"keep_apart_affiliation": "affiliation", "mix": "attribute", "prefer_yes": None}
"""The standard rules, and the field by which several of one kind stand beside each other."""


def rules_in_force(round_: Round) -> tuple[list[RuleUse], list[str]]:
    """Return the known rules in force, and the names of those that are not known."""
    stated = [_stated(row, number) for number, row in enumerate(round_.stated)]
    uses = [
        _use(kind, kind, {})
        for kind in (*FOUNDATIONS, *STANDARD)
        if not any(_replaces(one, kind) for one in stated)
        and (kind in FOUNDATIONS or not _idle(round_, kind))
    ]
    unknown = []
    for number, row in enumerate(stated):
        kind = row["kind"]
        if row.get("tier") == "off":
            continue
        names_left = bool(round_.left) and _names(row, round_.left)
        if kind not in READERS or names_left:
            tier = row.get("tier", "its own")
            unknown.append(f"{number} ({kind}, tier {tier})")
        else:
            uses.append(_use(str(number), kind, row))
    return uses, unknown


def forms_of(round_: Round, use: RuleUse) -> list[Form]:
    """Return the forms of a known rule, in the order of their numbers."""
    reader, _, _ = READERS[use.kind]
    return list(reader(round_, use.data))


def _stated(row: Any, number: int) -> Data:
    if not isinstance(row, dict) or not isinstance(row.get("kind"), str):
        raise RefusedError(f"rule {number} has no kind")
    return row


def _use(name: str, kind: str, row: Data) -> RuleUse:
    _, own_tier, defaults = READERS[kind]
    known = fields(row, f"rule {name}", {"kind": kind, "tier": own_tier, "weight": 1, **defaults})
    tier = known["tier"]
    if tier != "hard":
        tier = whole(tier, f"the tier of rule {name}", 1)
    weight = whole(known["weight"], f"the weight of rule {name}", 1)
    return RuleUse(name, kind, None if tier == "hard" else tier, weight, known)


def _replaces(row: Data, kind: str) -> bool:
    if row["kind"] != kind:
        return False
    subject = STANDARD.get(kind)
    if subject is None:
        return True
    default = READERS[kind][2][subject]
    return bool((row.get(subject) or default) == default)


def _idle(round_: Round, kind: str) -> bool:
    """Return whether a standard rule that comes by default has nobody to be about."""
    if kind == "keep_apart_affiliation":
        return not any(person.affiliations.get("supervisor") for person in round_.people)
    if kind == "mix":
        found = {v for _, one in round_.chosen("students") for v in one.values("department")}
        return len(found) < 2
    return False


def _names(row: Any, left: set[str]) -> bool:
    """Return whether a rule names somebody who has left, at any depth."""
    if isinstance(row, str):
        return row in left
    if isinstance(row, dict):
        return any(_names(one, left) for one in row.values())
    return isinstance(row, list) and any(_names(one, left) for one in row)
