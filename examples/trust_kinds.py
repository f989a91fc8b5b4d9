"""The CSV tables of the example trust's records: prefix of ids, columns and file, kind by kind.

Beside `make_trust.py`; the kinds are those of `careerspolicy/vocabulary/kinds.yaml`.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Each kind of record: the prefix of its ids, and its columns after `id`.
KINDS: Mapping[str, tuple[str, str]] = {
    "employer encounter": ("EE", "pupil date attended meaningful stem mode employer employer_form"),
    "provider encounter": (
        "PE",
        (
            "pupil date attended meaningful technical accredited providers provider_type visit met"
            " encounter_contents mode school_day whole_year_group"
        ),
    ),
    "workplace experience": (
        "WE",
        (
            "pupil date until attended meaningful first_hand stem nature workplace_form"
            " work_setting part_time_job hours employer mode"
        ),
    ),
    "placement check": ("PC", "pupil date about checks"),
    "preparation session": ("PS", "pupil date attended"),
    "guidance meeting": ("GM", "pupil date attended qualified adviser_level meeting_form mode"),
    "follow up": ("FU", "pupil date about role"),
    "careers information use": ("CI", "pupil date matter"),
    "information given": ("IG", "pupil date matter to attended"),
    "curriculum link": ("CU", "pupil date about attended curriculum_subject stem"),
    "course of study": ("CS", "pupil date until curriculum_subject"),
    "careers lesson": ("CL", "pupil date attended matter hours"),
    "careers event": ("CE", "pupil date attended event_form mode"),
    "mentoring": ("ME", "pupil date until hours employer"),
    "destination": ("DE", "pupil date until destination_stage destination_form"),
    "participation record": ("PR", "pupil date contents"),
    "annual review": ("AR", "pupil date review_focus present contents"),
    "transition plan": ("TP", "pupil date until contents"),
    "offer of a place": ("OP", "pupil date provider_type"),
    "leaving": ("LE", "pupil date early"),
    "notification": ("NO", "pupil date about to matter contents"),
    "exit interview": ("EI", "pupil date attended"),
    "publication": ("PU", "school trust date until document contents place audience"),
    "review": ("RE", "school trust date document consulted contents benchmarks_met"),
    "appointment": ("AP", "school trust date until role role_level trained holder_has"),
    "feedback": ("FE", "school date feedback_from feedback_form"),
    "plan": ("PL", "school date until document consulted contents"),
    "attestation": ("AT", "school trust date promise role"),
    "report": ("RP", "trust date to role contents"),
    "network meeting": ("NM", "school date role"),
    "training": ("TR", "school date role matter"),
    "school event": (
        "SE",
        "school date event_form providers provider_type technical school_day year_groups",
    ),
}
#: The files of kinds that are not named after the kind and an s.
FILES: Mapping[str, str] = {
    "information given": "information-given",
    "course of study": "courses-of-study",
    "mentoring": "mentoring",
    "offer of a place": "offers-of-a-place",
    "feedback": "feedback",
    "training": "training-sessions",
}

#: Since when a kind is complete, where that is later than the first day.
LATER: Mapping[str, date] = {"course of study": date(2024, 9, 1)}
