"""Sign-ups from files in, one use case a file."""

from __future__ import annotations

from mentormatch.tables.round_folder import read_round

__all__ = ["read_round"]
