"""Explanations as a page for the coordinator: names, why, and what would change it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from mentormatch.explain import (
    Bottlenecks,
    Change,
    Contradiction,
    LeftOutReport,
    PrecheckReport,
    Tongue,
    words,
)
from mentormatch.problem import Problem
from mentormatch.report.rendering import rendered

Explanation = LeftOutReport | Bottlenecks | Contradiction | PrecheckReport


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
class Page:
    """What the page shows."""

    tongue: Tongue
    title: str
    lead: str
    entries: tuple[Entry, ...]
    note: str


def render_explanation(problem: Problem, explained: Explanation, tongue: Tongue = "en") -> str:
    """Return an explanation as one HTML page that needs nothing else.

    It names people with the reasons that concern them, and is for the coordinator alone.

    Raises
    ------
    MissingExtraError
        If the packages of the extra ``cli`` are not installed.
    """
    kind = type(explained).__name__
    return rendered(
        "explanation.html.jinja",
        lambda: Page(
            tongue=tongue,
            title=words(f"page.{kind}", {}, tongue),
            lead=words(f"page.{kind}_lead", {}, tongue),
            entries=tuple(_ENTRIES[kind](problem, explained, tongue)),
            note=words("page.note", {}, tongue),
        ),
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


_ENTRIES: Mapping[str, Callable[..., Iterator[Entry]]] = {
    "LeftOutReport": _left_out,
    "Bottlenecks": _bottlenecks,
    "Contradiction": _contradiction,
    "PrecheckReport": _precheck,
}
