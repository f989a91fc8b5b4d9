"""Previous providers and destinations, worked out from records, with nobody given away."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from school_files import statement, trust_facts

from careerspolicy.documents.recorded import (
    NOT_RECORDED,
    STAYED_ON,
    recorded_destinations,
    recorded_providers,
)
from careerspolicy.readers import facts_from
from careerspolicy.views.provider_access import provider_access_view
from careerspolicy.writers.markdown import without_contents

AS_OF = date(2026, 1, 31)
SCHOOL = {"urn": "900001", "name": "Oakfield School", "trust": "Trust", "as_at": "2026-01-31"}


def markdown_of(made):
    """A statement in Markdown."""
    return without_contents(provider_access_view(made))


def facts(*, pupils=(), years=(7, 13), **records):
    """Facts of one school; records by kind, a space in place of each underscore."""
    school = SCHOOL | {"lowest_year": years[0], "highest_year": years[1]}
    told = [{"id": f"P{n}", "school": "900001"} | one for n, one in enumerate(pupils)]
    kinds = {kind.replace("_", " "): listed for kind, listed in records.items()}
    return facts_from({
        "format": 1, "as_at": "2026-01-31", "schools": [school], "pupils": told, "records": kinds,
    })  # fmt: skip


def met(day, *names, pupil="P0"):
    """An encounter with providers."""
    return {"pupil": pupil, "date": day, "providers": list(names)}


def providers(*encounters, **more):
    """The providers recorded up to the day, by the year in which their school year began."""
    made = facts(pupils=[{}, {}], provider_encounter=encounters, **more)
    return {one.year: one.names for one in recorded_providers(made, "900001", AS_OF)}


def test_providers_stand_by_school_year():
    """A school year begins in September; the latest comes first, and goes back two before it."""
    told = [
        met("2025-09-01", "B"),
        met("2025-08-31", "A"),
        met("2023-09-01", "C"),
        met("2023-08-31", "D"),
    ]
    assert list(providers(*told).items()) == [(2025, ("B",)), (2024, ("A",)), (2023, ("C",))]


def test_a_provider_is_named_once():
    """Spelling makes no new provider; the first that facts give is kept, names are sorted."""
    told = [
        met("2025-10-02", "Tidemill College", "apple Training"),
        met("2025-10-01", "TIDEMILL  college."),
    ]
    assert providers(*told) == {2025: ("apple Training", "Tidemill College")}


def test_what_is_yet_to_come_is_no_previous_provider():
    """An encounter after the day asked about is left out."""
    assert providers(met("2026-02-01", "A"), met("2026-01-31", "B")) == {2025: ("B",)}


def test_a_schools_own_event_counts():
    """Any record of the school or its pupils that names providers does, whatever its kind."""
    event = {"school": "900001", "date": "2025-10-01", "providers": ["A"]}
    assert providers(school_event=[event]) == {2025: ("A",)}


def test_another_schools_providers_are_not_ours():
    """Each school of the example trust has its own providers."""
    told = {
        urn: {name for year in recorded_providers(trust_facts(), urn, AS_OF) for name in year.names}
        for urn in ("900002", "900003")
    }
    assert "Kingfisher College" in told["900003"] - told["900002"]


def test_nothing_recorded_is_said_so():
    """A school whose records name no provider and no destination says that."""
    markdown = markdown_of(statement("900001", facts=facts()))
    assert "No provider is recorded for the last three school years." in markdown
    assert "No destination is recorded for the last three school years." in markdown


def leavers(*forms, left="2025-07-20", group=11):
    """Facts of leavers from a year group, one for each form of destination; None has no record."""
    born = f"{2025 - 5 - group}-01-01"  # in that year group in 2024/25
    went = [
        {
            "pupil": f"P{n}",
            "date": "2025-10-10",
            "destination_stage": "immediate",
            "destination_form": form,
        }
        for n, form in enumerate(forms)
        if form
    ]
    pupils = [{"born": born, "left": left, "joined": "2019-09-01"} for _ in forms]
    return facts(pupils=pupils, destination=went)


def shown(made, threshold=1, as_of=AS_OF):
    """The counts of the latest cohort."""
    told = recorded_destinations(made, "900001", as_of, threshold=threshold)
    return {one.form: one.count for one in told[0].cohorts[0].shares} if told else {}


def test_destinations_are_counted():
    """Leavers of Year 11 by where they went; without a record it is not recorded."""
    made = leavers("university", *["apprenticeship"] * 3, None)
    assert shown(made) == {"apprenticeship": 3, "university": 1, NOT_RECORDED: 1}


def test_small_numbers_are_hidden_and_what_would_give_them_away():
    """One hidden count can't be taken from the total: another is hidden beside it."""
    made = leavers(*["apprenticeship"] * 6, *["employment"] * 7, *["university"] * 3)
    assert shown(made, threshold=5) == {"employment": 7, "apprenticeship": None, "university": None}


