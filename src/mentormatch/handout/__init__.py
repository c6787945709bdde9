"""What is handed out of a matching: rosters, calendars and texts, and rosters read back."""

from __future__ import annotations

from mentormatch.handout.calendars import calendars
from mentormatch.handout.output_folder import OutputFolder, OutputFolderError
from mentormatch.handout.roster import roster_csv
from mentormatch.handout.roster_reading import read_roster
from mentormatch.handout.round_output import missing_parts, round_files
from mentormatch.handout.templating import check_templates
from mentormatch.handout.texts import texts
from mentormatch.handout.workbook import roster_xlsx
from mentormatch.handout.writing import write_roster

__all__ = [
    "OutputFolder",
    "OutputFolderError",
    "calendars",
    "check_templates",
    "missing_parts",
    "read_roster",
    "roster_csv",
    "roster_xlsx",
    "round_files",
    "texts",
    "write_roster",
]
