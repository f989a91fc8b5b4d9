"""One topic of a comparison: counterparts side by side, and the words that all its forms share."""

from __future__ import annotations

from collections import defaultdict
from itertools import cycle
from string import ascii_uppercase
from typing import TYPE_CHECKING, Final

from careerspolicy.comparison.promises import Part, shape
from careerspolicy.english.answers import witness_sentence
from careerspolicy.english.citations import cited
from careerspolicy.english.sentences import in_few_words, parts
from careerspolicy.english.wording import listing
from careerspolicy.solver.relations import Standing
from careerspolicy.views import tree

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
#: So many pairs are named, and so many reasons told.
_NAMED, _FEW = 5, 2
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
    above: defaultdict[str, list[str]] = defaultdict(list)
    for one in told:
        if one.kind is Standing.STRICTER:
            above[one.left].append(one.right)
        elif one.kind is Standing.WEAKER:
            above[one.right].append(one.left)
    asked = [f"{name} than {listing(below)}" for name, below in above.items()]
    lines = [("asks more", "; ".join(asked))] if asked else []
    for kind, words in _ALIKE.items():
        pairs = [(one.left, one.right) for one in told if one.kind is kind]
        groups = _merged(pairs) if kind is Standing.EQUAL else pairs
        # Too many pairs to name are counted, too many reasons left to the JSON.
        named = "; ".join(map(listing, groups))
        if len(pairs) == len(told) > 1:
            named = "any two of them"
        elif len(groups) > _NAMED:
            named = f"{len(pairs)} of {len(told)} pairs"
        why = [*dict.fromkeys(one.why for one in told if one.doubt)]
        if kind is Standing.UNDECIDED and 0 < len(why) <= _FEW:
            named = f"{named}, as {'; '.join(why)}"
        if groups:
            lines.append((words, named))
    return tuple(lines)


def witnesses_told(relations: Iterable[Related]) -> tuple[str, ...]:
    """The witnesses in sentences, each told once: what asks the same has the same ones."""
    told: dict[tuple[Duty, ...], str] = {}
    for one in relations:
        for shown in one.witnesses:
            duties = (shown.misses.duty, *(met.duty for met in shown.meets))
            told.setdefault(duties, witness_sentence(shown))
    return tuple(told.values())


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


def topic_section(one: ComparedTopic, *, related: bool) -> tree.Section:
    """A topic; unless `related`, without what asks more and what each row opens to."""
    names, topic = one.policies, one.topic
    columns = (tree.Column("How they stand"), *(tree.Column(name, key=name) for name in names))
    shared = [row for row in one.rows if not row.alone]
    rows = [_row(row, one, related=related) for row in shared]
    if alone := [row for row in one.rows if row.alone]:
        rows.append(_alone(alone, one))
    told = _relations(one.relations) if related and len(one.rows) > 1 else ()
    table = tree.Table(spoken=topic.name, columns=columns, rows=rows, prose=True)
    return tree.Section(
        title=topic.name,
        id=topic.name,
        blocks=(tree.Paragraph(topic.description, aside=True), *told, table),
    )


def _row(row: ComparedRow, one: ComparedTopic, *, related: bool) -> tree.Row:
    """Counterparts; in a row that differs, the same letter says the same."""
    signs = _signs(row, one.policies)
    cells = (_cell(one, name, row, sign) for name, sign in zip(one.policies, signs, strict=True))
    title = next(iter(row.promises.values())).obligation.title
    return tree.Row(
        (_standing(row), *cells),
        amount=1,
        signs=signs,
        asked=f"{title}: parts, sources and which asks more",
        detail=tuple(_detail(row)) if related else (),
    )


def _standing(row: ComparedRow) -> tree.Cell:
    if row.differences:
        parts_named = "; ".join(PART_WORDS[one.part] for one in row.differences)
        return tree.Span("≠ They differ", tone=tree.Tone.WARN), f" in {parts_named}"
    same = tree.Span("= They say the same", tone=tree.Tone.GOOD)
    return (same, " in other words") if row.reworded else same


def _cell(one: ComparedTopic, name: str, row: ComparedRow, sign: str) -> tree.Cell:
    promise = row.promises.get(name)
    if promise is None:
        return _nothing(one, name)
    camp = tree.Span(f" {sign}", aside=True, strong=True)
    return (few_words(promise), camp) if row.differences else few_words(promise)


def _alone(rows: Sequence[ComparedRow], one: ComparedTopic) -> tree.Row:
    """What has no counterpart here; another policy may ask as much in other promises."""
    made = [
        tree.Lines(tuple(placed(row.promises[name]) for row in rows if name in row.promises))
        for name in one.policies
    ]
    cells = (
        own if own.lines else _nothing(one, name)
        for name, own in zip(one.policies, made, strict=True)
    )
    return tree.Row(
        (tree.Span("Without a counterpart", tone=tree.Tone.PLAIN), *cells),
        amount=1,
        signs=tuple(f"{n}" if own.lines else "-" for n, own in enumerate(made)),
    )


def _nothing(one: ComparedTopic, name: str) -> tree.Cell:
    for silence in one.silences:
        if silence.policy == name:
            near = elsewhere_told(silence)
            said = tree.Span("Silent on this topic", tone=tree.Tone.BAD)
            return (said, f", but see {near}") if silence.elsewhere else said
    return tree.Span("No such promise", aside=True)


def _detail(row: ComparedRow) -> Iterator[tree.Block]:
    """Part by part who says what, which asks more, an example; then each promise in full."""
    if row.differences:
        columns = tree.Column("Part"), tree.Column("What they say"), tree.Column("Policies")
        rows = [tree.Row((part, says, policies)) for part, policies, says in part_by_part(row)]
        yield tree.Table(spoken="Part by part", columns=columns, rows=rows)
    yield from _relations(row.relations)
    for witness in witnesses_told(row.relations):
        yield tree.Paragraph((tree.Span("For example: ", strong=True), witness))
    for name, promise in row.promises.items():
        yield tree.Section(title=name, blocks=tuple(_in_full(promise)), in_full=True)


def _in_full(promise: Promise) -> Iterator[tree.Block]:
    said = parts(promise.obligation, promise.policy)
    yield tree.Paragraph(f"{promise.obligation.title} ({promise.obligation.id})")
    told = ((words, getattr(said, part.value)) for part, words in PART_WORDS.items())
    place = cited(promise.obligation)
    where = [("in its document", place)] if place else []
    yield tree.Facts((*((words, says) for words, says in told if says), *where))


def _relations(relations: Iterable[Related]) -> tuple[tree.Paragraph, ...]:
    return tuple(
        tree.Paragraph(f"{words.capitalize()}: {names}.")
        for words, names in relations_told(relations)
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
