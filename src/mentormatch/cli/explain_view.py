"""How explanations look on a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group as Stack
from rich.console import RenderableType
from rich.text import Text

from mentormatch.cli.rules_view import default_rules_view
from mentormatch.cli.tier_tables import add_goals, table_of
from mentormatch.data.matching import Matching
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
from mentormatch.whatif.wording import (
    changes_text,
    person_names,
    tier_changes_text,
)

NAMED = 12
"""Most people who are named in one line; the rest are counted."""

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
    table = table_of(words("view.change", {}, locale))
    for heading in ("price", "placed", "groups"):
        table.add_column(words(f"view.{heading}", {}, locale), justify="right")
    goals = [(tier.tier, tier.name) for tier in found.base.tiers]
    legend = add_goals(table, problem, goals, locale)
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
        table = table_of(words("view.other_group", {}, locale))
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


def _change(before: int, after: int, bound: int) -> Text:
    style = "green" if after < before else "yellow" if after > before else ""
    text = Text(f"{before} -> {after}", style=style)
    if bound < after:
        text.append(f" (>= {bound})", style="dim")
    return text
