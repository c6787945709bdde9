"""Headings that forms give by themselves or that people usually choose, by what they hold.

Microsoft Forms (English and Finnish), Google Forms and Webropol; the words of questions in
English, Finnish and Swedish.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from mentormatch.data.people import is_email
from mentormatch.importers.cells import dates
from mentormatch.importers.cleaning.answer_state import state_of
from mentormatch.importers.cleaning.instants import is_instant
from mentormatch.importers.cleaning.languages import language_entries
from mentormatch.importers.cleaning.modes import mode_of
from mentormatch.importers.cleaning.roles import role_of
from mentormatch.importers.table import key_of


class Known(NamedTuple):
    """What a column may hold, and how to know it."""

    holds: str
    heading: re.Pattern[str]
    fits: Callable[[str], bool]


def words_of(heading: str) -> str:
    """Return a heading in small letters with its words apart: ``firstName`` is first name."""
    # Typeform marks words of a question by asterisks.
    apart = re.sub(r"(?<=[a-zäöå])(?=[A-ZÄÖÅ])|_+", " ", heading.replace("*", ""))
    return key_of(apart)


def texts_of(heading: str) -> tuple[str, ...]:
    """Return the texts by which a heading may be known, in small letters.

    Two rows of headings are joined by a bar, LimeSurvey writes ``code. Text`` and Moodle
    ``(code) Text``.
    """
    parts = [heading, *heading.split(" | ")]
    parts += [found[1] for part in parts if (found := re.fullmatch(r"[\w\[\]]+\. (.+)", part))]
    parts += [found[1] for part in parts if (found := re.fullmatch(r"(.+?)\s*\([^()]*\)", part))]
    parts += [found[1] for part in parts if (found := re.fullmatch(r"\(\w+\) (.+)", part))]
    return tuple(dict.fromkeys(words_of(part).rstrip(" :*?") for part in parts))


def _anything(cell: str) -> bool:
    return bool(cell)


def _name(cell: str) -> bool:
    """Whether a cell may be a name: the numbers that a program gave the rows are none."""
    return any(map(str.isalpha, cell)) and not is_email(cell)


def _role(cell: str) -> bool:
    return role_of(cell, {}) is not None


def _state(cell: str) -> bool:
    return state_of(cell) is not None


def _days(cell: str) -> bool:
    try:
        return bool(dates(cell))
    except ValueError:
        return False


def _languages(cell: str) -> bool:
    return all(entry.tag is not None for entry in language_entries(cell))


def _mode(cell: str) -> bool:
    return mode_of(cell, {}) is not None


def _number(cell: str) -> bool:
    return re.fullmatch(r"\d{1,3}", cell) is not None


def _zone(cell: str) -> bool:
    return re.fullmatch(r"[A-Za-z_]+/[A-Za-z_/]+", cell) is not None


_TOGETHER = (
    r"\bwith (whom|who)\b|"
    r"(would( you)? like|want|wish|prefer).*\b(with|have|team|group)\b|\bfriends?\b|"
    r"toivot.*(kanssa|ryhmä)|haluat.*kanssa|\bkaveri|\bystäv|vill.*(med|tillsammans)|\bvänner\b"
)
_APART = (
    r"\bwith (whom|who)\b.*\bnot\b|"
    r"\b(not|don't|rather not|avoid)\b.*\b(with|have|team|group)\b|please not|"
    r"et halua|ei halua|\bvältä|inte.*(med|tillsammans)"
)
# "Which time would you like", "in which language do you want to meet": not about people.
_NOT_PEOPLE = r"^(?!.*\b(times?|when|days?|languages?|topics?|themes?|kieli|aika)\b).*"

ABOUT_LANGUAGES = re.compile(
    r"^(?!.*\b(user|start|survey|form|interface|browser) language\b).*"
    r"(\blanguages?\b|\bkiel(i|et|iä|illä)\b|\bspråk)"
)

AS_MENTOR = re.compile(
    r"\b(be|become|act as|volunteer as|serve as|join as|up as|work as|as)\b.*\bmentor\b|"
    r"\bmentoriksi\b|\b(bli|vara|som) mentor\b"
)
"""Questions to which a yes makes a mentor."""

KNOWN: Sequence[Known] = (
    Known(
        "completed",
        re.compile(
            r"^completion time$|^valmistumisaika$|^slutförandetid$|^timestamp$|^aikaleima$|"
            r"^tids?stämpel$|^date$|^svarsdatum$|^submit(ted)?( time| at)?$|^vastausaika$|"
            r"^vastattu$|^response time$|"
            r"^svarstid$|^(date )?submit ?date$|^date submitted$|"
            r"^submission (date|time)$|^signed ?up( at)?$|^complete time$|"
            r"^(recorded|end) date$|^survey timestamp$"
        ),
        is_instant,
    ),
    Known("email", re.compile(r"e-?mail|sähköposti|e-post|^username$|^käyttäjänimi$"), is_email),
    Known("first_name", re.compile(r"\bfirst name|\bgiven name|\betunimi|\bförnamn"), _name),
    Known(
        "last_name",
        re.compile(r"\blast name|\bsurname|\bfamily name|\bsukunimi|\befternamn"),
        _name,
    ),
    Known(
        "name",
        re.compile(
            "^(your |full |what(?: is|['\N{RIGHT SINGLE QUOTATION MARK}]s) your )?(full )?name$|"
            r"^(koko )?nimi(si)?$|^mikä on (sinun |koko )?nimesi$|^(ditt |fullständigt )?namn$|"
            r"^vad heter du$|^vad är ditt (fullständiga )?namn$|"
            r"^participants?$|^osallistuja$|^deltagare$|^column a$"
        ),
        _name,
    ),
    Known("wish_apart", re.compile(f"{_NOT_PEOPLE}(?:{_APART})"), _anything),
    Known("wish_together", re.compile(f"{_NOT_PEOPLE}(?:{_TOGETHER})"), _anything),
    Known(
        "affiliations.supervisor",
        re.compile(r"\bsupervis(or|es|ed)|\bohjaaja|\bhandledare"),
        _anything,
    ),
    Known(
        "affiliations.research_group",
        re.compile(r"\bresearch group|\btutkimusryhmä|\bforskargrupp|\blab(oratory)?\b"),
        _anything,
    ),
    Known(
        "role",
        re.compile(r"\brole\b|\brooli|\broll\b|\bmentor|\bmentee|sign(ing)? up as|\bjoin as"),
        _role,
    ),
    Known("zone", re.compile(r"\btime ?zone|\baikavyöhyke|\btidszon"), _zone),
    Known("languages", ABOUT_LANGUAGES, _languages),
    Known(
        "department",
        re.compile(
            r"\bdepartment|\bschool\b|\bfaculty|\bmajor\b|\bunit\b|\blaito(s|kse)|\bosasto|"
            r"\bkorkeakoulu|\btiedekunta|\byksikkö|\binstitution|\bavdelning|\bfakultet|\bhögskola"
        ),
        _anything,
    ),
    Known(
        "mode",
        re.compile(
            r"\bhow (would|do) you (like|want|prefer) to (meet|take part)|"
            r"\bmiten haluat (tavata|osallistua)|\bhur vill du (träffas|delta)|"
            r"\bcampus|\bonline|\bremote|\bmode\b|\betä|\blähi|\bosallistumistapa|distans",
        ),
        _mode,
    ),
    Known(
        "capacity",
        re.compile(r"how many groups|montako ryhmää|hur många grupper|^capacity$|^kapasiteetti$"),
        _number,
    ),
    Known(
        "state",
        re.compile(
            r"^(survey )?(finished|complete|completed|progress|status)$|^response (type|status)$|"
            r"^tila$"
        ),
        _state,
    ),
    Known("priority", re.compile(r"^priority$|^prioriteetti$|^prioritet$"), _number),
    Known(
        "absences",
        re.compile(r"\babsen(t|ces?)\b|\baway\b|\bpoissaolo|\bfrånvar"),
        _days,
    ),
    Known(
        "id",
        re.compile(
            r"^((person|participant|student|user) ?)?(id|number|code)$|"
            r"^opiskelijanumero$|^tunniste$|^studentnummer$"
        ),
        _anything,
    ),
    Known("answer_id", re.compile(r"^(respondent|record|response|submission) ?id$"), _anything),
)
"""In the order in which they are looked for; each column is taken once, and of all but the state
the first column only.

What identifies an answer and not a person serves only where nobody says who they are.
"""

MONTH_FIRST = frozenset({"SurveyMonkey"})
"""Forms that write 10/5/2026 for the fifth of October in every language."""

FORMS: Mapping[str, frozenset[str]] = {
    "Microsoft Forms": frozenset({"start time", "completion time"}),
    "Microsoft Forms (Finnish)": frozenset({"aloitusaika", "valmistumisaika"}),
    "Qualtrics": frozenset({"recorded date", "response type"}),
    "LimeSurvey": frozenset({"date submitted", "last page"}),
    "REDCap": frozenset({"record id", "complete"}),
    "SurveyMonkey": frozenset({"respondent id", "collector id"}),
    "Google Forms": frozenset({"timestamp"}),
    "Google Forms (Finnish)": frozenset({"aikaleima"}),
}
"""Headings by which an export of a form is known."""


def form_of(headings: Sequence[str]) -> str | None:
    """Return which form an export comes from, where its headings tell."""
    keys = {text for heading in headings for text in texts_of(heading)}
    return next((form for form, marks in FORMS.items() if marks <= keys), None)
