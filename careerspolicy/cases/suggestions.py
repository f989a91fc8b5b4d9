"""Boundary cases of an obligation, made from its shape alone.

For every end of a window: the day before it, the day itself, the day after. For every amount: just
enough, and one short. For every condition: one record that fails it. For every limit on whom it is
for: somebody just outside.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from careerspolicy.cases.cases import chosen
from careerspolicy.cases.coverage import closes
from careerspolicy.cases.made_records import KEPT, OPEN
from careerspolicy.cases.outsiders import OutsiderMaker
from careerspolicy.cases.scenes import DAY, USUAL_DAY, edges, scene_of, school_year_of
from careerspolicy.evaluation import Verdict
from careerspolicy.model.duty import Always, Around, Count, Each, Every, Kept, Vaguely

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from careerspolicy.calendar.school_calendar import Window
    from careerspolicy.cases.case_making import Suggested
    from careerspolicy.cases.made_records import Row
    from careerspolicy.model.policy import Obligation, Policy


def suggest(obligation: Obligation, policy: Policy) -> tuple[Suggested, ...]:
    """The boundary cases of an obligation."""
    maker = _Maker(scene_of(obligation, policy))
    made: dict[str, Suggested] = {}
    for one in maker.cases():
        made.setdefault(one.name, one)
    return tuple(made.values())


class _Maker(OutsiderMaker):
    """Makes every case."""

    def cases(self) -> Iterator[Suggested]:
        """Every case, the usual ones first."""
        duty = self.scene.duty
        schedule = duty.schedule
        if isinstance(schedule, Vaguely) or duty.bound.vague:
            yield from self.counted()
        elif self.scene.policy.vocabulary.kinds[duty.records.kind].silent:
            yield from self.attested()
        elif isinstance(schedule, Kept):
            yield from self.kept()
        elif isinstance(schedule, Always):
            yield from self.standing()
        elif duty.bound.at_most is not None and duty.bound.at_least is None:
            yield from self.forbidden()
        else:
            yield from self.timely()
        yield from self.outsiders()

    # ---------------------------------------------------------------- by the clock

    def timely(self) -> Iterator[Suggested]:
        """For what is to be done in a window."""
        scene, rows = self.scene, self.rows()
        window = self.window()
        first, last = window.start, window.end
        if scene.itself:
            yield self.judged(self.named_all("All as it should be"), rows, window, Verdict.MET)
        elif not closes(scene.duty):
            yield from self.open_ended(rows, window)
        elif last is not None:
            yield from self.closing(rows, window, last)
        if first is not None and not scene.itself and not isinstance(scene.duty.schedule, Every):
            yield from self.opening(rows, window, first)
        yield from self.attempted(window)
        if isinstance(scene.duty.schedule, Each) and not scene.itself:
            yield from self.in_the_next(rows, window)
        if scene.duty.further_to:
            told = "What counted for the first does not count again"
            yield self.judged(told, [], window, Verdict.MISSED)
        if scene.duty.population.subject == "pupil" and not isinstance(
            scene.duty.schedule, (Around, Every)
        ):
            yield from self.lifetime(rows)

    def closing(self, rows: list[Row], window: Window, last: date) -> Iterator[Suggested]:
        """On the last day, and a day late."""
        told = self.named_all(f"On the last day ({self.day(last)})")
        yield self.judged(told, self.on(rows, last, window), window, Verdict.MET)
        late = [*self.on(rows[:-1], last, window), rows[-1] | {"date": str(last + DAY)}]
        yield self.judged(f"A day late ({self.day(last + DAY)})", late, window, self.failed)

    def opening(self, rows: list[Row], window: Window, first: date) -> Iterator[Suggested]:
        """On the first day, and a day early."""
        told = self.named_all(f"On the first day ({self.day(first)})")
        yield self.judged(told, self.on(rows, first, window), window, Verdict.MET)
        early = [{"date": str(first - DAY)} | rows[0], *self.on(rows[1:], first, window)]
        early[0]["date"] = str(first - DAY)
        yield self.judged(f"A day early ({self.day(first - DAY)})", early, window, self.failed)

    def open_ended(self, rows: list[Row], window: Window) -> Iterator[Suggested]:
        """For what nothing ever closes: done, or still due."""
        day = window.start or USUAL_DAY
        yield self.judged(self.named_all("Done"), self.on(rows, day, window), window, Verdict.MET)
        yield self.judged("Not yet done", self.on(rows[:-1], day, window), window, Verdict.DUE)

    def in_the_next(self, rows: list[Row], window: Window) -> Iterator[Suggested]:
        """Done in one period and not in the next: every one counts by itself."""
        later = [one for one in self.scene.windows() if one.start and one != window]
        if window.end is not None and later and later[0].end is not None:
            done = self.on(rows, window.end, window)
            told = f"Not done again by {self.day(later[0].end)}"
            yield self.judged(told, done, later[0], self.failed)

    def lifetime(self, rows: list[Row]) -> Iterator[Suggested]:
        """Before the first window and after the last, where the duty says which those are."""
        windows = self.scene.windows()
        low, high = edges(self.scene.duty)
        first, last = windows[0].start, windows[-1].end
        if len(windows) < 2:
            return
        if low is not None and first is not None:
            told = f"Before Year {school_year_of(first)} nothing is owed"
            yield self.case(told, [], first - DAY, Verdict.UPCOMING)
        if high is not None and last is not None:
            told = f"After Year {school_year_of(last)} no more is owed"
            yield self.case(told, self.on(rows, last, windows[-1]), last + 30 * DAY, Verdict.MET)

    # ---------------------------------------------------------------- states

    def standing(self) -> Iterator[Suggested]:
        """For what must be so at all times: judged on the day asked about."""
        window = self.window()
        day = max(window.start or USUAL_DAY, USUAL_DAY) if window.start is None else window.start
        rows = self.rows()
        start = str(day - 30 * DAY)
        since = [row | {"date": start} for row in rows]
        yield self.case(self.named_all("In force on the day"), since, day, Verdict.MET)
        ended = [*since[:-1], since[-1] | {"until": str(day - DAY)}]
        yield self.case("In force until the day before", ended, day, self.failed)
        later = [*since[:-1], since[-1] | {"date": str(day + DAY)}]
        yield self.case("In force from the day after", later, day, self.failed)
        for one in self.tried():
            placed = [row | {"date": start} for row in one.rows]
            yield self.case(one.probes, placed, day, self.meant(one))
        if window.start is not None:
            told = f"Before {self.day(window.start)} nothing is owed"
            yield self.case(told, [], window.start - DAY, Verdict.UPCOMING)
        if window.end is not None:
            ends = [row | {"date": start, "until": str(window.end)} for row in rows]
            told = f"In force until the last day ({self.day(window.end)})"
            yield self.case(told, ends, window.end + DAY, Verdict.MET)
            short = [*ends[:-1], ends[-1] | {"until": str(window.end - DAY)}]
            yield self.case("Ended a day before the last", short, window.end + DAY, self.failed)

    def kept(self) -> Iterator[Suggested]:
        """For what is to be kept until a day."""
        window = self.window()
        first, last = window.start, window.end
        assert first is not None and last is not None  # noqa: S101 - keeping has both ends
        rows = [row | {"date": str(first)} for row in self.rows()]
        after = last + DAY
        told = f"Kept until the last day ({self.day(last)})"
        yield self.case(told, [row | {"until": str(last)} for row in rows], after, Verdict.MET)
        gone = [row | {"until": str(last - DAY)} for row in rows]
        yield self.case("Deleted a day too soon", gone, after, Verdict.MISSED)
        for one in self.tried():
            placed = [row | {"date": str(first)} for row in one.rows]
            yield self.case(one.probes, placed, after, self.meant(one))

    # ---------------------------------------------------------------- what is attested

    def attested(self) -> Iterator[Suggested]:
        """For what is not known until a record says it: attested, not, and no longer."""
        schedule, window = self.scene.duty.schedule, self.window()
        day = window.end or window.start or USUAL_DAY
        made = [row | {"date": str(day)} for row in self.rows()]
        yield self.case(f"Attested on {self.day(day)}", made, day, Verdict.MET)
        yield self.case(f"Not attested by {self.day(day)}", [], day, Verdict.UNKNOWN)
        if isinstance(schedule, Every):
            last = schedule.duration.after(day)
            yield self.case(f"It holds until {self.day(last)}", made, last, Verdict.MET)
            told = f"It no longer holds on {self.day(last + DAY)}"
            yield self.case(told, made, last + DAY, Verdict.UNKNOWN)
        for one in self.tried():
            placed = [row | {"date": str(day)} for row in one.rows]
            yield self.case(one.probes, placed, day + DAY, Verdict.UNKNOWN)

    # ---------------------------------------------------------------- bans and vague words

    def forbidden(self) -> Iterator[Suggested]:
        """For what may not happen, or not so often."""
        window, rows = self.window(), self.rows()
        first, last = window.start, window.end
        day = last or USUAL_DAY
        allowed = [row | {"date": str(day)} for row in rows[:-1]]
        told = "As many as are allowed" if allowed else "None at all"
        yield self.judged(told, allowed, window, Verdict.MET)
        for within in dict.fromkeys(one for one in (first, day) if one is not None):
            placed = [row | {"date": str(within)} for row in rows]
            told = f"One too many on {self.day(within)}"
            yield self.judged(told, placed, window, Verdict.MISSED)
        for beyond in (first and first - DAY, last and last + DAY):
            if beyond:
                placed = [*allowed, rows[-1] | {"date": str(beyond)}]
                told = f"On {self.day(beyond)} it is no matter"
                yield self.judged(told, placed, window, Verdict.MET)
        for one in self.tried():
            placed = [row | {"date": str(day)} for row in one.rows]
            meant = {KEPT: Verdict.MISSED, OPEN: Verdict.UNKNOWN}.get(one.comes_to, Verdict.MET)
            yield self.judged(one.probes, placed, window, meant)

    def counted(self) -> Iterator[Suggested]:
        """For a promise whose number or time is a word: it is counted, and nobody judges."""
        scene = self.scene
        words = scene.duty.bound.vague or getattr(scene.duty.schedule, "words", "")
        told = f'Counted, but "{words}" is not for a computer to judge'
        at = self.counting_day()
        day, after = {"date": str(at)}, at + DAY
        good = [row | day for row in self.rows()]
        worse = [one for one in self.tried() if one.comes_to != OPEN and one.rows]
        alone = scene.itself or not isinstance(scene.duty.measure, Count)
        rows = good if alone else [*good, *(one.rows[-1] | day for one in worse)]
        yield self.windowed(told, rows, after)
        for one in worse if alone else ():
            placed = [row | day for row in one.rows]
            yield self.case(one.probes, placed, after, Verdict.UNKNOWN, measured=True)

    def windowed(self, told: str, rows: list[Row], day: date) -> Suggested:
        """What is counted in a window that the duty does give, and that the case so pins."""
        made = self.case(told, rows, day, Verdict.UNKNOWN, measured=True)
        if isinstance(self.scene.duty.schedule, Vaguely) or made.verdict is not Verdict.UNKNOWN:
            return made
        findings = self.scene.findings(made.facts, made.as_of)
        return attrs.evolve(made, window=chosen(findings, made.as_of).window)

    def counting_day(self) -> date:
        """The day of the event, or the usual one, moved into the first window if need be."""
        day, window = self.scene.event_day, self.window()
        if window.holds(day):
            return day
        return window.start or window.end or day
