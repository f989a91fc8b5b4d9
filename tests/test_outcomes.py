"""What can become of a promise: made-up lives that meet it, miss it, or that it isn't for."""

from __future__ import annotations

from pathlib import Path

import pytest
from any_duty import at_most, one_duty, periods, plain_points
from budget import law
from cli_running import run
from hypothesis import strategies as st

from careerspolicy.checks.outcomes import Lives, falls_short, measured, outcomes
from careerspolicy.evaluation import Verdict
from careerspolicy.loading import load_policy, shipped_policies
from careerspolicy.model.duty import Bound, Count, Distinct
from careerspolicy.model.policy import Strength
from careerspolicy.model.schedule import Always, Each, Once
from careerspolicy.solver.promises import Promise, undecidable
from careerspolicy.solver.solving import search

INSTITUTIONS = sorted(Path(__file__).parent.glob("other_institutions/*.yaml"))
HEAD = "format: 1\npolicy: tiny\ntrust: T\ndocument: {title: Careers Policy}\nobligations:\n"
EXPERIENCE = "what: workplace experience"


def loaded(folder, *duties):
    """A policy of some duties, each written as a YAML mapping's inside."""
    heads = (
        f"  - {{id: duty-{n}, topic: careers-events, title: A duty, who: school, {duty},"
        " source: {section: 1}}\n"
        for n, duty in enumerate(duties)
    )
    path = folder / "tiny.yaml"
    path.write_text(HEAD + "".join(heads), encoding="utf-8")
    return load_policy(path)


@pytest.mark.parametrize("file", [*shipped_policies(), *INSTITUTIONS], ids=str)
def test_every_promise_of_a_sound_policy_lives(file):
    """Somebody is held to each promise; if records measure it somebody meets it, and misses it."""
    policy = load_policy(file)
    lives = Lives(policy)
    for promise in policy.obligations:
        found = lives.of(promise)
        assert found.applies, promise.id
        if measured(promise, policy):
            assert found.met and (found.missed or promise.strength is Strength.MAY), promise.id


def test_examples_are_what_they_are_called(tmp_path):
    """The examples of an obligation are the evaluator's own findings."""
    policy = loaded(tmp_path, "provide: {what: guidance meeting, from: {year: 10}, by: {year: 11}}")
    found = outcomes(policy.obligations[0], policy, outside=True)
    assert found.met.finding.verdict is Verdict.MET
    assert falls_short(found.missed.finding)
    assert found.outside.finding.verdict is Verdict.NOT_APPLICABLE


@pytest.mark.parametrize(
    "duty",
    [
        f"provide: {{{EXPERIENCE}, total: hours, at_least: 9, with: {{hours: {{at_most: 8}}}}}}",
        "provide: {what: workplace experience, distinct: hours, at_least: 12, by: {year: 11}}",
        "provide: {what: workplace experience, total: hours, at_least: '2.5', by: {year: 9}}",
        "provide: {what: provider encounter, distinct: providers, at_least: 30, by: {year: 11}}",
        "provide: {what: employer encounter, distinct: meaningful, at_least: 2, by: {year: 11}}",
        "for: {years: 9}, provide: {what: careers event, by: {date: 2015-01-31}}",
        "for: {roll: leavers, years: 12-13}, provide: {what: careers event}",
        "keep: {what: participation record, until: {date: 2019-07-31}}",
    ],
)
def test_what_takes_some_finding_is_found(duty, tmp_path):
    """Numbers in pieces, many values, years long past: somebody meets it and somebody misses it."""
    policy = loaded(tmp_path, duty)
    found = outcomes(policy.obligations[0], policy)
    assert found.met and found.missed


SETTLED = st.none() | plain_points
SCHEDULES = (
    st.builds(Once, start=SETTLED, end=SETTLED)
    | st.builds(Each, period=periods, start=SETTLED, end=SETTLED)
    | st.builds(Always, start=SETTLED, end=SETTLED)
)
MEASURES = st.sampled_from([Count(), Distinct(attribute="providers")])
ASKING = st.builds(Bound, at_least=st.integers(1, 3)) | at_most


