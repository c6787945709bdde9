"""An agent's day, with the client of the official SDK over its real transport."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Awaitable, Callable
from typing import Any

import anyio
from mcp import Client, StdioServerParameters

from mentormatch import Matching, match, synthetic, verify
from mentormatch.rules import KeepApart

PROBLEM = synthetic.generate(students=20, mentors=4, seed=2)

Ask = Callable[..., Awaitable[dict[str, Any]]]


def _as_agent(day: Callable[[Ask], Awaitable[None]], *flags: str) -> None:
    """Run a day against a server of its own."""
    arguments = ["-m", "mentormatch", "mcp", *flags]
    server = StdioServerParameters(command=sys.executable, args=arguments, env={**os.environ})

    async def run() -> None:
        with anyio.fail_after(120):
            async with Client(server) as client:

                async def ask(tool: str, **arguments: Any) -> dict[str, Any]:
                    answer = await client.call_tool(tool, arguments)
                    assert not answer.is_error, answer.content
                    return dict(answer.structured_content or json.loads(answer.content[0].text))  # type: ignore[union-attr]

                listed = {tool.name for tool in (await client.list_tools()).tools}
                assert {"describe_format", "match_start", "recommend", "what_if"} <= listed
                await day(ask)

    anyio.run(run)


def test_an_agent_gets_from_a_format_to_verified_groups() -> None:
    """Formats come in pages, a search as a job, groups in pages; asking twice is one job."""
    problem = json.loads(PROBLEM.to_json())

    async def day(ask: Ask) -> None:
        first = await ask("describe_format")
        text, page = first["text"], first["next_page"]
        while page is not None:
            more = await ask("describe_format", name="problem", page=page)
            text, page = text + more["text"], more["next_page"]
        assert json.loads(text)["properties"]["students"]
        assert (await ask("precheck", problem=problem))["status"]
        begun = await ask("match_start", problem=problem, time_limit=20)
        while not (await ask("match_status", job=begun["job"]))["over"]:
            await anyio.sleep(0.2)
        found = await ask("match_result", job=begun["job"])
        assert (await ask("match_start", problem=problem, time_limit=20))["job"] == begun["job"]
        assert found["groups_in_all"] == len(found["groups"]) > 0
        matching = {"format": "mentormatch/matching/1", "status": "FEASIBLE"}
        matching |= {"groups": found["groups"]}
        assert verify(PROBLEM, Matching.from_json(json.dumps(matching))).ok
        assert (await ask("verify", problem=problem, matching=matching))["status"]
        person = found["groups"][0]["students"][0]
        told = await ask("recommend", problem=problem, matching=matching, person=person)
        assert told["result"]["person"] == person
        again = await ask("replan", problem=problem, matching=matching, time_limit=20)
        assert again["job"]
        ifs = await ask("what_if", problem=problem, variants=["max=9"], time_limit=5)
        assert ifs["job"]

    _as_agent(day)


def test_private_reasons_are_for_the_coordinator_alone() -> None:
    """Somebody who is kept apart from a person is not named to an agent of anybody else."""
    matching = match(PROBLEM, time_limit=20)
    group = matching.groups[0]
    one, other = group.students[:2]
    private = PROBLEM.with_rules(*PROBLEM.rules, KeepApart(sets=((one, other),)))
    asked = {"problem": json.loads(private.to_json()), "matching": json.loads(matching.to_json())}

    def day_of(*, coordinator: bool) -> Callable[[Ask], Awaitable[None]]:
        async def day(ask: Ask) -> None:
            told = json.dumps(await ask("verify", **asked))
            assert "keep_apart" in told
            assert (one in told and other in told) == coordinator
            why = await ask("explain_left_out", **asked)
            keys = {key for person in why.get("people", []) for key in person}
            if keys:
                assert ("reason" in keys) == coordinator

        return day

    _as_agent(day_of(coordinator=False))
    _as_agent(day_of(coordinator=True), "--coordinator")


def test_hostile_calls_are_faults_and_not_crashes() -> None:
    """Whatever an agent makes up, it is told what is wrong, and the server goes on."""

    async def day(ask: Ask) -> None:
        for tool, arguments in (
            ("precheck", {"problem": {}}),
            ("precheck", {"problem": {"students": "all"}}),
            ("match_start", {"problem": {"students": [1]}, "time_limit": 1}),
            ("match_start", {"problem": json.loads(PROBLEM.to_json()), "time_limit": -1}),
            ("match_status", {"job": "../../etc/passwd"}),
            ("match_result", {"job": "0" * 64, "page": -5}),
            ("describe_format", {"name": "secret"}),
            ("what_if", {"problem": json.loads(PROBLEM.to_json()), "variants": ["nonsense"]}),
        ):
            told = await ask(tool, **arguments)
            while told.get("over") is False:
                told = await ask("match_result", job=told["job"])
            assert told["faults"], (tool, told)
        for name in ("matching", "match"):
            assert (await ask("describe_format", name=name))["characters_in_all"] > 100

    _as_agent(day)
