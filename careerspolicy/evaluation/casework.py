"""Puts a subject's case together: the records that bear on an obligation, sorted by its tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from careerspolicy.evaluation.case import Case
from careerspolicy.evaluation.matching import of_things, shelved, sort_records
from careerspolicy.evaluation.windows import pupil_windows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from careerspolicy.evaluation.findings import Subject
    from careerspolicy.evaluation.lives import Life
    from careerspolicy.evaluation.matching import Shelves
    from careerspolicy.model.duty import Matching
    from careerspolicy.model.facts import Record
    from careerspolicy.model.policy import Obligation, Policy
    from careerspolicy.vocabulary import Kind


@attrs.define
class Casework:
    """Makes the cases of one evaluation."""

    policy: Policy
    known_kinds: frozenset[str]
    as_of: date
    _shelves: dict[tuple[str, str, str], Shelves] = attrs.field(init=False, factory=dict)

    def of_pupil(
        self,
        obligation: Obligation,
        subject: Subject,
        records: Mapping[str, tuple[Record, ...]],
        life: Life,
    ) -> Case:
        """A pupil's case, from the pupil's records by kind.

        That of a "further" duty is without the records that count for the first one.
        """
        kind = obligation.duty.records.kind
        since = life.school.complete_since.get(kind)
        case = self.of(obligation, subject, records.get(kind, ()), since, life)
        if not obligation.duty.further_to:
            return case
        first = self.policy.obligation(obligation.duty.further_to)
        assert first is not None  # noqa: S101 - consistency has seen to it
        earlier = self.of_pupil(first, subject, records, life)
        return case.further_to(earlier, pupil_windows(first.duty, life), life.readings.further)

    def of(
        self,
        obligation: Obligation,
        subject: Subject,
        records: Sequence[Record],
        since: date | None,
        life: Life | None = None,
    ) -> Case:
        """All that a verdict on one subject's obligation can be drawn from."""
        matching, vocabulary = obligation.duty.records, self.policy.vocabulary
        kind = vocabulary.kinds[matching.kind]
        if kind.identity and records:
            records = self._of_that_thing(subject, records, matching, kind)
        return Case(
            obligation,
            subject,
            sort_records(records, matching, kind, self.as_of),
            self.as_of,
            vocabulary,
            matching.kind in self.known_kinds,
            since,
            life.first_day if life and since else None,
        )

    def _of_that_thing(
        self, subject: Subject, records: Sequence[Record], matching: Matching, kind: Kind
    ) -> Sequence[Record]:
        """A subject's records without those of another thing (another document, another promise).

        There may be hundreds of a kind, and as many obligations that each ask for a few.
        """
        asked = next((one for one in matching.where if one.attribute == kind.identity), None)
        if asked is None or asked.one_of is None:
            return records
        key = subject.kind, subject.id, kind.name
        shelves = self._shelves.get(key)
        if shelves is None:
            shelves = self._shelves[key] = shelved(records, kind.identity)
        return of_things(shelves, asked.one_of)
