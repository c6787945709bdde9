"""Write rules.md, the page of all rules, from the rules themselves.

What a rule asks is its docstring, its fields are its schema, and what a breach sounds like is
said by the rule of a made-up round in which much is wrong. Run it after a rule has changed:
``python docs/build_rules.py``.
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterator
from datetime import date, time
from pathlib import Path

from pydantic.fields import FieldInfo

from mentormatch.data.calendar import Slot, Term
from mentormatch.data.people import Mentor, Student
from mentormatch.data.round import GroupShape, Round, Solution, SolutionGroup, Template
from mentormatch.faults.places import bare
from mentormatch.faults.words import expectation
from mentormatch.rules import (
    Affinity,
    AtLeast,
    AtMost,
    Balance,
    Ban,
    Cluster,
    CommonLanguage,
    CommonMode,
    CommonSlot,
    EarlierGroup,
    FairShare,
    GroupSize,
    KeepApart,
    KeepApartAffiliation,
    KeepCompanions,
    KeepMentors,
    KeepRange,
    KeepTime,
    KeepTogether,
    MentorAlone,
    MentorGroups,
    MentorLanguage,
    MentorLoad,
    MentorsFirstCome,
    MentorsFromElsewhere,
    MentorsPerGroup,
    MetBefore,
    Mix,
    NativeSpeakers,
    NobodyAlone,
    Pin,
    PlaceClass,
    PlaceEveryone,
    PlaceOrder,
    PlacePeople,
    PreferredLanguage,
    PreferYes,
    Rule,
    SecondLanguage,
    SlotWishes,
    Stay,
    SumCap,
    TargetSize,
    TopicWishes,
    WishApart,
    WishTogether,
)
from mentormatch.rules.base import MAX_TIER, MAX_WEIGHT

PAGE = Path(__file__).with_name("rules.md")

EARLIER = (EarlierGroup(students=("ana", "dee"), mentors=("oli",), slot="wed-15"),)

CHAPTERS: dict[str, tuple[Rule, ...]] = {
    "Groups that can meet": (
        GroupSize(),
        MentorsPerGroup(),
        CommonSlot(),
        CommonLanguage(level="B2"),
        CommonMode(),
    ),
    "Places": (
        PlaceEveryone(tier=2),
        PlaceClass(priority=3),
        PlaceOrder(by="lottery", seed=2026, tier=3),
        FairShare(tier=3),
    ),
    "Who is with whom": (
        KeepApart(sets=(("ana", "bo"),)),
        KeepApartAffiliation(between="students_and_mentors"),
        KeepTogether(sets=(("dee", "eli"),)),
        MetBefore(rounds=(("ana", "cai", "mia"), ("bo", "dee"))),
        WishTogether(attribute="friends"),
        WishApart(wishes=(("bo", "cai"),)),
        Affinity(scores=(("ana", "bo", 3), ("ana", "cai", -2), ("dee", "mia", 5))),
    ),
    "Mixed or alike": (
        Mix(),
        Mix(attribute="stage", values=("starting",), weight=2),
        Cluster(attribute="stage"),
        AtMost(most=1),
        AtLeast(attribute="stage", values=("midway",)),
        NobodyAlone(attribute="stage"),
    ),
    "Numbers": (
        SumCap(attribute="credits", most=60),
        Balance(attribute="year"),
        KeepRange(attribute="year", within=2),
        TargetSize(target=6),
    ),
    "Times and topics": (
        PreferYes(who="students"),
        SlotWishes(),
        TopicWishes(),
    ),
    "Languages": (
        PreferredLanguage(),
        SecondLanguage(language="fi"),
        MentorLanguage(level="C2"),
        NativeSpeakers(most=0),
    ),
    "Mentors": (
        MentorsFromElsewhere(),
        MentorLoad(),
        MentorGroups(mentors=("oli",), least=1),
        MentorsFirstCome(),
        MentorAlone(mentors=("mia",)),
    ),
    "Staying with what was published": (
        PlacePeople(people=("ana", "eli")),
        KeepTime(groups=EARLIER),
        Stay(groups=EARLIER),
        KeepMentors(groups=EARLIER),
        KeepCompanions(groups=EARLIER),
    ),
    "One person": (
        Pin(person="ana", slot="wed-15", with_people=("dee",)),
        Ban(person="mia", slot="wed-15"),
    ),
}
"""Examples of every rule, by what they are about; a second example of a rule goes below it."""

HEAD = """\
# Rules

