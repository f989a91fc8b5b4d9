"""Boundary cases of an obligation, made from its shape alone.

For every end of a window: the day itself and the day beyond it. For every amount: just enough, and
one short (`shortfalls`). For every condition: one record that fails it. For every limit on whom it
is for: somebody just outside.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import attrs

from careerspolicy.calendar.school_calendar import SchoolCalendar
from careerspolicy.cases.boundaries import Amount, outsiders, shortfalls
from careerspolicy.cases.cases import chosen, closes
from careerspolicy.evaluation import Verdict
from careerspolicy.lives import scenes
from careerspolicy.lives.scenes import DAY, PUPILS, USUAL_DAY, YEAR_NOUGHT, Scene
from careerspolicy.model.duty import Covers
from careerspolicy.model.population import Roll
from careerspolicy.model.schedule import Always, Each, Every, Kept, Vaguely

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from careerspolicy.calendar.school_calendar import Window
    from careerspolicy.lives.scenes import Outcome, Row
    from careerspolicy.model.policy import Obligation, Policy

#: The first day of the pupil's Year 6, in which they come to their school.
_ARRIVAL: Final = date(YEAR_NOUGHT + 6, 9, 1)


@attrs.frozen(kw_only=True)
class Suggested:
    """A case to look over: what it probes, its facts, and what it was made to show.

    `facts` are its own, over those that its obligation's cases share. `outcome` is the life whole,
    with all that the evaluator says of it, and `verdict` what it says of the time that is probed.
    `window` is said where the day asked about would pick another one.
    """

    name: str
    as_of: date
    facts: dict[str, Any]
    meant: Verdict
    verdict: Verdict
    outcome: Outcome = attrs.field(repr=False)
    window: Window | None = None
    measured: int | Decimal | None = None


@attrs.frozen(kw_only=True)
class Suggestions:
    """The boundary cases of an obligation, and the short facts that all of them share."""

    obligation: Obligation
    facts: dict[str, Any]
    cases: tuple[Suggested, ...]


def suggest(obligation: Obligation, policy: Policy) -> Suggestions:
    """The boundary cases of an obligation; none where its time is over before anybody is born."""
    scene = scenes.scene_of(obligation, policy)
    windows = tuple(one for one in scene.windows() if one.end is None or one.end > scenes.BORN)
    cases: dict[str, Suggested] = {}
    for case in _Maker(scene, windows).cases() if windows else ():
        cases.setdefault(case.name, case)
    return Suggestions(obligation=obligation, facts=scene.shared, cases=tuple(cases.values()))


class _Moment(NamedTuple):
    """When rows happen, and which day and window are asked about.

    Of several rows the last happens on `day`, and the others well within the window; without a day
    nothing happens. Without a window it is the one that matters on the day asked about.
    """

    name: str
    day: date | None
    as_of: date
    window: Window | None = None
    until: date | None = None


@attrs.frozen
class _Maker:
    """Makes the cases of one obligation in its scene; `windows` are those that can be judged."""

    scene: Scene
    windows: tuple[Window, ...]

    @property
    def window(self) -> Window:
        """The window to probe: the first that has an end, or else the first."""
        return next((window for window in self.windows if window.end), self.windows[0])

    @property
    def after(self) -> date:
        """The day after the window, or some day after all began."""
        first, last = self.window
        return (last or max(USUAL_DAY, first or USUAL_DAY)) + DAY

    @property
    def vague(self) -> str:
        """The policy's word for a number or a time; nobody judges by it."""
        return self.scene.duty.bound.vague or getattr(self.scene.duty.schedule, "words", "")

    @property
    def silent(self) -> bool:
        """Whether nothing is known until a record says it."""
        return self.scene.policy.vocabulary.kinds[self.scene.duty.records.kind].silent

    def cases(self) -> Iterator[Suggested]:
        """Every case, the usual ones first."""
        duty, vocabulary = self.scene.duty, self.scene.policy.vocabulary
        rows, moments = scenes.enough(duty, vocabulary), [*self.moments()]
        for moment in moments:
            yield self.case(moment, rows, self.meant(moment, Amount.ENOUGH))
        for short in shortfalls(duty, vocabulary) if moments else ():
            moment = moments[0]._replace(name=short.probes)
            yield self.case(moment, short.rows, self.meant(moment, short.amount))
        yield from self.nothing_owed()
        for outsider in outsiders(self.scene, gone=self.after - 2 * DAY):
            moment = _Moment(outsider.name, None, self.after)
            yield self.case(moment, (), Verdict.NOT_APPLICABLE, **outsider.changed)

    def meant(self, moment: _Moment, amount: Amount) -> Verdict:
        """What an amount of rows at a moment should come to, by the shape of the duty alone."""
        duty = self.scene.duty
        inside, enough = self.inside(moment), amount is Amount.ENOUGH
        if self.vague or (self.silent and not (inside and enough)):
            return Verdict.UNKNOWN
        short = Verdict.MISSED if closes(duty) else Verdict.DUE
        if amount is Amount.OPEN:
            return Verdict.UNKNOWN if closes(duty) else short
        if duty.bound.at_least is None and duty.bound.at_most is not None:
            return short if inside and enough else Verdict.MET
        return Verdict.MET if inside and enough else short

    def inside(self, moment: _Moment) -> bool:
        """Whether what happens at a moment happens in time."""
        day, until, schedule = moment.day, moment.until, self.scene.duty.schedule
        if day is None:
            return False
        if isinstance(schedule, Always):
            judged = min(moment.as_of, self.window.end or moment.as_of)
            return day <= judged <= (until or judged)
        if isinstance(schedule, Kept):
            return until == self.window.end
        if self.silent:
            return not isinstance(schedule, Every) or moment.as_of <= _lasts(schedule, day)
        return self.scene.itself or (moment.window or self.window).holds(day)

    # ---------------------------------------------------------------- when

    def moments(self) -> Iterator[_Moment]:
        """The moments to probe; in the first, rows come to what they should."""
        schedule = self.scene.duty.schedule
        if self.vague:
            name = f'Counted, but "{self.vague}" is not for a computer to judge'
            window = None if isinstance(schedule, Vaguely) else self.window
            yield _Moment(name, self.counting_day(), self.after, window)
        elif self.silent:
            yield from self.attestations()
        elif isinstance(schedule, (Always, Kept)):
            yield from self.states()
        elif self.scene.itself:
            yield _Moment("All as it should be", self.scene.event_day, self.after, self.window)
        else:
            yield from self.ends()
            yield _Moment("Nothing at all", None, self.after, self.window)

    def ends(self) -> Iterator[_Moment]:
        """On and beside each end of the window, and not again in the next one."""
        window, after, schedule = self.window, self.after, self.scene.duty.schedule
        first, last = window
        if last is None:
            yield _Moment("Done", first or USUAL_DAY, after, window)
            return
        yield _Moment(f"On the last day ({self.scene.named(last)})", last, after, window)
        yield _Moment(f"A day late ({self.scene.named(last + DAY)})", last + DAY, after, window)
        if first is not None and not isinstance(schedule, Every):
            yield _Moment(f"On the first day ({self.scene.named(first)})", first, after, window)
            yield _Moment(
                f"A day early ({self.scene.named(first - DAY)})", first - DAY, after, window
            )
        later = next((window for window in self.windows if window.end and window.end > last), None)
        if isinstance(schedule, Each) and later is not None and later.end is not None:
            name = f"Not again by {self.scene.named(later.end)}"
            yield _Moment(name, last, later.end + DAY, later)

    def attestations(self) -> Iterator[_Moment]:
        """For what is not known until a record says it: attested, not, and no longer."""
        day = self.window.end or self.window.start or USUAL_DAY
        yield _Moment(f"Attested on {self.scene.named(day)}", day, day)
        yield _Moment(f"Not attested by {self.scene.named(day)}", None, day)
        if isinstance(self.scene.duty.schedule, Every):
            last = _lasts(self.scene.duty.schedule, day)
            yield _Moment(f"It holds until {self.scene.named(last)}", day, last)
            yield _Moment(f"It no longer holds on {self.scene.named(last + DAY)}", day, last + DAY)

    def states(self) -> Iterator[_Moment]:
        """For what must be so on the day asked about, or is to be kept until a day."""
        first, last = self.window
        day = first or min(USUAL_DAY, last or USUAL_DAY)
        since = day - 30 * DAY
        if isinstance(self.scene.duty.schedule, Always):
            yield _Moment("In force on the day", since, day)
            yield _Moment("In force until the day before", since, day, until=day - DAY)
            yield _Moment("In force from the day after", day + DAY, day)
        if last is not None and last >= day:
            name = f"In force until the last day ({self.scene.named(last)})"
            yield _Moment(name, day, self.after, until=last)
        if last is not None and last > day:
            yield _Moment("Ended a day before the last", day, self.after, until=last - DAY)

    def counting_day(self) -> date:
        """The day of the event, or the usual one, moved into the window if need be."""
        day, window = self.scene.event_day, self.window
        return day if window.holds(day) else window.start or window.end or day

    def nothing_owed(self) -> Iterator[Suggested]:
        """Before anything is owed; and once what counted for the first of two promises is there."""
        duty, begins = self.scene.duty, self.windows[0].start
        if duty.further_to:
            name = "What counted for the first does not count again"
            yield self.case(_Moment(name, None, self.after, self.window), (), Verdict.MISSED)
        pupil = duty.population.subject == "pupil" and duty.population.roll is Roll.ANY
        early = begins is not None and (
            begins > _ARRIVAL if pupil else isinstance(duty.schedule, Always)
        )
        if begins is not None and early and not (self.vague or self.silent):
            name = f"Before {self.scene.named(begins)} nothing is owed"
            yield self.case(_Moment(name, None, begins - DAY), (), Verdict.UPCOMING)

    # ---------------------------------------------------------------- cases

    def case(
        self, moment: _Moment, rows: Sequence[Row], meant: Verdict, **changed: Any
    ) -> Suggested:
        """A case, with what the evaluator says of it."""
        scene = self.scene
        facts = scene.own(self.of_all(self.placed(rows, moment)), **changed)
        outcome = scene.outcome(facts, moment.as_of)
        findings = outcome.findings
        usual = chosen(findings, moment.as_of)
        finding = next((found for found in findings if found.window == moment.window), usual)
        covered = isinstance(scene.duty.measure, Covers) and finding.verdict is Verdict.MET
        return Suggested(
            name=moment.name,
            as_of=moment.as_of,
            facts=facts,
            meant=meant,
            verdict=finding.verdict,
            outcome=outcome,
            window=None if finding is usual else finding.window,
            measured=finding.measured if self.vague or covered else None,
        )

    def placed(self, rows: Sequence[Row], moment: _Moment) -> list[Row]:
        """The rows with their days."""
        if moment.day is None or self.scene.itself:
            return [] if moment.day is None else [*rows]
        first, last = self.window
        others = last if first is None or moment.day <= first else first
        if others is None or moment.until or isinstance(self.scene.duty.schedule, Always):
            others = moment.day
        days = [*[others] * (len(rows) - 1), moment.day]
        until = {"until": str(moment.until)} if moment.until else {}
        return [{"date": str(day)} | until | row for row, day in zip(rows, days, strict=False)]

    def of_all(self, rows: list[Row]) -> list[Row]:
        """The rows; under a share those of all pupils but the last, who is the one probed."""
        share = self.scene.duty.population.share
        if share is None:
            return rows
        others = -(-int(share) * PUPILS // 100) - 1
        good = _Moment("", self.window.end or USUAL_DAY, self.after)
        each = self.placed(scenes.enough(self.scene.duty, self.scene.policy.vocabulary), good)
        kept = [row | {"pupil": f"P{n + 1}"} for n in range(others) for row in each]
        return [*kept, *(row | {"pupil": f"P{others + 1}"} for row in rows)]


def _lasts(schedule: Every, day: date) -> date:
    """The last day on which what was attested on a day still holds, in a made-up school."""
    return schedule.duration.in_term(day, SchoolCalendar())
