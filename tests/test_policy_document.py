"""The policy document before it is worded: every promise once, the calendar, whom it concerns."""

from __future__ import annotations

from collections import Counter
from datetime import date

import attrs
import pytest

from careerspolicy import load_policy
from careerspolicy.documents.policy_document import policy_document
from careerspolicy.documents.selecting import audiences
from careerspolicy.model.facts import School

TRUSTS = ("batley", "aspirational", "liberty", "impact", "education_partnership")
AS_OF = date(2026, 11, 22)


def school(lowest=7, highest=13, **attributes):
    """A school that teaches some years, as at the day of these tests."""
    return School(
        urn="1",
        name="Test School",
        trust="Test Trust",
        lowest_year=lowest,
        highest_year=highest,
        as_at=AS_OF,
        attributes=attributes,
    )


def document(policy="batley", *, audience="public", where=None, **settings):
    """A policy's document for one audience."""
    policy = load_policy(policy)
    settings = {"as_of": AS_OF, **settings}
    return policy_document(policy, where or school(), audience=audiences()[audience], **settings)


def due(made, obligation):
    """The days and year groups by which a document's calendar has a promise due."""
    return [
        (line.day.isoformat(), line.years)
        for line in made.calendar
        for one in line.items
        if one.obligation.id == obligation
    ]


@pytest.mark.parametrize("audience", [*audiences()])
@pytest.mark.parametrize("by", ["benchmark", "role", "deadline"])
@pytest.mark.parametrize("policy", TRUSTS)
def test_every_obligation_stands_once(policy, by, audience):
    """Whoever reads it and however it is arranged, the main listing has every promise once."""
    made = document(policy, audience=audience, by=by)
    listed = Counter(one.obligation.id for one in made.main_listing)
    assert listed == Counter(one.id for one in load_policy(policy).obligations)


@pytest.mark.parametrize("policy", TRUSTS)
def test_numbers_run_in_reading_order(policy):
    """The numbers that tables refer to are those of the listing: 1, 2, 3 with none left out."""
    numbers = [one.number for one in document(policy, audience="parents").main_listing]
    assert numbers == list(range(1, len(numbers) + 1))


def test_an_aim_is_a_should_that_somebody_vouches_for():
    """What a policy will do stands under a heading, even where only an attestation shows it."""
    made = document("aspirational")
    aims = {one.obligation.id for one in made.aims}
    assert "prepared-for-life" in aims
    assert "stereotypes-challenged" not in aims  # the trust will


def test_sections_follow_the_benchmarks_in_order():
    """By benchmark, the headings are the eight in order, and then what has none."""
    (part,) = document("liberty").parts
    headings = [section.heading for section in part.sections]
    assert headings[0] == "Benchmark 1: A stable careers programme"
    assert headings[7] == "Benchmark 8: Personal guidance"
    assert headings[8:] == ["Promises outside the eight benchmarks"]


def test_roles_have_the_documents_own_words():
    """By role, the headings are the words that the policy itself uses."""
    (part,) = document("liberty", by="role").parts
    headings = [section.heading for section in part.sections]
    assert "Principal" in headings and "Careers lead" in headings
    assert "Headteacher" not in headings


def test_shared_promises_stand_under_each_role():
    """Two roles that owe one promise together each have it in the table of roles."""
    made = document("batley")
    shared = next(one for one in made.main_listing if one.obligation.id == "policy-evaluated")
    assert shared in made.roles["Careers leader"]
    assert shared in made.roles["Senior leadership team"]


def test_28_february_stands_in_the_calendar_for_years_9_and_11():
    """The law's windows close in Years 9 and 11, so only those year groups have the day."""
    made = document("aspirational")
    assert due(made, "provider-encounters-first-phase") == [("2027-02-28", (9,))]
    assert due(made, "provider-encounters-second-phase") == [("2027-02-28", (11,))]


