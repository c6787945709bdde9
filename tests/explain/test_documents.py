"""Documents of explanations and what-ifs are refused as a problem is: every fault, by name."""

from __future__ import annotations

import pytest

from mentormatch.data.documents import JsonDocument
from mentormatch.data.matching import Matching
from mentormatch.data.problem import Problem
from mentormatch.errors import InputError
from mentormatch.explain import (
    Bottlenecks,
    Infeasible,
    LeftOutReport,
    Placement,
    PrecheckReport,
)
from mentormatch.whatif import Alternatives, Comparison, Priorities

DOCUMENTS: tuple[type[JsonDocument], ...] = (
    Alternatives,
    Bottlenecks,
    Comparison,
    Infeasible,
    LeftOutReport,
    Matching,
    Placement,
    PrecheckReport,
    Priorities,
    Problem,
)


@pytest.mark.parametrize("document", DOCUMENTS)
@pytest.mark.parametrize("text", ["[]", "{", '{"colour": "red"}', b"\xff"])
def test_a_faulty_document_is_an_error_of_input(
    document: type[JsonDocument], text: str | bytes
) -> None:
    """Whoever reads documents catches one error, and not pydantic's as well."""
    for read in (document.from_json, document.model_validate_json):
        with pytest.raises(InputError) as refused:
            read(text)
        assert refused.value.faults


def test_all_faults_of_a_comparison_are_told_with_the_nearest_right_name() -> None:
    """A change is no rule: who misspells one is told the changes that there are."""
    row = '{"variant": {"name": "x", "changes": [{"kind": "offer_slt"}, {}]}, "status": "BEST"}'
    with pytest.raises(InputError) as refused:
        Comparison.from_json(f'{{"rows": [{row}]}}')
    faults = {fault.where: fault for fault in refused.value.faults}
    wrong = faults["rows[0].variant.changes[0]"]
    assert (wrong.code, wrong.nearest) == ("unknown_change", "offer_slot")
    assert "at_most" not in wrong.message
    nameless = faults["rows[0].variant.changes[1]"]
    assert nameless.message.startswith("a change does not state its kind; known are add_language, ")
    assert "at_most" not in nameless.message
    assert {"rows[0].status", "rows[0].students", "rows[0].tiers"} <= set(faults)
