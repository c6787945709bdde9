"""The SDK of the agents' protocol needs newer versions than the library's floors.

It is installed with the extra ``dev``, where all is checked; without it there is nothing to speak
to.
"""

from __future__ import annotations

from importlib.util import find_spec

collect_ignore_glob = [] if find_spec("mcp") else ["test_*.py"]
