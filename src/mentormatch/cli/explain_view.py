"""How explanations look on a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

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
from mentormatch.exporters.report.wording import counted, visible
from mentormatch.messages.wording import rule_name, slot_facts
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

STYLES = {"proof": "bold red", "warning": "yellow", "hint": "cyan"}


def broken_rules_view(problem: Problem, matching: Matching) -> RenderableType | None:
    """Return what is wrong with the groups of a matching, or None if they are valid.

    Of a problem that no matching solves nothing is said: what contradicts is explained instead.
    """
    if matching.status == "INFEASIBLE":
        return None
    # What a matching claims of itself is not about its groups.
    found = [one for one in verify(problem, matching).findings if one.rule != "claim"]
    if not found:
        return None
    lines = [Text(f"{counted(len(found), 'breach', 'breaches')}:", style="bold red")]
    lines += [Text(f"  {visible(f'{one.rule}: {one.message}')}", style="red") for one in found]
    return Stack(*lines, "")


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
    names = {tier.name: tier.tier for tier in found.base.tiers}
    _goals(table, names, locale)
    for each in found.changes:
        table.add_row(
            Text(visible(changes_text(problem, [each.change], locale))),
            "" if each.price is None else f"{each.price:g}",
            f"{each.placed:+}",
            f"{each.groups:+}",
            *(_change(tier.before, tier.after, tier.bound) for tier in each.tiers),
        )
    parts: list[RenderableType] = [table, _legend(names, tier_labels(problem, locale), locale)]
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
    table = _table(words("table.variant", {}, locale))
    for heading in ("view.placed", "view.groups", "table.mentors", "table.pairs"):
        table.add_column(words(heading, {}, locale), justify="right")
    names: dict[str, int] = {}
    for row in comparison.rows:
        for tier in row.tiers:
            names.setdefault(tier.name, tier.tier)
    _goals(table, names, locale)
    for row in comparison.rows:
        table.add_row(*_row(row, names, locale))
    labels = tier_labels(problem, locale, [row.variant.changes for row in comparison.rows])
    note = Text(words("table.pairs_note", {}, locale), style="dim")
    return Stack(table, _legend(names, labels, locale), note)


def _row(row: Row, names: Mapping[str, int], locale: Locale) -> Iterator[RenderableType]:
    yield Text(visible(row_name(row, locale)))
    if not row.tiers and row.status not in ("OPTIMAL", "FEASIBLE"):
        yield Text(words(f"table.{row.status.lower()}", {}, locale), style="red")
        return
    yield f"{row.placed}/{row.students}"
    yield from (str(row.groups), str(row.mentors), str(row.same_department))
    tiers = {tier.name: tier for tier in row.tiers}
    yield from (_value(tiers[name]) if name in tiers else Text("") for name in names)


def alternatives_view(
    problem: Problem, found: Alternatives, locale: Locale = "en"
) -> RenderableType:
    """Return how alternatives differ from the first matching."""
    if not found.alternatives:
        return Text(words("table.no_alternative", {}, locale))
    table = _table(words("table.alternative", {}, locale))
    table.add_column(words("table.pairs_kept", {}, locale), justify="right")
    names = {tier.name: tier.tier for tier in found.alternatives[0].matching.tiers}
    _goals(table, names, locale)
    for number, each in enumerate(found.alternatives, 1):
        table.add_row(
            str(number),
            f"{each.kept}/{each.pairs}",
            *(_value(tier) for tier in each.matching.tiers),
        )
    return Stack(table, _legend(names, tier_labels(problem, locale), locale))


def priorities_view(problem: Problem, found: Priorities, locale: Locale = "en") -> RenderableType:
    """Return every tier's value as it is, and with each tier put last."""
    table = _table(words("table.order", {}, locale))
    names = {tier.name: tier.tier for tier in found.now}
    _goals(table, names, locale)
    stated = words("table.as_stated", {}, locale)
    table.add_row(stated, *(str(tier.value) for tier in found.now))
    for price in found.prices:
        values = [str(tier.value) for tier in price.tiers]
        if not values:
            values = [words(f"table.{price.status.lower()}", {}, locale)]
        table.add_row(words("table.last", {"tier": price.tier}, locale), *values)
    return Stack(table, _legend(names, tier_labels(problem, locale), locale))


def _goals(table: Table, names: Mapping[str, int], locale: Locale) -> None:
    """Add a narrow column for each tier; what it is stands below the table."""
    for number in names.values():
        heading = words("view.tier", {"tier": number}, locale)
        table.add_column(heading, justify="right", no_wrap=True)


def _legend(names: Mapping[str, int], labels: Mapping[str, str], locale: Locale) -> Text:
    lines = [
        f"{words('view.tier', {'tier': number}, locale)}: {visible(labels.get(name, name))}"
        for name, number in names.items()
    ]
    return Text("\n" + "\n".join(lines), style="dim")


def _table(first: str) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", pad_edge=False)
    table.add_column(first)
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
    return Text(f"{tier.value} (>= {tier.bound})", style="yellow")
