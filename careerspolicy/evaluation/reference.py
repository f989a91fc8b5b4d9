"""The reference evaluator: small, pure, and meant to be obviously right.

For each obligation, each subject; for each subject, its windows; for each window, one verdict. Any
faster engine must agree with this one.
"""

from __future__ import annotations

from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

import attrs

from careerspolicy.calendar.school_calendar import EVER, SchoolCalendar
from careerspolicy.errors import UnknownName
from careerspolicy.evaluation import membership
from careerspolicy.evaluation.case import Casework, windows_of_cadence, windows_of_pupil
from careerspolicy.evaluation.conclusions import (
    Conclusions,
    timely,
)
from careerspolicy.evaluation.findings import (
    Finding,
    Subject,
    pupil_subject,
    record_subject,
    school_subject,
    trust_subject,
)
from careerspolicy.evaluation.lives import Life, NotKnownError, calendar_day
from careerspolicy.evaluation.record_reasons import KindNotRecorded
from careerspolicy.evaluation.report import Report
from careerspolicy.evaluation.shares import shared_findings
from careerspolicy.evaluation.windows import (
    record_windows,
    school_windows,
)
from careerspolicy.model.schedule import Around, Every
from careerspolicy.suggestions import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from careerspolicy.model.facts import Facts, Pupil, Record, School
    from careerspolicy.model.policy import Obligation, Policy

_NO_RECORDS: Mapping[str, tuple[Record, ...]] = {}


def evaluate(policy: Policy, facts: Facts, *, as_of: date, pupil: str | None = None) -> Report:
    """Hold a policy against facts as they stand on a day.

    Every subject of an obligation gets exactly one finding for each of its windows, or one that
    says why it has none. Records dated after `as_of` are planned and don't count. Of a policy
    with dated obligations those in force on `as_of` are judged, and the report has no others; a
    window that had closed before one came into force is not applicable.

    With the id of a `pupil` only the findings about that pupil and their records are worked out;
    raises UnknownName if the facts hold no such pupil.
    """
    policy = policy.in_force(as_of)
    engine = Engine(policy, facts, as_of)
    asked = None if pupil is None else _pupil_known_as(pupil, facts)
    findings_of = engine.findings if asked is None else partial(engine.about, pupil=asked)
    findings = map(timely, chain.from_iterable(map(findings_of, policy.obligations)))
    return Report(policy=policy, facts=facts, as_of=as_of, findings=tuple(findings))


def _pupil_known_as(pupil: str, facts: Facts) -> Pupil:
    if (known := facts.pupil_by_id.get(pupil)) is None:
        hint = did_you_mean(pupil, facts.pupil_by_id)
        raise UnknownName(f'these facts hold no pupil "{pupil}"{f"; {hint}" if hint else ""}')
    return known


