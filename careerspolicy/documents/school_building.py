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
from careerspolicy.documents import school_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

#: Between the two ends of a range: a hyphen, a dash or a word.
_TO: Final = re.compile("[-\u2013]|\\bto\\b")
_POINT: Final = re.compile(r"\s*[-*•]\s+(.*)")
#: What a section of the school's own may say, as any body of text.
_OF_BODIES: Final = ("text", "points", "table", "link")


def build_school(tree: Mapping[str, Any], file: str) -> school_file.SchoolFile:
    """The school that a checked tree describes."""
    lowest, highest = year_range(tree["school"])
    opportunities = as_mapping(tree.get("opportunities", {}), "introduction")
    previous = tree.get("previous_providers", {})
    by_year = isinstance(previous, dict) and all(key[:1].isdigit() for key in previous)
    slots = {
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
    return _converter(_words(tree.get("words", {}))).structure(slots, school_file.SchoolFile)


def as_mapping(tree: Any, key: str) -> Any:
    """A part of a school file that may be said in a few words, as the mapping that they stand for.

    >>> as_mapping("Write to us.", "how")
    {'how': 'Write to us.'}
    """
    return {key: tree} if isinstance(tree, (str, list)) else tree


def year_range(tree: Mapping[str, Any]) -> tuple[int, int]:
    """The first and last year group, from the years or, for want of them, the ages.

    A school for ages 11 to 16 takes pupils from the September after they turn 11 (Year 7) to the
    summer of the school year in which they turn 16 (Year 11).

    >>> year_range({"years": "7-11"}), year_range({"ages": "11-16"}), year_range({"ages": "9-13"})
    ((7, 11), (7, 11), (5, 8))
    """
    numbers = re.findall(r"\d+", str(tree.get("years", tree.get("ages"))).replace("R", "0"))
    first, last = int(numbers[0]), int(numbers[-1])
    if "years" in tree:
        return first, last
    return max(0, first - 4), min(LAST_YEAR_GROUP, last - 5)


def years_of(label: str) -> tuple[int, ...]:
    """The year groups that a row's label names; none for every year group.

    >>> years_of("Years 8-10"), years_of("Year 12/13"), years_of("All years")
    ((8, 9, 10), (12, 13), ())
    """
    numbers = [int(number) for number in re.findall(r"\d+", label)]
    if len(numbers) == 2 and _TO.search(label):
        return tuple(range(numbers[0], numbers[1] + 1))
    return tuple(numbers)


def body(tree: Any) -> school_file.Body:
    """The body that a text, a list or a mapping of both stands for; nothing for None."""
    if tree is None:
        return school_file.Body()
    if isinstance(tree, list):
        tree = {"points": tree}
    slots = as_mapping(tree, "text")
    points = (school_file.Block(points=_lines(slots["points"])),) if "points" in slots else ()
    table, link = slots.get("table"), slots.get("link")
    return school_file.Body(
        blocks=(*_blocks(slots.get("text", "")), *points, *_blocks(slots.get("after", ""))),
        table=_PLAIN.structure(table, school_file.Table) if table else None,
        link=_PLAIN.structure(link, school_file.Link) if link else None,
    )


def _converter(words: school_file.Words) -> Converter:
    """Builds values of the school file's words; roles have the school's own word for its head."""
    made = Converter(detailed_validation=False)

    def hook(sort: Any, build: Callable[[Any], Any]) -> None:
        made.register_structure_hook_func(lambda asked: asked == sort, lambda tree, _: build(tree))

    def record(sort: type, slots: Callable[[Any], Any], **renamed: str) -> None:
        """A value of the file's slots, of which some have another name than its fields."""
        attrs.resolve_types(sort)
        names = {in_file: field for field, in_file in renamed.items()}

        def build(tree: Any) -> Any:
            fields = {names.get(slot, slot): value for slot, value in slots(tree).items()}
            return made.structure_attrs_fromdict(fields, sort)

        hook(sort, build)

    hook(str, _line)
    hook(school_file.Role, lambda text: words.for_role(_line(text)))
    hook(tuple[str, ...], _lines)
    hook(PartialDate, PartialDate.parse)
    hook(school_file.Words, lambda _: words)
    hook(school_file.Body, body)
    hook(school_file.OwnSection, _section)
    record(school_file.Link, partial(as_mapping, key="title"))
    record(school_file.Event, partial(as_mapping, key="what"), providers="with", day="on")
    record(school_file.Contact, dict, matter="for")
    record(school_file.Requests, partial(as_mapping, key="how"))
    record(school_file.Published, partial(as_mapping, key="on"))
    # What isn't said with these slots is how a key phase is met.
    plan = {"how", "occasions"}
    record(
        school_file.PhasePlan,
        lambda it: it if isinstance(it, dict) and plan & {*it} else {"how": it},
    )
    return made


def _section(tree: Mapping[str, Any]) -> school_file.OwnSection:
    return school_file.OwnSection(
        heading=_line(tree["heading"]),
        body=body({key: tree[key] for key in _OF_BODIES if key in tree}),
        after=tree.get("after", ""),
        holds=_line(tree.get("holds", "")),
    )


def _words(tree: Mapping[str, str]) -> school_file.Words:
    own = {key: _line(word) for key, word in tree.items()}
    if "pupil" in own:
        own.setdefault("pupils", f"{own['pupil']}s")
    return school_file.Words(**own)


def _rows(tree: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The rows of the table of opportunities; one without terms has its events all year."""
    for label, row in tree.items():
        if label not in ("introduction", "notes"):
            by_term = as_mapping(row or {}, "all_year")
            told = {term: by_term.get(term) or [] for term in school_file.TERMS}
            events = {term: one if isinstance(one, list) else [one] for term, one in told.items()}
            yield {"label": label, "years": years_of(label), "events": events}


def _blocks(text: str) -> Iterator[school_file.Block]:
    """Paragraphs and lists: a line that begins with a dash is an item, and an indented one goes on.

    A list may follow its introduction without an empty line between them.
    """
    for paragraph in re.split(r"\n\s*\n", text):
        plain: list[str] = []
        points: list[str] = []
        for line in paragraph.splitlines():
            if match := _POINT.match(line):
                points.append(match[1])
            elif points:
                points[-1] += f" {line}"
            else:
                plain.append(line)
        if sentence := _line(" ".join(plain)):
            yield school_file.Block(text=sentence)
        if points:
            yield school_file.Block(points=_lines(points))


def _line(text: str | int | None) -> str:
    """A text on one line; an empty cell of a table is none."""
    return "" if text is None else " ".join(str(text).split())


def _lines(tree: Any) -> tuple[str, ...]:
    return (_line(tree),) if isinstance(tree, str) else tuple(map(_line, tree))


_PLAIN: Final = _converter(school_file.Words())
