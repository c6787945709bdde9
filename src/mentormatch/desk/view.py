"""What the page shows of a round on the desk, as plain data in a language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from mentormatch.data.calendar import Slot
from mentormatch.data.matching import Group, Matching
from mentormatch.data.people import Mentor, Person
from mentormatch.data.problem import Problem
from mentormatch.desk.judge import STRUCTURE, Exchange, Judge, Place
from mentormatch.desk.session import Session
from mentormatch.desk.solving import Proposal, Solve
from mentormatch.desk.state import State
from mentormatch.evaluate.cost import score, structure
from mentormatch.evaluate.evaluated_solution import kinds_of
from mentormatch.evaluate.verify import as_group
from mentormatch.exporters.group_details import GroupDetails
from mentormatch.messages.catalogue import Locale, catalogue
from mentormatch.messages.wording import rule_name, tier_label

Data = dict[str, Any]

NOTHING_TOLD = GroupDetails()

# What no matching may do, whatever its rules; rules have their names in the catalogue.
STRUCTURES: Mapping[Locale, str] = {
    "en": "times overlap, or more groups than somebody or a slot can take",
    "fi": "ajat menevät päällekkäin, tai ryhmiä on liikaa jollekin tai jollekin ajalle",
    "sv": "tider överlappar, eller grupperna är för många för någon eller för en tid",
}


def round_view(session: Session, locale: Locale) -> Data:
    """Return the whole round as the page shows it."""
    state, judge = session.state, session.judge
    problem = state.problem
    judged = score(problem, judge.solution)
    broken = [
        *((STRUCTURE, each) for each in structure(problem, judge.solution)),
        *((each.rule.kind, each.violation) for each in judged.hard),
    ]
    undo, redo = session.steps
    return {
        "revision": session.revision,
        "undo": undo,
        "redo": redo,
        "notices": session.notices,
        "tiers": _tiers(session, judged.values, locale),
        "broken": [
            {
                "what": _kind(kind, locale),
                "text": violation.message,
                "group": violation.group,
                "people": list(violation.people),
            }
            for kind, violation in broken
        ],
        "groups": [
            _group(state, as_group(problem, group), locale) for group in judge.solution.groups
        ],
        "people": {one.id: _person(one) for one in problem.round.people},
        "left_out": [one.id for one in judge.solution.left_out],
        "free_mentors": _free_mentors(state),
        "locks": [lock.model_dump(mode="json") for lock in state.locks],
        "slots": [
            {"id": slot.id, "time": time_of(slot, locale)} for slot in problem.round.slot.values()
        ],
        "languages": {tag: catalogue(locale).languages.get(tag, tag) for tag in problem.languages},
        "departments": sorted({one.department for one in problem.round.people if one.department}),
        "happened": [str(event) for event in state.events],
    }


def places_view(problem: Problem, places: Iterable[Place], locale: Locale) -> list[Data]:
    """Return where somebody could go, in words."""
    return [
        {
            "group": place.group,
            "verdict": place.verdict,
            "change": _changes(problem, place.change, locale),
            "broken": [_kind(kind, locale) for kind in place.broken],
            "worse": [_kind(kind, locale) for kind in place.worse],
        }
        for place in places
    ]


def exchanges_view(problem: Problem, found: Iterable[Exchange], locale: Locale) -> list[Data]:
    """Return with whom somebody could change places, in words."""
    return [
        {
            "other": one.other,
            "name": problem.person(one.other).label,
            "group": one.group,
            "change": _changes(problem, one.change, locale),
            "worse": [_kind(kind, locale) for kind in one.worse],
        }
        for one in found
    ]


def person_view(state: State, person: str, locale: Locale) -> Data:
    """Return somebody's sign-up as it was read."""
    one = state.problem.person(person)
    round_ = state.problem.round
    answers: dict[str, list[str]] = {"yes": [], "if_need_be": [], "no": []}
    for slot in round_.slot.values():
        plans = round_.all_plans[slot.id]
        answer = round_.answer(one, plans[0]) if plans else "no"
        answers[answer].append(time_of(slot, locale))
    return {
        **_person(one),
        "email": one.email or "",
        "languages": [catalogue(locale).languages.get(tag, tag) for tag in (one.languages or {})],
        "answers": answers,
        "groups": [group.id for group in state.groups_of(one.id)],
        "locked": any(lock.kind == "person" and person in lock.people for lock in state.locks),
    }


def solve_view(solve: Solve, locale: Locale) -> Data:
    """Return how a search stands, and what it proposes."""
    last = solve.events[-1] if solve.events else None
    return {
        "stage": solve.stage,
        "mode": solve.mode,
        "seconds": solve.seconds,
        "revision": solve.revision,
        "failure": solve.failure,
        "progress": None
        if last is None
        else {
            "phase": last.phase,
            "tier": last.tier,
            "value": last.value,
            "bound": last.bound,
            "elapsed": last.elapsed,
        },
        "proposal": None
        if solve.proposal is None
        else _proposal(solve.state, solve.proposal, locale),
    }


