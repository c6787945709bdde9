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
    """Return the programme's rules, and those that columns of names become."""
    rules: list[Any] = list(data.get("rules") or ())
    directory = Directory(person for section in sections for person in section.people)
    findings: list[Finding] = []
    for kind in NAME_COLUMNS:
        wishes: list[tuple[SignUp, SignUp]] = []
        for section in sections:
            for person in section.people:
                wishes += _named(section, person, kind, directory, findings)
        if wishes:
            where = "sets" if kind == "keep_apart" else "wishes"
            rules.append({"kind": kind, where: pairs(wishes)})
    return rules, findings


def _named(
    section: Section,
    person: SignUp,
    kind: str,
    directory: Directory,
    findings: list[Finding],
) -> Iterator[tuple[SignUp, SignUp]]:
    """Yield whom somebody names, and tell of names that are nobody's for sure."""
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
