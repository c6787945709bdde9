"""Finding every fault of an input in one pass, and saying each in plain words."""

from __future__ import annotations

from mentormatch.validation.cross import cross_faults, sound_part
from mentormatch.validation.json_text import MAX_BYTES, read_json
from mentormatch.validation.passes import Reading, read_in_passes
from mentormatch.validation.schema import document_schema

__all__ = [
    "MAX_BYTES",
    "Reading",
    "cross_faults",
    "document_schema",
    "read_in_passes",
    "read_json",
    "sound_part",
]
