"""How a task ended: the exit code of the command line, its name for programs, its meaning."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mentormatch.data.matching import Matching


class ExitCode(IntEnum):
    """How a command, or a task of another program, ended."""

    DONE = 0
    BAD_INPUT = 2
    INFEASIBLE = 3
    NOTHING_FOUND = 4
    BREACHES_FOUND = 5
    SEARCH_FAILED = 6
    INTERNAL = 70
    NO_MEMORY = 71
    INTERRUPTED = 130
    READER_GONE = 141

    @property
    def status(self) -> str:
        """The same as a word, such as ``infeasible``; it never changes its meaning."""
        return self.name.lower()


MEANINGS: Mapping[ExitCode, str] = {
    ExitCode.DONE: "done; of match and demo: a checked matching was written",
    ExitCode.BAD_INPUT: "bad input or usage, or a file that cannot be read or written",
    ExitCode.INFEASIBLE: "proven: no matching meets all the hard rules",
    ExitCode.NOTHING_FOUND: "a limit was reached before any matching was found",
    ExitCode.BREACHES_FOUND: "verify or explain found that groups break hard rules",
    ExitCode.SEARCH_FAILED: "the search failed; the best matching so far was written, if any",
    ExitCode.INTERNAL: "internal error; nothing was written",
    ExitCode.NO_MEMORY: "there is not enough memory; nothing was written",
    ExitCode.INTERRUPTED: "interrupted; the best matching so far was written if there was one",
    ExitCode.READER_GONE: "whoever read the output stopped early",
}


def code_of(matching: Matching) -> ExitCode:
    """Return the exit code that tells of a matching."""
    limits = matching.provenance.limits_reached if matching.provenance else ()
    if "interrupt" in limits:
        return ExitCode.INTERRUPTED
    if "failure" in limits:
        return ExitCode.SEARCH_FAILED
    if matching.status == "INFEASIBLE":
        return ExitCode.INFEASIBLE
    if matching.status == "UNKNOWN":
        return ExitCode.NOTHING_FOUND
    return ExitCode.DONE
