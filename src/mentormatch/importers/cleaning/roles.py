"""Who signs up as a student and who as a mentor, where one form asks both."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from mentormatch.importers.table import key_of

Role = Literal["student", "mentor"]

_MENTOR = re.compile(
    r"\b(?:co-?)?(mentors?|guides?|tutors?|facilitators?|mentori(?:ksi|na|t)?|ohjaaja(?:ksi|na)?|"
    r"vertaisohjaaja(?:ksi|na)?|handledare|ledare)\b"
)
_STUDENT = re.compile(
    r"\b(students?|mentees?|participants?|members?|prot[eé]g[eé]s?|opiskelija(?:ksi|na)?|"
    r"osallistuja(?:ksi|na)?|mentoroitava(?:ksi|na)?|aktori(?:ksi|na)?|deltagare|adept|studerande)\b"
)


def role_of(cell: str, own: Mapping[str, Role]) -> Role | None:
    """Return the role that a cell names, or None if it names none or both.

    Parameters
    ----------
    cell
        What stands there.
    own
        The mapping's own words, which go before the usual ones.
    """
    key = key_of(cell)
    for word, role in own.items():
        if key_of(word) == key:
            return role
    mentor, student = _MENTOR.search(key), _STUDENT.search(key)
    if bool(mentor) == bool(student):
        return None
    return "mentor" if mentor else "student"
