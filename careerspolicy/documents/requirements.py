"""Which contents a provider access statement must hold, by law and by policy, and has or lacks.

Every obligation about the document "provider access statement" asks for them, the law's as any
policy's: they are read off its shape, so that no trust's name or wording matters here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from careerspolicy.comparison.law import statutory
from careerspolicy.documents.contents import (
    PHASES_IN_POLICIES,
    Known,
    SameProviders,
    TooFew,
    contents,
    own_section,
    shortfall,
)
from careerspolicy.english.citations import cited, sections_cited
from careerspolicy.model.duty import Covers, Duty, Verb
from careerspolicy.model.policy import Obligation, Of, Policy, Strength
from careerspolicy.model.schedule import Every

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from careerspolicy.documents.key_phases import KeyPhase
    from careerspolicy.model.document import Source

STATEMENT: Final = "provider access statement"


@attrs.frozen(kw_only=True)
class Asker:
    """What asks for a content: an Act and its section, or a policy's obligation and its place."""

    instrument: str
    place: str
    obligation: str = ""
    strength: Strength | None = None

    def __str__(self) -> str:
        return ", ".join(part for part in (self.instrument, self.place) if part)


@attrs.frozen
class LateReview:
    """The next review comes later after the last than it should."""

    def __str__(self) -> str:
        return "the next review comes later than that after the last"


@attrs.frozen(kw_only=True)
class Requirement:
    """One content that a statement must hold, and whether it does.

    `where` says where in the school file it goes, `fault` what is amiss with what stands there.
    """

    key: str
    content: str
    where: str
    present: bool
    fault: TooFew | SameProviders | LateReview | None = None
    askers: tuple[Asker, ...] = ()
    statutory: bool = False

    @property
    def why(self) -> str:
        """What is amiss, in words; empty where nothing stands there, or all is well."""
        return str(self.fault) if self.fault else ""

    @property
    def mend(self) -> str:
        """What to do about it, in a few words."""
        return str(self.fault or f"write it under {self.where}")


def requirements(known: Known, policy: Policy | None) -> tuple[Requirement, ...]:
    """Every content asked for, the law's first and then the policy's, each with all who ask."""
    order = [*contents()]
    by_law = [
        attrs.evolve(requirement, statutory=True)
        for duty in known.law.obligations
        if statutory(duty)
        for requirement in _asked_by(known, duty, known.law)
    ]
    by_law.sort(key=lambda one: order.index(one.key) if one.key in order else len(order))
    asked: dict[str, Requirement] = {}
    for requirement in by_law:
        asked.setdefault(requirement.key, requirement)
    asking = policy.in_force(known.as_of) if policy else None
    for obligation in asking.obligations if asking else ():
        if asking and not (asking.of is Of.LAW and statutory(obligation)):
            for requirement in _asked_by(known, obligation, asking):
                held = asked.setdefault(requirement.key, attrs.evolve(requirement, askers=()))
                askers = *held.askers, *requirement.askers
                asked[requirement.key] = attrs.evolve(held, askers=askers)
    return tuple(asked.values())


def _asked_by(known: Known, obligation: Obligation, policy: Policy) -> Iterator[Requirement]:
    """What one obligation asks of the statement; nothing if it is about something else."""
    duty = obligation.duty
    tests = {test.attribute: test for test in duty.records.where}
    if "document" not in tests or STATEMENT not in (tests["document"].one_of or ()):
        return
    words: list[str] = []
    if isinstance(duty.measure, Covers) and duty.measure.attribute == "contents":
        words += duty.measure.values
    if asked := tests.get("contents"):
        words += sorted(map(str, asked.all_of or asked.one_of or ()))
    for n, word in enumerate(words):
        asker = _asker(policy, obligation, item_sources(obligation, n, len(words)))
        yield from (
            attrs.evolve(requirement, askers=(asker,)) for requirement in _asked(known, word)
        )
    asker = _asker(policy, obligation, obligation.source)
    others = (*_publication(known, duty, policy), *_review(known, obligation))
    yield from (attrs.evolve(requirement, askers=(asker,)) for requirement in others)


