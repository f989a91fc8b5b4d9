"""A policy's head: what its document says of itself, and what the file says to lint.

Part of the second and third steps of loading: checks of sense on `document:` and `lint:`, and what
is built of them once they have passed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from careerspolicy.calendar.durations import Duration
from careerspolicy.calendar.partial_date import PartialDate
from careerspolicy.loading.promise import Found, Path, unknown
from careerspolicy.loading.shape import as_list
from careerspolicy.model.policy import (
    Citation,
    CitedKind,
    Document,
    Lint,
    LintExclusion,
    LintSettings,
    Version,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_DATES: Final = ("approved", "effective", "implementation", "published", "next_review")
_ROLES: Final = ("owner", "approver")


def document_sense(told: Mapping[str, Any], roles: Iterable[str]) -> Iterator[Found]:
    """What makes no sense under `document`: days that no calendar has, and unknown roles."""
    for slot in _DATES:
        if slot in told:
            yield from _date((slot,), told[slot])
    for slot, date_slot in (("versions", "date"), ("cites", "edition")):
        for n, one in enumerate(told.get(slot, ())):
            if date_slot in one:
                yield from _date((slot, n, date_slot), one[date_slot])
    for slot in _ROLES:
        for role in as_list(told.get(slot, ())):
            yield from unknown((slot,), role, "a role", roles, "roles")


def lint_sense(told: Mapping[str, Any], ids: Iterable[str]) -> Iterator[Found]:
    """What makes no sense under `lint`: exclusions for obligations that aren't in the file."""
    for n, one in enumerate(told.get("exclude", ())):
        if "obligation" in one:
            path: Path = ("exclude", n, "obligation")
            for found in unknown(path, one["obligation"], "the id of an obligation", ids):
                yield Found(path, found.message, _without_vocabulary(found.hint))


def build_document(told: Mapping[str, Any]) -> Document:
    """The document that a checked tree describes."""
    every = told.get("review_every")
    return Document(
        title=told["title"],
        version=str(told.get("version", "")),
        versions=tuple(map(_version, told.get("versions", ()))),
        approved=_partial(told.get("approved")),
        effective=_partial(told.get("effective")),
        implementation=_partial(told.get("implementation")),
        published=_partial(told.get("published")),
        next_review=_partial(told.get("next_review")),
        review_every=Duration.parse(every) if every else None,
        owner=as_list(told.get("owner", ())),
        approver=as_list(told.get("approver", ())),
        applies_to=tuple(told.get("applies_to", ())),
        guidance_edition=str(told.get("guidance_edition", "")),
        cites=tuple(map(_citation, told.get("cites", ()))),
        linked_policies=tuple(told.get("linked_policies", ())),
        definitions=told.get("definitions", {}),
        note=told.get("note", ""),
    )


def build_lint(told: Mapping[str, Any]) -> Lint:
    """What a checked tree says to lint."""
    return Lint(
        exclude=tuple(LintExclusion(**one) for one in told.get("exclude", ())),
        configure={
            rule: LintSettings(
                severity=settings.get("severity", ""), known=tuple(settings.get("known", ()))
            )
            for rule, settings in told.get("configure", {}).items()
        },
    )


def _date(path: Path, told: str | int) -> Iterator[Found]:
    try:
        PartialDate.parse(told)
    except ValueError:
        hint = "write a date such as 2025-10-31, or leave out the day"
        yield Found(path, f'"{told}" is not in the calendar', hint)


def _without_vocabulary(hint: str) -> str:
    """The hint, but for the one on adding words, which an id is not."""
    return hint if hint.startswith(("did", "known")) else "name one of this file's, or leave it out"


def _partial(told: str | int | None) -> PartialDate | None:
    return None if told is None else PartialDate.parse(told)


def _version(told: Mapping[str, Any]) -> Version:
    return Version(
        version=str(told["version"]),
        date=_partial(told.get("date")),
        changes=told.get("changes", ""),
        note=told.get("note", ""),
    )


def _citation(told: Mapping[str, Any]) -> Citation:
    return Citation(
        title=told["title"],
        kind=CitedKind(told["kind"]),
        year=told.get("year"),
        edition=_partial(told.get("edition")),
        section=str(told.get("section", "")),
        note=told.get("note", ""),
    )
