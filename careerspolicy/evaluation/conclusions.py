"""From a case and its windows to findings: what is weighed, and what needs no weighing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from careerspolicy.calendar.school_calendar import EVER, SchoolCalendar, Window
from careerspolicy.evaluation import membership, reasons
from careerspolicy.evaluation.amendments import doubted, let_off, overstepped
from careerspolicy.evaluation.findings import (
    UNMET,
    Finding,
    Settled,
    Subject,
    Verdict,
    school_subject,
)
from careerspolicy.evaluation.matching import possible_events, unsaid
from careerspolicy.evaluation.reasons import NotCalledFor
from careerspolicy.evaluation.record_reasons import KindNotRecorded
from careerspolicy.evaluation.time_on_roll import (
    THROUGHOUT,
    Presence,
    began_elsewhere,
    cut_short,
    joined_after,
    never_had,
    presence,
)
from careerspolicy.evaluation.weighing import Scales
from careerspolicy.evaluation.windows import bounds, called_for, event_window
from careerspolicy.model.schedule import Around, Each, Kept, Vaguely

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from careerspolicy.evaluation.case import Case
    from careerspolicy.evaluation.lives import Life
    from careerspolicy.evaluation.reasons import Outside
    from careerspolicy.evaluation.record_reasons import Missing
    from careerspolicy.model.facts import Facts, Record
    from careerspolicy.model.policy import Obligation, Policy
    from careerspolicy.model.schedule import Point


@attrs.frozen
class Conclusions:
    """Draws the findings of one policy over one set of facts on one day."""

    policy: Policy
    facts: Facts
    as_of: date

    def unless_waived(self, finding: Finding) -> Finding:
        """The finding, or that it is waived if a waiver holds on the day and touches the window."""
        if not self.facts.waivers or finding.verdict not in UNMET:
            return finding
        obligation, subject = finding.obligation.id, finding.subject.id
        for waiver in self.facts.waivers:
            if (
                waiver.holds(obligation, subject, self.as_of)
                and not finding.window.meet(Window(waiver.start, waiver.until)).empty
            ):
                reason = reasons.Waived(waiver.by, waiver.until, waiver.reason)
                perhaps = Verdict.MET if finding.reason == reasons.FactsMissing() else None
                return attrs.evolve(
                    finding, verdict=Verdict.WAIVED, due=None, reason=reason, if_meant=perhaps
                )
        return finding

    def none(
        self,
        obligation: Obligation,
        subject: Subject,
        reason: Outside,
        window: Window = EVER,
    ) -> Finding:
        """A finding that an obligation does not apply, and why."""
        return Finding(
            obligation=obligation,
            subject=subject,
            window=window,
            verdict=Verdict.NOT_APPLICABLE,
            as_of=self.as_of,
            vocabulary=self.policy.vocabulary,
            reason=reason,
        )

    def unknown(
        self, obligation: Obligation, subject: Subject, missing: tuple[Missing, ...]
    ) -> Finding:
        """A finding that it isn't known whether an obligation applies, or when."""
        return Finding(
            obligation=obligation,
            subject=subject,
            window=EVER,
            verdict=Verdict.UNKNOWN,
            as_of=self.as_of,
            vocabulary=self.policy.vocabulary,
            reason=reasons.FactsMissing(),
            detail=Settled(missing=missing),
        )

    # ------------------------------------------------------------------ weighing

    def weighed(
        self, case: Case, windows: Sequence[Window], life: Life | None = None
    ) -> list[Finding]:
        """A finding for each window; for a pupil's time on roll, joiners and leavers minded."""
        schedule = case.obligation.duty.schedule
        if not windows:
            since, kind = case.complete.start, case.obligation.duty.records.kind
            if life is None and since is not None and since > self.as_of:
                missing = KindNotRecorded(kind, before=since)
                return [self.unknown(case.obligation, case.subject, (missing,))]
            return [self.none(case.obligation, case.subject, _nothing_owed(case.obligation))]
        scales = Scales(case, windows)
        if life is not None and isinstance(schedule, Kept):
            return [self.kept(scales, window, schedule.after, life) for window in windows]
        if life is None or case.obligation.duty.outlasts_stay:
            return [self.unless_waived(scales.weigh(window)) for window in windows]
        return [self.on_roll(scales, window, life) for window in windows]

    def unlisted(self, obligation: Obligation) -> Iterator[Finding]:
        """That a school's records of the kind that an obligation is about are not known.

        Where the obligation is not for the school, none of them could count.
        """
        population = attrs.evolve(obligation.duty.population, subject="school")
        missing = KindNotRecorded(obligation.duty.population.subject)
        for school in self.facts.schools:
            subject, outside = school_subject(school), membership.of_school(population, school)
            if outside.reason is None:
                yield self.unknown(obligation, subject, (missing,))
            else:
                yield self.none(obligation, subject, outside.reason)

    def of_events(
        self, case: Case, windows: Sequence[Window], life: Life | None = None
    ) -> list[Finding]:
        """A finding for each window that hangs on an event: what an earlier school owed is not."""
        if life is None or life.pupil.joined is None or not windows:
            return self.weighed(case, windows)
        scales = Scales(case, windows)
        return [self.of_event(scales, window, life) for window in windows]

    def of_event(self, scales: Scales, window: Window, life: Life) -> Finding:
        """The finding around an event, of a pupil who joined: what is owed outlasts their stay."""
        case = scales.case
        late = joined_after(window, life, self.as_of)
        if late is not None:
            return self.none(case.obligation, case.subject, late, window)
        start, joined = window.start, life.pupil.joined
        own = case.subject.kind != "pupil" or (start and joined and joined <= start)
        there = THROUGHOUT if own else presence(window, life)
        return self.unless_waived(scales.weigh(window, there._replace(closes=None)))

    def around(
        self,
        case: Case,
        schedule: Around,
        records: Sequence[Record],
        spans: Sequence[Window],
        life: Life | None = None,
    ) -> list[Finding]:
        """A finding around each event of the kind in those days.

        An event that may not be one that counts leaves an unmet duty unknown.
        """
        if schedule.event not in self.facts.known_kinds:
            never = [never_had(span, life, self.as_of) for span in spans] if life else []
            if never and never[0] is not None and all(never):
                return [self.none(case.obligation, case.subject, never[0], spans[0])]
            return [self.unknown(case.obligation, case.subject, (KindNotRecorded(schedule.event),))]
        possible = list(possible_events(records, schedule))
        meant = [each for each in possible if any(span.holds(each[0].start) for span in spans)]
        if possible and not meant and life is not None:
            return [self.none(case.obligation, case.subject, _otherwise(case, possible, life))]
        school = self.facts.school_by_urn.get(case.subject.school)
        calendar = school.calendar if school else SchoolCalendar()
        asked = bounds(schedule, life)
        kind = self.policy.vocabulary.kinds[schedule.event]
        events = [
            (event, test, day)
            for event, test in meant
            if (day := called_for(schedule, event, kind))
        ]
        around = [event_window(schedule, event, day, calendar) for event, _, day in events]
        windows = [window.meet(asked) for window in around]
        findings = self.of_events(case, windows, life)
        for place, (event, test, _) in enumerate(events):
            if windows[place].empty:
                apart = reasons.TimesApart()
                findings[place] = self.none(case.obligation, case.subject, apart, around[place])
            elif test is not None and findings[place].verdict in UNMET:
                findings[place] = doubted(findings[place], unsaid(event, test.attribute, test))
        return findings

    def kept(self, scales: Scales, window: Window, after: Point, life: Life) -> Finding:
        """The finding of what is kept from a point on, which must fall in a pupil's time here."""
        elsewhere = began_elsewhere(window, after, life, self.as_of)
        if elsewhere is not None:
            return self.none(scales.case.obligation, scales.case.subject, elsewhere, window)
        return self.unless_waived(scales.weigh(window))

    def on_roll(self, scales: Scales, window: Window, life: Life) -> Finding:
        """The finding of one window of a pupil's time on roll."""
        if life.throughout(window):
            begins = life.stay.start
            ahead = begins is not None and begins > self.as_of
            there = Presence(begins=begins) if ahead else THROUGHOUT
            return self.unless_waived(scales.weigh(window, there))
        never = never_had(window, life, self.as_of)
        if never is not None:
            return self.none(scales.case.obligation, scales.case.subject, never, window)
        if isinstance(scales.case.obligation.duty.schedule, Vaguely):
            return self.unless_waived(scales.weigh(window))  # no end that could be cut short
        finding = scales.weigh(window, presence(window, life))
        if finding.verdict in UNMET and not overstepped(finding):
            short = cut_short(window, life, self.as_of)
            if short is not None:
                return let_off(finding, short)
        return self.unless_waived(finding)


def _nothing_owed(obligation: Obligation) -> Outside:
    """Why there is no window."""
    schedule = obligation.duty.schedule
    if isinstance(schedule, Around):
        return NotCalledFor()
    fine = isinstance(schedule, Each) and schedule.finer_than_terms
    return reasons.SchoolShut() if fine else reasons.NothingFallsDue()


def _otherwise(case: Case, events: Sequence[tuple[Record, object]], life: Life) -> Outside:
    """Why events call for nothing: the year group or age that the pupil was in at the last."""
    last = events[-1][0].start
    member = membership.on_day(case.obligation.duty.population, last, life)
    return (member and member.reason) or NotCalledFor()