<!-- Written by docs/build_rules.py: change the rules' docstrings and examples instead. -->

Each rule is an object in the list `rules` of a problem. Its `kind` says which; what else it has
is below. Two fields are the same for all:

- `tier`: `"hard"` is never broken. A number makes it soft: tier 1 is broken as little as
  possible, then tier 2 with tier 1 held at its best, and so on up to {most_tiers}. `"off"` does
  not ask for it, which is for rules that come by themselves. What a rule has if nothing is said
  is stated with it.
- `weight`: what each breach costs within its tier, 1 to {most_weight:,}; 1 if nothing is said.
  Amounts of several rules in one tier are added up.

**A foundation** comes by itself, with its defaults, in every problem that does not state it, and
can be stated once. Other rules can be stated as often as wanted.

**A standard rule** comes by itself as well: `keep_apart_affiliation`, `mix` and `prefer_yes`, each
with its defaults. Stating one changes that one only, and none of the others:

- A stated rule takes the place of the default of the same kind and about the same: `mix` by
  `department` that of departments, any `prefer_yes` the default one. `mix` by another attribute,
  or `keep_apart_affiliation` of another affiliation, stands beside the default.
- `{{"kind": "mix", "tier": "off"}}` drops a default; so do the others' kinds.
- A default keeps its own tier, as the foundations do, whatever tiers are stated. Rules that share
  a tier are added up by weight there; state the default with another tier to move it.
- A default that has nobody to be about is not in force: `mix` where fewer than two departments are
  known, `keep_apart_affiliation` where nobody has a supervisor.

`precheck`, `import` and `match` say which rules came by default; a matching lists them all under
`provenance.rules`.

