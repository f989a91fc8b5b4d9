"""Rules on a document's own dates: overdue reviews, cadences not kept, dates out of order."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from careerspolicy.calendar.durations import Duration
from careerspolicy.calendar.school_calendar import in_words
from careerspolicy.checks.issues import Case, Found
from careerspolicy.checks.rules.document_dates import history, own_date

if TYPE_CHECKING:
    from collections.abc import Iterator

    from careerspolicy.calendar.partial_date import PartialDate

#: A review two months early or late still keeps a cadence: boards meet a few times a year.
_SLACK: Final = Duration(2, "month")


def review_overdue(case: Case) -> Iterator[Found]:
    """The next review, or the one that the cadence asks for, lies before the day asked about."""
    document = case.policy.document
    due, every, own = document.next_review, document.review_every, own_date(document)
    today = in_words(case.as_of)
    if due is not None:
        if due.last < case.as_of:
            message = f"the next review was due by {due.in_words}, and it is {today}"
            mend = "review the policy, and give it new dates"
            yield Found(("document", "next_review"), message, mend)
    elif every and own and every.after(own.last) < case.as_of:
        message = f"reviewed every {_length(every)} and last in {own.in_words}, and it is {today}"
        mend = "review the policy, and say when the next review is due"
        yield Found(("document", "review_every"), message, mend)


def review_against_cadence(case: Case) -> Iterator[Found]:
    """The next review, or the gap between two versions, doesn't fit the stated cadence."""
    document = case.policy.document
    every = document.review_every
    if every is None:
        return
    dated = history(document)
    for (one, _), (following, path) in pairwise(dated):
        if _SLACK.after(every.after(one.last)) < following.first:
            message = (
                f"the policy is reviewed every {_length(every)}, and nothing is recorded "
                f"between {one.in_words} and {following.in_words}"
            )
            yield Found(path, message, "record the reviews in between, or mend the dates")
    last = dated[-1][0] if dated else document.effective
    due = document.next_review
    if last and due and not any(_fits(one, every, due) for one in (last, document.effective)):
        message = (
            f"the next review is due by {due.in_words}, and {every} "
            f"after {last.in_words} is {_in_words(last, every)}"
        )
        mend = "mend the date, or say how often the policy is reviewed"
        yield Found(("document", "next_review"), message, mend)


def implementation_after_review(case: Case) -> Iterator[Found]:
    """The policy is put into practice on or after the day of its next review."""
    document = case.policy.document
    due = document.next_review
    if due is None:
        return
    for slot, day in (
        ("effective", document.effective),
        ("implementation", document.implementation),
    ):
        if day is not None and day.first >= due.first and day.last >= due.last:
            when = "the same date" if day == due else f"before that, {due.in_words}"
            message = f"it takes effect {day.in_words}, and the next review is due {when}"
            mend = "mend whichever of the two dates is wrong"
            yield Found(("document", slot), message, mend)


def _fits(start: PartialDate | None, every: Duration, due: PartialDate) -> bool:
    """Whether a review can be due a cadence after a date, give or take the slack."""
    if start is None:
        return False
    earliest = _SLACK.before(every.after(start.first))
    latest = _SLACK.after(every.after(start.last))
    return earliest <= due.last and due.first <= latest


def _in_words(start: PartialDate, every: Duration) -> str:
    """The date a cadence after another, as precise as that one."""
    last = every.after(start.last)
    return type(start)(
        last.year,
        None if start.month is None else last.month,
        None if start.day is None else last.day,
    ).in_words


def _length(every: Duration) -> str:
    """A cadence as it follows "every": year, 2 years."""
    return every.unit if every.count == 1 else str(every)
