"""Rules on a document's dates: its reviews, and the editions of the guidance that it cites."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import attrs

from careerspolicy.calendar.durations import Duration
from careerspolicy.calendar.partial_date import PartialDate
from careerspolicy.calendar.school_calendar import in_words
from careerspolicy.checks.issues import Fault
from careerspolicy.loading.drafts import parsed
from careerspolicy.model.document import CitedKind
from careerspolicy.model.document_dates import history, own_date
from careerspolicy.plain.yaml_tree import read_plain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from careerspolicy.checks.issues import PolicyFile
    from careerspolicy.model.document import Document
    from careerspolicy.plain.places import Path

#: A review two months early or late still keeps a cadence: boards meet a few times a year.
_SLACK: Final = Duration(2, "month")


def review_overdue(file: PolicyFile) -> Iterator[Fault]:
    """The next review, or the one that the cadence asks for, lies before the day asked about."""
    document = file.policy.document
    due, every, own = document.next_review, document.review_every, own_date(document)
    today = in_words(file.as_of)
    if due is not None:
        if due.last < file.as_of:
            message = f"the next review was due by {due.in_words}, and it is {today}"
            mend = "review the policy, and give it new dates"
            yield Fault(("document", "next_review"), message, mend)
    elif every and own and every.after(own.last) < file.as_of:
        message = f"reviewed every {_length(every)} and last in {own.in_words}, and it is {today}"
        mend = "review the policy, and say when the next review is due"
        yield Fault(("document", "review_every"), message, mend)


def review_against_cadence(file: PolicyFile) -> Iterator[Fault]:
    """The next review, or the gap between two versions, doesn't fit the stated cadence."""
    document = file.policy.document
    every = document.review_every
    if every is None:
        return
    dated = history(document)
    for (day, _), (following, path) in pairwise(dated):
        if _SLACK.after(every.after(day.last)) < following.first:
            message = (
                f"the policy is reviewed every {_length(every)}, and nothing is recorded "
                f"between {day.in_words} and {following.in_words}"
            )
            yield Fault(path, message, "record the reviews in between, or mend the dates")
    last = dated[-1][0] if dated else document.effective
    due = document.next_review
    if last and due and not any(_fits(day, every, due) for day in (last, document.effective)):
        message = (
            f"the next review is due by {due.in_words}, and {every} "
            f"after {last.in_words} is {_in_words(last, every)}"
        )
        mend = "mend the date, or say how often the policy is reviewed"
        yield Fault(("document", "next_review"), message, mend)


def implementation_after_review(file: PolicyFile) -> Iterator[Fault]:
    """The policy is put into practice on or after the day of its next review."""
    document = file.policy.document
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
            yield Fault(("document", slot), message, mend)


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


@attrs.frozen(kw_only=True)
class Edition:
    """One edition of the statutory guidance."""

    published: PartialDate
    applies_from: PartialDate
    brought: str


def superseded_then(file: PolicyFile) -> Iterator[Fault]:
    """A cited edition had been replaced before the document's own date."""
    own = own_date(file.policy.document)
    for cited, path in _cited(file.policy.document) if own else ():
        if own and (latest := replaced(cited, own.first, surely=True)):
            message = (
                f"the guidance of {cited.in_words} had been replaced by that of "
                f"{latest.published.in_words} before the policy's own date, {own.in_words}"
            )
            yield Fault(path, message, "bring the policy up to the edition in force, and cite it")


def superseded_now(file: PolicyFile) -> Iterator[Fault]:
    """A cited edition was in force at the document's own date, and is so no more."""
    own = own_date(file.policy.document)
    for cited, path in _cited(file.policy.document):
        latest = replaced(cited, file.as_of, surely=False)
        if latest and not (own and replaced(cited, own.first, surely=True)):
            message = (
                f"the guidance of {cited.in_words} has been replaced by that of "
                f"{latest.published.in_words}, which {latest.brought}"
            )
            yield Fault(path, message, "review the policy against the new edition")


@lru_cache(maxsize=1)
def editions() -> tuple[Edition, ...]:
    """The known editions, oldest first."""
    data = files("careerspolicy.checks").joinpath("editions.yaml").read_bytes()
    return tuple(
        Edition(
            published=PartialDate.parse(edition["published"]),
            applies_from=PartialDate.parse(edition.get("applies_from", edition["published"])),
            brought=edition["brought"],
        )
        for edition in read_plain(data, "editions.yaml")
    )


def _cited(document: Document) -> Iterator[tuple[PartialDate, Path]]:
    """The editions of the careers guidance that a document cites, each once, with their places."""
    citations: dict[Path, str] = {("document", "guidance_edition"): document.guidance_edition}
    for n, cited in enumerate(document.cites):
        if cited.kind is CitedKind.STATUTORY_GUIDANCE and "careers" in cited.title.casefold():
            slot = "edition" if cited.edition else "year"
            citations["document", "cites", n, slot] = str(cited.edition or cited.year or "")
    seen = set()
    for path, text in citations.items():
        edition = parsed(PartialDate.parse, text)  # None for words such as "latest"
        if edition is not None and edition not in seen:
            seen.add(edition)
            yield edition, path


def replaced(cited: PartialDate, day: date, *, surely: bool) -> Edition | None:
    """The latest edition on a day, if it is later than the cited one.

    Of an edition whose day is not known, the last it can be counts where it has to be sure.
    """
    for edition in reversed(editions()):
        began = edition.applies_from.last if surely else edition.applies_from.first
        if began <= day and edition.published.first > cited.last:
            return edition
    return None
