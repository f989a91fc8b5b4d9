"""How a promise's place in its document is cited: "section 3.5, clause 2"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from careerspolicy.english.wording import listing

if TYPE_CHECKING:
    from careerspolicy.model.policy import Obligation, Source


def cited(obligation: Obligation) -> str:
    """Every place that a promise stands on: "section 3, clauses 1 and 4; “Key Stage 5”, clause 2".

    Empty where the policy names none.
    """
    sections: dict[str, list[str]] = {}
    for source in obligation.source:
        clauses = sections.setdefault(_section(source), [])
        clauses.extend([_clause(source)] if source.clause is not None else [])
    return "; ".join(
        f"{section}, clause{'s' if len(clauses) > 1 else ''} {listing(clauses)}"
        if clauses
        else section
        for section, clauses in sections.items()
    )


def _section(source: Source) -> str:
    """A section, by its number or heading; of the law, with the instrument that it is of."""
    section = source.section
    numbered = f"section {section}" if section[:1].isdigit() else ""
    if source.instrument:
        edition = f" ({source.edition.in_words})" if source.edition else ""
        return f"{source.instrument}{edition}, {numbered or section}"
    return numbered or f"\u201c{section}\u201d"


def _clause(source: Source) -> str:
    """The clause's position, with its sentence where that is given."""
    if source.sentence is None:
        return str(source.clause)
    many = source.sentence.first != source.sentence.last
    return f"{source.clause} (sentence{'s' if many else ''} {source.sentence})"
