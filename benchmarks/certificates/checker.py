"""The checker, taken from the repository where it is not installed."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

if find_spec("mentormatch_check") is None:
    sys.path.append(str(Path(__file__).parents[2] / "checker" / "src"))

from mentormatch_check.__main__ import check
from mentormatch_check.document import RefusedError

__all__ = ["RefusedError", "check"]
