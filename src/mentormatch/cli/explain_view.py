"""How explanations look on a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from string import ascii_lowercase

from rich.console import Group as Stack
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from mentormatch.cli.rules_view import default_rules_view
from mentormatch.data.matching import Matching, TierResult
from mentormatch.data.problem import Problem
from mentormatch.evaluate.verify import verify
from mentormatch.explain import (
    Bottlenecks,
    LeftOutReport,
    Locale,
    Notice,
    Placement,
    PrecheckReport,
    words,
)
from mentormatch.messages.wording import rule_name, slot_facts
from mentormatch.text import counted, visible
from mentormatch.whatif import (
    Alternatives,
    Comparison,
    Priorities,
    Row,
)
from mentormatch.whatif.compare import row_name
from mentormatch.whatif.wording import (
    changes_text,
    person_names,
    tier_changes_text,
    tier_labels,
)

NAMED = 12
"""Most people who are named in one line; the rest are counted."""

ROOM = 62
"""Columns of a terminal of eighty that are left beside the name of a variant."""

GAP = 2
"""Columns between two of a table."""

Goal = tuple[int, str]
"""A tier by its number and its name."""

STYLES = {"proof": "bold red", "warning": "yellow", "hint": "cyan"}


def broken_rules(problem: Problem, matching: Matching) -> tuple[str, ...]:
    """Return how the groups of a matching break hard rules, in sentences.

    Of a problem that no matching solves nothing is said: what contradicts is explained instead.
    """
    if matching.status == "INFEASIBLE":
        return ()
    # What a matching claims of itself is not about its groups.
    findings = verify(problem, matching).findings
    return tuple(f"{one.rule}: {one.message}" for one in findings if one.rule != "claim")


def broken_rules_view(broken: Sequence[str]) -> RenderableType:
    """Return what to print of the hard rules that groups break."""
    head = Text(f"{counted(len(broken), 'breach', 'breaches')}:", style="bold red")
    return Stack(head, *(Text(f"  {visible(each)}", style="red") for each in broken), "")


def left_out_view(problem: Problem, report: LeftOutReport, locale: Locale) -> RenderableType:
    """Return why each student without a group has none, and what would change it."""
    if not report.people:
        return Text(words("view.everybody_placed", {}, locale), style="green")
    parts: list[RenderableType] = []
    for explained in report.people:
        line = Text(visible(person_names(problem)[explained.person]), style="bold")
        line.append(f"  {visible(explained.reason.text(locale))}", style="not bold")
        parts.append(line)
        for repair in explained.repairs:
            first, *others = repair.effect.messages()
            gain = first.text(locale)
            parts.append(
                Text(
                    f"    {visible(changes_text(problem, repair.changes, locale))}: {gain}",
                    style="green",
                )
            )
            cost = "; ".join(each.text(locale) for each in others)
            if cost:
                parts.append(Text(f"        {visible(cost)}", style="dim"))
        if not explained.repairs:
            parts.append(Text(f"    {words('view.no_repair', {}, locale)}", style="dim"))
    if any(explained.repairs for explained in report.people):
        parts.append(Text(f"\n{words('view.repairs_note', {}, locale)}", style="dim"))
    return Stack(*parts)


def bottlenecks_view(problem: Problem, found: Bottlenecks, locale: Locale) -> RenderableType:
    """Return the changes that would give the whole round most."""
    if not found.changes:
        return Text(words("view.no_gain", {"count": found.tried}, locale))
    table = _table(words("view.change", {}, locale))
    for heading in ("price", "placed", "groups"):
        table.add_column(words(f"view.{heading}", {}, locale), justify="right")
    goals = [(tier.tier, tier.name) for tier in found.base.tiers]
    legend = _add_goals(table, problem, goals, locale)
    for each in found.changes:
        table.add_row(
            Text(visible(changes_text(problem, [each.change], locale))),
            "" if each.price is None else f"{each.price:g}",
            f"{each.placed:+}",
            f"{each.groups:+}",
            *(_change(tier.before, tier.after, tier.bound) for tier in each.tiers),
        )
    parts: list[RenderableType] = [table, legend]
    if found.priced is not None:
        note = words("view.price_note", {"tier": found.priced}, locale)
        parts.append(Text(note, style="dim"))
    return Stack(*parts)


def placement_view(problem: Problem, placement: Placement, locale: Locale) -> RenderableType:
    """Return why somebody is in their group, and what the others would have cost."""
    head = Text(visible(person_names(problem)[placement.person]), style="bold")
    if placement.group and placement.slot:
        where = {"group": placement.group, **slot_facts(problem.round.slot[placement.slot])}
        head.append(visible(f": {words('view.in_group', where, locale)}"))
        if placement.also:
            head.append(visible(f" (+ {', '.join(placement.also)})"))
    parts: list[RenderableType] = [head, Text(visible(placement.reason.text(locale)))]
    if placement.others:
        table = _table(words("view.other_group", {}, locale))
        for heading in ("slot", "move", "exchange"):
            table.add_column(words(f"view.{heading}", {}, locale))
        forbidden = words("view.forbidden", {}, locale)
        for other in placement.others:
            rules = ", ".join(rule_name(str(one.facts["rule"]), locale) for one in other.forbidden)
            move = (
                f"{forbidden}: {rules}"
                if other.move is None
                else tier_changes_text(other.move, locale)
            )
            change = (
                forbidden if other.exchange is None else tier_changes_text(other.exchange, locale)
            )
            table.add_row(visible(other.group), visible(other.slot), visible(move), visible(change))
        parts.append(table)
    parts.append(Text(visible(f"\n{placement.to_participant.text(locale)}"), style="italic"))
    return Stack(*parts)


def precheck_view(problem: Problem, report: PrecheckReport, locale: Locale) -> RenderableType:
    """Return what was found before matching."""
    facts = {name: getattr(report, name) for name in ("students", "mentors", "groups", "seats")}
    parts: list[RenderableType] = [Text(words("view.seats", facts, locale), style="bold")]
    if report.unavoidable:
        text = words("view.unavoidable", {"count": report.unavoidable}, locale)
        parts.append(Text(text, style="bold red"))
    parts += (_notice(problem, notice, locale) for notice in report.notices)
    if not report.notices:
        parts.append(Text(words("view.nothing", {}, locale), style="green"))
    parts.append(default_rules_view(report.rules, locale))
    return Stack(*parts)


def _notice(problem: Problem, notice: Notice, locale: Locale) -> Text:
    level = words(f"table.{notice.level}", {}, locale)
    line = Text(f"  {level:<9}", style=STYLES[notice.level])
    line.append(visible(notice.text(locale, person_names(problem))), style="not bold default")
    if notice.people and "person" not in notice.facts:
        known = person_names(problem)
        names = [known[person] for person in notice.people[:NAMED]]
        more = len(notice.people) - len(names)
        rest = f" {words('table.more', {'count': more}, locale)}" if more else ""
        line.append(visible(f"\n{'':11}{', '.join(names)}{rest}"), style="dim not bold")
    return line


def comparison_view(
    problem: Problem, comparison: Comparison, locale: Locale = "en"
) -> RenderableType:
    """Return variants side by side."""
    # A tier means something else in a variant whose rules do.
    goals = list(
        dict.fromkeys((one.tier, one.name) for row in comparison.rows for one in row.tiers)
    )
    headings = dict(zip(goals, _headings(goals, locale), strict=True))
    counts = [
        words(heading, {}, locale)
        for heading in ("view.placed", "view.groups", "table.mentors", "table.pairs")
    ]
    tables: list[Table] = []
    for columns in _parts(comparison, headings, sum(len(count) + GAP for count in counts)):
        table = _table(words("table.variant", {}, locale))
        if not tables:
            for count in counts:
                table.add_column(count, justify="right", no_wrap=True)
        _goals(table, [headings[goal] for goal in columns])
        for row in comparison.rows:
            table.add_row(*_row(row, columns, locale, whole=not tables))
        tables.append(table)
    labels = tier_labels(problem, locale, [row.variant.changes for row in comparison.rows])
    legend = _legend([(headings[goal], goal[1]) for goal in goals], labels)
    return Stack(*_spaced(tables), legend, Text(words("table.pairs_note", {}, locale), style="dim"))


def _row(
    row: Row, goals: Sequence[Goal], locale: Locale, *, whole: bool
) -> Iterator[RenderableType]:
    """Yield a variant's cells: its counts where the row is whole, and its value in some tiers."""
    yield Text(visible(row_name(row, locale)))
    if not row.tiers and row.status not in ("OPTIMAL", "FEASIBLE"):
        yield Text(words(f"table.{row.status.lower()}", {}, locale), style="red")
        return
    if whole:
        yield f"{row.placed}/{row.students}"
        yield from (str(row.groups), str(row.mentors), str(row.same_department))
    tiers = {(tier.tier, tier.name): tier for tier in row.tiers}
    yield from (_value(tiers[goal]) if goal in tiers else Text("") for goal in goals)


