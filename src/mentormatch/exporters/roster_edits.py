"""What a group's rows say of its slot, dates and language, where somebody moved rows about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

from mentormatch.errors import Fault
from mentormatch.exporters.roster import SHARED

Written = Mapping[str, tuple[tuple[str, Mapping[str, str]], ...]]
"""For each person the groups in which they were written, with the shared cells of each."""


@dataclass(frozen=True)
class Statement:
    """What one row says of its group.

    Attributes
    ----------
    row
        Its number in the file.
    person
        Id of the person.
    said
        Text of each shared column that is not empty.
    mentor
        Whether the person is a mentor.
    """

    row: int
    person: str
    said: Mapping[str, str]
    mentor: bool = False

    @property
    def key(self) -> Hashable:
        """What is said, as one value."""
        return tuple(sorted(self.said.items()))


@dataclass(frozen=True)
class Settled:
    """What each group's rows come to.

    Attributes
    ----------
    said
        By group and column, the text and the row that says it.
    faults
        Rows that disagree.
    """

    said: Mapping[str, Mapping[str, tuple[str, int]]]
    faults: tuple[Fault, ...]


def settle(groups: Mapping[str, Sequence[Statement]], before: Written, file: str) -> Settled:
    """Return slot, dates, language, mode and topic of each group.

    A row that was moved still says those of the group that it came from. It is known by the
    matching that the roster was written from, or, without that, by saying word for word what
    most rows of another group say. Such a row is passed over, as the group's name decides.
    All other rows of a group have to agree.

    Parameters
    ----------
    groups
        The rows of each group.
    before
        What was written of each person; empty if that is not known.
    file
        Name of the file, for the faults.
    """
    usual = {name: _usual(rows) for name, rows in groups.items()}
    written = {name: shared for groups_of in before.values() for name, shared in groups_of}
    said: dict[str, Mapping[str, tuple[str, int]]] = {}
    faults: list[Fault] = []
    for name, rows in groups.items():
        if before:
            own = [row for row in rows if not _moved(row, name, before)]
        else:
            others = {key for other, key in usual.items() if other != name and key != usual[name]}
            own = [row for row in rows if row.key not in others]
            faults += _ambiguous(name, rows, own, usual, file)
        if not own and name in written:
            said[name] = {column: (text, rows[0].row) for column, text in written[name].items()}
            continue
        agreed, disagreeing = _agreed(name, own or rows, file)
        said[name] = _without_stale_dates(agreed, written.get(name))
        faults += disagreeing
    return Settled(said, tuple(faults))


def _moved(row: Statement, name: str, before: Written) -> bool:
    """Whether a row says what was written in it, and that was in another group."""
    earlier = before.get(row.person, ())
    return name not in {group for group, _ in earlier} and (
        not row.said or row.said in [shared for _, shared in earlier]
    )


def _usual(rows: Sequence[Statement]) -> Hashable | None:
    """Return what more than half of a group's rows say, if they do."""
    counts = Counter(row.key for row in rows if row.said)
    for key, count in counts.most_common(1):
        if 2 * count > counts.total():
            return key
    return None


def _ambiguous(
    name: str,
    rows: Sequence[Statement],
    own: Sequence[Statement],
    usual: Mapping[str, Hashable | None],
    file: str,
) -> list[Fault]:
    """Return a fault if most of a group's rows perhaps came from elsewhere.

    Its mentors and some students then say one thing, and most students another.
    """
    guides = {row.key for row in rows if row.mentor and row.said}
    seated = {row.key for row in rows if not row.mentor and row.said}
    if len(guides) != 1 or not guides <= seated or guides == {usual[name]}:
        return []
    if {row.key for row in own if row.said} == guides:
        return []
    message = (
        f"it cannot be told which rows of group {name!r} were moved there; empty the cells "
        f"{', '.join(SHARED)} of those that were"
    )
    return [Fault("contradiction", f"{file} row {rows[0].row}, column group", message)]


def _agreed(
    name: str, rows: Sequence[Statement], file: str
) -> tuple[Mapping[str, tuple[str, int]], list[Fault]]:
    """Return what rows say, and a fault for each that differs from most of them."""
    said: dict[str, tuple[str, int]] = {}
    faults = []
    for column in SHARED:
        stating = [row for row in rows if column in row.said]
        if not stating:
            continue
        (text, _), *_ = Counter(row.said[column] for row in stating).most_common(1)
        first = next(row.row for row in stating if row.said[column] == text)
        said[column] = (text, first)
        for row in stating:
            if row.said[column] != text:
                message = (
                    f"differs from row {first} of the same group {name!r}; a group's {column} is "
                    "changed in all its rows"
                )
                where = f"{file} row {row.row}, column {column}"
                faults.append(Fault("contradiction", where, message))
    return said, faults


def _without_stale_dates(
    said: Mapping[str, tuple[str, int]], written: Mapping[str, str] | None
) -> Mapping[str, tuple[str, int]]:
    """Leave the dates open where the slot was changed and they were not."""
    if written is None or "slot" not in said or "dates" not in said:
        return said
    changed = said["slot"][0] != written.get("slot")
    if changed and said["dates"][0] == written.get("dates"):
        return {column: found for column, found in said.items() if column != "dates"}
    return said
