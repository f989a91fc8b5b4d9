"""What taking another policy would change, for people and as data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from careerspolicy.calendar.school_calendar import in_words
from careerspolicy.evaluation import Verdict
from careerspolicy.views.tree import Column, Item, List, Paragraph, Row, Section, Table, bullets
from careerspolicy.views.words import VERDICT_WORDS, counted

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from careerspolicy.comparison.adoption import AdoptedPromise, Adoption, Turned
    from careerspolicy.views.tree import Block

    Verdicts = tuple[Verdict | None, Verdict | None]

#: How many subjects of one change are named; the JSON names them all.
_NAMED: Final = 12


def adoption_data(adoption: Adoption) -> dict[str, Any]:
    """What would change, as plain values: every promise, every subject, and counts."""
    return {
        "from": adoption.own,
        "to": adoption.other,
        "as_of": adoption.as_of.isoformat(),
        "pupils": adoption.subjects("pupil"),
        "schools": adoption.subjects("school"),
        "counts": [
            {"school": school or None, "year_group": year, **_count(verdicts, amount)}
            for (school, year), tally in adoption.by_school.items()
            for verdicts, amount in _in_order(tally)
        ],
        "promises": [_promise_data(one) for one in adoption.promises],
    }


def _promise_data(one: AdoptedPromise) -> dict[str, Any]:
    return {
        "topic": one.topic,
        "from": one.own.id if one.own else None,
        "to": one.other.id if one.other else None,
        "counts": [_count(verdicts, amount) for verdicts, amount in _in_order(one.tally)],
        "subjects": [_subject(turned) for turned in one.turned],
    }


def _count(verdicts: Verdicts, amount: int) -> dict[str, Any]:
    before, after = verdicts
    return {
        "before": before.value if before else None,
        "after": after.value if after else None,
        "count": amount,
    }


def _subject(one: Turned) -> dict[str, Any]:
    before, after = one.verdicts
    return {
        "kind": one.subject.kind,
        "id": one.subject.id,
        "school": one.subject.school or None,
        "year_group": one.subject.year_group,
        "before": before.value if before else None,
        "after": after.value if after else None,
    }


def adoption_section(adoption: Adoption) -> Section:
    """What would change: counts by school and year group, then each promise."""
    title = f"If those in these facts took {adoption.other} in place of {adoption.own}"
    on = f"On {in_words(adoption.as_of)}"
    if not adoption.promises:
        return Section(title=title, blocks=(Paragraph(words=f"{on} no verdict would change."),))
    pupils = counted(adoption.subjects("pupil"), "pupil")
    schools = counted(adoption.subjects("school"), "school")
    said = Paragraph(words=f"{on} a verdict would change for {pupils} and {schools}.")
    parts = [
        _promises(heading, [one for one in adoption.promises if kept(one)])
        for heading, kept in _SECTIONS.items()
    ]
    blocks: list[Block] = [said, _by_school(adoption), *(part for part in parts if part.blocks)]
    return Section(title=title, blocks=tuple(blocks))


def adoption_sheet(adoption: Adoption) -> Table:
    """One row a verdict that would change."""
    rows = (
        Row(
            (
                promise.topic,
                promise.own.id if promise.own else "",
                promise.other.id if promise.other else "",
                one.subject.kind,
                one.subject.id,
                one.subject.school,
                one.subject.year_group,
                *map(_word, one.verdicts),
            )
        )
        for promise in adoption.promises
        for one in promise.turned
    )
    return Table(name="Verdicts", columns=_SHEET, rows=[*rows])


_SHEET: Final = tuple(
    map(
        Column,
        (
            "topic",
            "promise now",
            "promise then",
            "subject kind",
            "subject",
            "school",
            "year group",
            "verdict now",
            "verdict then",
        ),
    )
)

#: What is promised before and after, before only, and after only.
_SECTIONS: Final[Mapping[str, Callable[[AdoptedPromise], bool]]] = {
    "Another verdict on what both promise": lambda one: bool(one.own and one.other),
    "Newly promised": lambda one: one.own is None,
    "No longer promised": lambda one: one.other is None,
}
#: Changes that say nothing of what was done: what is attested is mostly not known.
_UNKNOWN: Final = frozenset({(None, Verdict.UNKNOWN), (Verdict.UNKNOWN, None)})
_SORTS: Final[Mapping[str, Callable[[Verdicts], bool]]] = {
    "To met": lambda told: told[0] is not None and told[1] is Verdict.MET,
    "To missed": lambda told: told[0] is not None and told[1] is Verdict.MISSED,
    "To another": lambda told: None not in told and told[1] not in (Verdict.MET, Verdict.MISSED),
    "Newly promised": lambda told: told[0] is None,
    "No longer promised": lambda told: told[1] is None,
}


def _by_school(adoption: Adoption) -> Table:
    """By school and year group: what would be newly met, newly missed, newly owed, owed no more."""
    names = {school.urn: school.name for school in adoption.facts.schools}
    rows = [
        Row(
            (
                names.get(urn, urn) or "the trust",
                f"Year {year}" if year else "-",
                *(
                    sum(n for verdicts, n in tally.items() if sort(verdicts))
                    for sort in _SORTS.values()
                ),
            )
        )
        for (urn, year), tally in adoption.by_school.items()
    ]
    figures = (Column(name, number=True) for name in _SORTS)
    return Table(
        spoken="Verdicts that would change, by school and year group",
        columns=(Column("School"), Column("Year"), *figures),
        rows=rows,
        headed=2,
    )


def _promises(heading: str, promises: Sequence[AdoptedPromise]) -> Section:
    shown = [one for one in promises if set(one.tally) - _UNKNOWN]
    items = [*map(_promise, shown)]
    if unknown := len(promises) - len(shown):
        items.append(Item(f"{counted(unknown, 'promise')} of which nothing is known"))
    title = f"{heading} ({counted(len(promises), 'promise')})"
    return Section(title=title, blocks=(List(tuple(items)),) if items else ())


def _promise(one: AdoptedPromise) -> Item:
    titles = dict.fromkeys(told.title for told in (one.own, one.other) if told)
    turns = (_turn(one, verdicts, amount) for verdicts, amount in _in_order(one.tally))
    return Item(f"{one.topic}: {' -> '.join(titles)}", (bullets(turns),))


def _turn(one: AdoptedPromise, verdicts: Verdicts, amount: int) -> str:
    """From what to what a verdict changes, of what only one promises what it is there; for whom."""
    of_both = bool(one.own and one.other)
    turn = " -> ".join(_word(verdict) for verdict in verdicts if verdict or of_both)
    named = [turned.subject.id for turned in one.turned if turned.verdicts == verdicts]
    more = f" and {amount - _NAMED} more" if amount > _NAMED else ""
    return f"{turn}: {amount} ({', '.join(named[:_NAMED])}{more})"


def _word(verdict: Verdict | None) -> str:
    return VERDICT_WORDS[verdict or Verdict.NOT_APPLICABLE]


def _in_order(tally: Counter[Verdicts]) -> Iterable[tuple[Verdicts, int]]:
    """The changes of a tally, the same way each time."""
    order = {verdict: place for place, verdict in enumerate((*VERDICT_WORDS, None))}
    return sorted(tally.items(), key=lambda told: tuple(order[one] for one in told[0]))
