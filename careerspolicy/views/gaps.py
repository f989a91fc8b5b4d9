"""A policy held against the law, seen: what binds and then what is to be regarded, worst first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from careerspolicy.calendar.school_calendar import in_words
from careerspolicy.comparison.law import Compliance
from careerspolicy.english.answers import witness_sentence
from careerspolicy.english.citations import instruments
from careerspolicy.solver.promises import Undecided
from careerspolicy.views.tree import (
    Column,
    Lines,
    Paragraph,
    Row,
    Section,
    Span,
    Table,
    Tone,
    View,
    bullets,
)
from careerspolicy.views.words import FORMAT, counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from careerspolicy.calendar.partial_date import PartialDate
    from careerspolicy.comparison.law import AgainstLaw, Gap
    from careerspolicy.model.policy import Policy
    from careerspolicy.views.tree import Block

#: The order in which standings are told: what has to be mended first.
_STANDINGS: Final[Mapping[Compliance, Span]] = {
    Compliance.SILENT: Span("silent", tone=Tone.BAD),
    Compliance.WEAKER: Span("weaker", tone=Tone.BAD),
    Compliance.UNDECIDED: Span("can't be decided", tone=Tone.UNSURE),
    Compliance.KEPT: Span("kept", tone=Tone.GOOD),
    Compliance.BEYOND: Span("beyond", tone=Tone.GOOD),
}
_PARTS: Final = (
    ("Statute: what an Act or regulations require", True),
    ("Guidance and frameworks: what is to be regarded", False),
)
_COLUMNS: Final = tuple(
    map(Column, ("Standing", "What the law asks", "Where", "In the policy", "Why"))
)
#: More promises than this on one matter are counted rather than named.
_MOST_NAMED: Final = 4


def gaps_view(questions: Sequence[AgainstLaw]) -> View:
    """The answers to some questions, each against the law of one day.

    What already stands so in the first answer is counted in the others, and not told again.
    """
    first = questions[0]
    why = f"Only lined up by topic, not compared: {first.unsolved}."
    return View(
        title=f"{_named(first.policy)}, held against {_named(first.law)}",
        dated=first.on,
        opening=[Paragraph(why)] if first.unsolved else [],
        sections=lambda: tuple(_sections(questions)),
        data=lambda: _data(questions),
        wide=True,
    )


def _sections(questions: Sequence[AgainstLaw]) -> Iterator[Block]:
    """A section for each question; then what else bears on the answers."""
    first, *others = questions
    yield _question(first, ())
    yield from (_question(question, first.gaps) for question in others)
    if linked := first.policy.document.linked_policies:
        yield Paragraph(
            f"Other policies that the document names may say more: {', '.join(linked)}."
        )
    if readings := [*_readings(first.law)]:
        blocks = (
            Paragraph("It is read so; another answer is taken by --reading."),
            bullets(readings),
        )
        yield Section(title="What the law leaves open", blocks=blocks)


def _readings(law: Policy) -> Iterator[str]:
    """The answers to open points on which a duty in force turns, each in a few words."""
    used = {name for duty in law.obligations for name in duty.turns_on}
    for point in law.parameters:
        if point.decides and (point.name in used or any(one.readings for one in point.values)):
            means = next(value.means for value in point.values if value.name == point.taken)
            yield f"{point.name}={point.taken}: {means}"


def _named(policy: Policy) -> str:
    """A policy, by its short name, its trust and its title."""
    return f"{policy.id} ({policy.trust}, {policy.document.title})"


def _question(question: AgainstLaw, told: Sequence[Gap]) -> Section:
    """The answer to one question, less what is told already."""
    stood = "as it stood on the policy's own date," if question.own_date else "as it stands on"
    blocks: list[Block] = [
        _part(heading, gaps, told)
        for heading, statutory in _PARTS
        if (gaps := [gap for gap in question.gaps if gap.statutory is statutory])
    ]
    if question.apart:
        beyond = f"Beyond all this, the policy has {counted(len(question.apart), 'promise')}"
        asks = f"{beyond} on matters of which the law asks nothing here."
        blocks.append(Paragraph(asks))
    title = f"Against the law {stood} {in_words(question.on)}"
    return Section(title=title, blocks=tuple(blocks))


def _part(heading: str, gaps: Sequence[Gap], told: Sequence[Gap]) -> Section:
    standings = [gap.standing for gap in gaps]
    amounts = ((standings.count(standing), span.text) for standing, span in _STANDINGS.items())
    tally = ", ".join(f"{amount} {text}" for amount, text in amounts if amount)
    new = [gap for one in _STANDINGS for gap in gaps if gap.standing is one and gap not in told]
    same = len(gaps) - len(new)
    again = f" Of these, {same} stand just as above, and are not told again." if same else ""
    amount = Paragraph(f"{counted(len(gaps), 'duty', 'duties')}: {tally}.{again}")
    table = Table(spoken=heading, columns=_COLUMNS, rows=[*map(_row, new)], headed=2, prose=True)
    return Section(title=heading, blocks=(amount, table) if new else (amount,))


def _row(gap: Gap) -> Row:
    named = [promise.id for promise in gap.promises[:_MOST_NAMED]]
    more = len(gap.promises) - len(named)
    promised = ", ".join(named) + (f" and {more} more" if more > 0 else "")
    asked = f"{gap.law.title} ({gap.law.id})", instruments(gap.law)
    why = (gap.why, *map(witness_sentence, gap.witnesses[:1]))
    lines = Lines(tuple(filter(None, why)))
    return Row((_STANDINGS[gap.standing], *asked, promised or "nothing", lines))


def _data(questions: Sequence[AgainstLaw]) -> dict[str, Any]:
    first = questions[0]
    return {
        "format": FORMAT,
        "policy": first.policy.id,
        "law": first.law.id,
        "readings": {point.name: point.taken for point in first.law.parameters},
        "unsolved": first.unsolved or None,
        "questions": [
            {
                "on": question.on.isoformat(),
                "own_date": question.own_date,
                "falls_short": question.falls_short,
                "summary": {
                    kind: _tally(gap for gap in question.gaps if gap.statutory is statutory)
                    for kind, statutory in (("statute", True), ("guidance", False))
                },
                "duties": [*map(_gap_data, question.gaps)],
                "apart": [promise.id for promise in question.apart],
            }
            for question in questions
        ],
    }


def _tally(gaps: Iterable[Gap]) -> dict[str, int]:
    standings = [gap.standing for gap in gaps]
    return {standing.value: standings.count(standing) for standing in Compliance}


def _gap_data(gap: Gap) -> dict[str, Any]:
    law, era = gap.law, gap.law.in_force
    witness = next(iter(gap.witnesses), None)
    return {
        "id": law.id,
        "topic": law.topic,
        "benchmark": law.benchmark,
        "title": law.title,
        "strength": law.strength.value,
        "authority": law.authority.value if law.authority else None,
        "statutory": gap.statutory,
        "sources": [
            {
                "instrument": source.instrument,
                "section": source.section,
                "edition": _written(source.edition),
            }
            for source in law.source
        ],
        "in_force": {"from": _written(era.start), "until": _written(era.until)},
        "standing": gap.standing.value,
        "promises": [promise.id for promise in gap.promises],
        "why": gap.why if gap.notes else None,
        "code": _code(gap),
        "witness": {
            "sentence": witness_sentence(witness),
            "as_of": witness.as_of.isoformat(),
            "facts": witness.as_facts_yaml(),
        }
        if witness
        else None,
    }


def _code(gap: Gap) -> str | None:
    """Why it is undecided, as programs read it: the doubt about what was held, or the ground."""
    if gap.standing is not Compliance.UNDECIDED:
        return None
    said = (one for note in gap.notes for one in note.said)
    doubts = (one.code.value for one in said if isinstance(one, Undecided))
    return next(doubts, gap.notes[0].ground.name.lower())


def _written(day: PartialDate | None) -> str | None:
    return None if day is None else str(day)
