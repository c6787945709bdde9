"""A proposed mapping on a terminal: what each column would be read as."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from mentormatch.importers import Proposal
from mentormatch.importers.findings import both_ends, shortened
from mentormatch.text import visible

NOT_READ = "not read"


def proposal_view(proposal: Proposal, *, private: bool) -> RenderableType:
    """Return the proposal as a table to be confirmed.

    Parameters
    ----------
    proposal
        The mapping and what it reads.
    private
        Whether to leave out what people wrote.
    """
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("column")
    table.add_column("read as")
    if not private:
        table.add_column("for example")
    for column in proposal.columns:
        style = "" if column.holds else "dim"
        cells = [both_ends(column.heading), column.holds or NOT_READ]
        if not private:
            # What is not read is not shown either.
            samples = column.samples if column.holds else ()
            cells.append(" | ".join(map(shortened, samples)))
        table.add_row(*(Text(visible(cell), style=style) for cell in cells))
    return Group(*map(Text, _notes(proposal)), Text(""), table)


def _notes(proposal: Proposal) -> Iterator[str]:
    if proposal.form is not None:
        yield f"An export of {proposal.form}."
    rows = proposal.mapping.file.heading_rows
    if rows != (1,):
        yield f"Headings stand in row {', '.join(map(str, rows))}."
    shape = proposal.mapping.availability
    if shape is not None:
        says = getattr(shape, "says", "available")
        yield f"Times: {shape.titles}; they say when people are {str(says).upper()}."
