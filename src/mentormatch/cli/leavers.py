"""People whom rules name and who are not there: taken as having left, and told."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Sequence

from mentormatch.cli.terminal import say
from mentormatch.data.problem import Problem
from mentormatch.errors import Fault, InputError
from mentormatch.importers.leavers import name_in_rule
from mentormatch.messages.wording import rule_name, words


def without_leavers(
    read: Callable[[Sequence[str]], Problem], *, tell_stated: bool = False
) -> Problem:
    """Return a problem whose rules may name people who are not there, and warn of each.

    Somebody withdrew after rules were stated: that is no reason to refuse the round. It may be a
    slip of the pen as well, which would lift a rule, so it is told where it stands.

    Parameters
    ----------
    read
        Reads the problem, with the ids of people who have left besides those that it states.
    tell_stated
        Whether to tell as well which rules name people who are said to have left.

    Raises
    ------
    InputError
        If anything else is wrong.
    """
    leavers: list[str] = []
    try:
        problem = read(())
    except InputError as error:
        names = [name_in_rule(fault) for fault in error.faults]
        leavers += [name for name in names if name is not None]
        if len(leavers) < len(names):
            raise
        problem = read(tuple(dict.fromkeys(leavers)))
        for fault in error.faults:
            say(_warning(fault), style="yellow")
    if tell_stated:
        _tell_stated(problem, leavers)
    return problem


def _tell_stated(problem: Problem, told: Collection[str]) -> None:
    """Warn of each rule that names somebody who has left; an unwatched stream says no names."""
    for rule, person in problem.naming_left:
        if person not in told:
            watched = sys.stderr.isatty()
            facts = {"person": person if watched else "Somebody", "rule": rule_name(rule.kind)}
            say(words("precheck.left", facts), style="yellow")


def _warning(fault: Fault) -> str:
    if not sys.stderr.isatty():
        return (
            f"{fault.where}: names somebody who is not among the people; taken as having left, so "
            "the rule asks nothing of them. If it is misspelt, mend it; else list them under 'left'"
        )
    told = fault.message.partition("; ")[0]
    near = f" If {fault.nearest!r} was meant, mend it; else" if fault.nearest else " To say so,"
    return (
        f"{fault.where}: {told}; taken as having left, so the rule asks nothing of them.{near} "
        "list them under 'left'."
    )
