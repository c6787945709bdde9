"""Files and dataframes as grids of cells, one kind in each file."""

from __future__ import annotations

from mentormatch.importers.files.frames import grid_of_frame
from mentormatch.importers.files.opening import read_grid

__all__ = ["grid_of_frame", "read_grid"]
