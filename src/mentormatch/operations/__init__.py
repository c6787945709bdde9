"""Every task that another program can ask for, in one place: what it takes and what it returns.

The command line, the service and the agent's tools are built on it and add nothing of their own.
`OPERATIONS` lists the kinds of tasks with the models of their options and results, from which
schemas are made. A request is an object with ``problem``, for most kinds ``matching``, and
``options``, whose names are the keywords of the Python function::

    from mentormatch.operations import perform

    envelope = perform("match", {"problem": {...}, "options": {"time_limit": 10}})
    envelope.status, envelope.exit_code, envelope.faults, envelope.result

`perform` raises nothing for bad input and nothing for a fault of the library: both are faults in
the envelope, without people's data in what is said of an internal error. A program that queues
tasks does the two halves by themselves::

    task = read_task(kind, request)   # raises InputError with every fault of the request
    task.fingerprint                  # the same for the same problem, options and versions
    envelope = run_task(task, progress=listener, cancel=event)

`cancel` is an event set from another thread: the search ends, and the envelope has the status
``interrupted`` with the best result so far. An answer whose envelope is `final` is the same
whenever it is asked for again, and can be kept for ever.
"""

from __future__ import annotations

from mentormatch.operations.catalogue import OPERATIONS, Operation
from mentormatch.operations.documents import (
    Breach,
    EventRecord,
    SoftBreach,
    Verification,
)
from mentormatch.operations.envelope import (
    Envelope,
    EnvelopeProvenance,
    ReportedFault,
    envelope_of_error,
)
from mentormatch.operations.performing import perform, run_task
from mentormatch.operations.task import Task, read_task

__all__ = [
    "OPERATIONS",
    "Breach",
    "Envelope",
    "EnvelopeProvenance",
    "EventRecord",
    "Operation",
    "ReportedFault",
    "SoftBreach",
    "Task",
    "Verification",
    "envelope_of_error",
    "perform",
    "read_task",
    "run_task",
]
