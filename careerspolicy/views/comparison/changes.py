"""What else one comparison comes to, for whoever asks.

What changed between two versions, how all promises together stand, and what taking another policy
would change.
"""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

from careerspolicy.calendar.school_calendar import in_words
from careerspolicy.comparison.changing import Change, Turned, Verdicts
from careerspolicy.english.answers import undecided_clause, witness_sentence
from careerspolicy.evaluation import Verdict
from careerspolicy.solver.relations import Implied, PolicyRelation, Standing
from careerspolicy.views.comparison.topics import PART_WORDS, placed, said_words
from careerspolicy.views.tree import (
    Block,
    Column,
    Item,
    List,
    Paragraph,
    Row,
    Section,
    Table,
    bullets,
)
from careerspolicy.views.words import VERDICT_WORDS, coded, counted, fields

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from careerspolicy.comparison.changing import AdoptedPromise, Adoption, Changed


#: What each change means, for those who read the lists.
CHANGE_WORDS: Final[Mapping[Change, str]] = {
    Change.ADDED: "Added",
    Change.REMOVED: "Removed",
    Change.TIGHTENED: "Tightened: asks more, or says it more strongly",
    Change.LOOSENED: "Loosened: asks less, or says it less strongly",
    Change.CHANGED: "Changed: not simply more or simply less, or not decided",
    Change.REWORDED: "Reworded",
}


def changes_section(changes: Sequence[Changed], old: str, new: str) -> Section:
    """The changes: a list for each sort of change."""
    amount = counted(len(changes), "change") if changes else "Nothing changed"
    sorts = []
    for change, group in groupby(changes, key=attrgetter("change")):
        items = tuple(
            Item(f"{one.topic}: {one.promise.obligation.id}", (bullets(_told(one)),))
            for one in group
        )
        title = f"{CHANGE_WORDS[change]} ({len(items)})"
        sorts.append(Section(title=title, blocks=(List(items),)))
    summary = Paragraph(f"{amount} from {old} to {new}.")
    return Section(title="What changed", id="changes", blocks=(summary, *sorts))


def changes_sheet(changes: Iterable[Changed]) -> Table:
    """The changes, a row each."""
    columns = tuple(map(Column, ("change", "topic", "promise", "what")))
    rows = [
        Row((one.change.value, one.topic, one.promise.obligation.id, "\n".join(_told(one))))
        for one in changes
    ]
    return Table(name="Changes", columns=columns, rows=rows)


def _told(one: Changed) -> Iterator[str]:
    """A change in lines: what it said and says, part by part where both are there."""
    if one.old is None or one.new is None:
        yield placed(one.promise)
        return
    if one.old.obligation.id != one.new.obligation.id:
        yield f"its id was {one.old.obligation.id}"
    if one.old.obligation.topic != one.new.obligation.topic:
        yield f"its topic was {one.old.obligation.topic}"
    if not one.differences:
        yield f"was: {one.old.obligation.title}"
        yield f"is: {one.new.obligation.title}"
    for difference in one.differences:
        was, now = map(said_words, difference.said)
        yield f"{PART_WORDS[difference.part]}: was {was}; is {now}"
    if one.relation and one.relation.doubt:
        yield one.relation.why
    yield from map(witness_sentence, one.relation.witnesses if one.relation else ())


_STANDS: Final = {
    Standing.EQUAL: "{left} and {right} ask the same.",
    Standing.STRICTER: "{left} asks all that {right} does, and more.",
    Standing.WEAKER: "{right} asks all that {left} does, and more.",
    Standing.INCOMPARABLE: "each of {left} and {right} asks something that the other does not.",
    Standing.UNDECIDED: "whether {left} or {right} asks more can't be decided: {why}.",
}
_COLUMNS: Final = (
    Column("The promises of"),
    *(Column(each, number=True) for each in ("All", "Brought by the other", "Not", "Undecided")),
)


def whole_section(whole: PolicyRelation) -> Section:
    """The relation in a sentence, how many promises it rests on, and which are not brought."""
    left, right = whole.left.id, whole.right.id
    standing = _STANDS[whole.kind].format(left=left, right=right, why=undecided_clause(whole.doubt))
    rows, lacking = [], []
    for owner, other, implied in (
        (right, left, whole.right_implied),
        (left, right, whole.left_implied),
    ):
        kinds = [one.kind for one in implied]
        rows.append(Row((owner, len(kinds), *(kinds.count(kind) for kind in Implied))))
        lost = [one.promise.obligation for one in implied if one.kind is Implied.NO]
        if lost:
            title = f"What {owner} asks and {other} does not bring"
            promises = bullets(f"{obligation.title} ({obligation.id})" for obligation in lost)
            lacking.append(Section(title=title, blocks=(promises,)))
    table = Table(spoken="Which promises the other policy brings", columns=_COLUMNS, rows=rows)
    asked = Paragraph(f"As far as records measure, {standing}")
    return Section(title="All promises together", blocks=(asked, table, *lacking))


#: How many subjects of one change are named; the JSON names them all.
_NAMED: Final = 12


