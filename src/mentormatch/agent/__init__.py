"""Tools by which an agent forms groups: the Model Context Protocol over the service's jobs."""

from __future__ import annotations

from mentormatch.agent.server import agent_server
from mentormatch.agent.tools import Tools

__all__ = ["Tools", "agent_server"]
