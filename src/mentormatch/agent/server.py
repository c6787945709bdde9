"""The server that agents speak to, by the official SDK."""

from __future__ import annotations

from mcp.server import MCPServer

from mentormatch.agent.tools import Tools

INSTRUCTIONS = """\
mentormatch forms mentoring groups and proves how good they are. A problem is a JSON document:
ask describe_format first, then precheck, then match_start. A search that takes longer than a few
seconds gives the id of a job: ask match_status, then match_result page by page. For each tier,
`value` is what the groups cost and `bound` what no groups can be below; equal means proven.
Never invent people, and show the groups to the coordinator, who decides.
"""

NAMES = (
    "describe_format",
    "precheck",
    "match_start",
    "match_status",
    "match_result",
    "stop",
    "verify",
    "explain_left_out",
    "what_if",
    "replan",
    "recommend",
)


def agent_server(tools: Tools, version: str) -> MCPServer:
    """Return a server with the tools of an agent.

    Parameters
    ----------
    tools
        What it does.
    version
        The version that it tells.
    """
    server = MCPServer("mentormatch", instructions=INSTRUCTIONS, version=version, log_level="ERROR")
    for name in NAMES:
        server.tool(name=name)(getattr(tools, name))
    return server
