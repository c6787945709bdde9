"""What a new matching changes for whom."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Literal

from pydantic import Field

from mentormatch.data.matching import Group, Matching
from mentormatch.data.people import Identifier, Noun
from mentormatch.data.problem import Problem

What = Literal["stays", "moved", "gained_place", "lost_place", "joined", "left"]
GroupWhat = Literal["unchanged", "changed", "new", "ended"]


class PersonChange(Noun):
    """What changes for one person."""

    person: Identifier
    what: What = Field(
        description="stays: in the group that goes on. moved: to another group. gained_place: had "
        "no group. lost_place: has none any more. joined: a newcomer, with or without a group. "
        "left: is no longer in the round."
    )
    before: Identifier | None = Field(default=None, description="Id of the group before.")
    after: Identifier | None = Field(default=None, description="Id of the group after.")
    new_time: bool = Field(default=False, description="Whether the slot or a date changes.")
    mentors_lost: tuple[Identifier, ...] = ()
    mentors_gained: tuple[Identifier, ...] = ()
    companions_lost: tuple[Identifier, ...] = ()
    companions_gained: tuple[Identifier, ...] = ()

    @property
    def concerned(self) -> bool:
        """Whether the person has to be told anything."""
        return self.what != "stays" or bool(
            self.new_time or self.mentors_lost or self.mentors_gained or self.companions_lost
        )


class GroupChange(Noun):
    """What changes for one group."""

    group: Identifier
    what: GroupWhat
    new_time: bool = False
    people_gone: tuple[Identifier, ...] = ()
    people_new: tuple[Identifier, ...] = ()


class Changes(Noun):
    """Everything that is different between two matchings of a round."""

    people: tuple[PersonChange, ...] = ()
    groups: tuple[GroupChange, ...] = ()

    @property
    def moved(self) -> tuple[str, ...]:
        """Ids of the people who are in another group than before."""
        return tuple(one.person for one in self.people if one.what == "moved")

    @property
    def concerned(self) -> tuple[str, ...]:
        """Ids of the people who have to be told something."""
        return tuple(one.person for one in self.people if one.concerned)

    def __str__(self) -> str:
        lines = [_group_line(one) for one in self.groups if one.what != "unchanged"]
        lines += [_person_line(one) for one in self.people if one.concerned]
        return "\n".join(lines) or "Nothing changes."


def changes_between(problem: Problem, before: Matching, after: Matching) -> Changes:
    """Return what changes for people and groups from one matching to the next.

    Groups are compared by their ids: see :func:`mentormatch.replan.inherit_ids`.

    Parameters
    ----------
    problem
        The round as it is now.
    before
        The matching that people know, of the round as it was.
    after
        The matching that is to replace it.
    """
    old, new = _places(before), _places(after)
    here = {person.id for person in problem.round.people}
    known = {*old, *before.left_out}
    mentors = {mentor.id for mentor in problem.mentors}
    people = []
    for person in sorted({*known, *here}):
        was, now = old.get(person, ()), new.get(person, ())
        if person not in here:
            if person in known:
                people.append(
                    PersonChange(person=person, what="left", before=was[0].id if was else None)
                )
            continue
        if person in mentors and not was:
            # Whether a mentor without a group was there before cannot be told, nor matters.
            people += [PersonChange(person=person, what="gained_place", after=g.id) for g in now]
            continue
        people += _person(person, was, now, here, newcomer=person not in known)
    return Changes(people=tuple(people), groups=tuple(_groups(before, after)))


def _places(matching: Matching) -> dict[str, tuple[Group, ...]]:
    places: dict[str, tuple[Group, ...]] = {}
    for group in matching.groups:
        for person in (*group.students, *group.mentors):
            places[person] = (*places.get(person, ()), group)
    return places


def _person(
    person: str,
    was: tuple[Group, ...],
    now: tuple[Group, ...],
    here: Collection[str],
    *,
    newcomer: bool,
) -> Iterator[PersonChange]:
    """Yield what changes for somebody in each of their groups; mentors can have several."""
    if newcomer:
        yield PersonChange(person=person, what="joined", after=now[0].id if now else None)
        return
    before = {group.id: group for group in was}
    after = {group.id: group for group in now}
    for name in before.keys() & after.keys():
        yield _within(person, before.pop(name), after.pop(name), here, "stays")
    gone = sorted(before.values(), key=lambda group: group.id)
    come = sorted(after.values(), key=lambda group: group.id)
    for one, other in zip(gone, come, strict=False):
        yield _within(person, one, other, here, "moved")
    for group in gone[len(come) :]:
        yield PersonChange(person=person, what="lost_place", before=group.id)
    for group in come[len(gone) :]:
        yield PersonChange(person=person, what="gained_place", after=group.id)


def _within(
    person: str, before: Group, after: Group, here: Collection[str], what: What
) -> PersonChange:
    """Return what changes within a person's group; nobody is parted from whoever has left."""

    def parted(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(sorted(set(one) - set(other) - {person}))

    return PersonChange(
        person=person,
        what=what,
        before=before.id,
        after=after.id,
        new_time=_new_time(before, after),
        mentors_lost=parted(before.mentors, after.mentors),
        mentors_gained=parted(after.mentors, before.mentors),
        companions_lost=tuple(
            one for one in parted(before.students, after.students) if one in here
        ),
        companions_gained=parted(after.students, before.students),
    )


def _new_time(before: Group, after: Group) -> bool:
    return (before.slot, before.meetings) != (after.slot, after.meetings)


def _groups(before: Matching, after: Matching) -> Iterator[GroupChange]:
    old = {group.id: group for group in before.groups}
    new = {group.id: group for group in after.groups}
    for name in sorted({*old, *new}):
        if name not in new:
            group = old[name]
            yield GroupChange(
                group=name, what="ended", people_gone=(*group.students, *group.mentors)
            )
        elif name not in old:
            group = new[name]
            yield GroupChange(group=name, what="new", people_new=(*group.students, *group.mentors))
        else:
            yield _group(old[name], new[name])


def _group(before: Group, after: Group) -> GroupChange:
    was = {*before.students, *before.mentors}
    now = {*after.students, *after.mentors}
    same = was == now and before.model_dump(exclude={"students", "mentors"}) == after.model_dump(
        exclude={"students", "mentors"}
    )
    return GroupChange(
        group=after.id,
        what="unchanged" if same else "changed",
        new_time=_new_time(before, after),
        people_gone=tuple(sorted(was - now)),
        people_new=tuple(sorted(now - was)),
    )


def _group_line(change: GroupChange) -> str:
    if change.what == "new":
        return f"Group {change.group} is new: {', '.join(change.people_new)}."
    if change.what == "ended":
        return f"Group {change.group} ends; it had {', '.join(change.people_gone)}."
    words = ["meets at another time"] if change.new_time else []
    if change.people_gone:
        words.append(f"is without {', '.join(change.people_gone)}")
    if change.people_new:
        words.append(f"has {', '.join(change.people_new)} as well")
    return f"Group {change.group} goes on: it {' and '.join(words or ['changes in form'])}."


def _person_line(change: PersonChange) -> str:
    if change.what == "left":
        return f"{change.person} has left{f' {change.before}' if change.before else ''}."
    if change.what == "joined":
        return f"{change.person} is new, in {change.after or 'no group yet'}."
    if change.what == "lost_place":
        return f"{change.person} is no longer in {change.before}."
    if change.what == "gained_place":
        return f"{change.person} is now in {change.after}."
    words = [f"moves from {change.before} to {change.after}"] if change.what == "moved" else []
    if change.new_time:
        words.append("meets at another time")
    if change.mentors_lost:
        words.append(f"loses mentor {', '.join(change.mentors_lost)}")
    if change.mentors_gained:
        words.append(f"gets mentor {', '.join(change.mentors_gained)}")
    if change.companions_lost and change.what == "stays":
        words.append(f"is parted from {', '.join(change.companions_lost)}")
    return f"{change.person} {', '.join(words)}."
