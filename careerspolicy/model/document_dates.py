"""The dates that a document bears: beside `policy`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from careerspolicy.calendar.partial_date import PartialDate
    from careerspolicy.model.policy import Document


def history(document: Document) -> list[tuple[PartialDate, tuple[str | int, ...]]]:
    """When the document was written, approved or published: dates, in order, with their places."""
    said: list[tuple[PartialDate | None, tuple[str | int, ...]]] = [
        (document.approved, ("document", "approved")),
        (document.published, ("document", "published")),
        *(
            (one.date, ("document", "versions", n, "date"))
            for n, one in enumerate(document.versions)
        ),
    ]
    dated = [(day, path) for day, path in said if day is not None]
    return sorted(dated, key=lambda one: (one[0].first, one[0].last))


def own_date(document: Document) -> PartialDate | None:
    """The date that the document bears: its latest, or for want of any, from when it applies."""
    dated = history(document)
    return dated[-1][0] if dated else document.effective
