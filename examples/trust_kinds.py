"""The CSV tables of the example trust's records: file, prefix of ids and columns, kind by kind.

Beside `make_trust.py`; the kinds are those of `careerspolicy/vocabulary/kinds.yaml`.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Each kind of record: its file, the prefix of its ids, and its columns after `id`.
KINDS: Mapping[str, tuple[str, str, str]] = {
    "employer encounter": (
        "employer-encounters",
        "EE",
        "pupil date attended meaningful stem mode employer employer_form",
    ),
    "provider encounter": (
        "provider-encounters",
        "PE",
        (
            "pupil date attended meaningful technical accredited providers provider_type visit met"
            " encounter_contents mode school_day whole_year_group"
        ),
    ),
    "workplace experience": (
        "workplace-experiences",
        "WE",
        (
            "pupil date until attended meaningful first_hand stem nature workplace_form"
            " work_setting part_time_job hours employer mode"
        ),
    ),
    "placement check": ("placement-checks", "PC", "pupil date about checks"),
    "preparation session": ("preparation-sessions", "PS", "pupil date attended"),
    "guidance meeting": (
        "guidance-meetings",
        "GM",
        "pupil date attended qualified adviser_level meeting_form mode",
    ),
    "follow up": ("follow-ups", "FU", "pupil date about role"),
    "careers information use": ("careers-information-uses", "CI", "pupil date matter"),
    "information given": ("information-given", "IG", "pupil date matter to attended"),
    "curriculum link": (
        "curriculum-links",
        "CU",
        "pupil date about attended curriculum_subject stem",
    ),
    "course of study": ("courses-of-study", "CS", "pupil date until curriculum_subject"),
    "careers lesson": ("careers-lessons", "CL", "pupil date attended matter hours"),
    "careers event": ("careers-events", "CE", "pupil date attended event_form mode"),
    "mentoring": ("mentoring", "ME", "pupil date until hours employer"),
    "destination": ("destinations", "DE", "pupil date until destination_stage destination_form"),
    "participation record": ("participation-records", "PR", "pupil date contents"),
    "annual review": ("annual-reviews", "AR", "pupil date review_focus present contents"),
    "transition plan": ("transition-plans", "TP", "pupil date until contents"),
    "offer of a place": ("offers-of-a-place", "OP", "pupil date provider_type"),
    "leaving": ("leavings", "LE", "pupil date early"),
    "notification": ("notifications", "NO", "pupil date about to matter contents"),
    "exit interview": ("exit-interviews", "EI", "pupil date attended"),
    "publication": (
        "publications",
        "PU",
        "school trust date until document contents place audience",
    ),
    "review": ("reviews", "RE", "school trust date document consulted contents benchmarks_met"),
    "appointment": (
        "appointments",
        "AP",
        "school trust date until role role_level trained holder_has",
    ),
    "feedback": ("feedback", "FE", "school date feedback_from feedback_form"),
    "plan": ("plans", "PL", "school date until document consulted contents"),
    "attestation": ("attestations", "AT", "school trust date promise role"),
    "report": ("reports", "RP", "trust date to role contents"),
    "network meeting": ("network-meetings", "NM", "school date role"),
    "training": ("training-sessions", "TR", "school date role matter"),
    "school event": (
        "school-events",
        "SE",
        "school date event_form providers provider_type technical school_day year_groups",
    ),
}


#: Since when a kind is complete, where that is later than the first day.
LATER: Mapping[str, date] = {"course of study": date(2024, 9, 1)}
