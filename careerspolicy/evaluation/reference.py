"""The reference evaluator: small, pure, and meant to be obviously right.

For each obligation, each subject; for each subject, its windows; for each window, one verdict.
"""

from __future__ import annotations

from functools import cached_property, partial, reduce
from itertools import chain
from typing import TYPE_CHECKING

import attrs

from careerspolicy.calendar.days import day_of
from careerspolicy.calendar.school_calendar import EVER, SchoolCalendar, Window
from careerspolicy.errors import UnknownName
from careerspolicy.evaluation import membership
from careerspolicy.evaluation.aliases import with_aliases
from careerspolicy.evaluation.amendments import amended, if_members
from careerspolicy.evaluation.case import Casework, windows_of_cadence
from careerspolicy.evaluation.conclusions import Conclusions
from careerspolicy.evaluation.findings import (
    Finding,
    Subject,
    Verdict,
    pupil_subject,
    record_subject,
    school_subject,
    trust_subject,
)
from careerspolicy.evaluation.lives import Life, NotKnownError, calendar_day
from careerspolicy.evaluation.report import Report
from careerspolicy.evaluation.shares import shared_findings
from careerspolicy.evaluation.supposing import agreed, possible_pupils
from careerspolicy.evaluation.windows import record_windows, school_windows
from careerspolicy.model.schedule import Around, Every
from careerspolicy.suggestions import did_you_mean
from careerspolicy.vocabulary.names import identity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from careerspolicy.model.facts import Facts, Pupil, Record, School
    from careerspolicy.model.policy import Obligation, Policy
    from careerspolicy.vocabulary import Kind

_NO_RECORDS: Mapping[str, tuple[Record, ...]] = {}


def evaluate(
    policy: Policy, facts: Facts, *, as_of: date | str, pupil: str | None = None
) -> Report:
    """Hold a policy against facts as they stand on a day, which may be text such as 2026-01-31.

    Every subject of an obligation gets exactly one finding for each of its windows, or one that
    says why it has none. Records dated after `as_of` are planned and don't count. Of a policy
    with dated obligations those in force on `as_of` are judged, and the report has no others; a
    window that had closed before one came into force is not applicable.

    With the id of a `pupil` only the findings about that pupil and their records are worked out;
    raises UnknownName if the facts hold no such pupil.
    """
    as_of = day_of(as_of)
    policy = with_aliases(policy.in_force(as_of), facts.aliases)
    engine = Engine(policy, facts, as_of)
    if pupil is not None and pupil not in facts.stays:
        hint = did_you_mean(pupil, facts.stays)
        raise UnknownName(f'these facts hold no pupil "{pupil}"{f"; {hint}" if hint else ""}')
    findings_of = engine.findings if pupil is None else partial(engine.about, pupil=pupil)
    findings = (amended(obligation, findings_of(obligation)) for obligation in policy.obligations)
    judged = tuple(chain.from_iterable(findings))
    return Report(policy=policy, facts=facts, as_of=as_of, findings=judged)


