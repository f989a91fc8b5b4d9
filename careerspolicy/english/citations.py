"""How a promise's place in its document is cited: "section 3.5, clause 2"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from careerspolicy.policy import Obligation, Source


def cited(obligation: Obligation) -> str:
    """Every place that a promise stands on: "section 3, clause 1; “Key Stage 5”, clause 2".

    Empty where the policy names none.
    """
    return "; ".join(place_cited(source) for source in obligation.source)


def place_cited(source: Source) -> str:
    """One place: a section that has a number by it, one that has a name in quotation marks.

    >>> from careerspolicy.policy import Source
    >>> place_cited(Source(section="3.5", clause=2)), place_cited(Source(section="Key Stage 5"))
    ('section 3.5, clause 2', '“Key Stage 5”')
    """
    section = source.section
    named = f"section {section}" if section[:1].isdigit() else f"\u201c{section}\u201d"
    parts = [named]
    if source.clause is not None:
        parts.append(f"clause {source.clause}")
    if source.sentence is not None:
        many = source.sentence.first != source.sentence.last
        parts.append(f"{'sentences' if many else 'sentence'} {source.sentence}")
    return ", ".join(parts)
