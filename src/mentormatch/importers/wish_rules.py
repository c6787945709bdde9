"""Names that people wrote into a form as rules on who meets whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from mentormatch.importers.cleaning.wishes import Directory, pairs
from mentormatch.importers.findings import Finding
from mentormatch.importers.row_reading import NAME_COLUMNS
from mentormatch.importers.sign_ups import Section, SignUp


def rules_with_wishes(
    data: Mapping[str, Any], sections: Sequence[Section]
) -> tuple[list[Any], list[Finding]]:
    """Return the programme's rules, and those that columns of names become.

    A rule of the programme that states tier and weight but nobody is the one that a column of
    names completes. Addresses in rules become the ids of those who have them.
    """
    people = [person for section in sections for person in section.people]
    ids = {person.email: person.id for person in people if person.email}
    rules = [_by_id(rule, ids) for rule in data.get("rules") or ()]
    directory = Directory(people)
    findings: list[Finding] = []
    for kind in NAME_COLUMNS:
        wishes: list[tuple[SignUp, SignUp]] = []
        for section in sections:
            for person in section.people:
                wishes += _named(section, person, kind, directory, findings)
        where = "sets" if kind == "keep_apart" else "wishes"
        open_rule = next((rule for rule in rules if _names_nobody(rule, kind)), None)
        if open_rule is not None:
            rules.remove(open_rule)
        if wishes:
            rules.append({"kind": kind, **(open_rule or {}), where: pairs(wishes)})
        elif open_rule is not None:
            message = f"names nobody for the rule {kind} of the programme; the rule is left out"
            findings.append(sections[0].table.finding("no_wishes", "look", message))
    return rules, findings


def _names_nobody(rule: Any, kind: str) -> bool:
    """Whether a rule of the programme waits for the names of a column."""
    if not isinstance(rule, Mapping) or rule.get("kind") != kind or rule.get("tier") == "off":
        return False
    return not any(rule.get(field) for field in ("sets", "wishes", "attribute"))


def _by_id(value: Any, ids: Mapping[str, str]) -> Any:
    """Return a rule's document with the ids of people whose addresses it names."""
    if isinstance(value, str):
        return ids.get(value.casefold(), value) if "@" in value else value
    if isinstance(value, Mapping):
        return {key: _by_id(inner, ids) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_by_id(inner, ids) for inner in value]
    return value


def _named(
    section: Section,
    person: SignUp,
    kind: str,
    directory: Directory,
    findings: list[Finding],
) -> Iterator[tuple[SignUp, SignUp]]:
    """Yield whom somebody names, and report names that are nobody's for sure."""
    if kind not in person.said:
        return
    heading = getattr(section.export.mapping.columns, kind)
    place = section.table.place(heading)
    corrections = section.export.mapping.corrections.get(kind, {})
    for one in directory.named(person.said[kind], corrections):
        if one.person is person:
            message = "names the person themselves; not used"
        elif one.person is not None:
            yield person, one.person
            continue
        elif one.many:
            message = "is the name of several people; not used (write the e-mail instead)"
        else:
            message = (
                f"is nobody among those signed up; not used (accept an offer under "
                f"'corrections.{kind}' in the mapping)"
            )
        near = one.near
        findings.append(
            section.table.finding(
                "unknown_name", "lost", message, row=person.row, place=place, value=one.text,
                near=None if near is None else near.name or near.id,
                near_row=None if near is None or near not in section.people else near.row,
            )
        )  # fmt: skip