def adoption_data(adoption: Adoption) -> dict[str, Any]:
    """What would change, as plain values: every promise, every subject, and counts."""
    return {
        "from": adoption.own,
        "to": adoption.other,
        "as_of": coded(adoption.as_of),
        "pupils": adoption.subjects("pupil"),
        "schools": adoption.subjects("school"),
        "counts": [
            {"school": school or None, "year_group": year, **count}
            for (school, year), tally in adoption.by_school.items()
            for count in _counts(tally)
        ],
        "promises": [
            {
                "topic": promise.topic,
                "from": coded(promise.own),
                "to": coded(promise.other),
                "counts": _counts(promise.tally),
                "subjects": [*map(_turned_data, promise.turned)],
            }
            for promise in adoption.promises
        ],
    }


def _turned_data(turned: Turned) -> dict[str, Any]:
    return {
        **fields(turned.subject, "kind", "id"),
        "school": turned.subject.school or None,
        "year_group": turned.subject.year_group,
        **_before_and_after(turned.verdicts),
    }


def _counts(tally: Counter[Verdicts]) -> list[dict[str, Any]]:
    return [
        {**_before_and_after(verdicts), "count": amount} for verdicts, amount in _in_order(tally)
    ]


def _before_and_after(verdicts: Verdicts) -> dict[str, str | None]:
    return dict(zip(("before", "after"), coded(verdicts), strict=True))


def adoption_section(adoption: Adoption) -> Section:
    """What would change: counts by school and year group, then each promise."""
    title = f"If those in these facts took {adoption.other} in place of {adoption.own}"
    on = f"On {in_words(adoption.as_of)}"
    if not adoption.promises:
        return Section(title=title, blocks=(Paragraph(f"{on} no verdict would change."),))
    pupils = counted(adoption.subjects("pupil"), "pupil")
    schools = counted(adoption.subjects("school"), "school")
    blocks: list[Block] = [
        Paragraph(f"{on} a verdict would change for {pupils} and {schools}."),
        _by_school(adoption),
    ]
    for heading, kept in _SECTIONS.items():
        promises = [promise for promise in adoption.promises if kept(promise)]
        shown = [promise for promise in promises if set(promise.tally) - _UNKNOWN]
        items = [*map(_promise, shown)]
        if unknown := len(promises) - len(shown):
            items.append(Item(f"{counted(unknown, 'promise')} of which nothing is known"))
        if items:
            amount = counted(len(promises), "promise")
            section = Section(title=f"{heading} ({amount})", blocks=(List(tuple(items)),))
            blocks.append(section)
    return Section(title=title, blocks=tuple(blocks))


def adoption_sheet(adoption: Adoption) -> Table:
    """One row a verdict that would change."""
    rows = []
    for promise in adoption.promises:
        ids = [each.id if each else "" for each in (promise.own, promise.other)]
        for turned in promise.turned:
            whom = turned.subject
            about = whom.kind, whom.id, whom.school, whom.year_group
            rows.append(Row((promise.topic, *ids, *about, *map(_word, turned.verdicts))))
    return Table(name="Verdicts", columns=tuple(map(Column, _SHEET)), rows=rows)


_SHEET: Final = (
    "topic", "promise now", "promise then", "subject kind", "subject", "school", "year group",
    "verdict now", "verdict then",
)  # fmt: skip

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
    rows = []
    for (urn, year), tally in adoption.by_school.items():
        place = names.get(urn, urn) or "the trust", f"Year {year}" if year else "-"
        figures = (sum(n for turn, n in tally.items() if sort(turn)) for sort in _SORTS.values())
        rows.append(Row((*place, *figures)))
    return Table(
        spoken="Verdicts that would change, by school and year group",
        columns=(Column("School"), Column("Year"), *(Column(name, number=True) for name in _SORTS)),
        rows=rows,
        headed=2,
    )


def _promise(promise: AdoptedPromise) -> Item:
    """From what to what its verdicts change, and for whom; a verdict there is only once, once."""
    both = [each for each in (promise.own, promise.other) if each]
    lines = []
    for verdicts, amount in _in_order(promise.tally):
        turn = " -> ".join(_word(one) for one in verdicts if one or len(both) > 1)
        ids = [turned.subject.id for turned in promise.turned if turned.verdicts == verdicts]
        more = f" and {amount - _NAMED} more" if amount > _NAMED else ""
        lines.append(f"{turn}: {amount} ({', '.join(ids[:_NAMED])}{more})")
    titles = dict.fromkeys(each.title for each in both)
    return Item(f"{promise.topic}: {' -> '.join(titles)}", (bullets(lines),))


def _word(verdict: Verdict | None) -> str:
    return VERDICT_WORDS[verdict or Verdict.NOT_APPLICABLE]


def _in_order(tally: Counter[Verdicts]) -> Iterable[tuple[Verdicts, int]]:
    """The changes of a tally, the same way each time."""
    order = {verdict: place for place, verdict in enumerate((*VERDICT_WORDS, None))}
    return sorted(tally.items(), key=lambda told: tuple(order[one] for one in told[0]))
