"""Two versions of one policy: added, removed, tightened, loosened, changed, reworded."""

from __future__ import annotations

import json

import attrs
import pytest
from cli_running import run

from careerspolicy.calendar.durations import Duration
from careerspolicy.comparison.changing import Change, changes, versions_of_one
from careerspolicy.english.answers import witness_sentence
from careerspolicy.loading import load_policy, shipped_policies
from careerspolicy.model.duty import Bound
from careerspolicy.model.policy import Strength
from careerspolicy.model.schedule import Every, Once, YearPoint

BATLEY = load_policy("batley")
TOTAL = "provider-encounters-total"
#: A promise about pupils in Years 9 and 11 that is only attested.
REVIEWS = "adviser-in-reviews"


def with_one(obligation_id, **changed):
    """Batley's policy with one obligation changed."""
    return attrs.evolve(
        BATLEY,
        obligations=tuple(
            attrs.evolve(one, **changed) if one.id == obligation_id else one
            for one in BATLEY.obligations
        ),
    )


def with_duty(obligation_id, **changed):
    """Batley's policy with something else asked by one obligation."""
    duty = BATLEY.obligation(obligation_id).duty
    return with_one(obligation_id, duty=attrs.evolve(duty, **changed))


def from_year(year):
    """A window from the start of one year group to the end of Year 13."""
    return Once(start=YearPoint(year=year), end=YearPoint(year=13))


def of_years(years):
    """Batley's policy with a promise of some year groups, which nothing measures, about others."""
    duty = BATLEY.obligation(REVIEWS).duty
    return with_duty(REVIEWS, population=attrs.evolve(duty.population, years=tuple(years)))


CASES = {
    "more of them": (with_duty(TOTAL, bound=Bound(at_least=8)), TOTAL, Change.TIGHTENED),
    "fewer of them": (with_duty(TOTAL, bound=Bound(at_least=4)), TOTAL, Change.LOOSENED),
    "a narrower window": (with_duty(TOTAL, schedule=from_year(8)), TOTAL, Change.TIGHTENED),
    "a narrower window for fewer": (
        with_duty(TOTAL, schedule=from_year(8), bound=Bound(at_least=4)),
        TOTAL,
        Change.CHANGED,
    ),
    "should where must was": (with_one(TOTAL, strength=Strength.SHOULD), TOTAL, Change.LOOSENED),
    "must where should was": (
        with_one("personal-guidance-by-16", strength=Strength.MUST),
        "personal-guidance-by-16",
        Change.TIGHTENED,
    ),
    "a hedge": (with_one(TOTAL, hedge="where possible"), TOTAL, Change.LOOSENED),
    "a hedge less": (
        with_one("programme-review-termly", hedge=""),
        "programme-review-termly",
        Change.TIGHTENED,
    ),
    "another hedge": (
        with_one("programme-review-termly", hedge="where possible"),
        "programme-review-termly",
        Change.CHANGED,
    ),
    "more often": (
        with_duty("policy-review", schedule=Every(duration=Duration(1, "year"))),
        "policy-review",
        Change.TIGHTENED,
    ),
    "more, said less strongly": (
        attrs.evolve(
            BATLEY,
            obligations=tuple(
                attrs.evolve(
                    one,
                    strength=Strength.SHOULD,
                    duty=attrs.evolve(one.duty, bound=Bound(at_least=8)),
                )
                if one.id == TOTAL
                else one
                for one in BATLEY.obligations
            ),
        ),
        TOTAL,
        Change.CHANGED,
    ),
    "owed by another": (with_one(TOTAL, who=("trust",)), TOTAL, Change.CHANGED),
    "attested, about more year groups": (of_years(range(7, 14)), REVIEWS, Change.TIGHTENED),
    "attested, about fewer year groups": (of_years([9]), REVIEWS, Change.LOOSENED),
    "attested, about other year groups": (of_years([10, 11]), REVIEWS, Change.REWORDED),
    "another title": (with_one(TOTAL, title="Half a dozen encounters"), TOTAL, Change.REWORDED),
    "another id": (with_one(TOTAL, id="six-encounters"), "six-encounters", None),
    "another topic": (with_one(TOTAL, topic="provider-access"), TOTAL, None),
}


