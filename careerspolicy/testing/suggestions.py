"""Boundary cases of an obligation, made from its shape alone.

For every end of a window: the day before it, the day itself, the day after. For every amount: just
enough, and one short. For every condition: one record that fails it. For every limit on whom it is
for: somebody just outside.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import attrs

from careerspolicy.duty import Always, Around, Count, Every, Kept, Roll, Side, Vaguely
from careerspolicy.evaluation import Verdict
from careerspolicy.school_calendar import Window, birthday, in_words
from careerspolicy.testing.cases import chosen
from careerspolicy.testing.coverage import closes
from careerspolicy.testing.made_records import (
    KEPT,
    OPEN,
    Attempt,
    all_values_named,
    attempts,
    enough,
)
from careerspolicy.testing.made_values import failing, failure_named, passing, school_like
from careerspolicy.testing.scenes import (
    BORN,
    DAY,
    PUPILS,
    USUAL_DAY,
    YEAR_NOUGHT,
    Scene,
    edges,
    event_kind,
    event_row,
    scene_of,
    school_year_of,
)
from careerspolicy.vocabulary import THINGS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from careerspolicy.evaluation import Finding
    from careerspolicy.policy import Obligation, Policy
    from careerspolicy.testing.made_records import Row

_YEAR = 365


@attrs.frozen(kw_only=True)
class Suggested:
    """A case to look over: what it probes, its facts, what its maker means it to show, and what
    the evaluator says. `window` is said where the day asked about would pick another.
    """

    name: str
    as_of: date
    facts: dict[str, Any]
    meant: Verdict
    verdict: Verdict
    window: Window | None = None
    measured: float | None = None


def suggest(obligation: Obligation, policy: Policy) -> tuple[Suggested, ...]:
    """The boundary cases of an obligation."""
    maker = _Maker(scene_of(obligation, policy))
    made: dict[str, Suggested] = {}
    for one in maker.cases():
        made.setdefault(one.name, one)
    return tuple(made.values())


@attrs.frozen
class _Maker:
    scene: Scene

    def cases(self) -> Iterator[Suggested]:
        """Every case, the usual ones first."""
        duty = self.scene.duty
        schedule = duty.schedule
        if isinstance(schedule, Vaguely) or duty.bound.vague:
            yield from self.counted()
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
        if scene.duty.further_to:
            told = "What counted for the first does not count again"
            yield self.judged(told, [], window, Verdict.MISSED)
        if scene.duty.population.subject == "pupil" and not isinstance(
            scene.duty.schedule, (Around, Every)
        ):
            yield from self.lifetime(rows)

    def closing(self, rows: list[Row], window: Window, last: date) -> Iterator[Suggested]:
        """On the last day, and a day late."""
        told = self.named_all(f"On {self.day(last)}, the last day")
        yield self.judged(told, self.on(rows, last, window), window, Verdict.MET)
        late = [*self.on(rows[:-1], last, window), rows[-1] | {"date": str(last + DAY)}]
        yield self.judged(f"A day late, on {self.day(last + DAY)}", late, window, self.failed)

    def opening(self, rows: list[Row], window: Window, first: date) -> Iterator[Suggested]:
        """On the first day, and a day early."""
        told = self.named_all(f"On {self.day(first)}, the first day")
        yield self.judged(told, self.on(rows, first, window), window, Verdict.MET)
        early = [{"date": str(first - DAY)} | rows[0], *self.on(rows[1:], first, window)]
        early[0]["date"] = str(first - DAY)
        yield self.judged(f"A day early, on {self.day(first - DAY)}", early, window, self.failed)

    def open_ended(self, rows: list[Row], window: Window) -> Iterator[Suggested]:
        """For what nothing ever closes: done, or still due."""
        day = window.start or USUAL_DAY
        yield self.judged(self.named_all("Done"), self.on(rows, day, window), window, Verdict.MET)
        yield self.judged("Not yet done", self.on(rows[:-1], day, window), window, Verdict.DUE)

    def lifetime(self, rows: list[Row]) -> Iterator[Suggested]:
        """Before the first window and after the last, where the duty says when it begins or ends."""
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
            told = f"In force until {self.day(window.end)}, the last day"
            yield self.case(told, ends, window.end + DAY, Verdict.MET)
            short = [*ends[:-1], ends[-1] | {"until": str(window.end - DAY)}]
            yield self.case("Ended a day before the last", short, window.end + DAY, self.failed)

    def kept(self) -> Iterator[Suggested]:
        """For what is to be kept until a day."""
        window = self.window()
        first, last = window.start, window.end
        assert first is not None and last is not None  # noqa: S101, PT018 - keeping has both ends
        rows = [row | {"date": str(first)} for row in self.rows()]
        after = last + DAY
        told = f"Kept until {self.day(last)}, the last day"
        yield self.case(told, [row | {"until": str(last)} for row in rows], after, Verdict.MET)
        gone = [row | {"until": str(last - DAY)} for row in rows]
        yield self.case("Deleted a day too soon", gone, after, Verdict.MISSED)
        for one in self.tried():
            placed = [row | {"date": str(first)} for row in one.rows]
            yield self.case(one.probes, placed, after, self.meant(one))

    # ---------------------------------------------------------------- bans and vague words

    def forbidden(self) -> Iterator[Suggested]:
        """For what may not happen, or not so often."""
        window, rows = self.window(), self.rows()
        first, last = window.start, window.end
        day = last or USUAL_DAY
        allowed = [row | {"date": str(day)} for row in rows[:-1]]
        told = "As many as are allowed" if allowed else "None at all"
        yield self.judged(told, allowed, window, Verdict.MET)
        for at in dict.fromkeys(one for one in (first, day) if one is not None):
            placed = [row | {"date": str(at)} for row in rows]
            yield self.judged(f"One too many on {self.day(at)}", placed, window, Verdict.MISSED)
        for at in (first and first - DAY, last and last + DAY):
            if at:
                placed = [*allowed, rows[-1] | {"date": str(at)}]
                told = f"On {self.day(at)} it is no matter"
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
        day, after = {"date": str(scene.event_day)}, scene.event_day + DAY
        good = [row | day for row in self.rows()]
        worse = [one for one in self.tried() if one.comes_to != OPEN and one.rows]
        alone = scene.itself or not isinstance(scene.duty.measure, Count)
        rows = good if alone else [*good, *(one.rows[-1] | day for one in worse)]
        yield self.case(told, rows, after, Verdict.UNKNOWN, measured=True)
        for one in worse if alone else ():
            placed = [row | day for row in one.rows]
            yield self.case(one.probes, placed, after, Verdict.UNKNOWN, measured=True)

    # ---------------------------------------------------------------- whom it is for

    def outsiders(self) -> Iterator[Suggested]:
        """Somebody just outside each limit on whom it is for."""
        scene = self.scene
        population, vocabulary = scene.duty.population, scene.policy.vocabulary
        day = self.as_of(self.window_or_none())
        outside = Verdict.NOT_APPLICABLE
        school, pupil = vocabulary.kinds["school"], vocabulary.kinds["pupil"]
        for one in population.school:
            other = school_like(population.school, school, but=one.attribute)
            told = f"A school {failure_named(one, school)}"
            yield self.case(told, [], day, outside, school=other)
        for one in population.where:
            changed = {one.attribute: failing(one, pupil.attributes[one.attribute])}
            told = f"A pupil {failure_named(one, pupil)}"
            yield self.case(told, [], day, outside, pupil=scene.pupil | changed)
        yield from self.choices(day)
        if population.roll is not Roll.ANY:
            yield self.by_roll(day)
        if population.roll is Roll.LEAVERS and population.years and not event_kind(scene.duty):
            yield from self.leavers_of_other_years()
        for one in (*population.event, *getattr(scene.duty.schedule, "where", ())):
            yield self.other_event(one, day)
        if event_kind(scene.duty):
            yield from self.other_times()

    def choices(self, day: date) -> Iterator[Suggested]:
        """Somebody of each group of several, and somebody of none."""
        scene = self.scene
        kind, groups = scene.policy.vocabulary.kinds["pupil"], scene.duty.population.any_of
        none = {
            one.attribute: failing(one, kind.attributes[one.attribute])
            for group in groups
            for one in group
        }
        if not none:
            return
        yield self.case(
            "Somebody of none of the groups",
            [],
            day,
            Verdict.NOT_APPLICABLE,
            pupil=scene.pupil | none,
        )
        for group in groups:
            own = {one.attribute: passing(one, kind.attributes[one.attribute]) for one in group}
            told = f"Somebody with {' and '.join(name.replace('_', ' ') for name in own)}"
            yield self.case(told, [], day, self.failed, pupil=scene.pupil | none | own)

    def by_roll(self, day: date) -> Suggested:
        """Somebody still there where it is for leavers, or gone where it is for those on roll."""
        scene = self.scene
        pupil = dict(scene.pupil)
        if scene.duty.population.roll is Roll.LEAVERS:
            del pupil["left"]
            return self.case(
                "Somebody still on roll", [], day, Verdict.NOT_APPLICABLE, pupil=pupil
            )
        pupil["left"] = str(day - DAY)
        return self.case("Somebody who has left", [], day, Verdict.NOT_APPLICABLE, pupil=pupil)

    def leavers_of_other_years(self) -> Iterator[Suggested]:
        """Those who left in the last of its year groups, and just before the first and after it."""
        years = self.scene.duty.population.years
        for year in dict.fromkeys((years[0] - 1, years[-1], years[-1] + 1)):
            left = date(YEAR_NOUGHT + year + 1, 7, 17)
            pupil = self.scene.pupil | {"left": str(left)}
            rows = [row | {"date": str(left)} for row in self.rows()]
            meant = Verdict.MET if year in years else Verdict.NOT_APPLICABLE
            told = f"Somebody who left in Year {year}"
            yield self.case(told, rows, left + DAY, meant, pupil=pupil)

    def other_event(self, condition: Any, day: date) -> Suggested:
        """An event that fails a condition, and so calls for nothing."""
        scene = self.scene
        kind = scene.policy.vocabulary.kinds[event_kind(scene.duty)]
        row = event_row(scene.duty, scene.policy, scene.event_day, but=condition.attribute)
        told = f"{_capital(kind.singular)} {failure_named(condition, kind)}"
        events = {kind.name: [row]}
        return self.case(told, [], day, Verdict.NOT_APPLICABLE, events=events)

    def other_times(self) -> Iterator[Suggested]:
        """Events on the edges of the year groups and ages that it is for."""
        scene = self.scene
        years, ages = scene.duty.population.years, scene.duty.population.ages
        spans: list[tuple[date, date]] = []
        if years:
            first, last = years[0] + YEAR_NOUGHT, years[-1] + YEAR_NOUGHT + 1
            spans.append((date(first, 9, 1), date(last, 8, 31)))
        if ages:
            spans.append((birthday(BORN, ages[0]), birthday(BORN, ages[1] + 1) - DAY))
        for first_day, last_day in spans:
            for day in (first_day, last_day):
                yield self.event_on(day, inside=True)
            for day in (first_day - DAY, last_day + DAY):
                yield self.event_on(day, inside=False)

    def event_on(self, day: date, *, inside: bool) -> Suggested:
        """An event on a day on which the duty is for the pupil, or just isn't."""
        scene = self.scene
        kind = scene.policy.vocabulary.kinds[event_kind(scene.duty)]
        events = {kind.name: [event_row(scene.duty, scene.policy, day, brief=True)]}
        told = f"{_capital(kind.singular)} on {self.day(day)}"
        schedule = scene.duty.schedule
        before = isinstance(schedule, Around) and schedule.side is Side.BEFORE
        at = day - 30 * DAY if before else day
        rows = [row if scene.itself else row | {"date": str(at)} for row in self.rows()]
        meant = Verdict.MET if inside else Verdict.NOT_APPLICABLE
        return self.case(told, rows, day + _YEAR * DAY, meant, events=events)

    # ---------------------------------------------------------------- common

    @property
    def failed(self) -> Verdict:
        """What falling short comes to in the end."""
        return Verdict.MISSED if closes(self.scene.duty) else Verdict.DUE

    def meant(self, one: Attempt) -> Verdict:
        """What an attempt should come to once its window has closed."""
        if one.comes_to == OPEN and closes(self.scene.duty):
            return Verdict.UNKNOWN
        return Verdict.MET if one.comes_to == KEPT else self.failed

    def rows(self) -> list[Row]:
        """Just enough rows, without dates."""
        return enough(self.scene.duty, self.scene.policy.vocabulary)

    def tried(self) -> Iterator[Attempt]:
        """Every way of falling just short."""
        return attempts(self.scene.duty, self.scene.policy.vocabulary)

    def attempted(self, window: Window) -> Iterator[Suggested]:
        """Every way of falling just short, in good time."""
        day = window.end or window.start or USUAL_DAY
        for one in self.tried():
            placed = self.on(one.rows, day, window)
            yield self.judged(one.probes, placed, window, self.meant(one))

    def on(self, rows: list[Row], day: date, window: Window) -> list[Row]:
        """The rows on a day; the first of several at the other end of the window."""
        if self.scene.itself:
            return rows
        ends = {window.start, window.end} - {None, day}
        dates = [next(iter(ends), day) if n == 0 and len(rows) > 1 else day for n in range(len(rows))]
        return [row | {"date": str(at)} for row, at in zip(rows, dates, strict=True)]

    def named_all(self, told: str) -> str:
        """The name, with what a list comes to in all."""
        everything = all_values_named(self.scene.duty)
        return f"{told}: {everything}" if everything else told

    def day(self, day: date) -> str:
        """A day in words; by the year group where it is a pupil's."""
        if self.scene.duty.population.subject in ("school", "trust"):
            return in_words(day)
        return f"{in_words(day).rsplit(' ', 1)[0]} of Year {school_year_of(day)}"

    def window(self) -> Window:
        """The window to probe: the first that has an end, or else the first."""
        windows = self.scene.windows()
        return next((one for one in windows if one.end is not None), windows[0])

    def window_or_none(self) -> Window | None:
        """The window to probe, if there is one."""
        return self.window() if self.scene.windows() else None

    def as_of(self, window: Window | None) -> date:
        """The day after a window, or some day after all began."""
        if window is not None and window.end is not None:
            return window.end + DAY
        start = window.start if window is not None else None
        return max(USUAL_DAY, start or USUAL_DAY) + DAY

    def judged(self, name: str, rows: list[Row], window: Window, meant: Verdict) -> Suggested:
        """A case about one window, asked about on the day after it."""
        return self.case(name, rows, self.as_of(window), meant, window=window)

    def case(  # noqa: PLR0913 - the parts of a case
        self,
        name: str,
        rows: list[Row],
        as_of: date,
        meant: Verdict,
        *,
        window: Window | None = None,
        measured: bool = False,
        **changed: Any,
    ) -> Suggested:
        """A case, with what the evaluator says of it."""
        rows = self.shared(rows)
        facts = self.scene.facts(rows, **changed)
        findings = self.scene.findings(facts, as_of)
        picked = _picked(findings, window, as_of)
        covers = hasattr(self.scene.duty.measure, "values") and picked.verdict is Verdict.MET
        return Suggested(
            name=name,
            as_of=as_of,
            facts=facts,
            meant=meant,
            verdict=picked.verdict,
            window=None if picked is chosen(findings, as_of) else picked.window,
            measured=picked.measured if measured or covers else None,
        )

    def shared(self, rows: list[Row]) -> list[Row]:
        """The rows; under a share those of all pupils but the last, who is the one probed."""
        share = self.scene.duty.population.share
        if share is None:
            return rows
        others = -(-int(share) * PUPILS // 100) - 1
        window = self.window()
        good = self.on(self.rows(), window.end or USUAL_DAY, window)
        probed = f"P{others + 1}"
        kept = [row | {"pupil": f"P{n + 1}"} for n in range(others) for row in good]
        return [*kept, *(row | {"pupil": probed} for row in rows)]


def _picked(findings: tuple[Finding, ...], window: Window | None, as_of: date) -> Finding:
    """The finding of the window meant, or of the one that matters on the day."""
    same = [one for one in findings if one.window == window]
    return same[0] if same else chosen(findings, as_of)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
