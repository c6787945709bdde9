"""Explanations as a page for the coordinator: names, why, and what would change it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from mentormatch.data.problem import Problem
from mentormatch.evaluate.evaluated_solution import (
    kinds_of,
)
from mentormatch.explain import (
    Bottlenecks,
    Infeasible,
    LeftOutReport,
    Locale,
    Placement,
    PrecheckReport,
    words,
)
from mentormatch.exporters.report.rendering import rendered
from mentormatch.messages.wording import rule_name, slot_facts
from mentormatch.whatif import (
    Priorities,
)
from mentormatch.whatif.effect import (
    TierChange,
)
from mentormatch.whatif.wording import (
    changes_text,
    person_names,
    tier_changes_text,
    tier_labels,
)

Explanation = LeftOutReport | Bottlenecks | Infeasible | PrecheckReport | Placement | Priorities


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

    locale: Locale
    title: str
    lead: str
    parts: tuple[Part, ...]
    note: str


def render_explanation(
    problem: Problem, *explained: Explanation, locale: Locale = "en", broken: Sequence[str] = ()
) -> str:
    """Return explanations as one HTML page that needs nothing else.

    It names people with the reasons that concern them, and is for the coordinator alone.

    Parameters
    ----------
    problem
        The problem.
    explained
        The explanations.
    locale
        The language of the words.
    broken
        How the groups that are explained break hard rules, which comes first.

    Raises
    ------
    MissingExtraError
        If the packages of the extra ``cli`` are not installed.
    """
    return rendered("explanation.html.jinja", lambda: _page(problem, explained, locale, broken))


def _page(
    problem: Problem, explained: Sequence[Explanation], locale: Locale, broken: Sequence[str]
) -> Page:
    parts = []
    if broken:
        title, lead = (words(f"page.broken{what}", {}, locale) for what in ("", "_lead"))
        entry = Entry("", "", tuple(Point(sentence) for sentence in broken))
        parts.append(Part(title, lead, (entry,)))
    for each in explained:
        kind = type(each).__name__
        title, lead = (words(f"page.{kind}{what}", {}, locale) for what in ("", "_lead"))
        parts.append(Part(title, lead, tuple(_ENTRIES[kind](problem, each, locale))))
    single = len(parts) == 1
    return Page(
        locale=locale,
        title=parts[0].title if single else words("page.all", {}, locale),
        lead=parts[0].lead if single else words("page.all_lead", {}, locale),
        parts=tuple(parts),
        note=words("page.note", {}, locale),
    )


def _left_out(problem: Problem, report: LeftOutReport, locale: Locale) -> Iterator[Entry]:
    names = person_names(problem)
    for explained in report.people:
        points = []
        for repair in explained.repairs:
            first, *others = (each.text(locale) for each in repair.effect.messages())
            points.append(
                Point(changes_text(problem, repair.changes, locale), first, "; ".join(others))
            )
        yield Entry(names[explained.person], explained.reason.text(locale), tuple(points))
    if not report.people:
        yield Entry("", words("view.everybody_placed", {}, locale))


def _bottlenecks(problem: Problem, found: Bottlenecks, locale: Locale) -> Iterator[Entry]:
    for each in found.changes:
        first, *others = (said.text(locale) for said in each.messages())
        if each.price is not None and found.priced is not None:
            facts: dict[str, int | str] = {"tier": found.priced, "price": f"{each.price:g}"}
            others.append(words("page.price", facts, locale))
        points = tuple(Point(other) for other in others)
        yield Entry(changes_text(problem, [each.change], locale), first, points)
    if not found.changes:
        yield Entry("", words("view.no_repair", {}, locale))


def _infeasible(problem: Problem, found: Infeasible, locale: Locale) -> Iterator[Entry]:
    names = person_names(problem)
    stated = tuple(Point(requirement.sentence) for requirement in found.requirements)
    people = ", ".join(names[one] for one in found.people)
    text = words("infeasible.people", {"names": people}, locale) if people else ""
    yield Entry(words("infeasible.unsat_core", {}, locale), text, stated)
    for way in found.ways_out:
        facts = {"placed": way.placed, "all": len(problem.students), "groups": way.groups}
        points = [Point(sentence) for sentence in way.broken]
        if way.further:
            points.append(Point(words("infeasible.further", {"count": way.further}, locale)))
        code = "infeasible.least" if way.proven else "infeasible.amount"
        points.append(Point(words(code, {"amount": way.amount}, locale)))
        reached = words("infeasible.reached", facts, locale)
        yield Entry(changes_text(problem, way.changes, locale), reached, tuple(points))


def _precheck(problem: Problem, report: PrecheckReport, locale: Locale) -> Iterator[Entry]:
    names = person_names(problem)
    for notice in report.notices:
        people = () if "person" in notice.facts else notice.people
        level = words(f"page.{notice.level}", {}, locale)
        points = tuple(Point(names[person]) for person in people)
        yield Entry(level, notice.text(locale, names), points)


def _placement(problem: Problem, placement: Placement, locale: Locale) -> Iterator[Entry]:
    def at(group: str, slot: str) -> str:
        facts = {"group": group, **slot_facts(problem.round.slot[slot])}
        return words("view.in_group", facts, locale)

    where = ""
    if placement.group is not None and placement.slot is not None:
        where = f"{at(placement.group, placement.slot)}. "
    yield Entry(person_names(problem)[placement.person], f"{where}{placement.reason.text(locale)}")
    for other in placement.others:
        points = []
        for heading, step in (("move", other.move), ("exchange", other.exchange)):
            if step is not None:
                costs = tier_changes_text(step, locale)
            else:
                kinds = [str(one.facts["rule"]) for one in other.forbidden if heading == "move"]
                rules = ", ".join(rule_name(kind, locale) for kind in kinds)
                costs = words("view.forbidden", {}, locale) + (f": {rules}" if rules else "")
            points.append(Point(f"{words(f'view.{heading}', {}, locale)}:", costs))
        yield Entry(at(other.group, other.slot), "", tuple(points))
    yield Entry(words("page.to_person", {}, locale), placement.to_participant.text(locale))


def _priorities(problem: Problem, found: Priorities, locale: Locale) -> Iterator[Entry]:
    labels = tier_labels(problem, locale)
    stated = tuple(
        Point(
            ": ".join(
                (
                    words("view.tier", {"tier": tier.tier}, locale),
                    labels.get(tier.name, tier.name),
                )
            ),
            f"{tier.value:,}",
        )
        for tier in found.now
    )
    yield Entry(words("table.as_stated", {}, locale), "", stated)
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
        said = [tier_changes_text([change], locale) for change in changes if change.message()]
        if not price.tiers:
            said = [words(f"table.{price.status.lower()}", {}, locale)]
        title = words("table.last", {"tier": price.tier}, locale)
        points = said or [words("effect.nothing", {}, locale)]
        yield Entry(title, "", tuple(Point(each) for each in points))


_ENTRIES: Mapping[str, Callable[..., Iterator[Entry]]] = {
    "LeftOutReport": _left_out,
    "Bottlenecks": _bottlenecks,
    "Infeasible": _infeasible,
    "PrecheckReport": _precheck,
    "Placement": _placement,
    "Priorities": _priorities,
}
