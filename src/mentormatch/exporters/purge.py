"""What may be kept of a round when its people are forgotten: counts, and who met whom by hashes.

People are named by keyed hashes (HMAC-SHA256; H. Krawczyk, M. Bellare, R. Canetti, RFC 2104, 1997,
doi:10.17487/RFC2104) of their address, or of their id where they gave none. With the key, people of
a later round are found among them again; without it, a hash says nothing, also to somebody who
tries all addresses there are.
"""

from __future__ import annotations

import hashlib
import hmac
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Annotated, Literal

from pydantic import Field

from mentormatch.data.documents import JsonDocument
from mentormatch.data.matching import MAX_GROUPS, Matching
from mentormatch.data.nouns import Noun
from mentormatch.data.people import Person, is_email
from mentormatch.data.problem import Problem
from mentormatch.errors import Fault, InputError
from mentormatch.evaluate.verify import solution_of
from mentormatch.rules import MetBefore

PURGED_FORMAT: Literal["mentormatch/purged/1"] = "mentormatch/purged/1"

MIN_KEY = 16
"""Fewest bytes of a key; shorter ones can be tried out."""

Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]


class Counts(Noun):
    """How many there were."""

    students: int
    placed: int
    mentors: int
    mentors_with_groups: int
    groups: int
    group_sizes: dict[int, int] = Field(description="Number of groups by number of students.")


class PurgedMatching(JsonDocument):
    """A matching without anybody's name: counts, and who met whom by keyed hashes.

    Neither times nor languages are in it, nor who was left out.
    """

    format: Literal["mentormatch/purged/1"] = PURGED_FORMAT
    key: Hash = Field(description="Hash that tells whether a key is the one that was used.")
    counts: Counts
    groups: Annotated[
        tuple[Annotated[tuple[Hash, ...], Field(max_length=1_100)], ...],
        Field(max_length=MAX_GROUPS),
    ] = Field(description="People of each group as hashes, in no telling order.")


def purge(problem: Problem, matching: Matching, key: bytes) -> PurgedMatching:
    """Return what may be kept of a matching when everything else is deleted.

    Parameters
    ----------
    problem
        The problem that was matched.
    matching
        Its matching.
    key
        Secret by which people are hashed. Keep it apart, and for all rounds the same; once it is
        deleted, nobody can be found again.

    Raises
    ------
    InputError
        If the key is too short, or the matching names somebody whom the problem does not have.
    """
    _check(key)
    solution = solution_of(problem, matching)
    groups = [
        tuple(sorted({_hash(key, _known_by(person)) for person in group.members}))
        for group in solution.groups
    ]
    leading = {mentor.id for group in solution.groups for mentor in group.mentors}
    sizes = Counter(len(group.students) for group in solution.groups)
    return PurgedMatching(
        key=_hash(key, "key"),
        counts=Counts(
            students=len(problem.students),
            placed=len(problem.students) - len(solution.left_out),
            mentors=len(problem.mentors),
            mentors_with_groups=len(leading),
            groups=len(groups),
            group_sizes=dict(sorted(sizes.items())),
        ),
        groups=tuple(sorted(groups)),
    )


def met_before(problem: Problem, purged: Sequence[PurgedMatching], key: bytes) -> MetBefore:
    """Return the rule by which people of a new round are rather not with those they met.

    Parameters
    ----------
    problem
        The new round.
    purged
        What was kept of earlier rounds.
    key
        The key with which they were hashed.

    Raises
    ------
    InputError
        If the key is too short or not the one that was used.
    """
    _check(key)
    for number, one in enumerate(purged):
        if not hmac.compare_digest(one.key, _hash(key, "key")):
            message = "was hashed with another key"
            raise InputError([Fault("wrong_key", f"purged[{number}]", message)])
    found: dict[str, str] = {}
    for person in problem.round.people:
        for name in _names(person):
            found[_hash(key, name)] = person.id
    rounds = (
        tuple(sorted({found[one] for one in group if one in found}))
        for one_round in purged
        for group in one_round.groups
    )
    return MetBefore(rounds=tuple(sorted({people for people in rounds if len(people) > 1})))


def _check(key: bytes) -> None:
    if len(key) < MIN_KEY:
        message = f"has {len(key)} bytes, but a key needs at least {MIN_KEY}"
        raise InputError([Fault("wrong_key", "key", message)])


def _names(person: Person) -> Iterator[str]:
    """Yield by what somebody may have been hashed, the most telling first."""
    if person.email:
        yield f"email:{_plain(person.email)}"
    # Where sign-ups had no ids of their own, addresses are the ids.
    yield f"email:{_plain(person.id)}" if is_email(person.id) else f"id:{person.id}"


def _known_by(person: Person) -> str:
    return next(_names(person))


def _plain(address: str) -> str:
    return unicodedata.normalize("NFC", address).strip().casefold()


def _hash(key: bytes, text: str) -> str:
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()[:32]
