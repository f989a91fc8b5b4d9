"""What a school's own sentences let slip: blanks, other schools' year groups, events out of hours.

Each is a real fault of published statements. Reads words and guesses, so it only ever advises;
`advice` joins it to what can be told from values.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import attrs

from careerspolicy.checks.rules.dates import editions, replaced
from careerspolicy.english.wording import number_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from careerspolicy.documents.contents import Known
    from careerspolicy.documents.key_phases import KeyPhase
    from careerspolicy.documents.school_file import SchoolFile

#: What a template leaves to be filled in.
_LEFTOVER: Final = re.compile(
    r"\[[^\]]*\b(?:insert|name|school|date|email|number|add|your|link)\b[^\]]*\]|\bx{3,}\b|\bTB[CA]\b"
    r"|\binsert (?:name|date|school|here)\b|lorem ipsum",
    re.IGNORECASE,
)
_RANGE: Final = re.compile(
    r"\byears?\s+(\d{1,2})\s*(?:-|\u2013|/|to|and|or)\s*(?:years?\s+)?(\d{1,2})\b", re.IGNORECASE
)
#: Parts that may well speak of the law's own Years 8 to 13.
_OF_THE_LAW: Final = frozenset({"introduction", "legal_basis"})
#: Section 42B(2B): access falls in the standard school day.
_OUT_OF_HOURS: Final = re.compile(
    r"\b(?:evenings?|after[- ]school|weekends?|saturdays?|sundays?|twilight)\b", re.IGNORECASE
)
_FOR_SOME: Final = re.compile(
    r"\b(?:undecided|yet to decide|(?:not|n't|n\u2019t) (?:yet )?decided"
    r"|selected (?:pupils|students|learners|groups?|classes)"
    r"|targeted|who (?:are|may be) (?:interested|considering)|by invitation)\b",
    re.IGNORECASE,
)
_BY_CHOICE: Final = re.compile(r"\b(?:optional|voluntary|may choose|can choose)\b", re.IGNORECASE)

_DENIAL: Final = re.compile(r"\b(?:not|nor|never|none|besides)\b|n['\u2019]t\b", re.IGNORECASE)
_SENTENCES: Final = re.compile(r"(?<=[.;!?])\s+")

#: A word or two of what is quoted on either side.
_MOST_QUOTED: Final = 60


@attrs.frozen
class Advice:
    """Something to look at: where in the school file, and what."""

    where: str
    message: str


def advice_on_words(known: Known) -> Iterator[Advice]:
    """Everything in a school's own sentences that is worth a second look."""
    school, as_of = known.school, known.as_of
    for where, text in _texts(school, ""):
        if match := _LEFTOVER.search(text):
            yield Advice(where, f'"{_shortened(match[0])}" looks like a template\'s blank')
        yield from _years_beyond(school, where, text)
        yield from _old_guidance(where, text, as_of)
    for phase in known.key_phases:
        for _, text in _texts(school.phases.get(phase.name), ""):
            for sentence in _SENTENCES.split(text):
                yield from _of_phase(phase, sentence)


def _years_beyond(school: SchoolFile, where: str, text: str) -> Iterator[Advice]:
    for match in _RANGE.finditer(text) if where not in _OF_THE_LAW else ():
        if school.highest_year < int(match[2]) <= 14:
            message = (
                f'"{match[0]}" goes beyond Year {school.highest_year}, the last that it teaches'
            )
            yield Advice(where, message)


def _old_guidance(where: str, text: str, as_of: date) -> Iterator[Advice]:
    """A sentence on guidance that names the month of an edition that another has replaced."""
    for edition in editions():
        month = f"{edition.published.first:%B %Y}"
        later = replaced(edition.published, as_of, surely=True)
        near = rf"\bguidance\b[^.;]{{0,40}}\b{month}|\b{month} (?:statutory )?guidance\b"
        if later and re.search(near, text, re.IGNORECASE):
            newer = later.published.in_words
            yield Advice(where, f"the guidance of {month} has been replaced by that of {newer}")


def _of_phase(phase: KeyPhase, text: str) -> Iterator[Advice]:
    where, quoted = f"phases: {phase.name}", _shortened(text)
    # "The options evening is not one of them" says that it does not count.
    if _OUT_OF_HOURS.search(text) and not _DENIAL.search(text):
        message = (
            f'"{quoted}" may lie outside the school day; section 42B(2B) counts what is within'
        )
        yield Advice(where, message)
    if _FOR_SOME.search(text):
        both = "both" if phase.occasions == 2 else f"all {number_in_words(phase.occasions)}"
        mandatory = f"every pupil has {both} occasions"
        wanted = mandatory if phase.mandatory else "they are offered to all"
        message = f'"{quoted}" may be for some only; in the {phase.name} key phase {wanted}'
        yield Advice(where, message)
    if phase.mandatory and _BY_CHOICE.search(text):
        message = (
            f'"{quoted}" may leave it to pupils; in the {phase.name} key phase all must attend'
        )
        yield Advice(where, message)


def _shortened(text: str) -> str:
    return text if len(text) <= _MOST_QUOTED else f"{text[:_MOST_QUOTED].rstrip()}\u2026"


def _texts(value: Any, where: str) -> Iterator[tuple[str, str]]:
    """Every text of a school file, with the part that it stands in."""
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, (tuple, list)):
        for item in value:
            yield from _texts(item, where)
    elif attrs.has(type(value)):
        for field in attrs.fields(type(value)):
            yield from _texts(getattr(value, field.name), where or field.name)
    elif hasattr(value, "items"):
        for key, item in value.items():
            yield from _texts(item, f"{where}: {key}" if where == "phases" else where)
