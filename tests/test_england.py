"""The law as a policy: dated, sourced, with its open points named; and any file of that sort."""

from __future__ import annotations

import runpy
from datetime import date
from pathlib import Path

import pytest
from cli_running import run

from careerspolicy import because, evaluate, load_policy
from careerspolicy.calendar.school_calendar import MonthDay
from careerspolicy.checks.rules.dates import editions
from careerspolicy.comparison.law import binding, span, sums
from careerspolicy.errors import UnknownName
from careerspolicy.model.document import CitedKind
from careerspolicy.model.duty import Distinct
from careerspolicy.model.policy import AgesReading, JoinersReading, LeaversReading, Of, Strength
from careerspolicy.model.schedule import YearPoint
from careerspolicy.readers import facts_from

ENGLAND = load_policy("england")
TODAY = ENGLAND.in_force(date(2026, 11, 1))
#: What is asked of each record of a kind, where the facts have none.
NO_SUBJECT = {"provider-encounter-contents", "local-authority-early-leavers"}
DOCS = Path(__file__).parents[1] / "docs"
BINDING = (CitedKind.ACT, CitedKind.REGULATIONS)


def in_force(day):
    """The ids of what is in force on a day."""
    return {one.id for one in ENGLAND.in_force(date.fromisoformat(day)).obligations}


# ---------------------------------------------------------------- the file


def test_england_is_the_law_and_the_trusts_are_not():
    """The file itself says whose demands it holds."""
    assert ENGLAND.of is Of.LAW
    assert load_policy("batley").of is Of.TRUST


def test_every_obligation_names_its_instrument_and_authority():
    """What the law asks can be looked up, and it is known what sort of source asks it."""
    for one in ENGLAND.obligations:
        assert one.authority is not None
        assert all(source.instrument and source.section for source in one.source)


def test_acts_and_regulations_say_must_and_frameworks_say_should():
    """Nothing that binds is put as advice, and no advice as binding."""
    for one in ENGLAND.obligations:
        if one.authority in BINDING:
            assert one.strength is Strength.MUST, one.id
        if one.authority is CitedKind.FRAMEWORK:
            assert one.strength is Strength.SHOULD, one.id


def test_what_binds_maintained_schools_alone_says_so():
    """Section 42A until 2022 and the School Information Regulations leave academies out."""
    maintained = {one.id for one in ENGLAND.obligations} - {
        one.id for one in binding(ENGLAND, load_policy("batley")).obligations
    }
    since_2022 = ("independent-guidance", "impartiality", "guidance-on-options", "best-interests")
    published = ("careers-leader-published", "careers-information-contents")
    assert maintained == {
        *(f"{name}-before-2022" for name in (*since_2022, "guidance-regarded")),
        *(f"{name}-maintained" for name in (*published, "careers-information-current")),
    }
    for name in published:
        assert ENGLAND.obligation(name).strength is Strength.SHOULD


def test_the_criteria_of_2018_are_those_that_were_published():
    """Parents were in three of them: their feedback, their use of information, and the website."""
    feedback = ENGLAND.obligation("programme-evaluated-before-2025").duty.measure
    assert set(feedback.values) == {"pupil", "parents", "teacher", "employer"}
    assert ENGLAND.obligation("programme-backed-before-2025").who == ("senior leadership team",)


def test_benchmark_2_names_what_the_information_is_about():
    """Careers, pathways and the labour market: three uses about bursaries are none of them."""
    used = ENGLAND.obligation("labour-market-information").duty.measure
    assert used.values == ("career paths", "study options", "labour market")


def test_no_promise_is_softened():
    """The law hedges nothing here."""
    assert not [one.id for one in ENGLAND.obligations if one.hedge]


def test_the_phases_close_on_28_february_and_the_first_two_want_other_providers():
    """Section 42B(9A), and (2A)(a), which is about the first and second phases only."""
    for phase, opens in (("first", 8), ("second", 10), ("third", 12)):
        duty = ENGLAND.obligation(f"provider-encounters-{phase}-phase").duty
        closes = YearPoint(year=opens + 1, day=MonthDay(2, 28))
        assert (duty.schedule.start, duty.schedule.end) == (YearPoint(year=opens), closes)
        assert duty.bound.at_least == 2
        assert isinstance(duty.measure, Distinct) == (phase != "third")
        assert duty.records.offered == (phase == "third")


