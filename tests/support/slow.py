"""Seeds of one law, of which the dear ones are left to `pytest --slow`."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import pytest


def slow_among(seeds: Iterable[int], slow: Collection[int]) -> list[object]:
    """Return seeds as parameters of a test, some of them marked as slow."""
    return [pytest.param(seed, marks=pytest.mark.slow) if seed in slow else seed for seed in seeds]
