"""What taking another policy would change, for people and as data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rich.table import Table
from rich.text import Text

from careerspolicy.calendar.school_calendar import in_words
from careerspolicy.evaluation import Verdict
from careerspolicy.rendering.printable import printable
from careerspolicy.rendering.tables import add_row, plain_table
from careerspolicy.rendering.words import VERDICT_WORDS, counted

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from rich.console import RenderableType

    from careerspolicy.comparison.adoption import AdoptedPromise, Adoption, Turned
    from careerspolicy.rendering.workbooks import Cell

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
        "promises": [_promise(one) for one in adoption.promises],
    }


def _promise(one: AdoptedPromise) -> dict[str, Any]:
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


ADOPTION_HEADINGS: Final = (
    "topic", "promise_now", "promise_then", "subject_kind", "subject", "school", "year_group",
    "verdict_now", "verdict_then",
)  # fmt: skip


def adoption_rows(adoption: Adoption) -> Iterator[tuple[Cell, ...]]:
    """One row a verdict that would change, as `ADOPTION_HEADINGS` names them."""
    for promise in adoption.promises:
        for one in promise.turned:
            yield (
                promise.topic,
                promise.own.id if promise.own else "",
                promise.other.id if promise.other else "",
                one.subject.kind,
                one.subject.id,
                one.subject.school,
                one.subject.year_group,
                *map(_word, one.verdicts),
            )


def adoption_text(adoption: Adoption) -> Iterator[RenderableType]:
    """What would change, for a terminal: counts by school and year group, then each promise."""
    own, other = printable(adoption.own), printable(adoption.other)
    yield Text(
        f"If those in these facts took {other} in place of {own}, on {in_words(adoption.as_of)}:"
    )
    if not adoption.promises:
        yield Text("no verdict would change.")
        return
    pupils, schools = adoption.subjects("pupil"), adoption.subjects("school")
    yield Text(
        f"a verdict would change for {counted(pupils, 'pupil')} and {counted(schools, 'school')}."
    )
    yield Text()
    yield _table(adoption)
    for heading, kept in _SECTIONS.items():
        promises = [one for one in adoption.promises if kept(one)]
        shown = [one for one in promises if set(one.tally) - _UNKNOWN]
        if promises:
            yield Text()
            yield Text(f"{heading} ({counted(len(promises), 'promise')})", style="bold")
            yield from (line for one in shown for line in _lines(one))
        if unknown := len(promises) - len(shown):
            yield Text(f"- {counted(unknown, 'promise')} of which nothing is known")


#: What is promised before and after, before only, and after only.
_SECTIONS: Final[Mapping[str, Callable[[AdoptedPromise], bool]]] = {
    "Another verdict on what both promise": lambda one: bool(one.own and one.other),
    "Newly promised": lambda one: one.own is None,
    "No longer promised": lambda one: one.other is None,
}
#: Changes that say nothing of what was done: what is attested is mostly not known.
_UNKNOWN: Final = frozenset({(None, Verdict.UNKNOWN), (Verdict.UNKNOWN, None)})


def _table(adoption: Adoption) -> RenderableType:
    """By school and year group: what would be newly met, newly missed, newly owed, owed no more."""
    names = {school.urn: school.name for school in adoption.facts.schools}
    table = plain_table(["school", "year", *_SORTS], numbers=len(_SORTS))
    last = None
    for (urn, year), tally in adoption.by_school.items():
        name = names.get(urn, urn) or "the trust"
        sums = [
            sum(n for verdicts, n in tally.items() if sort(verdicts)) for sort in _SORTS.values()
        ]
        shown = name if name != last else ""
        add_row(
            table, shown, f"Year {year}" if year else "-", *(str(n) if n else "-" for n in sums)
        )
        last = name
    return table


_SORTS: Final[Mapping[str, Any]] = {
    "to\nmet": lambda told: told[0] is not None and told[1] is Verdict.MET,
    "to\nmissed": lambda told: told[0] is not None and told[1] is Verdict.MISSED,
    "to\nanother": lambda told: None not in told and told[1] not in (Verdict.MET, Verdict.MISSED),
    "newly\npromised": lambda told: told[0] is None,
    "no longer\npromised": lambda told: told[1] is None,
}


def _lines(one: AdoptedPromise) -> Iterator[RenderableType]:
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_row(Text("-"), Text(printable(f"{one.topic}: {_title(one)}")))
    for verdicts, amount in _in_order(one.tally):
        named = [turned.subject.id for turned in one.turned if turned.verdicts == verdicts]
        more = f" and {amount - _NAMED} more" if amount > _NAMED else ""
        turn = _turn(verdicts, of_both=bool(one.own and one.other))
        ids = f"{', '.join(named[:_NAMED])}{more}"
        grid.add_row("", Text(printable(f"{turn}: {amount} ({ids})")))
    yield grid


def _title(one: AdoptedPromise) -> str:
    titles = dict.fromkeys(told.title for told in (one.own, one.other) if told)
    return " -> ".join(titles)


def _turn(verdicts: Verdicts, *, of_both: bool) -> str:
    """From what to what a verdict changes; of what only one promises, what it is there."""
    return " -> ".join(_word(one) for one in verdicts if one or of_both)


def _word(verdict: Verdict | None) -> str:
    return VERDICT_WORDS[verdict or Verdict.NOT_APPLICABLE]


def _in_order(tally: Counter[Verdicts]) -> Iterable[tuple[Verdicts, int]]:
    """The changes of a tally, the same way each time."""
    order = {verdict: place for place, verdict in enumerate((*VERDICT_WORDS, None))}
    return sorted(tally.items(), key=lambda told: tuple(order[one] for one in told[0]))
