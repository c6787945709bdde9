"""What one row says of one person, before it goes into a problem."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class SignUp:
    """One answer to a form.

    Attributes
    ----------
    row
        Its number in the file.
    id
        What the problem calls the person.
    key
        By what two answers are known to be the same person's.
    raw_key
        The same as it stands in the file.
    key_place
        Where it stands.
    email, name
        As far as they are known.
    completed
        When the form was sent.
    document
        The person's fields in the problem.
    said
        What they wrote into the columns of names, by what the columns hold.
    """

    row: int
    id: str
    key: str
    raw_key: str = field(repr=False)
    key_place: int | None = None
    email: str | None = field(default=None, repr=False)
    name: str | None = field(default=None, repr=False)
    completed: datetime | None = None
    document: Mapping[str, Any] = field(default_factory=dict, repr=False)
    said: Mapping[str, str] = field(default_factory=dict, repr=False)