def test_guidance_is_cited_in_editions_that_lint_knows():
    """An edition is the same here as in the list that lint judges citations by."""
    known = {str(one.published) for one in editions()}
    cited = {
        str(source.edition)
        for one in ENGLAND.obligations
        for source in one.source
        if source.edition and source.instrument.startswith("Careers guidance")
    }
    assert cited and cited <= known


def test_the_years_of_the_law_are_read_off_its_duties():
    """Sections 42A and 42B: Years 7 to 13, Years 8 to 13, and each key phase's own two."""
    spans = {one.id: span(one) for one in TODAY.obligations}
    assert spans["independent-guidance"] == (7, 13)
    assert spans["provider-access"] == (8, 13)
    assert spans["provider-encounters-second-phase"] == (10, 11)
    assert spans["local-authority-early-leavers"] is None


def test_only_the_key_phases_add_up():
    """Their sum is a topic of policies, on which the law lays nothing down by itself."""
    ((topic, phases),) = sums(TODAY).items()
    assert topic == "provider-encounters-total"
    assert [one.topic for one in phases] == [
        f"provider-encounters-{name}-phase" for name in ("first", "second", "third")
    ]


# ---------------------------------------------------------------- dates


@pytest.mark.parametrize(
    ("day", "there", "gone"),
    [
        ("2012-08-31", set(), {"impartiality-before-2022", "independent-guidance-before-2022"}),
        ("2012-09-01", {"impartiality-before-2022", "best-interests-before-2022"}, set()),
        ("2018-01-01", set(), {"provider-access", "provider-access-statement"}),
        ("2018-01-02", {"provider-access", "provider-access-statement"}, {"careers-programme"}),
        ("2018-01-05", {"destination-retention", "curriculum-stem"}, {"curriculum-careers"}),
        ("2018-08-31", set(), {"careers-leader-published"}),
        ("2018-09-01", {"careers-leader-published"}, set()),
        ("2022-08-31", {"independent-guidance-before-2022"}, {"independent-guidance"}),
        ("2022-09-01", {"independent-guidance"}, {"independent-guidance-before-2022"}),
        ("2022-08-31", {"guidance-regarded-before-2022"}, {"impartiality", "guidance-on-options"}),
        ("2022-09-01", {"impartiality", "best-interests"}, {"impartiality-before-2022"}),
        (
            "2024-06-01",
            {
                "programme-backed-before-2025",
                "labour-market-information-parents-before-2025",
                "pupil-records-access-before-2025",
            },
            {"programme-backed", "pupil-records-from-first-contact", "alumni"},
        ),
        (
            "2022-12-31",
            {"provider-access-statement-contents-before-2023"},
            {"provider-encounters-first-phase", "provider-access-statement-contents"},
        ),
        (
            "2023-01-01",
            {"provider-encounters-first-phase", "provider-access-statement-contents"},
            {"provider-access-statement-contents-before-2023"},
        ),
        ("2025-08-31", {"personal-guidance-by-18-before-2025"}, {"work-experience-ks3"}),
        ("2025-09-01", {"personal-guidance-by-18"}, {"personal-guidance-by-18-before-2025"}),
    ],
)
def test_the_law_changes_on_its_days(day, there, gone):
    """Each duty begins and ends on the day that brought it in or replaced it."""
    assert there <= in_force(day)
    assert not gone & in_force(day)


def test_no_wording_is_in_force_beside_what_replaced_it():
    """What is called "… before …" ends before the duty of that name begins."""
    for one in ENGLAND.obligations:
        name, _, since = one.id.partition("-before-")
        if since and (later := ENGLAND.obligation(name)):
            assert one.in_force.until.last < later.in_force.start.first
            assert str(later.in_force.start.year) == since


def test_every_benchmark_has_its_criteria_in_both_editions():
    """None of the eight is left out, before September 2025 or after."""
    for day in (date(2024, 1, 1), date(2026, 1, 1)):
        served = {one.benchmark for one in ENGLAND.in_force(day).obligations}
        assert served >= set(range(1, 9))


def test_a_policy_without_dates_is_always_in_force():
    """A trust's promises are judged whatever the day."""
    batley = load_policy("batley")
    assert batley.in_force(date(1990, 1, 1)) is batley


# ---------------------------------------------------------------- evaluation


def facts(born, day):
    """One pupil of a school with Years 7 to 13, with complete records and none of anything."""
    return facts_from(
        {
            "format": 1,
            "schools": [
                {
                    "urn": "100001",
                    "name": "Any School",
                    "trust": "Any Trust",
                    "phase": "secondary",
                    "lowest_year": 7,
                    "highest_year": 13,
                    "as_at": day,
                }
            ],
            "pupils": [{"id": "P1", "school": "100001", "born": born, "joined": "2010-09-01"}],
            "records": {"provider encounter": []},
        },
        vocabulary=ENGLAND.vocabulary,
    )


