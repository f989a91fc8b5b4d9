"""Which contents a provider access statement must hold, by law and by policy, and has or lacks.

The law: section 42B(5) of the Education Act 1997 names four contents, and by (4) and (7) the
statement is published. The policy: every obligation about the document "provider access
statement", read off its shape, so that no trust's name or wording matters here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from careerspolicy.documents.contents import PHASES_IN_POLICIES, contents, own_section
from careerspolicy.documents.occasions import shortfall
from careerspolicy.english.citations import cited
from careerspolicy.model.duty import Covers, Every
from careerspolicy.model.policy import Of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from careerspolicy.documents.contents import Known
    from careerspolicy.documents.key_phases import KeyPhase
    from careerspolicy.model.duty import Duty
    from careerspolicy.model.policy import Obligation, Policy, Source, Strength

ACT: Final = "Education Act 1997"
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


@attrs.frozen(kw_only=True)
class Requirement:
    """One content that a statement must hold, and whether it does.

    `where` says where in the school file it goes, `why` what is amiss with what stands there.
    """

    key: str
    content: str
    where: str
    present: bool
    why: str | None = None
    askers: tuple[Asker, ...] = ()
    statutory: bool = False

    @property
    def mend(self) -> str:
        """What to do about it, in a few words."""
        return f"write it under {self.where}" if self.why is None else self.why


def requirements(known: Known, policy: Policy | None) -> tuple[Requirement, ...]:
    """Every content asked for, the law's first and then the policy's, each with all who ask."""
    found = {one.key: one for one in _of_law(known)}
    for asked in _of_policy(known, policy.in_force(known.as_of)) if policy else ():
        if policy and policy.of is Of.LAW and found.get(asked.key, asked).statutory:
            continue  # the same law once more, cited less closely
        held = found.setdefault(asked.key, attrs.evolve(asked, askers=()))
        found[asked.key] = attrs.evolve(held, askers=(*held.askers, *asked.askers))
    return tuple(found.values())


def _of_law(known: Known) -> Iterator[Requirement]:
    for content in contents().values():
        if content.section:
            asker = Asker(instrument=ACT, place=f"section {content.section}")
            one = _of_catalogue(known, content.key)
            yield attrs.evolve(one, askers=(asker,), statutory=True)
    asker = Asker(instrument=ACT, place="section 42B(5)(d)")
    for phase in known.school.key_phases:
        yield attrs.evolve(_of_phase(known, phase), askers=(asker,), statutory=True)


def _of_catalogue(known: Known, key: str) -> Requirement:
    told = contents()[key]
    return Requirement(key=key, content=told.name, where=told.where, present=known.holds(key))


def _of_phase(known: Known, phase: KeyPhase) -> Requirement:
    short = shortfall(known.school, phase, known.year)
    many = "s" if len(phase.years) > 1 else ""
    years = " and ".join(map(str, phase.years))
    return Requirement(
        key=f"phases.{phase.name}",
        content=f"how the encounters of the {phase.name} key phase (Year{many} {years}) are met",
        where=f"phases: {phase.name}:",
        present=bool(known.school.phases.get(phase.name)) and not short,
        why=short or None,
    )


def _of_policy(known: Known, policy: Policy) -> Iterator[Requirement]:
    for obligation in policy.obligations:
        if not _is_about_statement(obligation.duty):
            continue
        for n, word in enumerate(words := [*_contents(obligation.duty)]):
            asker = _asker(policy, obligation, item_sources(obligation, n, len(words)))
            yield from (attrs.evolve(one, askers=(asker,)) for one in _asked(known, word))
        asker = _asker(policy, obligation, obligation.source)
        for one in (*_places(known, obligation), *_review(known, obligation)):
            yield attrs.evolve(one, askers=(asker,))


def _asker(policy: Policy, obligation: Obligation, sources: Sequence[Source]) -> Asker:
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
    all of them.
    """
    sources = obligation.source
    introduction = len(sources) - items
    return (sources[item + introduction],) if introduction in (0, 1) else sources


def _is_about_statement(duty: Duty) -> bool:
    return any(
        one.attribute == "document" and one.one_of is not None and STATEMENT in one.one_of
        for one in duty.records.where
    )


def _contents(duty: Duty) -> Iterator[str]:
    """The contents that it lists, whether they are what is counted or what is tested."""
    if isinstance(duty.measure, Covers) and duty.measure.attribute == "contents":
        yield from duty.measure.values
    for one in duty.records.where:
        if one.attribute == "contents":
            yield from sorted(map(str, one.all_of or one.one_of or ()))


def _asked(known: Known, word: str) -> Iterator[Requirement]:
    """What a policy calls by one word: contents of the catalogue, or a section of the school's own.

    A school may give any content a section of its own.
    """
    own = own_section(known.school, word) is not None
    known_by = [one for one in contents().values() if word in one.words]
    for content in known_by:
        one = _of_catalogue(known, content.key)
        yield attrs.evolve(one, present=one.present or own)
    if word == PHASES_IN_POLICIES:
        yield from (_of_phase(known, phase) for phase in known.school.key_phases)
    elif not known_by:
        where = f'sections: as a section with holds: "{word}"'
        yield Requirement(key=f"own.{word}", content=word, where=where, present=own)


def _places(known: Known, obligation: Obligation) -> Iterator[Requirement]:
    """That it is published in a place; the school's words for the place hold the policy's."""
    published = known.school.published
    said = set(published.on.casefold().replace("'s", "").split()) if published else set()
    for one in obligation.duty.records.where:
        for place in sorted(map(str, one.one_of or ())) if one.attribute == "place" else ():
            yield Requirement(
                key=f"published.{place}",
                content=f"publication on the {place}",
                where="published: on:",
                present=set(place.split()) <= said,
            )


def _review(known: Known, obligation: Obligation) -> Iterator[Requirement]:
    schedule, approval = obligation.duty.schedule, known.school.approval
    if not isinstance(schedule, Every):
        return
    last, following = approval.reviewed or approval.approved, approval.next_review
    late = bool(last and following and following.first > schedule.duration.after(last.last))
    yield Requirement(
        key=f"review.{schedule.duration}",
        content=f"a review at least every {str(schedule.duration).removeprefix('1 ')}",
        where="approval: approved: and next_review:",
        present=bool(last and following) and not late,
        why="the next review comes later than that after the last" if late else None,
    )
