from __future__ import annotations

import json
from html import unescape
from pathlib import Path

import pytest

from mentormatch.data.matching import Group, Matching
from mentormatch.data.people import Noun
from mentormatch.data.problem import Problem
from mentormatch.exit_codes import ExitCode
from mentormatch.explain import (
    Bottlenecks,
    Infeasible,
    LeftOutReport,
    Placement,
    PrecheckReport,
    explain_infeasible,
    explain_placement,
)
from mentormatch.exporters.report.explanation import render_explanation
from mentormatch.rules import KeepApart, Pin, PreferYes
from mentormatch.solve.match import match
from mentormatch.whatif import (
    Alternatives,
    Comparison,
    priorities,
)
from tests.cli.running import invoke, written
from tests.support.build import mentor, mentors, problem, student, students


def short() -> Problem:
    """Return a round in which three wait for a mentor and one is kept from the only group."""
    people = [
        *students("ada bo cy", "tue-15", department="Physics"),
        *students("xi yo zed", "fri-15", department="Design"),
        student("una", "tue-15", name="Una"),
    ]
    rule = KeepApart(sets=(("una", "mia"),))
    return problem(people, [mentor("mia", "tue-15")], "tue-15 fri-15", rule, size=(3, 4))


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    """Return the files of a problem and of its best matching."""
    given = short()
    target = tmp_path / "matching.json"
    target.write_text(match(given, time_limit=30).to_json(), encoding="utf-8")
    return written(tmp_path, given), str(target)


def test_explain_says_why_and_what_would_help(files: tuple[str, str]) -> None:
    """The question that a coordinator is asked first."""
    ended = invoke("explain", *files)
    assert ended.exit_code == ExitCode.DONE
    assert "Too few mentors are free" in ended.stdout
    assert "mentors at Friday 15:00-17:00: 1 more: +3 students" in ended.stdout
    assert "keep apart" in ended.stdout
    assert "mia" not in ended.stdout


def test_explain_speaks_three_languages_and_refuses_others(files: tuple[str, str]) -> None:
    """Programmes run in Finnish and Swedish too."""
    assert (
        "1 lisää: +3 ryhmän saanutta opiskelijaa"
        in invoke("explain", *files, "--language", "fi").stdout
    )
    assert "1 till: +3 studenter med grupp" in invoke("explain", *files, "--language", "sv").stdout
    ended = invoke("explain", *files, "--language", "xx")
    assert ended.exit_code == ExitCode.BAD_INPUT
    assert "en, fi, sv" in ended.stderr


def test_explain_tells_one_persons_placement(files: tuple[str, str]) -> None:
    """With the two sentences that can be sent on."""
    ended = invoke("explain", *files, "--person", "ada")
    assert ended.exit_code == ExitCode.DONE
    assert "You are in group g1" in " ".join(ended.stdout.split())
    assert invoke("explain", *files, "--person", "adda").exit_code == ExitCode.BAD_INPUT


def test_explain_tells_what_holds_the_round_back(files: tuple[str, str]) -> None:
    """What to ask of the mentors next."""
    ended = invoke("explain", *files, "--bottlenecks")
    assert ended.exit_code == ExitCode.DONE
    assert "Friday 15:00-17:00" in ended.stdout
    assert "+3" in ended.stdout


def test_precheck_tells_what_cannot_be(files: tuple[str, str]) -> None:
    """Before anybody waits for a search."""
    ended = invoke("precheck", files[0])
    assert ended.exit_code == ExitCode.DONE
    assert "3 must stay without a group, proven" in ended.stdout
    assert "xi, yo, zed" in ended.stdout


def test_compare_sets_variants_side_by_side(files: tuple[str, str], tmp_path: Path) -> None:
    """A table on the terminal, and a page for the meeting."""
    page = tmp_path / "compare.html"
    ended = invoke(
        "compare",
        files[0],
        "mentors+1@fri-15",
        "max=3",
        "--time-limit",
        "20",
        "--report",
        str(page),
    )
    assert ended.exit_code == ExitCode.DONE
    assert "3/7" in ended.stdout
    assert "6/7" in ended.stdout
    assert "tier 1: students left out" in ended.stdout
    text = page.read_text(encoding="utf-8")
    # Of each of three variants: placed, groups, pairs of a department, and one tier.
    assert text.count("<svg") == 3 * 4
    assert "mentors+1@fri-15" in text
    assert "Content-Security-Policy" in text