@pytest.mark.parametrize(("new", "changed_id", "change"), CASES.values(), ids=CASES)
def test_what_became_of_one_promise(new, changed_id, change):
    """One promise changed is one change, of the sort that a reader would call it."""
    found = [(one.promise.obligation.id, one.change) for one in changes(BATLEY, new)]
    assert found == ([(changed_id, change)] if change else [])


def test_a_witness_names_the_version_that_it_meets_and_the_one_that_it_misses():
    """Both versions have one id, so each is told by its name among the two."""
    (one,) = changes(BATLEY, with_duty(TOTAL, bound=Bound(at_least=8)))
    (shown,) = one.relation.witnesses
    title = BATLEY.obligation(TOTAL).title
    sentence = witness_sentence(shown)
    assert f'meets "{title}" (batley 1) and misses "{title}" (batley 2)' in sentence


def test_added_from_one_side_is_removed_from_the_other():
    """A promise that only one version makes was added, or removed the other way about."""
    fewer = attrs.evolve(BATLEY, obligations=BATLEY.obligations[1:])
    first = BATLEY.obligations[0].id
    (added,), (removed,) = changes(fewer, BATLEY), changes(BATLEY, fewer)
    assert (added.change, added.new.obligation.id, added.old) == (Change.ADDED, first, None)
    assert (removed.change, removed.old.obligation.id, removed.new) == (Change.REMOVED, first, None)


TURNED = {
    Change.ADDED: Change.REMOVED,
    Change.REMOVED: Change.ADDED,
    Change.TIGHTENED: Change.LOOSENED,
    Change.LOOSENED: Change.TIGHTENED,
}


@pytest.mark.parametrize(("new", "changed_id", "change"), CASES.values(), ids=CASES)
def test_taken_back_a_tightening_is_a_loosening(new, changed_id, change):
    """From the new version to the old, each change is its opposite."""
    assert changed_id
    there = [one.change for one in changes(BATLEY, new)]
    back = [one.change for one in changes(new, BATLEY)]
    assert (
        back
        == [TURNED.get(one, one) for one in there]
        == ([TURNED.get(change, change)] * len(there))
    )


@pytest.mark.parametrize("name", shipped_policies())
def test_no_version_differs_from_itself(name):
    """Nothing changed in a policy that is the same file twice."""
    policy = load_policy(name)
    assert changes(policy, policy) == ()


def test_two_trusts_are_not_two_versions():
    """Versions are of one policy or one trust; two trusts are compared as such."""
    assert versions_of_one((BATLEY, BATLEY))
    assert versions_of_one((BATLEY, attrs.evolve(BATLEY, id="batley_2027")))
    assert not versions_of_one((BATLEY, load_policy("impact")))
    assert not versions_of_one((BATLEY, BATLEY, BATLEY))


@pytest.fixture
def files(tmp_path):
    """An old and a new version of Batley's policy as files: one window is narrower."""
    text = shipped_policies()["batley"].read_text("utf-8")
    old, new = tmp_path / "old.yaml", tmp_path / "new.yaml"
    old.write_text(text, "utf-8")
    total = "provide: {what: provider encounter, at_least: 6, from: {year: 7}"
    changed = text.replace(total, total.replace("7", "8"))
    assert changed != text
    new.write_text(changed, "utf-8")
    return old, new


def test_the_command_tells_versions(files):
    """Two files of one policy are told as changes, in text and in JSON."""
    told = run("compare", *files)
    assert told.exit_code == 0
    text = " ".join(told.stdout.split())
    assert "Tightened: asks more, or says it more strongly (1)" in text
    assert "by when: was during Years 7 to 13" in text
    assert "misses" in text
    (change,) = json.loads(run("compare", *files, "--format", "json").stdout)["changes"]
    assert (change["change"], change["topic"]) == ("tightened", TOTAL)
    assert change["relation"]["relation"] == "stricter"


def test_documents_tell_versions_too(files, tmp_path):
    """Markdown and the workbook say what changed."""
    assert "### Tightened" in run("compare", *files, "--topic", TOTAL, "--format", "md").stdout
    book = tmp_path / "changes.xlsx"
    assert run("compare", *files, "--topic", TOTAL, "-o", book).exit_code == 0


def test_changes_keep_to_the_topic_asked_for(files):
    """Only what changed on the topics compared is told."""
    told = run("compare", *files, "--topic", "policy-review").stdout
    assert "Nothing changed from " in told