@pytest.mark.parametrize(
    ("left", "as_of", "shown_then"),
    [
        ("2025-07-20", date(2025, 9, 1), True),
        ("2025-07-20", date(2025, 8, 31), False),  # their school year is not over
        ("2025-09-01", date(2026, 1, 31), False),  # nor is this one, in which they were in Year 12
    ],
)
def test_a_cohort_is_of_a_whole_school_year(left, as_of, shown_then):
    """Leavers are counted once the school year in which they left is over."""
    gone = {"born": "2009-01-01", "joined": "2019-09-01", "left": left}
    told = {"destination_stage": "immediate", "destination_form": "university"}
    made = facts(pupils=[gone], destination=[{"pupil": "P0", "date": "2025-08-20", **told}])
    assert bool(shown(made, as_of=as_of)) is shown_then


def test_those_who_stay_on_are_of_the_cohort():
    """Year 11 pupils who go into the school's own sixth form are counted, as having stayed."""
    made = facts(
        pupils=[
            {"year_group": 12, "joined": "2020-09-01"},
            {"year_group": 12, "joined": "2025-09-02"},  # joined the sixth form from elsewhere
            {"born": "2009-01-01", "joined": "2020-09-01", "left": "2025-07-20"},
        ],
        destination=[
            {
                "pupil": "P2",
                "date": "2025-10-01",
                "destination_stage": "immediate",
                "destination_form": "employment",
            }
        ],
    )
    assert shown(made) == {STAYED_ON: 1, "employment": 1}


@pytest.mark.parametrize(
    "record",
    [
        {"destination_stage": "intended"},
        {"until": "2025-12-31"},  # deleted since
        {"date": "2026-02-01"},  # not known yet
        {"destination_form": None},
    ],
)
def test_only_a_kept_record_of_an_immediate_destination_tells(record):
    """Hopes, deleted records and those to come tell nothing of where a pupil went."""
    whole = {
        "pupil": "P0",
        "date": "2025-10-10",
        "destination_stage": "immediate",
        "destination_form": "university",
    }
    told = {key: value for key, value in (whole | record).items() if value is not None}
    other = whole | {"pupil": "P1", "destination_form": "employment"}
    gone = {"born": "2009-01-01", "joined": "2020-09-01", "left": "2025-07-20"}
    made = facts(pupils=[gone, gone], destination=[told, other])
    assert shown(made) == {"employment": 1, NOT_RECORDED: 1}


FORMS = ("university", "apprenticeship", "employment", "volunteering", None)


@given(st.lists(st.sampled_from(FORMS), max_size=30), st.integers(2, 12))
def test_no_percentage_tells_what_is_hidden(forms, threshold):
    """A hidden count has no percentage, nor has any count of a hidden whole; others are exact."""
    counts = Counter(form or NOT_RECORDED for form in forms)
    for told in recorded_destinations(leavers(*forms), "900001", AS_OF, threshold=threshold):
        for cohort in told.cohorts:
            for one in cohort.shares:
                assert one.count is None or one.count == counts[one.form] >= threshold
                assert (one.percent is None) is (one.count is None or cohort.total is None)
                assert one.percent is None or one.percent == round(100 * one.count / len(forms))
            assert sum(one.count is None for one in cohort.shares) != 1 or cohort.total is None


@pytest.mark.parametrize("urn", ["900001", "900002", "900003"])
def test_no_small_number_is_in_the_document(urn):
    """No table of destinations in a published statement shows a number from 1 to 4."""
    markdown = markdown_of(statement(urn, facts=trust_facts(), as_of=AS_OF, year=2025))
    tables = markdown.partition("## Destinations")[2].partition("\n## ")[0]
    cells = re.findall(r"(?<=\| )(\d+)(?= [|(])", tables)
    assert cells and not [one for one in cells if 0 < int(one) < 5]


def test_the_threshold_is_the_users():
    """A higher threshold hides more, and the document says which it was."""
    usual, high = (
        markdown_of(statement("900002", facts=trust_facts(), as_of=AS_OF, year=2025, threshold=n))
        for n in (5, 10)
    )
    assert "7 (41%)" in usual and "7 (41%)" not in high
    assert "it is below 10 and not 0" in high
