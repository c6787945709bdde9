"""People who answered more than once: their last answer stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mentormatch.importers.cleaning.instants import order
from mentormatch.importers.findings import Finding
from mentormatch.importers.sign_up import SignUp
from mentormatch.importers.table import Table, key_of


def last_answers(table: Table, found: Sequence[SignUp]) -> tuple[list[SignUp], list[Finding]]:
    """Return each person's last answer, and what is told of the others."""
    by_key: dict[str, list[SignUp]] = {}
    for one in found:
        by_key.setdefault(one.key, []).append(one)
    kept = {id(_last(answers)[0]) for answers in by_key.values()}
    findings: list[Finding] = []
    for answers in by_key.values():
        if len(answers) > 1:
            findings += _told(table, answers)
    findings += _namesakes(table, [one for one in found if id(one) in kept])
    return [one for one in found if id(one) in kept], findings


def _last(answers: Sequence[SignUp]) -> tuple[SignUp, bool]:
    """Return the last answer, and whether the times of completion told it."""
    times = [order(one.completed) for one in answers if one.completed]
    if len(times) == len(answers) and len(set(times)) > 1:
        return max(answers, key=lambda one: (order(one.completed), one.row)), True  # type: ignore[arg-type]  # All are given.
    return max(answers, key=lambda one: one.row), False


def _told(table: Table, answers: Sequence[SignUp]) -> Iterator[Finding]:
    last, timed = _last(answers)
    how = "completed last" if timed else "the lowest in the file, as no time of completion tells"
    for one in answers:
        if one is not last:
            message = f"is the same person as row {last.row}, which stands ({how})"
            yield table.finding(
                "duplicate", "done", message, row=one.row, place=one.key_place, value=one.raw_key
            )


def _namesakes(table: Table, people: Sequence[SignUp]) -> Iterator[Finding]:
    seen: dict[str, SignUp] = {}
    for one in people:
        name = key_of(one.name or "")
        if name and name in seen:
            message = f"has the same name as row {seen[name].row} but another e-mail; both are kept"
            yield table.finding("same_name", "look", message, row=one.row, value=one.name)
        seen.setdefault(name, one)
