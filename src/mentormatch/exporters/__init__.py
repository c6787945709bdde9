"""What is handed out of a matching: rosters, calendars and texts, and rosters read back."""

from __future__ import annotations

from mentormatch.exporters.calendars import calendars
from mentormatch.exporters.frontier_plot import frontier_plot
from mentormatch.exporters.group_details import GroupDetails, read_details
from mentormatch.exporters.output_folder import OutputFolder, OutputFolderError
from mentormatch.exporters.roster import roster_csv
from mentormatch.exporters.roster_reading import read_roster
from mentormatch.exporters.round_output import missing_parts, round_files, write_roster
from mentormatch.exporters.templating import check_templates
from mentormatch.exporters.texts import texts
from mentormatch.exporters.workbook import roster_xlsx

__all__ = [
    "GroupDetails",
    "OutputFolder",
    "OutputFolderError",
    "calendars",
    "check_templates",
    "frontier_plot",
    "missing_parts",
    "read_details",
    "read_roster",
    "roster_csv",
    "roster_xlsx",
    "round_files",
    "texts",
    "write_roster",
]