def alternatives_view(
    problem: Problem, found: Alternatives, locale: Locale = "en"
) -> RenderableType:
    """Return how alternatives differ from the first matching."""
    if not found.alternatives:
        return Text(words("table.no_alternative", {}, locale))
    table = _table(words("table.alternative", {}, locale))
    table.add_column(words("table.pairs_kept", {}, locale), justify="right")
    goals = [(tier.tier, tier.name) for tier in found.alternatives[0].matching.tiers]
    legend = _add_goals(table, problem, goals, locale)
    for number, each in enumerate(found.alternatives, 1):
        table.add_row(
            str(number),
            f"{each.kept}/{each.pairs}",
            *(_value(tier) for tier in each.matching.tiers),
        )
    return Stack(table, legend)


def priorities_view(problem: Problem, found: Priorities, locale: Locale = "en") -> RenderableType:
    """Return every tier's value as it is, and with each tier put last."""
    table = _table(words("table.order", {}, locale))
    goals = [(tier.tier, tier.name) for tier in found.now]
    legend = _add_goals(table, problem, goals, locale)
    stated = words("table.as_stated", {}, locale)
    table.add_row(stated, *(str(tier.value) for tier in found.now))
    for price in found.prices:
        values = [str(tier.value) for tier in price.tiers]
        if not values:
            values = [words(f"table.{price.status.lower()}", {}, locale)]
        table.add_row(words("table.last", {"tier": price.tier}, locale), *values)
    return Stack(table, legend)


