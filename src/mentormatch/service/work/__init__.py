"""Doing jobs: leases from the store, a process or an executor for each job."""

from mentormatch.service.work.runners import runner_of
from mentormatch.service.work.worker import Worker

__all__ = ["Worker", "runner_of"]
