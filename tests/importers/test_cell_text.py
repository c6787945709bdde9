"""Typed cells of workbooks and dataframes, as a form would show them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest

from mentormatch.importers.files.cell_text import cell_text


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, ""),
        ("  as it is ", "  as it is "),
        (True, "yes"),
        (False, "no"),
        (7, "7"),
        (7.0, "7"),
        (-2.5, "-2.5"),
        (1e15, "1000000000000000.0"),
        (float("nan"), ""),
        (float("inf"), "inf"),
        (Decimal("1.50"), "1.50"),
        (datetime.fromisoformat("2026-09-01T14:05:09.25"), "2026-09-01 14:05:09"),
        (date(2026, 9, 1), "2026-09-01"),
        (time(14, 5, 9), "14:05"),
        (timedelta(hours=1, minutes=30), "1:30:00"),
        (["a", None, 7.0, ""], "a; 7"),
        (("a", ["b", "c"]), "a; b; c"),
        ([], ""),
        (np.int64(7), "7"),
        (np.float64(7), "7"),
        (np.bool_(True), "yes"),
        (np.array(["a", "b"]), "a; b"),
        (np.datetime64("2026-09-01T14:05:09"), "2026-09-01 14:05:09"),
        (pd.Timestamp("2026-09-01 14:05:09"), "2026-09-01 14:05:09"),
        (pd.NaT, ""),
        (pd.NA, ""),
    ],
    ids=repr,
)
def test_a_value_is_told_as_a_form_would(value: Any, expected: str) -> None:
    """The same answers mean the same whatever file they came in."""
    assert cell_text(value) == expected


@pytest.mark.parametrize("kind", [set, frozenset])
def test_a_set_is_told_in_one_order(kind: type) -> None:
    """Bug: Python's order of texts in a set differs from run to run, and the cell did with it."""
    assert cell_text(kind("hgfedcba")) == "a; b; c; d; e; f; g; h"
