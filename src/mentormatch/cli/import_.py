"""Read the sign-ups that a form exported."""

from __future__ import annotations

import json
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mentormatch.cli.answering import answer_with, current
from mentormatch.cli.guard import UsageError
from mentormatch.cli.import_view import proposal_view
from mentormatch.cli.options import Force, Output, Quiet
from mentormatch.cli.rules_view import default_rules_view
from mentormatch.cli.streams import check_targets, is_standard, write_result
from mentormatch.cli.terminal import console_on, say
from mentormatch.errors import Fault, InputError
from mentormatch.exit_codes import ExitCode

if TYPE_CHECKING:
    from mentormatch.importers import Grid

ExportFile = Annotated[
    Path,
    typer.Argument(metavar="FILE", help="CSV, XLSX or Parquet of a form.", show_default=False),
]
MappingFile = Annotated[
    Path | None,
    typer.Option("--mapping", metavar="FILE", help="Which column is what (TOML)."),
]
ProgrammeFile = Annotated[
    Path | None,
    typer.Option("--programme", metavar="FILE", help="Everything besides the people (TOML)."),
]
MentorsFile = Annotated[
    Path | None, typer.Option("--mentors", metavar="FILE", help="Export of the mentors' form.")
]
MentorsMapping = Annotated[
    Path | None,
    typer.Option("--mentors-mapping", metavar="FILE", help="Default: that of the students."),
]
CodebookFile = Annotated[
    Path | None,
    typer.Option(
        "--codebook",
        metavar="FILE",
        help="What the codes of the export mean: a REDCap data dictionary, or a table with the "
        "headings column, code, meaning (a row without a code says what its column asks).",
    ),
]
Calendars = Annotated[
    Path | None,
    typer.Option("--calendars", metavar="FOLDER", help="Where people's .ics files lie."),
]
Suggest = Annotated[
    bool, typer.Option("--suggest", help="Propose a mapping, and show what it would read.")
]
Private = Annotated[
    bool, typer.Option("--private", help="Tell rows and columns, not what people wrote.")
]
ReportTarget = Annotated[
    str | None,
    typer.Option("--report", metavar="FILE", help="Write the report as JSON as well."),
]


def run(
    file: ExportFile,
    mapping: MappingFile = None,
    programme: ProgrammeFile = None,
    mentors: MentorsFile = None,
    mentors_mapping: MentorsMapping = None,
    codebook: CodebookFile = None,
    calendars: Calendars = None,
    suggest: Suggest = False,
    private: Private = False,
    quiet: Quiet = False,
    output: Output = None,
    report: ReportTarget = None,
    force: Force = False,
) -> ExitCode:
    """Read the sign-ups that a form exported, and report everything that is wrong with them.

    First --suggest proposes a mapping; then, with it and a programme, a problem is made. Where
    standard error is not a terminal, messages are as with --private.
    """
    hidden = private or not sys.stderr.isatty()
    check_targets("-" if is_standard(output) else output, report, force=force)
    if suggest:
        if mapping is not None or programme is not None:
            raise UsageError("--suggest needs the file alone; it proposes the mapping.")
        return _suggest(file, codebook, output, private=hidden, quiet=quiet, force=force)
    if mapping is None or programme is None:
        from mentormatch.importers.first_programme import PROGRAMME_TO_BEGIN_WITH

        raise UsageError(
            "An import needs --mapping and --programme; --suggest proposes the mapping, and a "
            f"programme says all but the people and may begin so:\n\n{PROGRAMME_TO_BEGIN_WITH}"
        )
    from mentormatch.importers import Export, import_round, read_mapping

    columns = read_mapping(mapping)
    students = Export(
        _grid(file, columns.file.sheet, codebook), columns, calendars or file.resolve().parent
    )
    guides = None
    if mentors is not None:
        theirs = columns if mentors_mapping is None else read_mapping(mentors_mapping)
        folder = calendars or mentors.resolve().parent
        guides = Export(_grid(mentors, theirs.file.sheet, codebook), theirs, folder)
    try:
        imported = import_round(_programme(programme), students, guides, private=hidden)
    except InputError as error:
        if mentors is not None and mentors_mapping is None and _lacks_columns(error, mentors):
            say(
                "The mentors' form has other columns than the students': "
                f"mentormatch import {mentors.name} --suggest proposes a mapping of its own, for "
                "--mentors-mapping.",
                style="yellow",
            )
        raise
    if not quiet:
        say(imported.report.text(private=hidden))
    elif imported.report.stopped:
        say("\n".join(one.text(private=hidden) for one in imported.report.stopped), style="red")
    if current().wanted:
        from mentormatch.cli.documents import Imported

        made = imported.problem
        answer_with(
            Imported(problem=made, report=imported.report.as_data(private=private)),
            problem=None if made is None else made.fingerprint,
        )
        current().faults += [
            Fault(one.code, one.file, one.text(private=hidden)) for one in imported.report.stopped
        ]
    if report is not None:
        data = imported.report.as_data(private=private)
        text = json.dumps(data, indent=2, ensure_ascii=False)
        write_result(f"{text}\n", report, force=force)
    if imported.problem is None:
        say("\nNo student can be used, so there is no problem to write.", style="red")
        return ExitCode.BAD_INPUT
    if not quiet:
        console_on(sys.stderr).print(default_rules_view(imported.problem.rule_uses))
    write_result(imported.problem.to_json() + "\n", output, force=force)
    return ExitCode.DONE


def _suggest(
    file: Path,
    codebook: Path | None,
    output: str | None,
    *,
    private: bool,
    quiet: bool,
    force: bool,
) -> ExitCode:
    from mentormatch.importers import mapping_toml, suggest_mapping

    grid = _grid(file, None, codebook)
    proposal = suggest_mapping(grid)
    if not quiet:
        for finding in grid.findings:
            say(finding.text(private=private))
        console_on(sys.stderr).print(proposal_view(proposal, private=private))
    for coded in proposal.coded:
        say(coded.text(), style="yellow")
    if proposal.mapping.availability is None:
        say(
            "No column says when people can come; add [availability] to the mapping.",
            style="yellow",
        )
    if current().wanted:
        from mentormatch.cli.documents import Imported

        answer_with(Imported(mapping=mapping_toml(proposal.mapping)))
    write_result(mapping_toml(proposal.mapping), output, force=force)
    return ExitCode.DONE


def _grid(file: Path, sheet: str | None, codebook: Path | None) -> Grid:
    """Return the cells of an export, with texts in place of the codes that a codebook knows."""
    from mentormatch.importers import codebook_of, decoded, read_grid

    grid = read_grid(file, sheet=sheet)
    return grid if codebook is None else decoded(grid, codebook_of(read_grid(codebook)))


def _lacks_columns(error: InputError, file: Path) -> bool:
    return any(
        fault.code == "no_column" and fault.message.startswith(f"{file.name} ")
        for fault in error.faults
    )


def _programme(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise InputError([Fault("not_text", path.name, "is not UTF-8 text")]) from None
    except tomllib.TOMLDecodeError as error:
        raise InputError([Fault("not_toml", path.name, f"is not TOML: {error}")]) from None
