"""Typed values of workbooks and dataframes as the text that a form would show."""

from __future__ import annotations

import math
from datetime import date, datetime, time, timedelta
from typing import Any

from mentormatch.importers.sheet import clean


def cell_text(value: Any) -> str:
    """Return a value as text: empty for nothing, ISO for times, entries joined by ``;``."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        if math.isnan(value):
            return ""
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        # The missing time of pandas is a time as well.
        missing = str(value) == "NaT"
        return "" if missing else value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, time):
        return value.isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    if isinstance(value, set | frozenset):
        # Its order differs from run to run.
        return "; ".join(sorted(filter(None, map(cell_text, value))))
    if isinstance(value, list | tuple):
        return "; ".join(filter(None, map(cell_text, value)))
    if hasattr(value, "tolist"):
        return cell_text(value.tolist())
    text = clean(str(value))
    return "" if text in ("<NA>", "NaT", "nan") else text
