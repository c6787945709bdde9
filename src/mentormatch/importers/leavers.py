"""Whom a rule names and a problem does not have, read from the fault that says so."""

from __future__ import annotations

import ast
import re

from mentormatch.errors import Fault

_NAMED = re.compile(r"\w+ names ('.*'|\".*\"), who is not among")


def name_in_rule(fault: Fault) -> str | None:
    """Return the id that a rule names and nobody has, or None if something else is wrong."""
    found = _NAMED.match(fault.message)
    if fault.code != "unknown_person" or "rules[" not in fault.where or found is None:
        return None
    return str(ast.literal_eval(found[1]))
