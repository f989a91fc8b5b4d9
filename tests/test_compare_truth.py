"""A comparison tells the truth: for whom, of how much that is decided, and only of one thing."""

from __future__ import annotations

import json

import pytest
from cli_running import run

from careerspolicy.comparison.comparing import compare
from careerspolicy.loading import load_policy, shipped_policies
from careerspolicy.solver.relations import Standing
from careerspolicy.views.comparison.topics import few_words

TRUSTS = ("aspirational", "batley", "education_partnership", "impact", "liberty")
INDEPENDENT = {"does": "give independent guidance", "attested_by": "headteacher"}


@pytest.fixture
def written(tmp_path):
    """A policy file of some obligations of the school, on one topic."""

    def write(name, *obligations, topic="employer-encounters"):
        usual = {"topic": topic, "who": "school", "source": {"section": 1}}
        listed = [
            {"id": f"{name}-{n}", **({} if "uphold" in one else {"title": f"Promise {n}"}), **usual}
            | one
            for n, one in enumerate(obligations)
        ]
        told = {"format": 1, "policy": name, "trust": f"The {name} trust", "obligations": listed}
        file = tmp_path / f"{name}.yaml"
        file.write_text(json.dumps(told | {"document": {"title": "A policy"}}), "utf-8")
        return file

    return write


def plain(told):
    """What was printed, on one line."""
    return " ".join(told.stdout.split())


def topic_of(*files):
    """The one topic of a comparison."""
    (topic,) = compare([load_policy(file) for file in files]).topics
    return topic


def test_attested_promises_for_other_schools_are_not_the_same(written):
    """One for schools with a sixth form asks less than the same for every school, and says so."""
    sixth = written("some", {"for": {"school": {"sixth_form": True}}, "uphold": INDEPENDENT})
    every = written("every", {"uphold": INDEPENDENT})
    (row,) = topic_of(sixth, every).rows
    (whom,) = row.differences
    assert [said.says for said in whom.said] == [
        "in every school with a sixth form", "asked of each school",
    ]  # fmt: skip
    assert row.relations[0].kind is Standing.WEAKER


def test_attested_promises_for_other_pupils_and_fewer(written):
    """Those for fewer pupils ask less; where neither holds the other, that is not decided."""
    does = {"does": "help {pupils} to choose", "attested_by": "headteacher"}
    plans = written(
        "plans", {"for": {"years": "9-11", "pupils": {"ehc_plan": True}}, "uphold": does}
    )
    years = written("years", {"for": {"years": "9-13"}, "uphold": does})
    nine = written("nine", {"for": {"years": 9}, "uphold": does})
    assert topic_of(years, plans).rows[0].relations[0].kind is Standing.STRICTER
    assert topic_of(nine, plans).rows[0].relations[0].kind is Standing.UNDECIDED


def test_only_here_says_for_which_schools(written):
    """A promise that one alone makes names the schools whose pupils it is for."""
    colleges = {"school": {"type": ["further education college", "sixth form college"]}}
    twice = {"what": "employer encounter", "at_least": 2, "each": "school year"}
    some = written("some", {"for": colleges, "provide": twice})
    fair = written("fair", {"provide": {"what": "careers event", "by": {"year": 9}}})
    told = run("compare", some, fair, "--format", "csv")
    assert (
        "each school year in every sixth form college or further education college" in told.stdout
    )


def test_who_owes_it_is_told_without_its_schools(written):
    """Which schools is a matter of whom; policies that share an owner share no schools by it."""
    some = written("some", {"for": {"school": {"sixth_form": True}}, "uphold": INDEPENDENT})
    other = written("other", {"strength": "should", "uphold": INDEPENDENT})
    told = plain(run("compare", some, other))
    assert "who owes it" not in told and "to whom in every school with a sixth form some" in told


@pytest.mark.parametrize("turned", [False, True])
def test_all_promises_are_claimed_only_where_all_are_decided(written, turned):
    """What another asks and can't be decided is not said to be asked; the count is told."""
    yearly = {"what": "employer encounter", "each": "school year", "from": {"year": 7}}
    five = {"what": "employer encounter", "at_least": 5, "by": {"year": 11}}
    strict = written("strict", {"provide": yearly})
    loose = written("loose", {"provide": five}, {"uphold": INDEPENDENT})
    told = plain(run("compare", *((loose, strict) if turned else (strict, loose)), "--whole"))
    assert "strict asks what could be decided of loose (1 of 2 promises), and more." in told


def test_a_number_in_words_leaves_the_headline_undecided(written):
    """A week's worth may bring one experience, or not: nobody can say who asks more."""
    week = {"what": "workplace experience", "how_many": "1 week's worth", "by": {"year": 11}}
    one = {"what": "workplace experience", "at_least": 1, "by": {"year": 11}}
    vague, plainly = written("vague", {"provide": week}), written("plain", {"provide": one})
    told = plain(run("compare", vague, plainly, "--whole"))
    assert "whether vague or plain asks more can't be decided" in told
    assert "asks all that" not in told


def test_of_what_nobody_measures_nothing_is_claimed(written):
    """Two policies of which no record measures anything are not said to ask the same."""
    fair = {"uphold": {"does": "be fair", "attested_by": "headteacher"}}
    told = plain(
        run("compare", written("a", fair), written("b", {"uphold": INDEPENDENT}), "--whole")
    )
    assert "can't be decided: no record measures it." in told


def test_contents_with_nothing_in_common_are_no_counterparts():
    """Lists of other contents, and other documents, are not set side by side."""
    topics = {one.topic.name: one for one in compare([*map(load_policy, TRUSTS)]).topics}
    for topic, ids in (
        ("programme-summary-contents", {"benchmark-progress-published"}),
        ("provider-access-statement-contents", {"provider-access-statement-safeguarding"}),
        ("provider-access-statement-contents", {"provider-access-statement-impartiality"}),
    ):
        rows = [{one.obligation.id for one in row.promises.values()} for row in topics[topic].rows]
        assert ids in rows


@pytest.mark.parametrize("name", [*shipped_policies()])
def test_every_only_here_names_its_schools(name):
    """In few words too, a promise for some schools says for which."""
    policy = load_policy(name)
    for topic in compare([policy, policy]).topics:
        for promise in topic.of(f"{name} 1"):
            if promise.duty.population.school:
                assert "in every" in few_words(promise)
