"""From a checked tree to a `SchoolFile`.

Third step of loading a school file. The tree has passed the schema and the checks of sense, so
nothing is checked here. Where a value has the words of its file cattrs builds it; the rest are the
short forms in which a school may say things.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import attrs
from cattrs import Converter

from careerspolicy.calendar.partial_date import PartialDate
from careerspolicy.calendar.school_calendar import LAST_YEAR_GROUP
from careerspolicy.documents.school_file import (
    TERMS,
    Block,
    Body,
    Contact,
    Event,
    Link,
    OwnSection,
    PhasePlan,
    Published,
    Requests,
    Role,
    SchoolFile,
    Table,
    Words,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

#: Between the two ends of a range: a hyphen, a dash or a word.
_TO: Final = re.compile("[-\u2013]|\\bto\\b")
_POINT: Final = re.compile(r"\s*[-*•]\s+(.*)")
#: What a section of the school's own may say, as any body of text.
_OF_BODIES: Final = ("text", "points", "table", "link")


def build_school(tree: Mapping[str, Any], file: str) -> SchoolFile:
    """The school that a checked tree describes."""
    lowest, highest = year_range(tree["school"])
    opportunities = as_mapping(tree.get("opportunities", {}), "introduction")
    previous = tree.get("previous_providers", {})
    by_year = isinstance(previous, dict) and all(key[:1].isdigit() for key in previous)
    told = {
        **tree["school"],
        **tree,
        "lowest_year": lowest,
        "highest_year": highest,
        "opportunities": [*_rows(opportunities)],
        "opportunities_introduction": opportunities.get("introduction"),
        "opportunities_notes": opportunities.get("notes"),
        "previous_providers": {f"{y[:4]}/{y[5:]}": previous[y] for y in previous if by_year},
        "previous_providers_text": None if by_year else previous,
        "file": file,
    }
    return _converter(_words(tree.get("words", {}))).structure(told, SchoolFile)


def as_mapping(told: Any, key: str) -> Any:
    """A part of a school file that may be said in a few words, as the mapping that they stand for.

    >>> as_mapping("Write to us.", "how")
    {'how': 'Write to us.'}
    """
    return {key: told} if isinstance(told, (str, list)) else told


def year_range(told: Mapping[str, Any]) -> tuple[int, int]:
    """The first and last year group, from the years or, for want of them, the ages.

    A school for ages 11 to 16 takes pupils from the September after they turn 11 (Year 7) to the
    summer of the school year in which they turn 16 (Year 11).

    >>> year_range({"years": "7-11"}), year_range({"ages": "11-16"}), year_range({"ages": "9-13"})
    ((7, 11), (7, 11), (5, 8))
    """
    numbers = re.findall(r"\d+", str(told.get("years", told.get("ages"))).replace("R", "0"))
    first, last = int(numbers[0]), int(numbers[-1])
    if "years" in told:
        return first, last
    return max(0, first - 4), min(LAST_YEAR_GROUP, last - 5)


def years_of(label: str) -> tuple[int, ...]:
    """The year groups that a row's label names; none for every year group.

    >>> years_of("Years 8-10"), years_of("Year 12/13"), years_of("All years")
    ((8, 9, 10), (12, 13), ())
    """
    numbers = [int(one) for one in re.findall(r"\d+", label)]
    if len(numbers) == 2 and _TO.search(label):
        return tuple(range(numbers[0], numbers[1] + 1))
    return tuple(numbers)


def body(told: Any) -> Body:
    """The body that a text, a list or a mapping of both stands for; nothing for None."""
    if told is None:
        return Body()
    if isinstance(told, list):
        told = {"points": told}
    said = as_mapping(told, "text")
    points = (Block(points=_lines(said["points"])),) if "points" in said else ()
    table, link = said.get("table"), said.get("link")
    return Body(
        blocks=(*_blocks(said.get("text", "")), *points, *_blocks(said.get("after", ""))),
        table=_PLAIN.structure(table, Table) if table else None,
        link=_PLAIN.structure(link, Link) if link else None,
    )


def _converter(words: Words) -> Converter:
    """Builds values of the school file's words; roles have the school's own word for its head."""
    made = Converter(detailed_validation=False)

    def hook(sort: Any, build: Callable[[Any], Any]) -> None:
        made.register_structure_hook_func(lambda asked: asked == sort, lambda told, _: build(told))

    def record(sort: type, slots: Callable[[Any], Any], **renamed: str) -> None:
        """A value of the file's slots, of which some have another name than its fields."""
        attrs.resolve_types(sort)
        names = {in_file: field for field, in_file in renamed.items()}

        def build(told: Any) -> Any:
            fields = {names.get(slot, slot): said for slot, said in slots(told).items()}
            return made.structure_attrs_fromdict(fields, sort)

        hook(sort, build)

    hook(str, _line)
    hook(Role, lambda told: words.for_role(_line(told)))
    hook(tuple[str, ...], _lines)
    hook(PartialDate, PartialDate.parse)
    hook(Words, lambda _: words)
    hook(Body, body)
    hook(OwnSection, _section)
    record(Link, partial(as_mapping, key="title"))
    record(Event, partial(as_mapping, key="what"), providers="with", day="on")
    record(Contact, dict, matter="for")
    record(Requests, partial(as_mapping, key="how"))
    record(Published, partial(as_mapping, key="on"))
    record(PhasePlan, _plan)
    return made


def _plan(told: Any) -> dict[str, Any]:
    """A plan of a key phase as its slots; what isn't said with them is how it is met."""
    return told if isinstance(told, dict) and {"how", "occasions"} & {*told} else {"how": told}


def _section(told: Mapping[str, Any]) -> OwnSection:
    return OwnSection(
        heading=_line(told["heading"]),
        body=body({key: told[key] for key in _OF_BODIES if key in told}),
        after=told.get("after", ""),
        holds=_line(told.get("holds", "")),
    )


def _words(told: Mapping[str, str]) -> Words:
    said = {key: _line(word) for key, word in told.items()}
    if "pupil" in said:
        said.setdefault("pupils", f"{said['pupil']}s")
    return Words(**said)


def _rows(told: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The rows of the table of opportunities; one without terms has its events all year."""
    for label, row in told.items():
        if label not in ("introduction", "notes"):
            said = as_mapping(row or {}, "all_year")
            events = {term: said.get(term) or [] for term in TERMS}
            many = {t: one if isinstance(one, list) else [one] for t, one in events.items()}
            yield {"label": label, "years": years_of(label), "events": many}


def _blocks(text: str) -> Iterator[Block]:
    """Paragraphs and lists: a line that begins with a dash is an item, and an indented one goes on.

    A list may follow its introduction without an empty line between them.
    """
    for paragraph in re.split(r"\n\s*\n", text):
        plain: list[str] = []
        points: list[str] = []
        for line in paragraph.splitlines():
            if found := _POINT.match(line):
                points.append(found[1])
            elif points:
                points[-1] += f" {line}"
            else:
                plain.append(line)
        if said := _line(" ".join(plain)):
            yield Block(text=said)
        if points:
            yield Block(points=_lines(points))


def _line(text: str | int | None) -> str:
    """A text on one line; an empty cell of a table is none."""
    return "" if text is None else " ".join(str(text).split())


def _lines(told: Any) -> tuple[str, ...]:
    return (_line(told),) if isinstance(told, str) else tuple(map(_line, told))


_PLAIN: Final = _converter(Words())