def test_compare_refuses_a_variant_that_it_cannot_read(files: tuple[str, str]) -> None:
    """With examples of what can be written."""
    ended = invoke("compare", files[0], "maximum 9")
    assert ended.exit_code == ExitCode.BAD_INPUT
    assert "max=9" in ended.stderr


def test_names_in_a_comparison_are_text_on_the_page() -> None:
    """A page made of what somebody typed obeys nothing of it."""
    from mentormatch.exporters.report.comparison import render_comparison
    from mentormatch.whatif import (
        Variant,
        compare,
    )

    table = compare(short(), [Variant(name="<script>alert(1)</script>")], time_limit=20)
    page = render_comparison(table)
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_alternatives_tell_how_much_differs(files: tuple[str, str], tmp_path: Path) -> None:
    """Or that there is no other matching as good."""
    ended = invoke("alternatives", *files, "--time-limit", "20")
    assert ended.exit_code == ExitCode.DONE
    assert "No other matching" in ended.stdout
    given = problem(students("a b c d"), (), size=(2, 2), mentors_each=0)
    first = tmp_path / "first.json"
    first.write_text(match(given, time_limit=30).to_json(), encoding="utf-8")
    ended = invoke("alternatives", written(tmp_path, given), str(first), "--time-limit", "20")
    assert "0/2" in ended.stdout


