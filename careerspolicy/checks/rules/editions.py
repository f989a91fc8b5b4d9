"""Rules on the edition of the statutory guidance that a document cites."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

import attrs

from careerspolicy.calendar.partial_date import PartialDate
from careerspolicy.checks.issues import Case, Found
from careerspolicy.checks.rules.document_dates import own_date
from careerspolicy.model.document import CitedKind
from careerspolicy.plain.yaml_tree import read_plain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from careerspolicy.checks.issues import Path
    from careerspolicy.model.document import Document


@attrs.frozen(kw_only=True)
class Edition:
    """One edition of the statutory guidance."""

    published: PartialDate
    applies_from: PartialDate
    brought: str


def superseded_then(case: Case) -> Iterator[Found]:
    """A cited edition had been replaced before the document's own date."""
    own = own_date(case.policy.document)
    if own is None:
        return
    for cited, path in _cited(case.policy.document):
        latest = _replaced(cited, own.first, surely=True)
        if latest is not None:
            message = (
                f"the guidance of {cited.in_words} had been replaced by that of "
                f"{latest.published.in_words} before the policy's own date, {own.in_words}"
            )
            yield Found(path, message, "bring the policy up to the edition in force, and cite it")


def superseded_now(case: Case) -> Iterator[Found]:
    """A cited edition was in force at the document's own date, and is so no more."""
    own = own_date(case.policy.document)
    for cited, path in _cited(case.policy.document):
        latest = _replaced(cited, case.as_of, surely=False)
        stale = own is not None and _replaced(cited, own.first, surely=True)
        if latest is not None and not stale:
            message = (
                f"the guidance of {cited.in_words} has been replaced by that of "
                f"{latest.published.in_words}, which {latest.brought}"
            )
            yield Found(path, message, "review the policy against the new edition")


@lru_cache(maxsize=1)
def editions() -> tuple[Edition, ...]:
    """The known editions, oldest first."""
    data = files("careerspolicy.checks").joinpath("editions.yaml").read_bytes()
    return tuple(
        Edition(
            published=PartialDate.parse(one["published"]),
            applies_from=PartialDate.parse(one.get("applies_from", one["published"])),
            brought=one["brought"],
        )
        for one in read_plain(data, "editions.yaml")
    )


def _cited(document: Document) -> Iterator[tuple[PartialDate, Path]]:
    """The editions of the careers guidance that a document cites, each once, with their places."""
    said: list[tuple[str, Path]] = [(document.guidance_edition, ("document", "guidance_edition"))]
    for n, one in enumerate(document.cites):
        if one.kind is CitedKind.STATUTORY_GUIDANCE and "careers" in one.title.casefold():
            slot = "edition" if one.edition else "year"
            said.append((str(one.edition or one.year or ""), ("document", "cites", n, slot)))
    seen = set()
    for text, path in said:
        edition = _edition_of(text)
        if edition is not None and edition not in seen:
            seen.add(edition)
            yield edition, path


def _edition_of(text: str) -> PartialDate | None:
    """The date that an edition is named by; None for words such as "latest"."""
    try:
        return PartialDate.parse(text)
    except ValueError:
        return None


def _replaced(cited: PartialDate, day: date, *, surely: bool) -> Edition | None:
    """The latest edition on a day, if it is later than the cited one.

    Of an edition whose day is not known, the last it can be counts where it has to be sure.
    """
    began = [
        one
        for one in editions()
        if (one.applies_from.last if surely else one.applies_from.first) <= day
    ]
    later = [one for one in began if one.published.first > cited.last]
    return later[-1] if later else None
