"""How suggested cases are put together: rows on days, and what the evaluator says of them.

The base of `outsiders` and `suggestions`, which say what is worth probing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from careerspolicy.calendar.school_calendar import in_words
from careerspolicy.cases.cases import chosen
from careerspolicy.cases.coverage import closes
from careerspolicy.cases.made_records import KEPT, OPEN, all_values_named, attempts, enough
from careerspolicy.cases.scenes import DAY, PUPILS, USUAL_DAY, Scene, school_year_of
from careerspolicy.evaluation import Verdict
from careerspolicy.model.duty import Covers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from careerspolicy.calendar.school_calendar import Window
    from careerspolicy.cases.made_records import Attempt, Row
    from careerspolicy.evaluation import Finding


@attrs.frozen(kw_only=True)
class Suggested:
    """A case to look over: what it probes, its facts, and what it was made to show.

    `verdict` is what the evaluator says. `window` is said where the day asked about would pick
    another one.
    """

    name: str
    as_of: date
    facts: dict[str, Any]
    meant: Verdict
    verdict: Verdict
    window: Window | None = None
    measured: float | None = None


@attrs.frozen
class CaseMaker:
    """Makes cases of one obligation in its scene."""

    scene: Scene

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
        dates = [
            next(iter(ends), day) if n == 0 and len(rows) > 1 else day for n in range(len(rows))
        ]
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

    def as_of(self, window: Window) -> date:
        """The day after a window, or some day after all began."""
        if window.end is not None:
            return window.end + DAY
        return max(USUAL_DAY, window.start or USUAL_DAY) + DAY

    def judged(self, name: str, rows: list[Row], window: Window, meant: Verdict) -> Suggested:
        """A case about one window, asked about on the day after it."""
        return self.case(name, rows, self.as_of(window), meant, window=window)

    def case(
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
        covers = isinstance(self.scene.duty.measure, Covers) and picked.verdict is Verdict.MET
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
