"""Which answers are one person's, and what each person is called in the problem."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace

from mentormatch.importers.cleaning.instants import order
from mentormatch.importers.findings import Finding
from mentormatch.importers.sign_ups import Section, SignUp
from mentormatch.importers.table import Table, key_of


def last_answers(table: Table, found: Sequence[SignUp]) -> tuple[list[SignUp], list[Finding]]:
    """Return each person's last answer, and findings about the others."""
    by_key: dict[tuple[str, str], list[SignUp]] = {}
    for one in found:
        by_key.setdefault(one.key, []).append(one)
    kept = {id(_last(answers)[0]) for answers in by_key.values()}
    findings: list[Finding] = []
    for answers in by_key.values():
        if len(answers) > 1:
            findings += _earlier_answers(table, answers)
    if 2 * len(findings) > len(found):
        # A table with a row for each answer looks like one of people who answered often.
        message = (
            f"{len(findings)} of {len(found)} rows are earlier answers of people with a later "
            "row; only the last one is used. Is there a row for each time instead of each person?"
        )
        findings.append(table.finding("many_duplicates", "look", message))
    return [one for one in found if id(one) in kept], findings


def _last(answers: Sequence[SignUp]) -> tuple[SignUp, bool]:
    """Return the last answer, and whether the times of completion decided it."""
    times = [order(one.completed) for one in answers if one.completed]
    if len(times) == len(answers) and len(set(times)) > 1:
        return max(answers, key=lambda one: (order(one.completed), one.row)), True  # type: ignore[arg-type]  # All are given.
    return max(answers, key=lambda one: one.row), False


def _earlier_answers(table: Table, answers: Sequence[SignUp]) -> Iterator[Finding]:
    last, timed = _last(answers)
    how = "completed last" if timed else "the lowest in the file, as no time of completion tells"
    for one in answers:
        if one is not last:
            message = f"is the same person as row {last.row}, which stands ({how})"
            yield table.finding(
                "duplicate", "done", message, row=one.row, place=one.key_place, value=one.raw_key
            )


def one_person_once(sections: Sequence[Section]) -> None:
    """Leave out students who are mentors as well: one person has one part in a round."""
    if len(sections) < 2:
        return
    students, mentors = sections
    by_key = {person.key: person for person in mentors.people}
    by_email = {person.email: person for person in mentors.people if person.email}
    for person in list(students.people):
        mentor = by_key.get(person.key) or by_email.get(person.email or "")
        if mentor is None or _are_two(person, mentor):
            continue
        message = (
            f"is among the mentors as well ({mentors.table.name} row {mentor.row}); not used as a "
            "student"
        )
        finding = students.table.finding(
            "student_and_mentor", "lost", message,
            row=person.row, place=person.key_place, value=person.raw_key,
        )  # fmt: skip
        students.lose(person, finding)


def _are_two(one: SignUp, other: SignUp) -> bool:
    """Whether two sign-ups of one key are two people: forms number their answers from 1 each."""
    emails, names = (one.email, other.email), (one.name, other.name)
    if all(emails):
        return emails[0] != emails[1]
    return all(names) and key_of(names[0] or "") != key_of(names[1] or "")


def find_namesakes(sections: Sequence[Section]) -> None:
    """Say who shares a name with somebody else; all of them are kept."""
    seen: dict[str, tuple[Section, SignUp]] = {}
    for section in sections:
        for one in section.people:
            name = key_of(one.name or "")
            if not name:
                continue
            first, other = seen.setdefault(name, (section, one))
            if other is one:
                continue
            where = "" if first is section else f"{first.table.name} "
            message = f"has the same name as {where}row {other.row}"
            if one.email and other.email:
                message += " but another e-mail; both are kept"
            elif one.given_id and other.given_id:
                message += " but another id; both are kept"
            else:
                message += (
                    ", and nothing says whether they are one person; both are kept (delete a row, "
                    "or state 'same_name_is_one_person' in the mapping)"
                )
            section.findings.append(
                section.table.finding("same_name", "look", message, row=one.row, value=one.name)
            )


def give_ids(sections: Sequence[Section]) -> None:
    """Give everybody an id: the one in the file, else the name, else the start of the address.

    An address is never an id, because ids stand in explanations. Of people who would have the
    same id, the first by address keeps it and the others are numbered.
    """
    everybody = [(section, one) for section in sections for one in section.people]
    by_wish: dict[str, list[tuple[str, int, int, SignUp]]] = {}
    for place, (section, one) in enumerate(everybody):
        rank = (one.email or "", sections.index(section), place)
        by_wish.setdefault(key_of(_wished_id(one)), []).append((*rank, one))
    taken = set(by_wish)
    ids: dict[int, str] = {}
    for wishes in by_wish.values():
        number = 2
        for place, (*_, one) in enumerate(sorted(wishes, key=lambda wish: wish[:3])):
            chosen = _wished_id(one)
            while place and key_of(chosen) in taken:
                chosen = f"{_wished_id(one)} ({number})"
                number += 1
            taken.add(key_of(chosen))
            ids[id(one)] = chosen
    for section in sections:
        section.people = [replace(one, id=ids[id(one)]) for one in section.people]
        for one in section.people:
            section.enter(one, "id", one.id)
            if one.name:
                section.enter(one, "name", one.name)


def _wished_id(one: SignUp) -> str:
    wished = one.given_id or one.name or (one.email or "").partition("@")[0]
    # Marks that nobody sees may stand in a name, but not in an id.
    visible = "".join(
        char for char in wished if unicodedata.category(char) not in ("Cc", "Cf", "Cs")
    )
    return visible.strip() or f"row {one.row}"
