"""Writing a roster to a file of the kind that its name says."""

from __future__ import annotations

from pathlib import Path

from mentormatch.data.matching import Matching
from mentormatch.data.problem import Problem
from mentormatch.errors import Fault, InputError
from mentormatch.exporters.group_details import NO_DETAILS, Details
from mentormatch.exporters.roster import roster_csv
from mentormatch.exporters.workbook import roster_xlsx
from mentormatch.files import write_atomically


def write_roster(
    problem: Problem,
    matching: Matching,
    path: str | Path,
    *,
    raw: bool = False,
    overwrite: bool = False,
    details: Details = NO_DETAILS,
) -> None:
    """Write the roster as CSV or XLSX to a file that only its owner can read.

    Parameters
    ----------
    problem
        The problem that was matched.
    matching
        Its matching, found or made by hand.
    path
        Where the roster is to stand; ``.csv`` or ``.xlsx`` at its end says which it is.
    raw
        Whether cells of a CSV stand as they are, for programs and not for spreadsheets.
    overwrite
        Whether a file that is there already may be replaced.
    details
        Names, places and links of groups, by id, for a workbook.

    Raises
    ------
    FileExistsError
        If the file is there and may not be replaced.
    InputError
        If the name has another ending.
    InputError
        If the matching names somebody or a slot that the problem does not have.
    MissingExtraError
        If the package of the extra ``xlsx`` is needed and not installed.
    """
    ending = Path(path).suffix.lower()
    if ending == ".xlsx":
        write_atomically(path, roster_xlsx(problem, matching, details=details), overwrite=overwrite)
    elif ending == ".csv":
        write_atomically(path, csv_bytes(problem, matching, raw=raw), overwrite=overwrite)
    else:
        message = f"ends in {ending!r}; a roster is written as .csv or .xlsx"
        raise InputError([Fault("unknown_ending", str(path), message)])


def csv_bytes(problem: Problem, matching: Matching, *, raw: bool = False) -> bytes:
    """Return the roster as a CSV file in UTF-8, with the mark by which Excel knows that."""
    return roster_csv(problem, matching, raw=raw).encode("utf-8" if raw else "utf-8-sig")