DOCUMENTS: dict[str, tuple[tuple[str, ...], type[Noun]]] = {
    "explain": (("explain", "P", "M"), LeftOutReport),
    "person": (("explain", "P", "M", "--person", "ada"), Placement),
    "bottlenecks": (("explain", "P", "M", "--bottlenecks"), Bottlenecks),
    "precheck": (("precheck", "P"), PrecheckReport),
    "compare": (("compare", "P", "max=3"), Comparison),
    "alternatives": (("alternatives", "P", "M"), Alternatives),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_explanation_comes_as_json(name: str, files: tuple[str, str]) -> None:
    """Other tools read it, and nothing but it stands on standard output."""
    arguments, noun = DOCUMENTS[name]
    named = {"P": files[0], "M": files[1]}
    ended = invoke(*(named.get(one, one) for one in arguments), "--json")
    assert ended.exit_code == ExitCode.DONE
    assert (
        noun.model_validate(json.loads(ended.stdout))
        .model_dump()["format"]
        .startswith("mentormatch/")
    )


def test_both_documents_cannot_come_from_standard_input() -> None:
    """That is said instead of waiting for ever."""
    assert invoke("explain", "-", "-").exit_code == ExitCode.BAD_INPUT
    assert invoke("alternatives", "-", "-").exit_code == ExitCode.BAD_INPUT


def test_explain_tells_the_ways_out_of_a_contradiction(tmp_path: Path) -> None:
    """Where there is no matching, what stands in its way is what is asked."""
    pins = (Pin(person="ada", slot="tue-15"), Pin(person="ada", slot="wed-15"))
    given = problem(students("ada bo"), [mentor("mia")], "tue-15 wed-15", *pins)
    target = tmp_path / "matching.json"
    target.write_text(match(given, time_limit=30).to_json(), encoding="utf-8")
    ended = invoke("explain", written(tmp_path, given), str(target))
    assert ended.exit_code == ExitCode.DONE
    assert "ada is in a group with the slot tue-15." in ended.stdout
    assert "Ways out, the cheapest first" in ended.stdout
    explained = invoke("explain", written(tmp_path, given), str(target), "--json")
    assert len(Infeasible.from_json(explained.stdout).ways_out) == 2
    assert (
        "Ulospääsyt"
        in invoke("explain", written(tmp_path, given), str(target), "--language", "fi").stdout
    )


def test_explanations_come_as_pages_for_the_coordinator(
    files: tuple[str, str], tmp_path: Path
) -> None:
    """What is printed is wanted on paper for the meeting, in the language of the programme."""
    for number, arguments in enumerate(
        (
            ("explain", *files),
            ("explain", *files, "--bottlenecks"),
            ("explain", *files, "--person", "ada"),
            ("precheck", files[0]),
        )
    ):
        target = tmp_path / f"{number}.html"
        ended = invoke(*arguments, "--report", str(target), "--language", "sv")
        assert ended.exit_code == ExitCode.DONE
        text = target.read_text(encoding="utf-8")
        assert '<html lang="sv">' in text
        assert "bara för koordinatorn" in text
        assert "fredag 15:00-17:00" in text or "xi" in text or "tisdag 15:00-17:00" in text
        assert invoke(*arguments, "--report", str(target)).exit_code == ExitCode.BAD_INPUT


def test_a_page_tells_what_other_groups_would_have_cost() -> None:
    """Somebody who asks is answered from paper, with the two sentences to say."""
    people = [student("ada"), *students("bo cy di"), student("ed", "wed-15")]
    rule = KeepApart(sets=(("ada", "noa"),))
    guides = [mentor("mia", "tue-15"), mentor("noa", "tue-15")]
    given = problem(people, guides, "tue-15 wed-15", rule, size=(2, 3))
    explained = explain_placement(given, match(given, time_limit=30), "ada")
    page = render_explanation(given, explained)
    assert "to move there:</bdi> <strong>forbidden: " in page
    assert "keep apart" in page
    assert "To be told to the person" in page
    assert explained.to_participant.text() in unescape(page)


def test_a_page_tells_what_the_order_of_tiers_costs() -> None:
    """The order is decided in a meeting, with the numbers at hand."""
    people = students("a b c", "wed-15", if_need_be="tue-15")
    given = problem(people, [mentor("m", "tue-15")], "tue-15 wed-15", PreferYes(), size=(2, 3))
    found = priorities(given, match(given, time_limit=30), time_limit=30)
    page = render_explanation(given, found, locale="fi")
    assert "taso 1 viimeisenä" in page
    assert "<strong>3</strong>" in page
    assert "kuten annettu" in page
    # Without places nobody comes to a time that is second best.
    assert page.count("paikka kaikille, etusijan mukaan") == 2


def test_a_contradiction_comes_as_a_page_and_names_are_text() -> None:
    """A page made of names obeys nothing that stands in them."""
    pins = (Pin(person="ada", slot="tue-15"), Pin(person="ada", slot="wed-15"))
    people = [student("ada", name="<script>"), student("bo")]
    given = problem(people, [mentor("mia")], "tue-15 wed-15", *pins)
    found = explain_infeasible(given)
    assert found is not None
    page = render_explanation(given, found)
    assert "<script>" not in page
    assert "&lt;script&gt; is in a group with the slot tue-15." in page
    assert "Ways out" not in page
    assert "then 2 of 2 students have a group" in page


def test_a_bar_beyond_its_bound_stands_out() -> None:
    """What is not proven must not look as if it were."""
    from mentormatch.exporters.report.comparison import gauge

    assert 'class="shared" x="0" y="0" width="40"' in gauge(5, 10, 2)
    assert 'class="alone" x="0" y="0" width="16"' in gauge(5, 10, 2)
    assert 'class="alone" x="0" y="0" width="40"' in gauge(5, 10, 5)
    assert 'width="0"' in gauge(0, 0)


def test_alternatives_are_written_one_file_each(tmp_path: Path) -> None:
    """Whoever chooses one must be able to use it; they once stood in one document only."""
    given = problem(students("a b c d"), (), size=(2, 2), mentors_each=0)
    first = tmp_path / "first.json"
    first.write_text(match(given, time_limit=30).to_json(), encoding="utf-8")
    folder = tmp_path / "choice"
    command = ("alternatives", written(tmp_path, given), str(first), "-o", str(folder))
    assert invoke(*command).exit_code == ExitCode.DONE
    found = sorted(folder.iterdir())
    assert [one.name for one in found] == ["alternative-1.json", "alternative-2.json"]
    for one in found:
        assert invoke("verify", written(tmp_path, given), str(one)).exit_code == ExitCode.DONE
    assert invoke(*command).exit_code == ExitCode.BAD_INPUT
    assert invoke(*command, "--force").exit_code == ExitCode.DONE


def test_alternatives_give_way_as_far_as_is_said(files: tuple[str, str]) -> None:
    """The limit is written down beside what was found, and none below nothing is taken."""
    ended = invoke("alternatives", *files, "--held", "1", "--give", "2", "--json")
    found = Alternatives.from_json(ended.stdout)
    assert (found.held, found.give) == ((1,), 2)
    assert invoke("alternatives", *files, "--give", "-1").exit_code == ExitCode.BAD_INPUT


def test_views_speak_one_language_throughout(files: tuple[str, str]) -> None:
    """Headings once stayed English whatever the language of the words."""
    english = {"group", "placed", "groups", "change", "forbidden", "students", "tier", "is", "of"}
    english |= {"variant", "mentors", "pairs", "alternative", "kept", "order", "stated", "last"}
    explained = ("explain", *files)
    for arguments in (
        (*explained, "--person", "ada"),
        (*explained, "--bottlenecks"),
        (*explained, "--priorities"),
        ("compare", files[0], "max=3", "relax=keep_apart"),
    ):
        shown = invoke(*arguments, "--language", "fi").stdout
        assert not english & set(shown.replace(":", " ").split()), arguments
        assert ("taso 1: paikka kaikille" in shown) == ("--person" not in arguments)
    shown = invoke("precheck", files[0], "--language", "sv").stdout
    assert "3 måste bli utan grupp, bevisat" in shown
    assert "bevis " in shown
    assert "students" not in shown


def test_alternatives_speak_the_language_that_is_asked(tmp_path: Path) -> None:
    """Where there are some and where there are none."""
    given = problem(students("a b c d"), (), size=(2, 2), mentors_each=0)
    first = tmp_path / "first.json"
    first.write_text(match(given, time_limit=30).to_json(), encoding="utf-8")
    command = ("alternatives", written(tmp_path, given), str(first))
    assert "behållna par" in invoke(*command, "--language", "sv").stdout
    few = problem(students("a b"), (), size=(2, 2), mentors_each=0)
    first.write_text(match(few, time_limit=30).to_json(), encoding="utf-8")
    command = ("alternatives", written(tmp_path, few), str(first))
    assert "jakoa ei löytynyt" in invoke(*command, "--language", "fi").stdout
    assert invoke(*command, "--language", "de").exit_code == ExitCode.BAD_INPUT


def test_a_page_of_variants_speaks_the_language_that_is_asked(
    files: tuple[str, str], tmp_path: Path
) -> None:
    """It stayed English beside a table that did not."""
    page = tmp_path / "if.html"
    ended = invoke("compare", files[0], "max=3", "--language", "sv", "--report", str(page))
    assert ended.exit_code == ExitCode.DONE
    text = page.read_text(encoding="utf-8")
    for said in ('<html lang="sv">', "Tänk om", "som den är", "3 av 7", "Plats åt alla"):
        assert said in text
    for english in ("Placed", "Groups", "Goals", "less is better", "left out", "as it is"):
        assert english not in text


def test_groups_that_break_hard_rules_are_told_before_anything_is_explained(tmp_path: Path) -> None:
    """Every student has a group, but two who are kept apart share one: that is no success."""
    apart = KeepApart(sets=(("ada", "bo"),))
    given = problem(students("ada bo cy"), mentors("mia"), "tue-15", apart, size=(1, 5))
    group = Group(id="g1", students=("ada", "bo", "cy"), mentors=("mia",), slot="tue-15")
    target = tmp_path / "matching.json"
    target.write_text(Matching(status="FEASIBLE", groups=(group,)).to_json(), encoding="utf-8")
    files = (written(tmp_path, given), str(target))
    for more in ((), ("--person", "ada"), ("--bottlenecks", "--time-limit", "3")):
        ended = invoke("explain", *files, *more)
        assert ended.exit_code == ExitCode.BREACHES_FOUND
        first, second = ended.stdout.splitlines()[:2]
        assert first == "1 breach:"
        assert second.strip().startswith("keep_apart: ada and bo are to be kept apart")
    page = tmp_path / "why.html"
    invoke("explain", *files, "--report", str(page))
    text = unescape(page.read_text(encoding="utf-8"))
    broken = text.index("Hard rules are broken")
    assert broken < text.index("keep_apart: ada and bo") < text.index("Every student has a group")
    ended = invoke("explain", *files, "--json")
    assert ended.exit_code == ExitCode.BREACHES_FOUND
    # Nobody is named on an error stream that is no terminal.
    assert "Hard rules are broken" in ended.stderr
    assert json.loads(ended.stdout)["people"] == []


def test_a_person_who_left_ends_explain_with_bad_input(tmp_path: Path) -> None:
    """Not with an internal error, whatever is to be explained."""
    given = problem(students("ada bo cy"), mentors("mia"), "tue-15", size=(1, 5))
    group = Group(id="g1", students=("ada", "bo", "cy", "eve"), mentors=("mia",), slot="tue-15")
    target = tmp_path / "matching.json"
    target.write_text(Matching(status="FEASIBLE", groups=(group,)).to_json(), encoding="utf-8")
    for more in ((), ("--person", "ada"), ("--bottlenecks",)):
        ended = invoke("explain", written(tmp_path, given), str(target), *more)
        assert ended.exit_code == ExitCode.BAD_INPUT
        assert "names 'eve'" in ended.stderr
