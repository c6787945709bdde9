"""A programme to begin with, for whoever has sign-ups and nothing else."""

from __future__ import annotations

PROGRAMME_TO_BEGIN_WITH = """\
languages = ["en"]         # in which groups meet

[term]
first_day = 2026-10-05
last_day = 2026-12-11
meetings = 6               # of each group
zone = "Europe/Helsinki"

[shape]                    # of a group
min_students = 4
max_students = 8
mentors = 1

[[slots]]                  # one for each time at which groups can meet
id = "mon-13"
weekday = "monday"
start = "13:00"
minutes = 120
"""
"""Shown where a programme is missing. The fields are those of ``docs/programme.md``."""
