"""The library as a service: jobs over HTTP, stored and done by workers (extra ``serve``)."""

from mentormatch.service.app import create_app
from mentormatch.service.settings import Settings

__all__ = ["Settings", "create_app"]
