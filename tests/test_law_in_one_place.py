"""The law stands in one file: whatever changes there, all that goes by it follows.

Each test changes one fact in a copy of `policies/england.yaml`: lint, gaps, the calendar
and the provider access statement have the new one.
"""

from __future__ import annotations

from datetime import date

import pytest
from school_files import AS_OF, SCHOOLS, YEAR, as_yaml, tree_of

from careerspolicy import load_policy, read_policy
from careerspolicy.calendar.school_calendar import MonthDay
from careerspolicy.checks import lint_file
from careerspolicy.comparison.against_law import against_law
from careerspolicy.comparison.law import english_law
from careerspolicy.documents.provider_access import provider_access_statement
from careerspolicy.documents.school_loading import (
    InvalidSchool,
    any_school,
    load_school,
    read_school,
)
from careerspolicy.documents.selecting import deadlines
from careerspolicy.loading import shipped_policies
from careerspolicy.views.provider_access import provider_access_view
from careerspolicy.writers.markdown import markdown

TODAY = date(2026, 11, 1)
PROMISE = """\
format: 1
policy: hill
trust: Hill Trust
document: {title: Careers Policy}
obligations:
  - id: first
    topic: provider-encounters-first-phase
    title: Two providers from Year 8 to 28 February of Year 9
    who: careers leader
    for: {school: {secondary_years: true}}
    provide:
      what: provider encounter
      with: {technical: true, school_day: true}
      distinct: providers
      at_least: 2
      from: {year: 8}
      until: {year: 9, date: 28 February}
    source: {section: 1}
"""


@pytest.fixture
def changed(tmp_path):
    """A function that gives the law with some words of its file changed."""

    def make(old, new):
        text = shipped_policies()["england"].read_text(encoding="utf-8")
        assert old in text
        path = tmp_path / "england.yaml"
        path.write_text(text.replace(old, new), encoding="utf-8")
        return load_policy(path)

    return make


@pytest.fixture
def hill(tmp_path):
    """A policy that promises what the law asks in the first key phase, and no more."""
    path = tmp_path / "hill.yaml"
    path.write_text(PROMISE, encoding="utf-8")
    return path


def found(name, rule, law=None):
    """What a rule says of a policy under a law."""
    issues = lint_file(name, as_of=TODAY, law=law).issues
    return [issue.message for issue in issues if issue.rule == rule]


def standing(policy, duty, law):
    """How a policy stands to one duty of a law."""
    pytest.importorskip("z3", reason="deciding what is weaker needs the extra analysis")
    (told,) = against_law(policy, law, [TODAY])
    return next(gap for gap in told.gaps if gap.law.id == duty).standing.value


def made(name, law):
    """A school's provider access statement under a law."""
    school = load_school(SCHOOLS[name], law)
    return provider_access_statement(school, None, year=YEAR, as_of=AS_OF, law=law)


def text_of(statement):
    """A statement in Markdown."""
    return markdown(provider_access_view(statement))


def test_the_day_on_which_a_phase_closes(changed, hill):
    """With 31 March for 28 February every window, table and message has 31 March."""
    law = changed("date: 28 February", "date: 31 March")
    assert found(hill, "provider-window-end") == []
    assert found(hill, "provider-window-end", law) == [
        "does not close on 31 March of Year 9, as the law does"
    ]
    duty = "provider-encounters-first-phase"
    assert standing(read_policy(PROMISE), duty, english_law()) == "kept"
    assert standing(read_policy(PROMISE), duty, law) == "beyond"
    days = {one.day for one in deadlines(law.in_force(TODAY), any_school(TODAY), 2026)}
    assert date(2027, 3, 31) in days and date(2027, 2, 28) not in days
    statement = made("900001", law)
    assert {part.windows[-1][1].end for part in statement.phases} == {date(2027, 3, 31)}
    told = text_of(statement)
    assert "31 March of Year 9" in told and "28 February" not in told


def test_a_last_day_in_the_first_term_falls_in_the_year_before(changed):
    """A phase that closed on 31 October would close in the calendar year its last year begins."""
    phase = made("900001", changed("date: 28 February", "date: 31 October")).phases[0]
    assert phase.phase.last_day == MonthDay(10, 31)
    assert [window.end for _, window in phase.windows] == [date(2027, 10, 31), date(2026, 10, 31)]


