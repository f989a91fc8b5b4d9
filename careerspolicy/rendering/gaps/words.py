"""How a policy held against the law is worded: headings, citations, and what a reader is told.

Shared by the text, the Markdown and the JSON of `careerspolicy gaps`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from careerspolicy.calendar.school_calendar import in_words
from careerspolicy.comparison.law import Compliance
from careerspolicy.english.citations import sections_cited
from careerspolicy.model.policy import Strength
from careerspolicy.rendering.words import counted

if TYPE_CHECKING:
    from careerspolicy.comparison.law import AgainstLaw, Gap
    from careerspolicy.model.policy import Obligation, Policy, Source

#: The order in which standings are told: what has to be mended first.
ORDER: Final = tuple(Compliance)
STANDING_WORDS: Final = {
    Compliance.SILENT: "silent",
    Compliance.WEAKER: "weaker",
    Compliance.UNDECIDED: "can't be decided",
    Compliance.KEPT: "kept",
    Compliance.BEYOND: "beyond",
}
_PARTS: Final = (
    ("Statute: what an Act or regulations require", True),
    ("Guidance and frameworks: what is to be regarded", False),
)


@attrs.frozen(kw_only=True)
class Part:
    """The duties that bind, or those to be regarded: the gaps to be told, worst first.

    `same` counts those that are not told, since an earlier answer has them.
    """

    heading: str
    tally: str
    same: int
    gaps: tuple[Gap, ...]


def parts(found: AgainstLaw, told: AgainstLaw | None = None) -> tuple[Part, ...]:
    """What binds and then what is to be regarded, each with its gaps in the order to be told.

    What already stands so in another answer, `told`, is counted in the tally and not told again.
    """
    split = [
        (heading, [one for one in found.gaps if one.statutory is statutory])
        for heading, statutory in _PARTS
    ]
    before = told.gaps if told else ()
    return tuple(
        Part(
            heading=heading,
            tally=tally(gaps),
            same=sum(one in before for one in gaps),
            gaps=tuple(
                one
                for one in sorted(gaps, key=lambda gap: ORDER.index(gap.standing))
                if one not in before
            ),
        )
        for heading, gaps in split
        if gaps
    )


def tally(gaps: list[Gap]) -> str:
    """How many duties stand how: "1 silent, 2 weaker, 3 kept"."""
    amounts = {one: sum(gap.standing is one for gap in gaps) for one in ORDER}
    told = ", ".join(f"{n} {STANDING_WORDS[one]}" for one, n in amounts.items() if n)
    return f"{counted(len(gaps), 'duty', 'duties')}: {told}"


def instrument(one: Obligation) -> str:
    """Where the law says it, each instrument once, and whether it only says should.

    Such as "Education Act 1997, section 42B(3) and 42B(7)".
    """
    named: dict[str, list[Source]] = {}
    for source in one.source:
        edition = f" ({source.edition.in_words})" if source.edition else ""
        named.setdefault(f"{source.instrument}{edition}", []).append(source)
    told = "; ".join(f"{name}, {sections_cited(sources)}" for name, sources in named.items())
    return told if one.strength is Strength.MUST else f"{told} ({one.strength.value})"


def asked(found: AgainstLaw) -> str:
    """The question, as a heading: against the law of which day."""
    day = in_words(found.on)
    if found.own_date:
        return f"Against the law as it stood on the policy's own date, {day}"
    return f"Against the law as it stands on {day}"


def named(policy: Policy) -> str:
    """A policy, by its short name, its trust and its title."""
    return f"{policy.id} ({policy.trust}, {policy.document.title})"


def readings(law: Policy) -> tuple[str, ...]:
    """The answers to open points on which a duty in force turns, each in a few words."""
    used = {name for one in law.obligations for name in one.turns_on}
    told = {
        one.name: next(value.means for value in one.values if value.name == one.taken)
        for one in law.parameters
        if one.decides and (one.name in used or any(v.readings for v in one.values))
    }
    taken = {one.name: one.taken for one in law.parameters}
    return tuple(f"{name}={taken[name]}: {means}" for name, means in told.items())