def _asker(policy: Policy, obligation: Obligation, sources: Sequence[Source]) -> Asker:
    """Who asks: an instrument of the law by its sections, or a policy's obligation at its place."""
    if policy.of is Of.LAW and statutory(obligation):
        instrument = sources[0].instrument
        place = sections_cited(source for source in sources if source.instrument == instrument)
        return Asker(instrument=instrument, place=place)
    return Asker(
        instrument=policy.trust,
        place=cited(attrs.evolve(obligation, source=tuple(sources))),
        obligation=obligation.id,
        strength=obligation.strength,
    )


def item_sources(obligation: Obligation, item: int, items: int) -> tuple[Source, ...]:
    """The places of one of the contents that an obligation lists, counted from 0.

    A list in a document has a clause for each item, and often one before them that introduces it.
    Where there are as many places as items, or one more, they are read so; else an item stands on
    all of them. Of the law, the places are those of the first instrument.
    """
    first = obligation.source[0].instrument
    sources = tuple(source for source in obligation.source if source.instrument == first)
    introduction = len(sources) - items
    return (sources[item + introduction],) if introduction in (0, 1) else sources


def _asked(known: Known, word: str) -> Iterator[Requirement]:
    """What a policy calls by one word: contents of the catalogue, or a section of the school's own.

    A school may give any content a section of its own.
    """
    own = own_section(known.school, word) is not None
    catalogued = [content.key for content in contents().values() if word in content.words]
    for key in catalogued:
        requirement = _of_catalogue(known, key)
        yield attrs.evolve(requirement, present=requirement.present or own)
    if word == PHASES_IN_POLICIES:
        yield from (_of_phase(known, phase) for phase in known.key_phases)
    elif not catalogued:
        where = f'sections: as a section with holds: "{word}"'
        yield Requirement(key=f"own.{word}", content=word, where=where, present=own)


def _of_catalogue(known: Known, key: str) -> Requirement:
    content = contents()[key]
    present = known.holds(key)
    return Requirement(key=key, content=content.name, where=content.where, present=present)


def _of_phase(known: Known, phase: KeyPhase) -> Requirement:
    fault = shortfall(known, phase)
    many = "s" if len(phase.years) > 1 else ""
    years = " and ".join(map(str, phase.years))
    return Requirement(
        key=f"phases.{phase.name}",
        content=f"how the encounters of the {phase.name} key phase (Year{many} {years}) are met",
        where=f"phases: {phase.name}:",
        present=bool(known.school.phases.get(phase.name)) and fault is None,
        fault=fault,
    )


def _publication(known: Known, duty: Duty, policy: Policy) -> Iterator[Requirement]:
    """That it is published, and in a place; the school's words for a place hold the policy's."""
    if policy.of is Of.LAW and duty.verb is Verb.PUBLISH and not isinstance(duty.measure, Covers):
        yield _of_catalogue(known, "published")
    published = known.school.published
    words = set(published.on.casefold().replace("'s", "").split()) if published else set()
    places = [where.one_of or () for where in duty.records.where if where.attribute == "place"]
    for place in (place for listed in places for place in sorted(map(str, listed))):
        yield Requirement(
            key=f"published.{place}",
            content=f"publication on the {place}",
            where="published: on:",
            present=set(place.split()) <= words,
        )


def _review(known: Known, obligation: Obligation) -> Iterator[Requirement]:
    schedule, approval = obligation.duty.schedule, known.school.approval
    if not isinstance(schedule, Every):
        return
    last, following = approval.reviewed or approval.approved, approval.next_review
    late = bool(last and following and following.first > schedule.duration.after(last.last))
    every = schedule.duration
    yield Requirement(
        key=f"review.{every}",
        content=f"a review at least every {every.unit if every.count == 1 else every}",
        where="approval: approved: and next_review:",
        present=bool(last and following) and not late,
        fault=LateReview() if late else None,
    )
