"""How a matching looks on a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from rich.cells import cell_len
from rich.console import Group as Stack
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from mentormatch.cli.rules_view import default_rules_view
from mentormatch.data.matching import Matching, TierResult
from mentormatch.data.people import Person
from mentormatch.data.problem import Problem
from mentormatch.data.round import Solution, SolutionGroup, Template
from mentormatch.evaluate.verify import solution_of
from mentormatch.exporters.report.wording import compact_dates, limits_reached
from mentormatch.text import counted, visible

DETAILED_GROUPS = 30
"""Most groups that are listed with their people; more are summed up by slot."""

NAMED_LEFT_OUT = 30
"""Most people left out who are named; the rest are counted."""

PERSON_WIDTH = 34
"""Room in which a person with a shortened department still reads well."""

GAPS = 3
"""Columns between a name, its department and the next person."""

MARGIN = 12
"""Columns taken by what stands before the people of a group."""

HEADLINES = {
    "OPTIMAL": ("Proven optimal", "bold green"),
    "FEASIBLE": ("Found, not proven optimal", "bold yellow"),
    "INFEASIBLE": ("Proven infeasible: no matching meets all the hard rules", "bold red"),
    "UNKNOWN": ("Nothing found", "bold red"),
}


def matching_view(
    problem: Problem, matching: Matching, *, width: int, people: bool = True
) -> RenderableType:
    """Return what to print of a matching.

    Parameters
    ----------
    problem
        The problem that was matched.
    matching
        Its matching.
    width
        Columns of the terminal.
    people
        Whether people may be named.
    """
    solution = solution_of(problem, matching)
    parts: list[RenderableType] = [_headline(problem, matching, solution)]
    if solution.groups and people:
        layout = _layout(problem.round.people, width)
        if len(solution.groups) <= DETAILED_GROUPS:
            parts += _groups(problem, solution, layout)
        else:
            parts += ["", _summary(problem, solution)]
        parts += _left_out(solution, layout)
    if any(use.origin == "default" for use in problem.rule_uses):
        parts += ["", default_rules_view(problem.rule_uses)]
    if matching.tiers:
        parts += ["", _tiers(matching.tiers)]
    if people:
        parts += [Text(visible(message)) for message in matching.messages]
    return Stack(*parts)


def _headline(problem: Problem, matching: Matching, solution: Solution) -> Text:
    word, style = HEADLINES[matching.status]
    line = Text(word, style=style)
    if limits := limits_reached(matching):
        line.append(f" ({limits})", style="default not bold")
    if solution.groups:
        placed = sum(len(group.students) for group in solution.groups)
        mentors = {mentor.id for group in solution.groups for mentor in group.mentors}
        line.append(
            f"\n{placed} of {len(problem.students)} students in "
            f"{counted(len(solution.groups), 'group')}, with {len(mentors)} of "
            f"{len(problem.mentors)} mentors",
            style="default not bold",
        )
    elif matching.status in ("OPTIMAL", "FEASIBLE") and problem.students:
        # An answer without groups is one, but hardly what somebody hoped for.
        line.append(
            "\nNobody has a group: `mentormatch explain` says why, and what would help.",
            style="bold red",
        )
    return line


@dataclass(frozen=True)
class _Layout:
    """How many people stand beside each other, and how much room each has."""

    columns: int
    name: int
    department: int


def _layout(people: Sequence[Person], width: int) -> _Layout:
    """Return the layout in which most is seen of the longest names."""
    room = width - MARGIN
    name = max(cell_len(visible(person.label)) for person in people)
    department = max(cell_len(visible(person.department or "")) for person in people)
    columns = max(1, room // (name + department + GAPS))
    if columns == 1 and room >= 2 * PERSON_WIDTH:
        columns = 2
    each = room // columns - GAPS
    name = min(name, max(each * 3 // 5, each - department))
    return _Layout(columns, name, max(1, min(department, each - name)))


def _groups(problem: Problem, solution: Solution, layout: _Layout) -> Iterator[RenderableType]:
    for group in solution.groups:
        yield ""
        yield _group_title(problem, group)
        for title, people in (("mentors", group.mentors), ("students", group.students)):
            if people:
                yield _people(title, people, layout)


def _group_title(problem: Problem, group: SolutionGroup) -> Text:
    plan, template = group.template.plan, group.template
    line = Text(f"{visible(group.id)}", style="bold cyan")
    line.append(f"  {visible(str(problem.round.slot[plan.slot]))}", style="bold default")
    line.append(f"  {compact_dates(plan.days)}", style="not bold default")
    if how := ", ".join(_asked(problem, template)):
        line.append(f"  {how}", style="dim not bold")
    return line


def _asked(problem: Problem, template: Template) -> Iterator[str]:
    """Yield language and mode as far as anybody was asked about them."""
    if problem.round.asks_language:
        yield template.language
    if problem.round.asks_mode:
        yield template.mode


def _people(title: str, people: Sequence[Person], layout: _Layout) -> Table:
    """Return a grid of people that reads down its columns."""
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(width=MARGIN - 2, style="dim")
    for _ in range(layout.columns):
        grid.add_column(width=layout.name, no_wrap=True, overflow="ellipsis")
        grid.add_column(width=layout.department + 1, no_wrap=True, overflow="ellipsis", style="dim")
    rows = -(-len(people) // layout.columns)
    for row in range(rows):
        cells: list[Text] = [Text(f"  {title}" if row == 0 else "")]
        for person in people[row::rows]:
            cells += [Text(visible(person.label)), Text(visible(person.department or ""))]
        grid.add_row(*cells)
    return grid


def _summary(problem: Problem, solution: Solution) -> Table:
    """Return the groups of each slot, language and mode in one line."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", pad_edge=False)
    table.add_column("slot", no_wrap=True)
    table.add_column("language")
    table.add_column("mode")
    for heading in ("groups", "students", "mentors"):
        table.add_column(heading, justify="right")
    order = {slot.id: place for place, slot in enumerate(problem.slots)}

    def key(group: SolutionGroup) -> tuple[int, str, str]:
        return order[group.template.plan.slot], group.template.language, group.template.mode

    for (place, language, mode), found in groupby(sorted(solution.groups, key=key), key):
        groups = list(found)
        table.add_row(
            Text(visible(str(problem.slots[place]))),
            language,
            mode,
            str(len(groups)),
            str(sum(len(group.students) for group in groups)),
            str(sum(len(group.mentors) for group in groups)),
        )
    sizes = Counter(len(group.students) for group in solution.groups)
    table.caption_justify = "left"
    table.caption = "\n" + ", ".join(
        f"{counted(count, 'group')} of {size}" for size, count in sorted(sizes.items())
    )
    return table


def _left_out(solution: Solution, layout: _Layout) -> Iterator[RenderableType]:
    if not solution.left_out:
        return
    count = len(solution.left_out)
    yield ""
    yield Text(f"{count} left out", style="bold yellow")
    yield _people("", solution.left_out[:NAMED_LEFT_OUT], layout)
    if count > NAMED_LEFT_OUT:
        yield Text(f"{'':{MARGIN - 1}}and {count - NAMED_LEFT_OUT} more", style="dim")


def _tiers(tiers: Iterable[TierResult]) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", pad_edge=False)
    table.add_column("tier", justify="right")
    table.add_column("goal")
    for heading in ("value", "bound", "gap"):
        table.add_column(heading, justify="right")
    for tier in tiers:
        gap = Text("proven", style="green") if tier.proven else Text(str(tier.gap), "yellow")
        table.add_row(
            str(tier.tier), Text(visible(tier.name)), str(tier.value), str(tier.bound), gap
        )
    return table
