"""A policy held against the law, seen: what binds and then what is to be regarded, worst first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from careerspolicy.calendar.school_calendar import in_words
from careerspolicy.comparison.law import Compliance
from careerspolicy.english.answers import witness_sentence
from careerspolicy.english.citations import instruments
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
    from collections.abc import Iterator, Mapping, Sequence

    from careerspolicy.calendar.partial_date import PartialDate
    from careerspolicy.comparison.law import AgainstLaw, Gap
    from careerspolicy.model.policy import Policy, Source
    from careerspolicy.views.tree import Block

#: The order in which standings are told: what has to be mended first.
_STANDINGS: Final[Mapping[Compliance, Span]] = {
    Compliance.SILENT: Span("silent", tone=Tone.BAD),
    Compliance.WEAKER: Span("weaker", tone=Tone.BAD),
    Compliance.UNDECIDED: Span("can't be decided", tone=Tone.UNSURE),
    Compliance.KEPT: Span("kept", tone=Tone.GOOD),
    Compliance.BEYOND: Span("beyond", tone=Tone.GOOD),
}
_ORDER: Final = tuple(_STANDINGS)
_PARTS: Final = (
    ("Statute: what an Act or regulations require", True),
    ("Guidance and frameworks: what is to be regarded", False),
)
_COLUMNS: Final = (
    Column("Standing"),
    Column("What the law asks"),
    Column("Where"),
    Column("In the policy"),
    Column("Why"),
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
        opening=[Paragraph(words=why)] if first.unsolved else [],
        sections=lambda: tuple(_sections(questions)),
        data=lambda: _data(questions),
    )


def _sections(questions: Sequence[AgainstLaw]) -> Iterator[Block]:
    """A section for each question; then what else bears on the answers."""
    first, *others = questions
    yield _question(first, ())
    yield from (_question(one, first.gaps) for one in others)
    if linked := first.policy.document.linked_policies:
        said = "Other policies that the document names may say more"
        yield Paragraph(words=f"{said}: {', '.join(linked)}.")
    if readings := [*_readings(first.law)]:
        said = "It is read so; another answer is taken by --reading."
        blocks = Paragraph(words=said), bullets(readings)
        yield Section(title="What the law leaves open", blocks=blocks)


def _readings(law: Policy) -> Iterator[str]:
    """The answers to open points on which a duty in force turns, each in a few words."""
    used = {name for one in law.obligations for name in one.turns_on}
    for one in law.parameters:
        if one.decides and (one.name in used or any(each.readings for each in one.values)):
            means = next(value.means for value in one.values if value.name == one.taken)
            yield f"{one.name}={one.taken}: {means}"


def _named(policy: Policy) -> str:
    """A policy, by its short name, its trust and its title."""
    return f"{policy.id} ({policy.trust}, {policy.document.title})"


def _question(found: AgainstLaw, told: Sequence[Gap]) -> Section:
    """The answer to one question, less what is told already."""
    day = in_words(found.on)
    asked = (
        f"Against the law as it stood on the policy's own date, {day}"
        if found.own_date
        else f"Against the law as it stands on {day}"
    )
    parts = [
        _part(heading, gaps, told)
        for heading, statutory in _PARTS
        if (gaps := [one for one in found.gaps if one.statutory is statutory])
    ]
    beyond = f"Beyond all this, the policy has {counted(len(found.apart), 'promise')} on matters"
    apart = (
        [Paragraph(words=f"{beyond} of which the law asks nothing here.")] if found.apart else []
    )
    return Section(title=asked, blocks=(*parts, *apart))


def _part(heading: str, gaps: Sequence[Gap], told: Sequence[Gap]) -> Section:
    amounts = {one: sum(gap.standing is one for gap in gaps) for one in _ORDER}
    tally = ", ".join(f"{n} {_STANDINGS[one].text}" for one, n in amounts.items() if n)
    same = sum(one in told for one in gaps)
    again = f" Of these, {same} stand just as above, and are not told again." if same else ""
    said = Paragraph(words=f"{counted(len(gaps), 'duty', 'duties')}: {tally}.{again}")
    new = sorted(
        (one for one in gaps if one not in told), key=lambda one: _ORDER.index(one.standing)
    )
    table = Table(spoken=heading, columns=_COLUMNS, rows=[*map(_row, new)], headed=2, prose=True)
    return Section(title=heading, blocks=(said, table) if new else (said,))


def _row(gap: Gap) -> Row:
    named = [one.id for one in gap.promises[:_MOST_NAMED]]
    more = len(gap.promises) - len(named)
    promised = ", ".join(named) + (f" and {more} more" if more > 0 else "")
    why = (gap.why, *map(witness_sentence, gap.witnesses[:1]))
    return Row(
        (
            _STANDINGS[gap.standing],
            f"{gap.law.title} ({gap.law.id})",
            instruments(gap.law),
            promised or "nothing",
            Lines(tuple(filter(None, why))),
        )
    )


def _data(questions: Sequence[AgainstLaw]) -> dict[str, Any]:
    first = questions[0]
    return {
        "format": FORMAT,
        "policy": first.policy.id,
        "law": first.law.id,
        "readings": {one.name: one.taken for one in first.law.parameters},
        "unsolved": first.unsolved or None,
        "questions": [_question_data(found) for found in questions],
    }


def _question_data(found: AgainstLaw) -> dict[str, Any]:
    return {
        "on": found.on.isoformat(),
        "own_date": found.own_date,
        "falls_short": found.falls_short,
        "summary": {
            kind: {
                one.value: sum(g.standing is one and g.statutory is statutory for g in found.gaps)
                for one in Compliance
            }
            for kind, statutory in (("statute", True), ("guidance", False))
        },
        "duties": [_gap_data(one) for one in found.gaps],
        "apart": [one.id for one in found.apart],
    }


def _gap_data(gap: Gap) -> dict[str, Any]:
    law, era = gap.law, gap.law.in_force
    return {
        "id": law.id,
        "topic": law.topic,
        "benchmark": law.benchmark,
        "title": law.title,
        "strength": law.strength.value,
        "authority": law.authority.value if law.authority else None,
        "statutory": gap.statutory,
        "sources": [_source_data(one) for one in law.source],
        "in_force": {"from": _written(era.start), "until": _written(era.until)},
        "standing": gap.standing.value,
        "promises": [one.id for one in gap.promises],
        "why": gap.why if gap.notes else None,
        "witness": _witness_data(gap),
    }


def _witness_data(gap: Gap) -> dict[str, Any] | None:
    """A made-up history that tells the two apart: as a sentence, and as facts to evaluate."""
    for shown in gap.witnesses[:1]:
        return {
            "sentence": witness_sentence(shown),
            "as_of": shown.as_of.isoformat(),
            "facts": shown.as_facts_yaml(),
        }
    return None


def _source_data(source: Source) -> dict[str, Any]:
    return {
        "instrument": source.instrument,
        "section": source.section,
        "edition": _written(source.edition),
    }


def _written(day: PartialDate | None) -> str | None:
    return None if day is None else str(day)
