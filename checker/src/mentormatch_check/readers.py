"""The rules that are known, each read as forms; `docs/certificate.md` lists them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations, permutations
from typing import Any

from mentormatch_check.document import RefusedError, one_of, rows, text, texts, whole
from mentormatch_check.forms import Form
from mentormatch_check.round import LEVELS, Round, Template, same_language, tag

WHO = ("students", "mentors", "everybody")
MOST_LOAD = 20
Data = dict[str, Any]
Reader = Callable[[Round, Data], Iterator[Form]]


def _who(round_: Round, data: Data) -> list[tuple[int, Any]]:
    return list(round_.chosen(one_of(data["who"], WHO, "who")))


def _by_value(round_: Round, data: Data) -> list[tuple[str, tuple[int, ...]]]:
    wanted = texts(data["values"], "values")
    found: dict[str, list[int]] = {}
    for number, person in _who(round_, data):
        for value in person.values(text(data["attribute"], "attribute")):
            if not wanted or value in wanted:
                found.setdefault(value, []).append(number)
    return [(value, tuple(people)) for value, people in sorted(found.items())]


def _place(round_: Round, name: Any) -> int:
    if name not in round_.place:
        raise RefusedError(f"a rule names {str(name)[:40]!r}, who is not there")
    return round_.place[name]


def _sets(round_: Round, value: Any) -> list[list[int]]:
    return [[_place(round_, one) for one in texts(row, "a set")] for row in rows(value, "sets")]


def _apart(pairs: Sequence[tuple[int, int]]) -> Iterator[Form]:
    if pairs:
        yield Form("pair", pairs={(min(pair), max(pair)): 1 for pair in pairs})


def _group_size(round_: Round, _: Data) -> Iterator[Form]:
    least = whole(round_.shape["min_students"], "min_students", 1)
    most = whole(round_.shape["max_students"], "max_students", least)
    counted = len(round_.people) if round_.shape["count_mentors"] is True else round_.students
    table = tuple(max(least - n, 0, n - most) for n in range(most + 2))
    yield Form("count", members=tuple(range(counted)), table=table)


def _mentors_per_group(round_: Round, _: Data) -> Iterator[Form]:
    wanted = whole(round_.shape["mentors"], "mentors", 0)
    mentors = tuple(range(round_.students, len(round_.people)))
    yield Form("count", members=mentors, table=tuple(abs(n - wanted) for n in range(wanted + 2)))


def _common_slot(round_: Round, _: Data) -> Iterator[Form]:
    yield Form("person", at=lambda p, t: int(round_.answer(p, t.plan) == 0))


def _common_language(round_: Round, data: Data) -> Iterator[Form]:
    level = one_of(data["level"], LEVELS, "level")
    yield Form("person", at=lambda p, t: int(not round_.people[p].reaches(t.language, level)))


def _common_mode(round_: Round, _: Data) -> Iterator[Form]:
    yield Form("person", at=lambda p, t: int(round_.people[p].mode not in ("either", t.mode)))


def _place_everyone(round_: Round, _: Data) -> Iterator[Form]:
    students = range(round_.students)
    tables = {p: (round_.people[p].priority, 0) for p in students}
    yield Form("load", members=tuple(students), tables=tables)


def _keep_apart_affiliation(round_: Round, data: Data) -> Iterator[Form]:
    kind = text(data["affiliation"], "affiliation")
    between = one_of(data["between"], ("everybody", "students", "students_and_mentors"), "between")
    tied: dict[str, list[int]] = {}
    for number, person in enumerate(round_.people):
        for tie in {person.id, *person.affiliations.get(kind, [])}:
            tied.setdefault(tie, []).append(number)
    pairs = {pair for people in tied.values() for pair in combinations(people, 2)}
    students = {pair: sum(p < round_.students for p in pair) for pair in pairs}
    asked = {"everybody": (0, 1, 2), "students": (2,), "students_and_mentors": (1,)}[between]
    yield from _apart([pair for pair in sorted(pairs) if students[pair] in asked])


def _mix(round_: Round, data: Data) -> Iterator[Form]:
    for _, people in _by_value(round_, data):
        if len(people) > 1:
            table = tuple(n * (n - 1) // 2 for n in range(len(people) + 1))
            yield Form("count", members=people, table=table)


def _prefer_yes(round_: Round, data: Data) -> Iterator[Form]:
    about = {number for number, _ in _who(round_, data)}
    yield Form("person", at=lambda p, t: int(p in about and round_.answer(p, t.plan) < 2))


def _at_most(round_: Round, data: Data) -> Iterator[Form]:
    most = whole(data["most"], "most", 0)
    for _, people in _by_value(round_, data):
        if len(people) > most:
            yield Form("count", members=people, table=(*[0] * (most + 1), 1))


def _at_least(round_: Round, data: Data) -> Iterator[Form]:
    least = whole(data["least"], "least", 1)
    people = sorted({p for _, there in _by_value(round_, data) for p in there})
    yield Form("count", members=tuple(people), table=(*range(least, -1, -1), 0))


def _nobody_alone(round_: Round, data: Data) -> Iterator[Form]:
    least = whole(data["least"], "least", 2)
    for _, people in _by_value(round_, data):
        yield Form("count", members=people, table=(0, *range(least - 1, -1, -1), 0))


def _target_size(round_: Round, data: Data) -> Iterator[Form]:
    target = data["target"] if data["target"] is not None else round_.shape["target_students"]
    if target is not None:
        wished = whole(target, "target", 1)
        table = tuple((n - wished) ** 2 for n in range(round_.students + 1))
        yield Form("count", members=tuple(range(round_.students)), table=table)


def _native_speakers(round_: Round, data: Data) -> Iterator[Form]:
    most = whole(data["most"], "most", 0)
    for language in round_.languages:
        native = [p for p, one in round_.chosen("students") if one.reaches(language, "native")]
        if len(native) > most:
            table = (*[0] * (most + 1), 1)
            yield Form("count", members=tuple(native), table=table, where=_spoken(language))


def _mentor_language(round_: Round, data: Data) -> Iterator[Form]:
    level, least = one_of(data["level"], LEVELS, "level"), whole(data["least"], "least", 1)
    fixed = data["language"]
    for language in round_.languages if fixed is None else [tag(fixed)]:
        able = [p for p, one in round_.chosen("mentors") if one.reaches(language, level)]
        where = _spoken(language) if fixed is None else None
        table = (*range(least, -1, -1), 0)
        yield Form("count", members=tuple(able), table=table, where=where)


def _spoken(language: str) -> Callable[[Template], bool]:
    return lambda template: template.language == language


def _keep_apart(round_: Round, data: Data) -> Iterator[Form]:
    sets = _sets(round_, data["sets"])
    yield from _apart([pair for people in sets for pair in combinations(people, 2)])


def _wish_apart(round_: Round, data: Data) -> Iterator[Form]:
    wishes = _sets(round_, data["wishes"])
    if any(len(pair) != 2 for pair in wishes):
        raise RefusedError("a wish is not a pair")
    yield from _apart([(one, other) for one, other in wishes if one != other])


def _keep_together(round_: Round, data: Data) -> Iterator[Form]:
    sets = _sets(round_, data["sets"])
    if data["affiliation"] is not None:
        tied: dict[str, list[int]] = {}
        for number, person in enumerate(round_.people):
            for tie in set(person.affiliations.get(text(data["affiliation"], "affiliation"), [])):
                tied.setdefault(tie, []).append(number)
        sets += list(tied.values())
    pairs = {pair for people in sets for pair in permutations(people, 2)}
    if pairs:
        yield Form("apart", pairs=dict.fromkeys(sorted(pairs), 1))


def _sum_cap(round_: Round, data: Data) -> Iterator[Form]:
    attribute = text(data["attribute"], "attribute")
    weights = {p: one.number(attribute) or 0 for p, one in _who(round_, data)}
    lines = [(0, 0)]
    if data["most"] is not None:
        lines.append((1, -whole(data["most"], "most")))
    if data["least"] is not None:
        lines.append((-1, whole(data["least"], "least")))
    yield Form("sum", weights=weights, lines=tuple(lines))


def _balance(round_: Round, data: Data) -> Iterator[Form]:
    attribute = text(data["attribute"], "attribute")
    numbers = {p: n for p, one in _who(round_, data) if (n := one.number(attribute)) is not None}
    count = len(numbers)
    # The mean, rounded with halves upwards.
    centre = (2 * sum(numbers.values()) + count) // (2 * count) if count else 0
    weights = {p: n - centre for p, n in numbers.items()}
    yield Form("sum", weights=weights, lines=((0, 0), (1, 0), (-1, 0)))


def _mentor_groups(round_: Round, data: Data) -> Iterator[Form]:
    named = set(texts(data["mentors"], "mentors"))
    least = whole(data["least"], "least", 0)
    most = MOST_LOAD if data["most"] is None else whole(data["most"], "most", 0)
    table = tuple(max(least - n, 0, n - most) for n in range(MOST_LOAD + 1))
    about = [p for p, one in round_.chosen("mentors") if not named or one.id in named]
    yield Form("load", members=tuple(about), table=table)


def _mentor_load(round_: Round, _: Data) -> Iterator[Form]:
    mentors = tuple(range(round_.students, len(round_.people)))
    table = tuple(n * (n - 1) // 2 for n in range(MOST_LOAD + 1))
    yield Form("load", members=mentors, table=table)


def _place_people(round_: Round, data: Data) -> Iterator[Form]:
    people = dict.fromkeys(texts(data["people"], "people"))
    here = tuple(round_.place[one] for one in people if one in round_.place)
    if here:
        yield Form("load", members=here, table=(1, 0))


def _wishes(of: Callable[[Template], str | None]) -> Reader:
    def read(round_: Round, data: Data) -> Iterator[Form]:
        attribute = text(data["attribute"], "attribute")
        wished = {p: one.values(attribute) for p, one in _who(round_, data)}

        def amount(person: int, template: Template) -> int:
            wishes, found = wished.get(person, []), of(template)
            return wishes.index(found) if found in wishes else len(wishes)

        yield Form("person", at=amount)

    return read


def _preferred_language(round_: Round, data: Data) -> Iterator[Form]:
    attribute = text(data["attribute"], "attribute")
    wished = {p: [tag(v) for v in one.values(attribute)] for p, one in _who(round_, data)}

    def amount(person: int, template: Template) -> int:
        wishes = wished.get(person, [])
        return int(bool(wishes) and not any(same_language(w, template.language) for w in wishes))

    yield Form("person", at=amount)


def _second_language(round_: Round, data: Data) -> Iterator[Form]:
    language, level = tag(data["language"]), one_of(data["level"], LEVELS, "level")
    below = {p for p, one in _who(round_, data) if not one.reaches(language, level)}
    yield Form("person", at=lambda p, _: int(p in below))


def _traits(round_: Round, data: Data) -> tuple[int, Callable[[Template], list[bool]], list[int]]:
    mine = _place(round_, data["person"])
    stated = {trait: data[trait] for trait in ("slot", "language", "mode", "topic")}
    if stated["language"] is not None:
        stated["language"] = tag(stated["language"])
    others = sorted({_place(round_, one) for one in texts(data["with_people"], "with_people")})

    def match(template: Template) -> list[bool]:
        found = {
            "slot": template.plan.slot.id,
            "language": template.language,
            "mode": template.mode,
            "topic": template.topic,
        }
        return [found[trait] == value for trait, value in stated.items() if value is not None]

    return mine, match, [other for other in others if other != mine]


def _pin(round_: Round, data: Data) -> Iterator[Form]:
    mine, match, others = _traits(round_, data)
    yield Form("load", members=(mine,), table=(1, 0))
    yield Form("person", at=lambda p, t: match(t).count(False) if p == mine else 0)
    if others:
        yield Form("apart", pairs={(mine, other): 1 for other in others})


def _ban(round_: Round, data: Data) -> Iterator[Form]:
    mine, match, others = _traits(round_, data)
    yield Form("person", at=lambda p, t: match(t).count(True) if p == mine else 0)
    yield from _apart([(mine, other) for other in others])


_COUNTED: Data = {"attribute": "department", "values": [], "who": "students"}
_TRAITS: Data = {
    "person": ...,
    "slot": None,
    "language": None,
    "mode": None,
    "topic": None,
    "with_people": [],
}

READERS: dict[str, tuple[Reader, int | str, Data]] = {
    "group_size": (_group_size, "hard", {}),
    "mentors_per_group": (_mentors_per_group, "hard", {}),
    "common_slot": (_common_slot, "hard", {}),
    "common_language": (_common_language, "hard", {"level": "B2"}),
    "common_mode": (_common_mode, "hard", {}),
    "place_everyone": (_place_everyone, 1, {}),
    "keep_apart_affiliation": (
        _keep_apart_affiliation,
        "hard",
        {"affiliation": "supervisor", "between": "everybody"},
    ),
    "mix": (_mix, 3, _COUNTED),
    "prefer_yes": (_prefer_yes, 4, {"who": "everybody"}),
    "at_least": (_at_least, "hard", {**_COUNTED, "values": ..., "least": 1}),
    "at_most": (_at_most, "hard", {**_COUNTED, "most": 2}),
    "balance": (_balance, 5, {"attribute": ..., "who": "students"}),
    "ban": (_ban, "hard", _TRAITS),
    "keep_apart": (_keep_apart, "hard", {"sets": ...}),
    "keep_together": (_keep_together, "hard", {"sets": [], "affiliation": None}),
    "mentor_groups": (_mentor_groups, "hard", {"mentors": [], "least": 0, "most": None}),
    "mentor_language": (
        _mentor_language,
        "hard",
        {"language": None, "level": "C1", "least": 1},
    ),
    "mentor_load": (_mentor_load, 5, {}),
    "native_speakers": (_native_speakers, 4, {"most": 2}),
    "nobody_alone": (_nobody_alone, 2, {**_COUNTED, "least": 2}),
    "pin": (_pin, "hard", _TRAITS),
    "place_people": (_place_people, 1, {"people": ..., "because": "stated"}),
    "preferred_language": (
        _preferred_language,
        4,
        {"attribute": "preferred_language", "who": "everybody"},
    ),
    "second_language": (
        _second_language,
        "hard",
        {"language": ..., "level": "B1", "who": "everybody"},
    ),
    "slot_wishes": (
        _wishes(lambda template: template.plan.slot.id),
        4,
        {"attribute": "slot_wishes", "who": "students"},
    ),
    "sum_cap": (
        _sum_cap,
        "hard",
        {"attribute": ..., "most": None, "least": None, "who": "students"},
    ),
    "target_size": (_target_size, 5, {"target": None}),
    "topic_wishes": (
        _wishes(lambda template: template.topic),
        4,
        {"attribute": "topics", "who": "students"},
    ),
    "wish_apart": (_wish_apart, 5, {"wishes": ...}),
}
"""For each kind its reader, the tier that it has by itself, and the defaults of its fields."""