def _add_goals(
    table: Table, problem: Problem, goals: Sequence[Goal], locale: Locale
) -> RenderableType:
    """Add a column for each tier of a problem, and return what stands below the table."""
    headings = list(_headings(goals, locale))
    _goals(table, headings)
    names = [name for _, name in goals]
    return _legend(zip(headings, names, strict=True), tier_labels(problem, locale))


def _headings(goals: Sequence[Goal], locale: Locale) -> Iterator[str]:
    """Yield the heading of each tier, with a letter where one number stands for several."""
    numbers = Counter(number for number, _ in goals)
    seen: Counter[int] = Counter()
    for number, _ in goals:
        letter = ascii_lowercase[seen[number] % 26] if numbers[number] > 1 else ""
        seen[number] += 1
        yield words("view.tier", {"tier": f"{number}{letter}"}, locale)


def _goals(table: Table, headings: Iterable[str]) -> None:
    """Add a narrow column for each tier; what it is stands below the table."""
    for heading in headings:
        table.add_column(heading, justify="right", no_wrap=True, min_width=len(heading))


def _parts(
    comparison: Comparison, headings: Mapping[Goal, str], used: int
) -> Sequence[Sequence[Goal]]:
    """Return the tiers table by table, as many in each as stand beside the variants' names."""
    parts: list[list[Goal]] = [[]]
    for goal, heading in headings.items():
        cells = [
            _value(tier).plain
            for row in comparison.rows
            for tier in row.tiers
            if (tier.tier, tier.name) == goal
        ]
        lines = [line for cell in (heading, *cells) for line in cell.splitlines()]
        width = max(len(line) for line in lines) + GAP
        if used + width > ROOM:
            parts.append([])
            used = 0
        parts[-1].append(goal)
        used += width
    return parts


def _spaced(tables: Sequence[Table]) -> Iterator[RenderableType]:
    for number, table in enumerate(tables):
        yield from ("", table) if number else (table,)


def _legend(goals: Iterable[tuple[str, str]], labels: Mapping[str, str]) -> Text:
    """Return what stands behind each heading, given with the name of its tier."""
    lines = [f"{heading}: {visible(labels.get(name, name))}" for heading, name in goals]
    return Text("\n" + "\n".join(lines), style="dim")


def _table(first: str) -> Table:
    table = Table(box=None, padding=(0, GAP, 0, 0), header_style="dim", pad_edge=False)
    table.add_column(first, overflow="fold")
    return table


def _change(before: int, after: int, bound: int) -> Text:
    style = "green" if after < before else "yellow" if after > before else ""
    text = Text(f"{before} -> {after}", style=style)
    if bound < after:
        text.append(f" (>= {bound})", style="dim")
    return text


def _value(tier: TierResult) -> Text:
    if tier.proven:
        return Text(str(tier.value))
    return Text(f"{tier.value}\n>= {tier.bound}", style="yellow")
