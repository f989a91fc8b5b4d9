"""How a promise's place in its document is cited, and the law: "section 3.5, clause 2"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from careerspolicy.english.wording import listing
from careerspolicy.model.policy import Strength

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from careerspolicy.model.document import Citation, Source
    from careerspolicy.model.policy import Obligation

#: What stands between the numbers of several sections.
_SEVERAL: Final = re.compile(r",| and | to ")


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
    named = [clause for clause in clauses if clause]
    if not named:
        return section
    return f"{section}, clause{'s' if len(named) > 1 else ''} {listing(named)}"


def place_cited(source: Source) -> str:
    """One place: a section that has a number by it, one that has a name in quotation marks.

    >>> from careerspolicy.model.document import Source
    >>> place_cited(Source(section="3.5", clause=2))
    'section 3.5, clause 2'
    """
    return _within(_section(source), [_clause(source)])


def sections_cited(sources: Iterable[Source]) -> str:
    """The sections of one instrument, each once; what has no number is not called a section.

    >>> from careerspolicy.model.document import Source
    >>> sections_cited([Source(section="42B(3)"), Source(section="42B(7)")])
    'sections 42B(3) and 42B(7)'
    """
    return _numbered(listing(dict.fromkeys(source.section for source in sources)))


def instruments(duty: Obligation) -> str:
    """Where the law says it, each instrument once, and whether it only says should.

    Such as "Education Act 1997, sections 42B(3) and 42B(7)".
    """
    named: dict[str, list[Source]] = {}
    for source in duty.source:
        edition = f" ({source.edition.in_words})" if source.edition else ""
        named.setdefault(f"{source.instrument}{edition}", []).append(source)
    places = "; ".join(f"{name}, {sections_cited(sources)}" for name, sources in named.items())
    return places if duty.strength is Strength.MUST else f"{places} ({duty.strength.value})"


def cited_in_full(citation: Citation) -> str:
    """A citation as documents print it: "Education Act 1997, section 42B".

    >>> from careerspolicy.model.document import CitedKind, Citation
    >>> cited_in_full(Citation(title="Education Act", kind=CitedKind.ACT, year=1997, section="42B"))
    'Education Act 1997, section 42B'
    """
    name = f"{citation.title} {citation.year}" if citation.year else citation.title
    edition = f" ({citation.edition.in_words} edition)" if citation.edition else ""
    return ", ".join(filter(None, (f"{name}{edition}", _numbered(citation.section))))


def _numbered(section: str) -> str:
    """Which sections: those with numbers are called so, others by what they call themselves.

    >>> _numbered("42A, 42B and 45A"), _numbered("Schedule 4, paragraph 15")
    ('sections 42A, 42B and 45A', 'Schedule 4, paragraph 15')
    """
    if not section[:1].isdigit():
        return section
    several = _SEVERAL.search(section)
    return f"section{'s' if several else ''} {section}"


def _section(source: Source) -> str:
    """A section, by its number or heading; of the law, with the instrument that it is of."""
    called = sections_cited([source])
    if source.instrument:
        edition = f" ({source.edition.in_words})" if source.edition else ""
        return f"{source.instrument}{edition}, {called}"
    return called if source.section[:1].isdigit() else f"\u201c{called}\u201d"


def _clause(source: Source) -> str:
    """The clause's position, with its sentence where that is given; "" for a whole section."""
    if source.clause is None:
        return ""
    if source.sentence is None:
        return str(source.clause)
    many = source.sentence.first != source.sentence.last
    return f"{source.clause} (sentence{'s' if many else ''} {source.sentence})"