@attrs.define
class Engine:
    """One evaluation: a policy, facts, a day, and what has been worked out of each pupil so far."""

    policy: Policy
    facts: Facts
    as_of: date
    say: Conclusions = attrs.field(init=False)
    cases: Casework = attrs.field(init=False)
    _lives: dict[str, tuple[Life, Subject]] = attrs.field(init=False, factory=dict)

    @say.default
    def _conclusions(self) -> Conclusions:
        return Conclusions(self.policy, self.facts, self.as_of)

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

    def about(self, obligation: Obligation, pupil: Pupil) -> Iterable[Finding]:
        """The findings of one obligation about one pupil: their own, and their records'.

        A school's, a trust's or a share's is about no one pupil.
        """
        population = obligation.duty.population
        if population.share is not None or population.subject in ("school", "trust"):
            return ()
        if population.subject == "pupil":
            return self.pupil(obligation, pupil)
        own = self.facts.by_owner.get(("pupil", pupil.id), _NO_RECORDS)
        records = own.get(population.subject, ())
        return chain.from_iterable(self.record(obligation, record) for record in records)

    def each(self, obligation: Obligation) -> Iterator[Finding]:
        """The findings of each subject of one obligation."""
        subject = obligation.duty.population.subject
        if subject == "pupil":
            return chain.from_iterable(self.pupil(obligation, p) for p in self.facts.pupils)
        if subject == "school":
            return chain.from_iterable(self.school(obligation, s) for s in self.facts.schools)
        if subject == "trust":
            return chain.from_iterable(self.trust(obligation, t) for t in self.facts.trusts)
        if subject not in self.facts.known_kinds:
            return self.unlisted(obligation)
        records = self.facts.by_kind.get(subject, ())
        return chain.from_iterable(self.record(obligation, record) for record in records)

    def unlisted(self, obligation: Obligation) -> Iterator[Finding]:
        """That nothing is known of any school's records of the kind that an obligation is about."""
        missing = KindNotRecorded(obligation.duty.population.subject)
        for school in self.facts.schools:
            yield self.say.unknown(obligation, school_subject(school), (missing,))

    # ------------------------------------------------------------------ subjects

    def pupil(self, obligation: Obligation, pupil: Pupil) -> Iterable[Finding]:
        """The findings of one pupil's obligation."""
        duty = obligation.duty
        life, subject = self.life(pupil)
        member = membership.of_school(duty.population, life.school)
        if member.belongs:
            member = membership.of_pupil(duty.population, life, self.as_of)
        if not member.belongs:
            return (self.say.outside(obligation, subject, member),)
        records = self.facts.by_owner.get(("pupil", pupil.id), _NO_RECORDS)
        try:
            case = self.cases.of_pupil(obligation, subject, records, life)
            if isinstance(duty.schedule, Around):
                spans = life.spans(duty.population.years, duty.population.ages)
                events = self.events(duty.schedule, records, life)
                return self.say.around(case, duty.schedule, events, spans, life)
            return self.say.weighed(case, windows_of_pupil(case, life), life)
        except NotKnownError as unknown:
            return (self.say.unknown(obligation, subject, (unknown.fact,)),)

    def school(self, obligation: Obligation, school: School) -> Iterable[Finding]:
        """The findings of one school's own obligation."""
        population = obligation.duty.population
        subject = school_subject(school)
        member = membership.of_school(population, school)
        if not member.belongs:
            return (self.say.outside(obligation, subject, member),)
        since = school.complete_since.get(obligation.duty.records.kind)
        records = self.facts.by_owner.get(("school", school.urn), _NO_RECORDS)
        return self.run(obligation, subject, records, school.calendar, since)

    def trust(self, obligation: Obligation, trust: str) -> Iterable[Finding]:
        """The findings of a trust's own obligation."""
        kind = obligation.duty.records.kind
        schools = [school for school in self.facts.schools if school.trust == trust]
        dates = [day for school in schools if (day := school.complete_since.get(kind)) is not None]
        records = self.facts.by_owner.get(("trust", trust), _NO_RECORDS)
        subject = trust_subject(trust)
        return self.run(obligation, subject, records, SchoolCalendar(), max(dates, default=None))

    def record(self, obligation: Obligation, record: Record) -> Iterable[Finding]:
        """The findings of an obligation about one record, such as a placement."""
        duty = obligation.duty
        pupil = self.facts.pupil_by_id.get(record.owner) if record.of == "pupil" else None
        life = self.life(pupil)[0] if pupil else None
        school = life.school if life else self.facts.school_by_urn.get(record.owner)
        subject = record_subject(record, life, self.as_of)
        member = membership.of_record(duty.population, record, school, life, self.as_of)
        if not member.belongs:
            return (self.say.outside(obligation, subject, member),)
        kind = duty.records.kind
        about = self.facts.by_about.get(record.id, ())
        records = (record,) if kind == record.kind else tuple(r for r in about if r.kind == kind)
        since = school.complete_since.get(kind) if school else None
        case = self.cases.of(obligation, subject, records, since, life)
        calendar = school.calendar if school else SchoolCalendar()
        if isinstance(duty.schedule, Every):
            windows = windows_of_cadence(case, duty.schedule, record.start, record.until)
        else:
            windows = record_windows(duty, record, calendar, self.as_of)
        return self.say.of_events(case, windows, life)

    # ------------------------------------------------------------------ windows

    def run(
        self,
        obligation: Obligation,
        subject: Subject,
        records: Mapping[str, tuple[Record, ...]],
        calendar: SchoolCalendar,
        since: date | None,
    ) -> Iterable[Finding]:
        """The findings of a school's or trust's obligation over its run of windows."""
        duty = obligation.duty
        kept = records.get(duty.records.kind, ())
        case = self.cases.of(obligation, subject, kept, since)
        schedule = duty.schedule
        if isinstance(schedule, Around):
            return self.say.around(case, schedule, records.get(schedule.event, ()), (EVER,))
        if isinstance(schedule, Every):
            windows = windows_of_cadence(case, schedule, calendar_day(schedule.start) or since)
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
        owner = life.school.urn if of == "school" else life.school.trust
        known = self.facts.by_owner.get((of, owner), _NO_RECORDS).get(schedule.event, ())
        return [event for event in known if life.stay.holds(event.start)]

    # ------------------------------------------------------------------ lives

    def life(self, pupil: Pupil) -> tuple[Life, Subject]:
        """A pupil's life and how findings name them, worked out once."""
        known = self._lives.get(pupil.id)
        if known is None:
            life = Life(pupil, self.facts.school_by_urn[pupil.school], self.policy.readings)
            known = self._lives[pupil.id] = life, pupil_subject(life, self.as_of)
        return known