def judged(born, day, duty):
    """The verdicts on one duty for such a pupil, on a day."""
    report = evaluate(ENGLAND, facts(born, day), as_of=date.fromisoformat(day))
    return [one for one in report.findings if one.obligation.id == duty]


def test_only_what_is_in_force_is_judged():
    """A report of 2022 knows no phases; one of 2026 no longer knows the wording of 2018."""
    for day in ("2022-12-31", "2026-01-31"):
        report = evaluate(ENGLAND, facts("2010-03-14", day), as_of=date.fromisoformat(day))
        told = {one.obligation.id for one in report.findings}
        assert {one.id for one in report.policy.obligations} == in_force(day)
        assert told == in_force(day) - NO_SUBJECT


def test_a_window_that_closed_before_the_law_began_does_not_apply():
    """Whoever was in Year 9 before 2023 is owed nothing for it; in Year 9 of 2023 they are."""
    duty = "provider-encounters-first-phase"
    (before,) = judged("2008-03-14", "2026-01-31", duty)
    assert before.window.end == date(2022, 2, 28)
    assert before.verdict.value == "not_applicable"
    assert "it came into force on 1 January 2023" in because(before)
    (across,) = judged("2009-03-14", "2026-01-31", duty)
    assert across.window.end == date(2023, 2, 28)
    assert across.verdict.value == "missed"


def test_explain_says_that_an_obligation_is_not_in_force():
    """Asked for superseded wording today, explain says so and shows nothing."""
    asked = ["--policy", "england", "--pupil", "A0001", "--as-of", "2026-01-31"]
    told = run("explain", "examples/trust", *asked, "--obligation", "destination-retention")
    assert told.exit_code == 2
    assert '"destination-retention" of the policy england is not in force' in told.stderr


# ---------------------------------------------------------------- open points


def answers():
    """Every answer that isn't taken, of every point that decides something."""
    return [
        (point.name, value.name)
        for point in ENGLAND.parameters
        if point.decides
        for value in point.values
        if value.name != point.taken
    ]


@pytest.mark.parametrize(("point", "answer"), answers())
def test_another_answer_changes_what_turns_on_it_and_nothing_else(point, answer):
    """No point pretends to decide something, and none decides more than it says."""
    other = load_policy("england", answers={point: answer})
    for one, changed in zip(ENGLAND.obligations, other.obligations, strict=True):
        assert (one.duty != changed.duty) == (point in one.turns_on), one.id
    turned = any(point in one.turns_on for one in ENGLAND.obligations)
    assert (other.readings == ENGLAND.readings) == turned
    assert next(one.taken for one in other.parameters if one.name == point) == answer


def test_answers_read_as_they_mean():
    """Online sessions, absent pupils and the rest change the slots that they are about."""
    told = {
        "online-sessions": "do-not-count",
        "absent-pupils": "was-offered",
        "week-in-hours": "twenty-five",
        "joiners": "time-on-roll",
        "schools-ending-mid-phase": "judged",
    }
    law = load_policy("england", answers=told)
    first = law.obligation("provider-encounters-first-phase").duty
    assert first.records.offered
    tested = {one.attribute: one.one_of for one in first.records.where}
    assert tested["mode"] == {"in person"} and tested["technical"] == {True}
    week = law.obligation("work-experience-ks3").duty
    assert (week.bound.at_least, week.bound.vague, week.measure.attribute) == (25, "", "hours")
    assert law.readings.joiners is JoinersReading.TIME_ON_ROLL
    assert law.readings.leavers is LeaversReading.ALWAYS
    assert law.readings.ages is AgesReading.SCHOOL_YEAR


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"fair": "one-with-each"}, 'no obligation turns on "fair"'),
        ({"online-session": "count"}, 'did you mean "online-sessions"'),
        ({"online-sessions": "no"}, '"online-sessions" has no answer "no"'),
    ],
)
def test_an_answer_that_cannot_be_given_is_refused(told, says):
    """A point or an answer that isn't there, or that decides nothing, is told."""
    with pytest.raises(UnknownName, match=says):
        load_policy("england", answers=told)


def test_the_page_is_current():
    """`docs/law.md` shows the file as it is; `docs/make_law.py` rewrites it."""
    made = runpy.run_path(str(DOCS / "make_law.py"))["law_page"]()
    assert (DOCS / "law.md").read_text(encoding="utf-8") == made
