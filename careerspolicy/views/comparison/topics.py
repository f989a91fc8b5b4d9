"""One topic of a comparison: counterparts side by side, and who alone promises what."""

from __future__ import annotations

from string import ascii_uppercase
from typing import TYPE_CHECKING

from careerspolicy.comparison.promises import Part, shape
from careerspolicy.english.citations import cited
from careerspolicy.english.parts import parts
from careerspolicy.views.comparison.words import (
    PART_WORDS,
    elsewhere_told,
    few_words,
    relations_told,
    said_words,
    witnesses_told,
)
from careerspolicy.views.tree import (
    Column,
    Facts,
    Lines,
    Paragraph,
    Row,
    Section,
    Span,
    Table,
    Tone,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from careerspolicy.comparison import ComparedRow, ComparedTopic
    from careerspolicy.comparison.relating import Related
    from careerspolicy.solver.promises import Promise
    from careerspolicy.views.tree import Block, Cell


def topic_section(one: ComparedTopic, *, related: bool) -> Section:
    """A topic; unless `related`, without what asks more and what each row opens to."""
    names, topic = one.policies, one.topic
    columns = (Column("How they stand"), *(Column(name, key=name) for name in names))
    shared = [row for row in one.rows if not row.alone]
    rows = [_row(row, one, related=related) for row in shared]
    if alone := [row for row in one.rows if row.alone]:
        rows.append(_alone(alone, one))
    told = _relations(one.relations) if related and len(one.rows) > 1 else ()
    table = Table(spoken=topic.name, columns=columns, rows=rows, prose=True)
    return Section(
        title=topic.name,
        id=topic.name,
        blocks=(Paragraph(words=topic.description, aside=True), *told, table),
    )


def _row(row: ComparedRow, one: ComparedTopic, *, related: bool) -> Row:
    """Counterparts; in a row that differs, the same letter says the same."""
    signs = _signs(row, one.policies)
    title = next(iter(row.promises.values())).obligation.title
    return Row(
        (
            _standing(row),
            *(_cell(one, name, row, sign) for name, sign in zip(one.policies, signs, strict=True)),
        ),
        amount=1,
        signs=signs,
        asked=f"{title}: parts, sources and which asks more",
        detail=tuple(_detail(row)) if related else (),
    )


def _standing(row: ComparedRow) -> Cell:
    if row.differences:
        parts_named = "; ".join(PART_WORDS[one.part] for one in row.differences)
        return Span("≠ They differ", tone=Tone.WARN), f" in {parts_named}"
    same = Span("= They say the same", tone=Tone.GOOD)
    return (same, " in other words") if row.reworded else same


def _cell(one: ComparedTopic, name: str, row: ComparedRow, sign: str) -> Cell:
    promise = row.promises.get(name)
    if promise is None:
        return _nothing(one, name)
    camp = Span(f" {sign}", aside=True, strong=True)
    return (few_words(promise), camp) if row.differences else few_words(promise)


def _alone(rows: Sequence[ComparedRow], one: ComparedTopic) -> Row:
    """What each policy alone promises here."""
    made = {
        name: [row.promises[name] for row in rows if name in row.promises] for name in one.policies
    }
    return Row(
        (
            Span("Only one promises it", tone=Tone.PLAIN),
            *(
                Lines(tuple(map(_placed, made[name]))) if made[name] else _nothing(one, name)
                for name in one.policies
            ),
        ),
        amount=1,
        signs=tuple(f"{n}" if made[name] else "-" for n, name in enumerate(one.policies)),
    )


def _placed(promise: Promise) -> str:
    place = cited(promise.obligation)
    return f"{few_words(promise)}{f' ({place})' if place else ''}"


def _nothing(one: ComparedTopic, name: str) -> Cell:
    for silence in one.silences:
        if silence.policy == name:
            near = elsewhere_told(silence)
            said = Span("Silent on this topic", tone=Tone.BAD)
            return (said, f", but see {near}") if silence.elsewhere else said
    return Span("No such promise", aside=True)


def _detail(row: ComparedRow) -> Iterator[Block]:
    """Part by part who says what, which asks more, an example; then each promise in full."""
    if row.differences:
        columns = Column("Part"), Column("What they say"), Column("Policies")
        rows = [
            Row((PART_WORDS[one.part], said_words(said), ", ".join(said.policies)))
            for one in row.differences
            for said in one.said
        ]
        yield Table(spoken="Part by part", columns=columns, rows=rows)
    yield from _relations(row.relations)
    for witness in witnesses_told(row.relations):
        yield Paragraph(words=(Span("For example: ", strong=True), witness))
    for name, promise in row.promises.items():
        yield Section(title=name, blocks=tuple(_in_full(promise)), in_full=True)


def _in_full(promise: Promise) -> Iterator[Block]:
    said = parts(promise.obligation, promise.policy)
    yield Paragraph(words=f"{promise.obligation.title} ({promise.obligation.id})")
    told = ((words, getattr(said, part.value)) for part, words in PART_WORDS.items())
    place = cited(promise.obligation)
    where = [("in its document", place)] if place else []
    yield Facts((*((words, says) for words, says in told if says), *where))


def _relations(relations: Iterable[Related]) -> tuple[Paragraph, ...]:
    return tuple(
        Paragraph(words=f"{words.capitalize()}: {names}.")
        for words, names in relations_told(relations)
    )


def _signs(row: ComparedRow, names: Sequence[str]) -> tuple[str, ...]:
    """A sign for each policy, the same where they ask the same; "-" where one has no promise."""
    signs: dict[tuple[object, ...], str] = {}
    told = []
    for name in names:
        if name in row.promises:
            key = tuple(shape(row.promises[name]).get(part) for part in Part)
            told.append(signs.setdefault(key, ascii_uppercase[len(signs) % 26]))
        else:
            told.append("-")
    return tuple(told)
