"""One topic of a comparison: counterparts side by side, and the words that all its forms share."""

from __future__ import annotations

from collections import defaultdict
from itertools import cycle
from string import ascii_uppercase
from typing import TYPE_CHECKING, Final

from careerspolicy.comparison.promises import Part, shape
from careerspolicy.english.answers import witness_sentence
from careerspolicy.english.citations import cited
from careerspolicy.english.parts import parts
from careerspolicy.english.sentences import in_few_words
from careerspolicy.english.wording import listing
from careerspolicy.solver.relations import Standing
from careerspolicy.views.tree import (
    Block,
    Cell,
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
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from careerspolicy.comparison.comparing import ComparedRow, ComparedTopic, Silence
    from careerspolicy.comparison.relating import Related, Saying
    from careerspolicy.model.duty import Duty
    from careerspolicy.solver.promises import Promise


#: What each part answers.
PART_WORDS: Final[Mapping[Part, str]] = {
    Part.WHO: "who owes it",
    Part.WHOM: "to whom",
    Part.WHAT: "what, how many",
    Part.WHEN: "by when",
    Part.HOW_OFTEN: "how often",
    Part.STRENGTH: "how strongly",
    Part.HEDGE: "with what hedge",
}
#: So many pairs are named.
_NAMED: Final = 5
#: So many reasons are told; the JSON tells them all.
_FEW: Final = 2
_ALIKE: Final = {
    Standing.EQUAL: "ask the same",
    Standing.INCOMPARABLE: "neither more",
    Standing.UNDECIDED: "not decided",
}
#: How a relation reads from its other end.
_TURNED: Final = {Standing.STRICTER: Standing.WEAKER, Standing.WEAKER: Standing.STRICTER}


def few_words(promise: Promise) -> str:
    """A promise in a few words, with its hedge where it has one."""
    return in_few_words(promise.obligation, promise.policy)


def placed(promise: Promise) -> str:
    """A promise in a few words, and where it stands in its document."""
    place = cited(promise.obligation)
    return f"{few_words(promise)}{f' ({place})' if place else ''}"


def said_words(said: Saying) -> str:
    """What some policies say in one part, or that they don't."""
    return said.says or "not said"


def part_by_part(row: ComparedRow) -> Iterator[tuple[str, str, str]]:
    """Each part in which counterparts differ, the policies that say one thing there, and what."""
    for difference in row.differences:
        for said in difference.said:
            yield PART_WORDS[difference.part], ", ".join(said.policies), said_words(said)


def relations_told(relations: Iterable[Related]) -> tuple[tuple[str, str], ...]:
    """Relations folded into a few lines: which kind, and of whom it is true."""
    told = [one for one in relations if one.kind is not Standing.SILENT]
    lines = []
    if above := _above(told):
        asked = (f"{name} than {listing(below)}" for name, below in above.items())
        lines.append(("asks more", "; ".join(asked)))
    for kind, words in _ALIKE.items():
        pairs = [(one.left, one.right) for one in told if one.kind is kind]
        groups = _merged(pairs) if kind is Standing.EQUAL else pairs
        if groups:
            why = _why(told) if kind is Standing.UNDECIDED else ""
            lines.append((words, f"{_pairs_named(groups, len(pairs), len(told))}{why}"))
    return tuple(lines)


def _pairs_named(groups: Sequence[Sequence[str]], amount: int, of: int) -> str:
    """Which pairs it is true of; how many, where they are too many to name."""
    if amount == of > 1:
        return "any two of them"
    return f"{amount} of {of} pairs" if len(groups) > _NAMED else "; ".join(map(listing, groups))


def _why(relations: Iterable[Related]) -> str:
    """Why some are undecided, where that takes no more than a few words."""
    why = dict.fromkeys(one.why for one in relations if one.doubt)
    return f", as {'; '.join(why)}" if 0 < len(why) <= _FEW else ""


def witnesses_told(relations: Iterable[Related]) -> tuple[str, ...]:
    """The witnesses in sentences, each told once: what asks the same has the same ones."""
    told: dict[tuple[Duty, ...], str] = {}
    for one in relations:
        for shown in one.witnesses:
            duties = (shown.misses.duty, *(met.duty for met in shown.meets))
            told.setdefault(duties, witness_sentence(shown))
    return tuple(told.values())


def _above(relations: Iterable[Related]) -> dict[str, list[str]]:
    """Whom each policy asks more than."""
    above: defaultdict[str, list[str]] = defaultdict(list)
    for one in relations:
        if one.kind is Standing.STRICTER:
            above[one.left].append(one.right)
        elif one.kind is Standing.WEAKER:
            above[one.right].append(one.left)
    return above


def _merged(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, ...]]:
    """Pairs of what is equal as groups: what equals the same is equal."""
    groups: list[dict[str, None]] = []
    for pair in pairs:
        touched = [group for group in groups if group.keys() & set(pair)]
        joined = {name: None for group in touched for name in group} | dict.fromkeys(pair)
        groups = [group for group in groups if group not in touched] + [joined]
    return [tuple(group) for group in groups]