def changes_view(before: State, after: State, locale: Locale) -> list[Data]:
    """Return who is elsewhere now than at the beginning, from where to where."""
    return list(_moves(before.matching, after.matching, after.problem, locale))


def time_of(slot: Slot, locale: Locale) -> str:
    """Return when a slot is, in words."""
    if slot.label:
        return slot.label
    if slot.weekday is None or slot.start is None:
        return slot.id
    start = datetime.combine(date(2000, 1, 1), slot.start)
    end = start + timedelta(minutes=slot.minutes)
    return f"{catalogue(locale).weekdays[slot.weekday - 1]} {start:%H:%M}\u2013{end:%H:%M}"


def _kind(kind: str, locale: Locale) -> str:
    return STRUCTURES[locale] if kind == STRUCTURE else rule_name(kind, locale)


def _tiers(session: Session, values: Sequence[int], locale: Locale) -> list[Data]:
    problem = session.state.problem
    bounds = session.bounds
    start = session.start_values
    comparable = len(start) == len(values)
    return [
        {
            "tier": tier,
            "name": tier_label(problem.tier_name(tier), kinds_of(problem, tier), locale),
            "value": values[place],
            "start": start[place] if comparable else None,
            "bound": None if bounds is None else bounds[place],
        }
        for place, tier in enumerate(problem.tiers)
    ]


def _changes(problem: Problem, change: Sequence[int], locale: Locale) -> list[Data]:
    return [
        {
            "name": tier_label(problem.tier_name(tier), kinds_of(problem, tier), locale),
            "more": more,
        }
        for tier, more in zip(problem.tiers, change, strict=True)
        if more
    ]


def _group(state: State, group: Group, locale: Locale) -> Data:
    slot = state.problem.round.slot[group.slot]
    told = state.details.get(group.id, NOTHING_TOLD)
    language = group.language
    return {
        "id": group.id,
        "name": told.name,
        "place": told.place,
        "link": told.link,
        "note": state.notes.get(group.id, ""),
        "slot": group.slot,
        "day": slot.weekday or 8,
        "weekday": catalogue(locale).weekdays[slot.weekday - 1] if slot.weekday else "",
        "time": time_of(slot, locale),
        "dates": [f"{start:%Y-%m-%d}" for start in group.meetings],
        "language": language or "",
        "language_name": catalogue(locale).languages.get(language, language) if language else "",
        "mode": group.mode or "",
        "topic": group.topic or "",
        "mentors": list(group.mentors),
        "students": list(group.students),
        "time_locked": any(lock.kind == "time" and lock.group == group.id for lock in state.locks),
    }


def _person(one: Person) -> Data:
    return {
        "id": one.id,
        "name": one.label,
        "department": one.department or "",
        "role": "mentor" if isinstance(one, Mentor) else "student",
        "tags": sorted(one.languages or {}),
    }


def _free_mentors(state: State) -> list[str]:
    led: dict[str, int] = {}
    for group in state.matching.groups:
        for name in group.mentors:
            led[name] = led.get(name, 0) + 1
    return [
        mentor.id for mentor in state.problem.mentors if led.get(mentor.id, 0) < mentor.capacity
    ]


def _proposal(before: State, proposal: Proposal, locale: Locale) -> Data:
    problem = before.problem
    old = Judge(before).values
    found = proposal.matching
    new = Judge(before.after_groups(found.groups)).values if found.groups else None
    moves = {move["person"]: move for move in _moves(before.matching, found, problem, locale)}
    return {
        "status": proposal.status,
        "messages": list(found.messages),
        "groups": len(found.groups),
        "measures": [
            {"name": one.name, "value": one.value, "bound": one.bound} for one in proposal.measures
        ],
        "tiers": []
        if new is None
        else [
            {
                "name": tier_label(problem.tier_name(tier), kinds_of(problem, tier), locale),
                "before": old[place],
                "after": new[place],
            }
            for place, tier in enumerate(problem.tiers)
        ],
        "parts": [
            {
                "number": part.number,
                "before": part.before,
                "after": part.after,
                "moves": [moves[name] for name in part.people if name in moves],
            }
            for part in proposal.parts
        ],
    }


def _moves(before: Matching, after: Matching, problem: Problem, locale: Locale) -> Iterator[Data]:
    old, new = _places(before), _places(after)
    for one in problem.round.people:
        there, here = old.get(one.id, []), new.get(one.id, [])
        if [(g.id, g.slot) for g in there] != [(g.id, g.slot) for g in here]:
            yield {
                "person": one.id,
                "name": one.label,
                "role": "mentor" if isinstance(one, Mentor) else "student",
                "from": [_where(group, problem, locale) for group in there],
                "to": [_where(group, problem, locale) for group in here],
            }


def _where(group: Group, problem: Problem, locale: Locale) -> str:
    slot = problem.round.slot.get(group.slot)
    return f"{group.id} ({time_of(slot, locale) if slot else group.slot})"


def _places(matching: Matching) -> dict[str, list[Group]]:
    found: dict[str, list[Group]] = {}
    for group in matching.groups:
        for name in (*group.students, *group.mentors):
            found.setdefault(name, []).append(group)
    return found
