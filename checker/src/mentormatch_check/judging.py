"""A matching judged by the problem alone: what no matching may do, hard rules, and values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from mentormatch_check.calendar import instant
from mentormatch_check.document import RefusedError, fields, rows, text, texts
from mentormatch_check.forms import Form
from mentormatch_check.round import Round, RuleUse, Template, tag

_GROUP = {
    "id": ...,
    "students": ...,
    "mentors": [],
    "slot": ...,
    "meetings": ...,
    "minutes": None,
    "zone": None,
    "language": ...,
    "mode": ...,
    "topic": None,
}


@dataclass(frozen=True)
class Group:
    """A finished group: its template, and its people by place."""

    id: str
    template: Template
    people: frozenset[int]


def read_groups(round_: Round, data: Any) -> list[Group]:
    """Return the groups of a matching.

    Raises
    ------
    RefusedError
        If they are not groups of the round, or are what no groups may be.
    """
    if not isinstance(data, dict) or data.get("format") != "mentormatch/matching/1":
        raise RefusedError("the second document is no matching of mentormatch")
    groups = [_group(round_, row) for row in rows(data.get("groups", []), "groups")]
    if len({group.id for group in groups}) < len(groups):
        raise RefusedError("two groups have the same id")
    for fault in _structure(round_, groups):
        raise RefusedError(fault)
    return groups


def _group(round_: Round, row: Any) -> Group:
    known = fields(row, "a group", _GROUP)
    name = text(known["id"], "a group's id")
    students, mentors = texts(known["students"], "students"), texts(known["mentors"], "mentors")
    people = []
    for one, student in [(s, True) for s in students] + [(m, False) for m in mentors]:
        place = round_.place.get(one)
        if place is None or round_.people[place].student != student:
            raise RefusedError(f"group {name} names {one[:40]!r}, who is not there")
        people.append(place)
    if len(set(people)) < len(people):
        raise RefusedError(f"group {name} names somebody twice")
    slot = text(known["slot"], "a group's slot")
    starts = [instant(one).astimezone(UTC) for one in rows(known["meetings"], "meetings")]
    plan = next((p for p in round_.plans.get(slot, []) if list(p.instants) == starts), None)
    if plan is None:
        raise RefusedError(f"the dates of group {name} are none of its slot's")
    template = Template(plan, tag(known["language"]), str(known["mode"]), known["topic"])
    if (
        template.language not in round_.languages
        or template.mode not in plan.slot.modes
        or template.topic not in (round_.topics or (None,))
    ):
        raise RefusedError(f"group {name} has a language, mode or topic that is not offered")
    if known["minutes"] not in (None, plan.slot.minutes):
        raise RefusedError(f"group {name} states another length than its slot has")
    if not students:
        raise RefusedError(f"group {name} has no students")
    return Group(name, template, frozenset(people))


def _structure(round_: Round, groups: Sequence[Group]) -> Iterator[str]:
    mine: dict[int, list[Group]] = {}
    for group in groups:
        for person in group.people:
            mine.setdefault(person, []).append(group)
    for number, there in mine.items():
        who = round_.people[number]
        if len(there) > who.capacity:
            yield f"{who.id} is in {len(there)} groups, more than {who.capacity}"
            continue
        for place, one in enumerate(there):
            if any(one.template.plan.overlaps(other.template.plan) for other in there[:place]):
                yield f"{who.id} has groups at overlapping times"
    held = Counter(group.template.plan.slot.id for group in groups)
    for slot, count in held.items():
        rooms = round_.slots[slot].max_groups
        if rooms is not None and count > rooms:
            yield f"slot {slot} holds {count} groups, more than {rooms}"


def amount(form: Form, groups: Sequence[Group]) -> int:
    """Return what finished groups amount to by a form."""
    if form.kind == "load":
        loads = Counter(person for group in groups for person in group.people)
        return sum(form.load(person, loads[person]) for person in form.members)
    return sum(_in_group(form, group) for group in groups)


def _in_group(form: Form, group: Group) -> int:
    here = group.people
    if form.kind == "person":
        assert form.at is not None
        return sum(form.at(person, group.template) for person in here)
    if form.kind == "count":
        if not form.counts_in(group.template):
            return 0
        return form.amount(sum(person in here for person in form.members))
    if form.kind == "sum":
        assert form.weights is not None
        total = sum(form.weights.get(person, 0) for person in here)
        return max(slope * total + intercept for slope, intercept in form.lines)
    assert form.pairs is not None
    pairs = form.pairs.items()
    if form.kind == "pair":
        return sum(price for (one, other), price in pairs if one in here and other in here)
    return sum(price for (one, other), price in pairs if one in here and other not in here)


@dataclass(frozen=True)
class Judgement:
    """What the known rules say of groups: hard rules broken, and the cost of each tier."""

    broken: list[str]
    values: dict[int, int]


def judge(uses: Sequence[tuple[RuleUse, Sequence[Form]]], groups: Sequence[Group]) -> Judgement:
    """Judge finished groups by the known rules."""
    broken = []
    values: dict[int, int] = {}
    for use, forms in uses:
        if use.tier is not None:
            values.setdefault(use.tier, 0)
        total = sum(amount(form, groups) for form in forms)
        if use.tier is not None:
            values[use.tier] += use.weight * total
        elif total:
            broken.append(f"{use.name} ({use.kind})" if use.name != use.kind else use.kind)
    return Judgement(broken, dict(sorted(values.items())))