Attributes are named as in people's `attributes`; `department`, `mode` and the kinds of
`affiliations` can be named as well. The examples of breaches come from one made-up round in which
much is wrong.
"""


def build() -> str:
    """Return the page."""
    parts = [HEAD.format(most_tiers=MAX_TIER, most_weight=MAX_WEIGHT), "\n".join(_contents())]
    for title, rules in CHAPTERS.items():
        parts.append(f"## {title}\n")
        for number, rule in enumerate(rules):
            if number == 0 or rule.kind != rules[number - 1].kind:
                parts.append("\n".join(_section(rule)))
            parts.append("\n".join(_example(rule)))
    return "\n".join(parts)


def _contents() -> Iterator[str]:
    yield "| rule | tier | what it asks |"
    yield "|---|---|---|"
    for rules in CHAPTERS.values():
        for rule in dict.fromkeys(type(one) for one in rules):
            kind, tier = _default(rule, "kind"), _default(rule, "tier")
            summary = _paragraphs(rule)[0].removesuffix(".")
            yield f"| [`{kind}`](#{kind}) | {tier} | {summary} |"
    yield ""


def _section(rule: Rule) -> Iterator[str]:
    made = type(rule)
    yield f"### {rule.kind}\n"
    for paragraph in _paragraphs(made):
        yield f"{paragraph}\n"
    notes = [f"Tier: {_default(made, 'tier')}."]
    if made.foundation:
        notes.insert(0, "A foundation.")
    if made.private:
        notes.append("Private: only the coordinator is told of its breaches.")
    yield f"{' '.join(notes)}\n"
    fields = [name for name in made.model_fields if name not in ("kind", "tier", "weight")]
    if fields:
        yield "| field | what it holds | if not stated |"
        yield "|---|---|---|"
        for name in fields:
            yield _row(name, made.model_fields[name])
        yield ""


def _row(name: str, field: FieldInfo) -> str:
    wanted = expectation(bare(field.annotation, tuple(field.metadata))).replace("'", "`")
    said = f"{field.description} " if field.description else ""
    if field.is_required():
        default = "(required)"
    else:
        default = f"`{json.dumps(field.get_default(call_default_factory=True))}`"
    return f"| `{name}` | {said}{wanted[0].upper()}{wanted[1:]}. | {default} |"


def _example(rule: Rule) -> Iterator[str]:
    stated = {"kind": rule.kind, **rule.model_dump(mode="json", exclude_defaults=True)}
    yield f"```json\n{json.dumps(stated)}\n```\n"
    first = next(iter(rule.violations(ROUND, GROUPS)))
    yield f"> {first.message} *Amount {first.amount}.*\n"


def _paragraphs(rule: type[Rule]) -> list[str]:
    text = inspect.getdoc(rule) or ""
    return [" ".join(paragraph.split()) for paragraph in text.split("\n\n")]


def _default(rule: type[Rule], name: str) -> object:
    return rule.model_fields[name].default


def _student(name: str, **fields: object) -> Student:
    return Student.model_validate(
        {
            "id": name,
            "name": name.title(),
            "availability": {"tue-15": "yes", "wed-15": "yes"},
            "languages": {"en": "C1"},
            **fields,
        }
    )


def _mentor(name: str, **fields: object) -> Mentor:
    return Mentor.model_validate({**_student(name).model_dump(exclude={"priority"}), **fields})


ROUND = Round(
    students=(
        _student(
            "ana",
            department="Physics",
            availability={"tue-15": "if_need_be", "wed-15": "yes"},
            languages={"en": "native"},
            affiliations={"supervisor": ("mia",)},
            attributes={
                "stage": "starting",
                "year": 1,
                "credits": 30,
                "friends": "dee",
                "slot_wishes": ("wed-15", "tue-15"),
                "topics": ("rest", "sleep"),
                "preferred_language": "fi",
            },
        ),
        _student(
            "bo",
            department="Physics",
            availability={"wed-15": "yes"},
            mode="online",
            attributes={"stage": "starting", "year": 4, "credits": 45},
        ),
        _student(
            "cai",
            department="Design",
            languages={"en": "B1"},
            attributes={"stage": "midway", "year": 2},
        ),
        _student(
            "dee",
            department="Design",
            languages={"en": "C1", "fi": "native"},
            attributes={"stage": "starting"},
        ),
        _student("eli", priority=3, department="Design"),
        _student("fay"),
    ),
    mentors=(
        _mentor("mia", department="Physics", capacity=2, signed_up="2026-09-02T12:00:00+03:00"),
        _mentor("noa", department="Law", signed_up="2026-09-01T12:00:00+03:00"),
        _mentor("oli"),
    ),
    slots=(
        Slot(id="tue-15", weekday=2, start=time(15)),
        Slot(id="wed-15", weekday=3, start=time(15)),
    ),
    term=Term(first_day=date(2026, 10, 5), last_day=date(2026, 12, 18)),
    shape=GroupShape(),
    languages=("en", "fi"),
    topics=("sleep", "rest"),
)
"""A round with something for every rule to find."""


def _groups() -> Solution:
    student = {one.id: one for one in ROUND.students}
    mentor = {one.id: one for one in ROUND.mentors}
    groups = tuple(
        SolutionGroup(
            name,
            tuple(student[one] for one in students.split()),
            tuple(mentor[one] for one in mentors.split()),
            Template(ROUND.all_plans[slot][0], "en", "campus", "sleep"),
        )
        for name, students, mentors, slot in (
            ("g1", "ana bo cai", "mia noa", "tue-15"),
            ("g2", "dee", "mia", "wed-15"),
        )
    )
    return Solution(groups, (student["eli"], student["fay"]))


GROUPS = _groups()
"""Groups of it in which every example finds a breach."""


if __name__ == "__main__":
    PAGE.write_text(build(), encoding="utf-8")