def standing(name: str, other: str, related: Iterable[Related]) -> Standing | None:
    """How one policy stands to another by the relation between them, whichever comes first."""
    for one in related:
        if (one.left, one.right) == (name, other):
            return one.kind
        if (one.left, one.right) == (other, name):
            return _TURNED.get(one.kind, one.kind)
    return None


def elsewhere_told(silence: Silence) -> str:
    """Where a policy that is silent promises something of the same kind; empty for nowhere."""
    return ", ".join(dict.fromkeys(near.obligation.topic for near in silence.elsewhere))


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
        blocks=(Paragraph(topic.description, aside=True), *told, table),
    )


def _row(row: ComparedRow, one: ComparedTopic, *, related: bool) -> Row:
    """Counterparts; in a row that differs, the same letter says the same."""
    signs = _signs(row, one.policies)
    cells = (_cell(one, name, row, sign) for name, sign in zip(one.policies, signs, strict=True))
    title = next(iter(row.promises.values())).obligation.title
    return Row(
        (_standing(row), *cells),
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
    made = [
        Lines(tuple(placed(row.promises[name]) for row in rows if name in row.promises))
        for name in one.policies
    ]
    cells = (
        own if own.lines else _nothing(one, name)
        for name, own in zip(one.policies, made, strict=True)
    )
    return Row(
        (Span("Only one promises it", tone=Tone.PLAIN), *cells),
        amount=1,
        signs=tuple(f"{n}" if own.lines else "-" for n, own in enumerate(made)),
    )


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
        rows = [Row((part, says, policies)) for part, policies, says in part_by_part(row)]
        yield Table(spoken="Part by part", columns=columns, rows=rows)
    yield from _relations(row.relations)
    for witness in witnesses_told(row.relations):
        yield Paragraph((Span("For example: ", strong=True), witness))
    for name, promise in row.promises.items():
        yield Section(title=name, blocks=tuple(_in_full(promise)), in_full=True)


def _in_full(promise: Promise) -> Iterator[Block]:
    said = parts(promise.obligation, promise.policy)
    yield Paragraph(f"{promise.obligation.title} ({promise.obligation.id})")
    told = ((words, getattr(said, part.value)) for part, words in PART_WORDS.items())
    place = cited(promise.obligation)
    where = [("in its document", place)] if place else []
    yield Facts((*((words, says) for words, says in told if says), *where))


def _relations(relations: Iterable[Related]) -> tuple[Paragraph, ...]:
    return tuple(
        Paragraph(f"{words.capitalize()}: {names}.") for words, names in relations_told(relations)
    )


def _signs(row: ComparedRow, names: Sequence[str]) -> tuple[str, ...]:
    """A sign for each policy, the same where they ask the same; "-" where one has no promise."""
    shapes = {
        name: tuple(shape(promise).get(part) for part in Part)
        for name, promise in row.promises.items()
    }
    in_turn = dict.fromkeys(shapes[name] for name in names if name in shapes)
    letters = dict(zip(in_turn, cycle(ascii_uppercase), strict=False))
    return tuple(letters[shapes[name]] if name in shapes else "-" for name in names)
