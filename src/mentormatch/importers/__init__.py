"""Sign-ups from files in, one use case a file."""

from __future__ import annotations

from mentormatch.importers.codebook import Codebook, codebook_of, decoded
from mentormatch.importers.files import grid_of_frame, read_grid
from mentormatch.importers.findings import Finding, ImportReport
from mentormatch.importers.importing import Imported, import_round
from mentormatch.importers.mapping import SurveyMapping, mapping_of, mapping_toml, read_mapping
from mentormatch.importers.round_folder import read_round
from mentormatch.importers.sign_ups import Export
from mentormatch.importers.suggest import Proposal, suggest_mapping
from mentormatch.importers.table import Grid

__all__ = [
    "Codebook",
    "Export",
    "Finding",
    "Grid",
    "ImportReport",
    "Imported",
    "Proposal",
    "SurveyMapping",
    "codebook_of",
    "decoded",
    "grid_of_frame",
    "import_round",
    "mapping_of",
    "mapping_toml",
    "read_grid",
    "read_mapping",
    "read_round",
    "suggest_mapping",
]