@attrs.define
class Engine:
    """One evaluation: a policy, facts, a day, and what has been worked out of each pupil so far."""

    policy: Policy
    facts: Facts
    as_of: date
    say: Conclusions = attrs.field(init=False)
    cases: Casework = attrs.field(init=False)
    pupils: Kind = attrs.field(init=False)
    _lives: dict[tuple[str, str, date | None], tuple[Life, Subject]] = attrs.field(
        init=False, factory=dict
    )

    @say.default
    def _conclusions(self) -> Conclusions:
        return Conclusions(self.policy, self.facts, self.as_of)

    @pupils.default
    def _kind_of_pupils(self) -> Kind:
        return self.policy.vocabulary.kinds["pupil"]

    @cases.default
    def _casework(self) -> Casework:
        return Casework(self.policy, self.facts.known_kinds, self.as_of)

    def findings(self, obligation: Obligation) -> Iterator[Finding]:
        """Every finding of one obligation, in the order of the facts."""
        each = self.each(obligation)
        if obligation.duty.population.share is None:
            return each
        shared = shared_findings(obligation, each, self.facts)
        return map(self.say.unless_waived, shared)

    def about(self, obligation: Obligation, pupil: str) -> Iterator[Finding]:
        """The findings of one obligation about one pupil: their own, and their records'.

        A school's, a trust's or a share's is about no one pupil.
        """
        population = obligation.duty.population
        if population.share is not None or population.subject in ("school", "trust"):
            return
        if population.subject == "pupil":
            for stay in self.facts.stays[pupil]:
                life, subject = self.life(stay)
                yield from self.supposing(self.of_pupil, obligation, subject, life)
        own = self.facts.by_owner.get(("pupil", pupil), _NO_RECORDS)
        for record in own.get(population.subject, ()):
            yield from self.record(obligation, record)

    def each(self, obligation: Obligation) -> Iterator[Finding]:
        """The findings of each subject of one obligation."""
        subject = obligation.duty.population.subject
        if subject == "pupil":
            return chain.from_iterable(
                self.supposing(self.of_pupil, obligation, pupil, life) for life, pupil in self.lives
            )
        if subject == "school":
            return chain.from_iterable(self.school(obligation, s) for s in self.facts.schools)
        if subject == "trust":
            return chain.from_iterable(self.trust(obligation, t) for t in self.facts.trusts)
        if subject not in self.facts.known_kinds:
            return self.say.unlisted(obligation)
        records = self.facts.by_kind.get(subject, ())
        return chain.from_iterable(self.record(obligation, record) for record in records)

    # ------------------------------------------------------------------ subjects

    def of_pupil(self, obligation: Obligation, subject: Subject, life: Life) -> Iterable[Finding]:
        """The findings of a pupil's obligation over a life; what it needs of it must be known."""
        duty = obligation.duty
        member = membership.of_pupil(duty.population, life, self.pupils, self.as_of)
        if member.reason is not None:
            return (self.say.none(obligation, subject, member.reason),)
        records = self.facts.by_owner.get(("pupil", life.pupil.id), _NO_RECORDS)
        case = self.cases.of_pupil(obligation, subject, records, life)
        if isinstance(duty.schedule, Around):
            spans = life.spans(duty.population.years, duty.population.ages)
            events = self.events(duty.schedule, records, life)
            findings = self.say.around(case, duty.schedule, events, spans, life)
        else:
            findings = self.say.weighed(case, self.cases.windows_of_pupil(case, life), life)
        return if_members(findings, member.missing)

    def supposing(
        self,
        findings: Callable[..., Iterable[Finding]],
        obligation: Obligation,
        subject: Subject,
        life: Life,
        *record: Record,
    ) -> Iterable[Finding]:
        """The findings over a life, or of a record in it.

        Where the life lacks a fact, the verdict that every value leads to.
        Where values lead to different verdicts it is unknown, and the fact is named.
        """
        try:
            return findings(obligation, subject, life, *record)
        except NotKnownError as unknown:
            supposed = (
                self.supposing(
                    findings, obligation, subject, attrs.evolve(life, pupil=pupil), *record
                )
                for pupil in possible_pupils(unknown.fact, life.pupil, life.school)
            )
            finding = agreed(supposed)
            if finding is None or finding.verdict is Verdict.UNKNOWN:
                return (self.say.unknown(obligation, subject, (unknown.fact,)),)
            return (finding,)

    def school(self, obligation: Obligation, school: School) -> Iterable[Finding]:
        """The findings of one school's own obligation."""
        subject, complete = school_subject(school), school.complete(obligation.duty.records.kind)
        member = membership.of_school(obligation.duty.population, school)
        if member.reason is not None:
            return (self.say.none(obligation, subject, member.reason),)
        records = self.facts.by_owner.get(("school", school.urn), _NO_RECORDS)
        findings = self.run(obligation, subject, records, school.calendar, complete)
        return if_members(findings, member.missing)

    def trust(self, obligation: Obligation, trust: str) -> Iterable[Finding]:
        """The findings of a trust's own obligation."""
        kind = obligation.duty.records.kind
        schools = self.facts.in_trust(trust)
        complete = reduce(Window.meet, (school.complete(kind) for school in schools))
        records = self.facts.by_owner.get(("trust", identity(trust)), _NO_RECORDS)
        return self.run(obligation, trust_subject(trust), records, SchoolCalendar(), complete)

    def record(self, obligation: Obligation, record: Record) -> Iterable[Finding]:
        """The findings of an obligation about one record, such as a placement."""
        stay = self.facts.stay_on(record.owner, record.start) if record.of == "pupil" else None
        life, pupil = self.life(stay) if stay else (None, None)
        subject = record_subject(record, pupil)
        if life is None:
            return self.of_record(obligation, subject, None, record)
        return self.supposing(self.of_record, obligation, subject, life, record)

    def of_record(
        self, obligation: Obligation, subject: Subject, life: Life | None, record: Record
    ) -> Iterable[Finding]:
        """The findings of an obligation about one record, of a pupil's life if it is one's."""
        duty = obligation.duty
        school = life.school if life else self.facts.school_by_urn.get(record.owner)
        member = membership.of_record(
            duty.population, record, school, life, self.pupils, self.as_of
        )
        if member.reason is not None:
            return (self.say.none(obligation, subject, member.reason),)
        kind, about = duty.records.kind, self.facts.by_about.get(record.id, ())
        records = (record,) if kind == record.kind else tuple(r for r in about if r.kind == kind)
        complete = school.complete(kind) if school else EVER
        if kind == record.kind:  # what is said of it is known since when ever others are
            complete = Window(None, complete.end)
        case = self.cases.of(obligation, subject, records, complete, life)
        calendar = school.calendar if school else SchoolCalendar()
        if isinstance(duty.schedule, Every):
            windows = windows_of_cadence(case, duty.schedule, calendar, record.start, record.until)
        else:
            subject_kind = self.policy.vocabulary.kinds[record.kind]
            windows = record_windows(duty, record, subject_kind, calendar, self.as_of)
        return if_members(self.say.of_events(case, windows, life), member.missing)

    # ------------------------------------------------------------------ windows

    def run(
        self,
        obligation: Obligation,
        subject: Subject,
        records: Mapping[str, tuple[Record, ...]],
        calendar: SchoolCalendar,
        complete: Window,
    ) -> Iterable[Finding]:
        """The findings of a school's or trust's obligation over its run of windows."""
        duty = obligation.duty
        kept = records.get(duty.records.kind, ())
        case = self.cases.of(obligation, subject, kept, complete)
        schedule, since = duty.schedule, complete.start
        if isinstance(schedule, Around):
            return self.say.around(case, schedule, records.get(schedule.event, ()), (EVER,))
        if isinstance(schedule, Every):
            windows = windows_of_cadence(case, schedule, calendar, calendar_day(schedule.start))
        else:
            windows = school_windows(duty, calendar, since, self.as_of)
        return self.say.weighed(case, windows)

    def events(
        self, schedule: Around, records: Mapping[str, tuple[Record, ...]], life: Life
    ) -> Sequence[Record]:
        """The events that a pupil's duty hangs on.

        Of a kind that belongs to schools or trusts, those of the pupil's own while on roll.
        """
        of = self.policy.vocabulary.kinds[schedule.event].of
        if of == "pupil":
            return records.get(schedule.event, ())
        owner = life.school.urn if of == "school" else identity(life.school.trust)
        known = self.facts.by_owner.get((of, owner), _NO_RECORDS).get(schedule.event, ())
        return [event for event in known if life.stay.holds(event.start)]

    # ------------------------------------------------------------------ lives

    @cached_property
    def lives(self) -> Sequence[tuple[Life, Subject]]:
        """Every pupil's life over each stay, in the order of the facts."""
        return [*map(self.life, self.facts.pupils)]

    def life(self, pupil: Pupil) -> tuple[Life, Subject]:
        """A pupil's life over one stay, and how findings name them; worked out once."""
        key = pupil.id, pupil.school, pupil.joined
        known = self._lives.get(key)
        if known is None:
            before = self.facts.stay_before(pupil)
            school = self.facts.school_by_urn[pupil.school]
            earlier = self.life(before)[0] if before else None
            life = Life(pupil, school, self.policy.readings, earlier)
            known = self._lives[key] = life, pupil_subject(life, self.as_of)
        return known
