"""From a checked tree to a `SchoolFile`.

Third step of loading a school file. The tree has passed the schema and the checks of sense, so
nothing is checked here.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from careerspolicy.calendar.partial_date import PartialDate
from careerspolicy.calendar.school_calendar import LAST_YEAR_GROUP
from careerspolicy.documents.school_file import (
    TERMS,
    Approval,
    Block,
    Body,
    Contact,
    Event,
    Link,
    Opportunity,
    OwnSection,
    PhasePlan,
    Published,
    Requests,
    SchoolFile,
    Table,
    Words,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

#: The parts of a school file that are a body of text and nothing else.
BODIES: Final = (
    "introduction", "legal_basis", "entitlement", "encounter_contents", "granting", "refusing",
    "premises", "facilities", "times", "safeguarding", "working_with_providers", "live_online",
    "destinations", "complaints",
)  # fmt: skip

#: Between the two ends of a range: a hyphen, a dash or a word.
_TO: Final = re.compile("[-\u2013]|\\bto\\b")
_POINT: Final = re.compile(r"\s*[-*•]\s+(.*)")


def build_school(tree: Mapping[str, Any], file: str) -> SchoolFile:
    """The school that a checked tree describes."""
    told = tree["school"]
    lowest, highest = year_range(told)
    opportunities = as_mapping(tree.get("opportunities", {}), "introduction")
    previous = tree.get("previous_providers", {})
    words = _words(tree.get("words", {}))
    bodies: dict[str, Any] = {name: body(tree.get(name)) for name in BODIES}
    return SchoolFile(
        name=_line(told["name"]),
        type=told["type"],
        lowest_year=lowest,
        highest_year=highest,
        urn=str(told.get("urn", "")),
        trust=_line(told.get("trust", "")),
        website=told.get("website", ""),
        address=_line(told.get("address", "")),
        in_hospital=told.get("in_hospital", False),
        words=words,
        contacts=tuple(_contact(one, words) for one in tree.get("contacts", ())),
        guidance_edition=_day(tree, "guidance_edition"),
        **bodies,
        phases=MappingProxyType({n: _phase(one) for n, one in tree.get("phases", {}).items()}),
        requests=_requests(as_mapping(tree.get("requests", {}), "how"), words),
        opportunities=tuple(_rows(opportunities)),
        opportunities_introduction=body(opportunities.get("introduction")),
        opportunities_notes=body(opportunities.get("notes")),
        previous_providers=_by_year(previous),
        previous_providers_text=body(None if _is_by_year(previous) else previous),
        links=tuple(map(_link, tree.get("links", ()))),
        sections=tuple(map(_section, tree.get("sections", ()))),
        published=_published(as_mapping(tree.get("published"), "on")),
        approval=_approval(tree.get("approval", {}), words),
        file=file,
    )


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
    if "years" in told:
        first, last = _ends(str(told["years"]).replace("R", "0"))
        return first, last
    youngest, oldest = _ends(told["ages"])
    return max(0, youngest - 4), min(LAST_YEAR_GROUP, oldest - 5)


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
    """The body that a text, a list or a mapping of both stands for."""
    if told is None:
        return Body()
    if isinstance(told, str):
        return Body(blocks=tuple(_blocks(told)))
    if isinstance(told, list):
        return Body(blocks=(Block(points=tuple(map(_line, told))),))
    points = (Block(points=tuple(map(_line, told["points"]))),) if "points" in told else ()
    blocks = (*_blocks(told.get("text", "")), *points, *_blocks(told.get("after", "")))
    return Body(
        blocks=blocks,
        table=_table(told["table"]) if "table" in told else None,
        link=_link(told["link"]) if "link" in told else None,
    )


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
            yield Block(points=tuple(map(_line, points)))


def _line(text: str | int) -> str:
    """A text on one line."""
    return " ".join(str(text).split())


def _lines(told: str | Sequence[str] | None) -> tuple[str, ...]:
    return (_line(told),) if isinstance(told, str) else tuple(map(_line, told or ()))


def _ends(text: str) -> tuple[int, int]:
    numbers = [int(one) for one in re.findall(r"\d+", text)]
    return numbers[0], numbers[-1]


def _day(told: Mapping[str, Any], key: str) -> PartialDate | None:
    return PartialDate.parse(told[key]) if key in told else None


def _words(told: Mapping[str, str]) -> Words:
    said = {key: _line(word) for key, word in told.items()}
    if "pupil" in said:
        said.setdefault("pupils", f"{said['pupil']}s")
    return Words(**said)


def _contact(told: Mapping[str, str], words: Words) -> Contact:
    said = {("matter" if key == "for" else key): _line(value) for key, value in told.items()}
    return Contact(**said | {"role": words.for_role(said.get("role", ""))})


def _requests(told: Mapping[str, Any], words: Words) -> Requests:
    said = {key: _line(value) for key, value in told.items() if key != "how"}
    said["decided_by"] = words.for_role(said.get("decided_by", ""))
    return Requests(how=body(told.get("how")), **said)


def _phase(told: Any) -> PhasePlan:
    if not isinstance(told, dict):
        return PhasePlan(how=body(told))
    occasions = tuple(map(_event, told.get("occasions", ())))
    return PhasePlan(how=body(told.get("how")), occasions=occasions)


def _event(told: Any) -> Event:
    if isinstance(told, str):
        return Event(what=_line(told))
    return Event(
        what=_line(told["what"]),
        providers=_lines(told.get("with")),
        day=_day(told, "on"),
        year=told.get("year", 0),
        term=told.get("term", ""),
    )


def _events(told: Any) -> tuple[Event, ...]:
    if told is None:
        return ()
    return tuple(map(_event, told)) if isinstance(told, list) else (_event(told),)


def _rows(told: Mapping[str, Any]) -> Iterator[Opportunity]:
    for label, row in told.items():
        if label in ("introduction", "notes"):
            continue
        said = as_mapping(row or {}, "all_year")
        events = {term: _events(said.get(term)) for term in TERMS}
        yield Opportunity(label=_line(label), years=years_of(label), events=events)


def _is_by_year(told: Any) -> bool:
    return isinstance(told, dict) and all(key[:1].isdigit() for key in told)


def _by_year(told: Any) -> Mapping[str, tuple[str, ...]]:
    if not _is_by_year(told):
        return MappingProxyType({})
    return MappingProxyType({f"{y[:4]}/{y[5:]}": _lines(one) for y, one in told.items()})


def _table(told: Mapping[str, Any]) -> Table:
    rows = tuple(tuple("" if one is None else _line(one) for one in row) for row in told["rows"])
    caption = _line(told.get("caption", ""))
    return Table(columns=_lines(told["columns"]), rows=rows, caption=caption)


def _link(told: Any) -> Link:
    if isinstance(told, str):
        return Link(title=_line(told))
    return Link(title=_line(told["title"]), url=told.get("url", ""))


def _section(told: Mapping[str, Any]) -> OwnSection:
    return OwnSection(
        heading=_line(told["heading"]),
        body=body({key: told[key] for key in ("text", "points", "table", "link") if key in told}),
        after=told.get("after", ""),
        holds=_line(told.get("holds", "")),
    )


def _published(told: Mapping[str, Any] | None) -> Published | None:
    if told is None:
        return None
    return Published(on=_line(told["on"]), url=told.get("url", ""), since=_day(told, "since"))


def _approval(told: Mapping[str, Any], words: Words) -> Approval:
    return Approval(
        approved_by=words.for_role(_line(told.get("approved_by", ""))),
        approved=_day(told, "approved"),
        applies_from=_day(told, "applies_from"),
        reviewed=_day(told, "reviewed"),
        reviewed_by=words.for_role(_line(told.get("reviewed_by", ""))),
        next_review=_day(told, "next_review"),
        review_every=_line(told.get("review_every", "")),
        version=_line(told.get("version", "")),
        signed_by=words.for_role(_line(told.get("signed_by", ""))),
        responsible=words.for_role(_line(told.get("responsible", ""))),
        equality=body(told.get("equality")),
    )