def test_the_number_of_occasions(changed, hill):
    """With three for two, two promised or named are too few."""
    law = changed("      at_least: 2\n", "      at_least: 3\n")
    assert standing(read_policy(PROMISE), "provider-encounters-first-phase", law) == "weaker"
    told = text_of(made("900001", law))
    assert "at least three occasions" in told and "at least two occasions" not in told
    tree = tree_of("900001")
    tree["phases"]["first"] = {"occasions": [{"what": "A", "year": 8}, {"what": "B", "year": 8}]}
    school = read_school(as_yaml(tree), law=law)
    statement = provider_access_statement(school, None, year=YEAR, as_of=AS_OF, law=law)
    gap = statement.lacking_by_law[0]
    assert gap.why == "only two occasions are named; section 42B(1A) asks for three"
    assert found(hill, "years-against-law", law) == []


def test_the_years_of_guidance(changed):
    """With Years 7 to 12 for 7 to 13, that is what lint and gaps say that the law has."""
    law = changed("secondary_years: true}, years: 7-13", "secondary_years: true}, years: 7-12")
    (before,) = [one for one in found("aspirational", "years-against-law") if "42A" in one]
    (after,) = [one for one in found("aspirational", "years-against-law", law) if "42A" in one]
    assert before.endswith("(Education Act 1997, section 42A) is for Years 7 to 13")
    assert after.endswith("(Education Act 1997, section 42A) is for Years 7 to 12")
    law = changed("secondary_years: true}, years: 7-13", "secondary_years: true}, years: 7-11")
    assert [one for one in found("aspirational", "years-against-law", law) if "42A" in one] == []
    assert standing(load_policy("aspirational"), "independent-guidance", law) == "undecided"


def test_the_years_of_a_phase(changed):
    """A first phase from Year 7 is a school's from Year 7, and a total may count from there."""
    law = changed(
        "from: {year: 8}\n      until: {year: 9", "from: {year: 7}\n      until: {year: 9"
    )
    assert found("batley", "years-against-law")
    assert found("batley", "years-against-law", law) == []
    assert made("900001", law).phases[0].phase.years == (7, 8, 9)
    assert "key phase: Years 7 to 9" in text_of(made("900001", law))
    tree = tree_of("900001")
    tree["phases"]["first"] = {"occasions": [{"what": "A", "year": 7}]}
    assert read_school(as_yaml(tree), law=law)
    with pytest.raises(InvalidSchool, match="Year 7 is not in the first key phase"):
        read_school(as_yaml(tree))


@pytest.mark.parametrize("topic", ["provider-encounters-total]", "provider-access\n    who"])
def test_the_phases_are_known_by_what_they_ask(changed, topic):
    """Under whatever topics the law's file has them, they and the years of access are the same."""
    law = changed(topic, topic.replace(topic.partition("]")[0].partition("\n")[0], "careers-fair"))
    told, usual = made("900001", law), made("900001", english_law())
    assert [part.phase.years for part in told.phases] == [(8, 9), (10, 11), (12, 13)]
    assert told.relevant_years == usual.relevant_years == range(8, 14)


def test_the_contents_of_the_statement(changed):
    """What the law adds to its list is lacking by law, and what it drops is not."""
    law = changed(
        "        - times of access\n        - how the encounters",
        "        - complaints procedure\n        - how the encounters",
    )
    tree = tree_of("900001")
    del tree["complaints"]
    del tree["times"]
    school = read_school(as_yaml(tree), law=law)
    lacking = [
        provider_access_statement(school, None, year=YEAR, as_of=AS_OF, law=law)
        for law in (None, law)
    ]
    assert [[one.key for one in told.lacking_by_law] for told in lacking] == [
        ["times"],
        ["complaints"],
    ]


def test_what_an_encounter_covers(changed):
    """What providers are asked to tell of is what the law has them tell of."""
    law = changed("          - careers it leads to\n", "")
    kept, dropped = (
        text_of(made("900001", one)).partition("## What each encounter covers")[2]
        for one in (None, law)
    )
    assert "might lead to" in kept and "might lead to" not in dropped
    assert "learning or training with the provider is like" in dropped


def test_a_softened_duty_is_found_wherever_the_law_has_one(changed, hill):
    """A should on what becomes a statutory duty is found by lint and by gaps alike."""
    hill.write_text(PROMISE.replace("    who:", "    strength: should\n    who:"), encoding="utf-8")
    (message,) = found(hill, "weak-law")
    assert message.endswith("where the law says must (Education Act 1997, section 42B(1A))")
    law = changed("topic: provider-encounters-first-phase", "topic: careers-fair")
    assert found(hill, "weak-law", law) == []
