"""Explanations as a page for the coordinator: names, why, and what would change it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from mentormatch.explain import (
    Bottlenecks,
    Change,
    Contradiction,
    LeftOutReport,
    Placement,
    PrecheckReport,
    Priorities,
    TierChange,
    Tongue,
    words,
)
from mentormatch.explain.goals import goal_names
from mentormatch.explain.messages import rule_name, slot_facts
from mentormatch.explain.standing import kinds_of
from mentormatch.problem import Problem
from mentormatch.report.rendering import rendered

Explanation = LeftOutReport | Bottlenecks | Contradiction | PrecheckReport | Placement | Priorities


@dataclass(frozen=True)
class Point:
    """One thing that would help, or one person concerned, with what it comes to."""

    text: str
    gain: str = ""
    detail: str = ""


@dataclass(frozen=True)
class Entry:
    """Somebody or something that is explained."""

    title: str
    text: str
    points: tuple[Point, ...] = ()


@dataclass(frozen=True)
class Part:
    """One explanation."""

    title: str
    lead: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Page:
    """What the page shows: one explanation under its own title, or several under one of all."""

    tongue: Tongue
    title: str
    lead: str
    parts: tuple[Part, ...]
    note: str


def render_explanation(problem: Problem, *explained: Explanation, tongue: Tongue = "en") -> str:
    """Return explanations as one HTML page that needs nothing else.

    It names people with the reasons that concern them, and is for the coordinator alone.

    Raises
    ------
    MissingExtraError
        If the packages of the extra ``cli`` are not installed.
    """
    return rendered("explanation.html.jinja", lambda: _page(problem, explained, tongue))


def _page(problem: Problem, explained: Sequence[Explanation], tongue: Tongue) -> Page:
    parts = []
    for each in explained:
        kind = type(each).__name__
        title, lead = (words(f"page.{kind}{what}", {}, tongue) for what in ("", "_lead"))
        parts.append(Part(title, lead, tuple(_ENTRIES[kind](problem, each, tongue))))
    single = len(parts) == 1
    return Page(
        tongue=tongue,
        title=parts[0].title if single else words("page.all", {}, tongue),
        lead=parts[0].lead if single else words("page.all_lead", {}, tongue),
        parts=tuple(parts),
        note=words("page.note", {}, tongue),
    )


def _names(problem: Problem) -> Mapping[str, str]:
    return {person.id: person.label for person in problem.round.people}


def _said(problem: Problem, changes: Sequence[Change], tongue: Tongue) -> str:
    names = _names(problem)
    return " + ".join(change.message(problem).text(tongue, names) for change in changes)


def _left_out(problem: Problem, report: LeftOutReport, tongue: Tongue) -> Iterator[Entry]:
    names = _names(problem)
    for told in report.people:
        points = []
        for repair in told.repairs:
            first, *others = (each.text(tongue) for each in repair.effect.messages())
            points.append(Point(_said(problem, repair.changes, tongue), first, "; ".join(others)))
        yield Entry(names[told.person], told.reason.text(tongue), tuple(points))
    if not report.people:
        yield Entry("", words("view.everybody_placed", {}, tongue))


def _bottlenecks(problem: Problem, found: Bottlenecks, tongue: Tongue) -> Iterator[Entry]:
    for each in found.changes:
        first, *others = (said.text(tongue) for said in each.messages())
        if each.price is not None and found.priced is not None:
            facts: dict[str, int | str] = {"tier": found.priced, "price": f"{each.price:g}"}
            others.append(words("page.price", facts, tongue))
        points = tuple(Point(other) for other in others)
        yield Entry(_said(problem, [each.change], tongue), first, points)
    if not found.changes:
        yield Entry("", words("view.no_repair", {}, tongue))


def _contradiction(problem: Problem, found: Contradiction, tongue: Tongue) -> Iterator[Entry]:
    names = _names(problem)
    asked = tuple(Point(demand.sentence) for demand in found.demands)
    people = ", ".join(names[one] for one in found.people)
    text = words("contradiction.people", {"names": people}, tongue) if people else ""
    yield Entry(words("contradiction.clash", {}, tongue), text, asked)
    for way in found.ways:
        facts = {"placed": way.placed, "all": len(problem.students), "groups": way.groups}
        points = [Point(sentence) for sentence in way.broken]
        if way.further:
            points.append(Point(words("contradiction.further", {"count": way.further}, tongue)))
        code = "contradiction.least" if way.proven else "contradiction.amount"
        points.append(Point(words(code, {"amount": way.amount}, tongue)))
        reached = words("contradiction.reached", facts, tongue)
        yield Entry(_said(problem, way.changes, tongue), reached, tuple(points))


def _precheck(problem: Problem, report: PrecheckReport, tongue: Tongue) -> Iterator[Entry]:
    names = _names(problem)
    for notice in report.notices:
        people = () if "person" in notice.facts else notice.people
        level = words(f"page.{notice.level}", {}, tongue)
        points = tuple(Point(names[person]) for person in people)
        yield Entry(level, notice.text(tongue, names), points)


def _placement(problem: Problem, told: Placement, tongue: Tongue) -> Iterator[Entry]:
    def at(group: str, slot: str) -> str:
        facts = {"group": group, **slot_facts(problem.round.slot[slot])}
        return words("view.in_group", facts, tongue)

    where = ""
    if told.group is not None and told.slot is not None:
        where = f"{at(told.group, told.slot)}. "
    yield Entry(_names(problem)[told.person], f"{where}{told.reason.text(tongue)}")
    for other in told.others:
        points = []
        for heading, step in (("move", other.move), ("exchange", other.exchange)):
            if step is not None:
                costs = "; ".join(_changes(step, tongue)) or words("effect.nothing", {}, tongue)
            else:
                kinds = [str(one.facts["rule"]) for one in other.forbidden if heading == "move"]
                rules = ", ".join(rule_name(kind, tongue) for kind in kinds)
                costs = words("view.forbidden", {}, tongue) + (f": {rules}" if rules else "")
            points.append(Point(f"{words(f'view.{heading}', {}, tongue)}:", costs))
        yield Entry(at(other.group, other.slot), "", tuple(points))
    yield Entry(words("page.to_person", {}, tongue), told.to_participant.text(tongue))


def _priorities(problem: Problem, found: Priorities, tongue: Tongue) -> Iterator[Entry]:
    told = goal_names(problem, tongue)
    stated = tuple(
        Point(
            f"{words('view.tier', {'tier': tier.tier}, tongue)}: {told.get(tier.name, tier.name)}",
            f"{tier.value:,}",
        )
        for tier in found.now
    )
    yield Entry(words("table.as_stated", {}, tongue), "", stated)
    now = {tier.tier: tier.value for tier in found.now}
    for price in found.prices:
        changes = [
            TierChange(
                tier=tier.tier,
                name=tier.name,
                rules=kinds_of(problem, tier.tier),
                before=now.get(tier.tier, 0),
                after=tier.value,
            )
            for tier in price.tiers
        ]
        said = list(_changes(changes, tongue)) or [words("effect.nothing", {}, tongue)]
        if not price.tiers:
            said = [words(f"table.{price.status.lower()}", {}, tongue)]
        title = words("table.last", {"tier": price.tier}, tongue)
        yield Entry(title, "", tuple(Point(each) for each in said))


def _changes(tiers: Sequence[TierChange], tongue: Tongue) -> Iterator[str]:
    return (said.text(tongue) for tier in tiers if (said := tier.message()) is not None)


_ENTRIES: Mapping[str, Callable[..., Iterator[Entry]]] = {
    "LeftOutReport": _left_out,
    "Bottlenecks": _bottlenecks,
    "Contradiction": _contradiction,
    "PrecheckReport": _precheck,
    "Placement": _placement,
    "Priorities": _priorities,
}
