"""How a promise's place in its document is cited: "section 3.5, clause 2"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from careerspolicy.english.wording import listing

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from careerspolicy.model.policy import Obligation, Source


def cited(obligation: Obligation) -> str:
    """Every place that a promise stands on: "section 3, clauses 1 and 4; “Key Stage 5”, clause 2".

    Empty where the policy names none.
    """
    sections: dict[str, list[str]] = {}
    for source in obligation.source:
        sections.setdefault(_section(source), []).append(_clause(source))
    return "; ".join(_within(section, clauses) for section, clauses in sections.items())


def _within(section: str, clauses: Sequence[str]) -> str:
    """The clauses of one section; none where the whole section is meant."""
    told = [one for one in clauses if one]
    if not told:
        return section
    return f"{section}, clause{'s' if len(told) > 1 else ''} {listing(told)}"


def place_cited(source: Source) -> str:
    """One place: a section that has a number by it, one that has a name in quotation marks.

    >>> from careerspolicy.model.policy import Source
    >>> place_cited(Source(section="3.5", clause=2))
    'section 3.5, clause 2'
    """
    return _within(_section(source), [_clause(source)])


def sections_cited(sources: Iterable[Source]) -> str:
    """The sections of one instrument, each once; what has no number is not called a section.

    >>> from careerspolicy.model.policy import Source
    >>> sections_cited([Source(section="42B(3)"), Source(section="42B(7)")])
    'section 42B(3) and 42B(7)'
    """
    told = listing(dict.fromkeys(source.section for source in sources))
    return f"section {told}" if told[:1].isdigit() else told


def _section(source: Source) -> str:
    """A section, by its number or heading; of the law, with the instrument that it is of."""
    section = source.section
    numbered = f"section {section}"
    if source.instrument:
        edition = f" ({source.edition.in_words})" if source.edition else ""
        named = numbered if section[:1].isdigit() else section
        return f"{source.instrument}{edition}, {named}"
    return numbered if section[:1].isdigit() else f"\u201c{section}\u201d"


def _clause(source: Source) -> str:
    """The clause's position, with its sentence where that is given; "" for a whole section."""
    if source.clause is None:
        return ""
    if source.sentence is None:
        return str(source.clause)
    many = source.sentence.first != source.sentence.last
    return f"{source.clause} (sentence{'s' if many else ''} {source.sentence})"