def test_a_promise_of_every_year_is_due_for_every_year_group():
    """One employer encounter every year is due by its last day for all whom the school teaches."""
    made = document("batley", where=school(7, 11))
    assert due(made, "employer-encounters") == [("2027-08-31", (7, 8, 9, 10, 11))]


def test_a_termly_review_has_three_days():
    """What is owed every term falls due at the end of each."""
    days = [day for day, _ in due(document("batley"), "programme-review-termly")]
    assert days == ["2026-12-31", "2027-03-31", "2027-08-31"]


def test_the_calendar_is_of_the_school_year_asked_about():
    """On 31 August the school year is the old one; on 1 September it is the new."""
    assert document(as_of=date(2026, 8, 31)).year == 2025
    assert document(as_of=date(2026, 9, 1)).year == 2026


def test_what_comes_round_often_has_no_day():
    """A promise of every month comes round at its own pace; its twelve days fill no calendar."""
    policy = load_policy("impact")
    (fair,) = (one for one in policy.obligations if one.id == "primary-careers-fair")
    monthly = attrs.evolve(
        fair,
        duty=attrs.evolve(fair.duty, schedule=attrs.evolve(fair.duty.schedule, period="month")),
    )
    made = policy_document(
        attrs.evolve(policy, obligations=(monthly,)),
        school(),
        audience=audiences()["public"],
        as_of=AS_OF,
    )
    assert made.calendar == ()
    assert [one.obligation for one in made.comes_round] == [monthly]


def test_attestations_have_no_day():
    """How often somebody's word is asked for again is our own reading, not a promise of theirs."""
    made = document("batley")
    told = [*made.comes_round, *(one for line in made.calendar for one in line.items)]
    kinds = {one.obligation.duty.records.kind for one in told}
    assert "attestation" not in kinds
    assert {"review"} < kinds


def test_what_follows_an_event_is_told_apart():
    """A promise around something that happens has no day of its own."""
    made = document("liberty")
    assert len(made.follows_events) == 13
    assert all(due(made, one.obligation.id) == [] for one in made.follows_events)


def test_what_concerns_the_readers_comes_first():
    """A copy for governors begins with what governors owe or are told."""
    first, rest = document("impact", audience="governors").parts
    assert first.heading == "What concerns governors and trustees"
    assert rest.heading == "The rest of the policy"
    who = {
        role for section in first.sections for one in section.items for role in one.obligation.who
    }
    assert "governing body" in who
    after = {
        role for section in rest.sections for one in section.items for role in one.obligation.who
    }
    assert "governing body" not in after and "board of trustees" not in after


def test_who_attests_does_not_concern_them():
    """That governors vouch for a promise doesn't make it one about governors."""
    first, _ = document("batley", audience="governors").parts
    ids = {one.obligation.id for section in first.sections for one in section.items}
    assert "curriculum-embedded" not in ids


def test_a_schools_own_document_tells_apart_what_cannot_apply():
    """Without a sixth form, promises to sixth formers stand in a part of their own."""
    where = school(7, 11, sixth_form=False, phase="secondary")
    made = document("impact", where=where, own=True)
    last = made.parts[-1]
    assert last.heading == "What does not apply at Test School"
    ids = {one.obligation.id for section in last.sections for one in section.items}
    assert {"provider-encounters-third-phase", "careers-fair-key-stage-5"} <= ids
    assert "provider-encounters-second-phase" not in ids
    elsewhere = [
        one for part in made.parts[:-1] for section in part.sections for one in section.items
    ]
    assert ids.isdisjoint(one.obligation.id for one in elsewhere)


def test_what_cannot_apply_falls_due_nowhere():
    """The calendar and the roles of a school's own document leave out what can't apply there."""
    where = school(7, 11, sixth_form=False, primary_years=False, phase="secondary")
    made = document("impact", where=where, own=True)
    assert due(made, "careers-fair-key-stage-5") == []
    assert due(document("impact"), "primary-careers-fair") != []
    assert due(made, "primary-careers-fair") == []
    told = {one.obligation.id for items in made.roles.values() for one in items}
    assert "careers-fair-key-stage-5" not in told