@law(25, owed=one_duty(schedules=SCHEDULES, measures=MEASURES, bounds=ASKING))
def test_what_the_solver_finds_missed_can_be_missed(owed):
    """Of any duty that some history misses, a made-up life is found that misses it."""
    (promise,) = owed.policy.obligations
    if undecidable(Promise(owed.policy, promise)):
        return False
    found = outcomes(promise, owed.policy)
    if found.missed is None:
        assert search((), Promise(owed.policy, promise), rough=True).example is None
    return True


def test_show_tells_of_three_lives(tmp_path):
    """`validate --show` has a sentence for who meets it, who misses it and whom it is not for."""
    loaded(
        tmp_path,
        "for: {pupils: {disadvantaged: true}}, provide: {what: guidance meeting, by: {year: 9}}",
    )
    shown = run("validate", tmp_path / "tiny.yaml", "--show", "duty-0")
    met, missed, outside = " ".join(shown.output.split()).split(" - ")[1:]
    assert shown.exit_code == 0
    assert met == (
        "A pupil born on 14 March 2010, at a school with Years 6 to 14, disadvantaged, meets it:"
        " 1 personal guidance meeting by 31 August 2024; 1 was owed."
    )
    assert "misses it: no personal guidance meetings by 31 August 2024" in missed
    assert "is not concerned: it does not apply, because" in outside


@pytest.mark.parametrize(
    ("duty", "sentence"),
    [
        (
            "provide: {what: employer encounter, distinct: meaningful, at_least: 3}",
            "Nobody can ever meet it.",
        ),
        (
            "provide: {what: employer encounter, distinct: meaningful, at_most: 2}",
            "Nobody can ever miss it.",
        ),
        (
            "for: {years: 10}, provide: {what: careers event, every: 2 years}",
            "Nobody is ever held to it.",
        ),
        ("provide: {what: careers event, by: {leaving: -20 years}}", "Nobody is ever held to it."),
        (
            "notify: {whom: parents, before: workplace experience}",
            "is not concerned: it does not apply, because nothing has called for it.",
        ),
        ("provide: {what: careers lesson, at_most: 3, each: week}", "it concerns every pupil."),
        ("strength: may, provide: {what: careers event, by: {year: 9}}", "it is a freedom."),
        ("review: {what: careers programme, each: school year}", "it concerns every school."),
    ],
)
def test_show_says_where_there_is_nobody(duty, sentence, tmp_path):
    """Where a life of some sort can't be made up, that is said."""
    loaded(tmp_path, duty)
    assert sentence in " ".join(
        run("validate", tmp_path / "tiny.yaml", "--show", "all").output.split()
    )


def test_show_is_of_one_policy_and_one_of_its_obligations():
    """It wants one policy, and an obligation that is there; what is attested has no such lives."""
    assert run("validate", "--show", "all").exit_code == 2
    unknown = run("validate", "batley", "--show", "first-teachin")
    assert unknown.exit_code == 2 and 'did you mean "first-teaching"?' in unknown.output
    assert "No record decides it" in run("validate", "batley", "--show", "first-teaching").output


@pytest.mark.parametrize(
    ("duty", "applies"),
    [
        ("for: {pupils: {sen: K, ehc_plan: true}}, provide: {what: careers event}", False),
        ("for: {pupils: {sen: [K, E], ehc_plan: true}}, provide: {what: careers event}", True),
        ("for: {years: 12-13, school: {sixth_form: false}}, provide: {what: careers event}", False),
        (
            "in_force: {from: 2025-09-01}, provide: {what: careers event, by: {date: 2024-07-31}}",
            False,
        ),
        (
            "in_force: {from: 2025-09-01}, provide: {what: careers event, by: {date: 2026-07-31}}",
            True,
        ),
    ],
)
def test_only_lives_that_can_be_are_made_up(duty, applies, tmp_path):
    """Nobody has a plan and SEN support, a sixth form without one, or a duty before its time."""
    policy = loaded(tmp_path, duty)
    assert outcomes(policy.obligations[0], policy).applies is applies
