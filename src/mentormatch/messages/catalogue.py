"""Every message in English, Finnish and Swedish.

A message's code never changes its meaning; its words may.
"""

from __future__ import annotations

from collections.abc import Mapping

from mentormatch.messages.catalogue_people import PEOPLE_MESSAGES
from mentormatch.messages.catalogue_round import ROUND_MESSAGES
from mentormatch.messages.catalogue_shown import SHOWN_MESSAGES
from mentormatch.messages.catalogue_tables import TABLE_MESSAGES

MESSAGES: Mapping[str, Mapping[str, str]] = {
    **PEOPLE_MESSAGES,
    **ROUND_MESSAGES,
    **SHOWN_MESSAGES,
    **TABLE_MESSAGES,
}
