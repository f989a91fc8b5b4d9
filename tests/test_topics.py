"""The shared catalogue of topics: every promise of every trust has its place in it, on purpose."""

import json
from functools import lru_cache
from pathlib import Path

import pytest
import yaml
from cli_running import run

from careerspolicy.loading import load_policy, shipped_policies
from careerspolicy.model.policy import Of
from careerspolicy.plain.yaml_tree import load_plain
from careerspolicy.views.policies import promises_by_topic
from careerspolicy.vocabulary import shared_vocabulary

DOCS = Path(__file__).parents[1] / "docs"
#: The trusts whose documents are encoded here; the law is held against them elsewhere.
TRUSTS = ("aspirational", "batley", "education_partnership", "impact", "liberty")
#: The questions that comparing trusts is judged by, and the trusts that answer each.
ANSWERED = {
    "personal-guidance-by-16": TRUSTS,
    "personal-guidance-by-18": TRUSTS,
    "policy-review": TRUSTS,
    "programme-review": TRUSTS,
    "careers-leader-appointed": TRUSTS,
    "provider-encounters-total": ("aspirational", "batley", "education_partnership", "impact"),
    "provider-encounters-first-phase": ("aspirational", "impact", "liberty"),
    "provider-encounters-third-phase": ("impact", "liberty"),
    "workplace-experience-by-16": ("aspirational", "batley", "education_partnership", "liberty"),
    "work-experience-length": ("batley", "education_partnership", "impact", "liberty"),
    "destination-retention": ("aspirational", "education_partnership", "liberty"),
    "local-authority-early-leavers": ("aspirational", "education_partnership", "liberty"),
}
#: Promises that are made alike by several trusts, and once stood under topics that differed.
ALIKE = (
    ("aspirational", "poor-outcomes-advice", "liberty", "poor-outcomes-advice"),
    ("aspirational", "local-arrangements-agreed", "liberty", "local-authority-arrangements"),
    ("aspirational", "send-pathways-understood", "liberty", "career-pathways-understood"),
    ("aspirational", "school-and-work-understood", "liberty", "school-and-work-differences"),
    ("batley", "work-experience-total", "impact", "work-experience-ks4"),
    ("education_partnership", "social-inclusion", "liberty", "social-mobility"),
    ("impact", "careers-leader-trained", "liberty", "careers-leader-appointed"),
    ("impact", "options-considered", "education_partnership", "choices-and-careers"),
)


@lru_cache
def trust_policies():
    """The shipped policies of trusts, in alphabetical order: without the law."""
    policies = map(load_policy, shipped_policies())
    return tuple(policy for policy in policies if policy.of is Of.TRUST)


def of_another_benchmark(policy):
    """The obligations of a policy whose benchmark is not their topic's, by id."""
    topics = shared_vocabulary().topics
    return {one.id for one in policy.obligations if one.benchmark != topics[one.topic].benchmark}


def review():
    """The reasons given for what stands out."""
    return load_plain(DOCS / "topics-review.yaml")


def test_the_trusts_are_the_shipped_policies_but_the_law():
    """The five trusts are counted, and a policy that is the law's is not."""
    assert tuple(policy.id for policy in trust_policies()) == TRUSTS


@pytest.mark.parametrize("name", TRUSTS)
def test_every_promise_has_a_topic_of_the_catalogue(name):
    """No shipped trust has a topic of its own: what one promises, another may."""
    told = yaml.safe_load(shipped_policies()[name].read_text(encoding="utf-8"))
    shared = shared_vocabulary().topics
    assert {one["topic"] for one in told["obligations"]} <= set(shared)
    assert "topics" not in told["vocabulary"]


def test_every_topic_is_used():
    """A topic on which no trust promises anything isn't in the catalogue."""
    unused = [topic for topic, by in promises_by_topic(trust_policies()).items() if not by]
    assert not unused


def test_topics_of_one_trust_are_the_ones_with_a_reason():
    """A topic that only one trust uses is drift, unless somebody says why it stands alone."""
    alone = {topic for topic, by in promises_by_topic(trust_policies()).items() if len(by) == 1}
    assert alone == set(review()["one_trust"])


def test_another_benchmark_than_the_topics_has_a_reason():
    """An obligation has its topic's benchmark, unless somebody says why not."""
    found = {policy.id: of_another_benchmark(policy) for policy in trust_policies()}
    reasons = {name: set(told) for name, told in review()["benchmarks"].items()}
    assert {name: ids for name, ids in found.items() if ids} == reasons


def test_every_topic_is_one_question():
    """A topic is what somebody would ask a trust, in one sentence, and no question comes twice."""
    questions = [topic.description for topic in shared_vocabulary().topics.values()]
    assert [told for told in questions if told.count("?") != 1 or not told.endswith("?")] == []
    assert len(set(questions)) == len(questions)


def test_topics_stand_in_the_order_of_the_benchmarks():
    """The catalogue goes from Benchmark 1 to 8, and what is in all or none comes last."""
    benchmarks = [topic.benchmark or 9 for topic in shared_vocabulary().topics.values()]
    assert benchmarks == sorted(benchmarks)


@pytest.mark.parametrize("topic", ANSWERED)
def test_a_question_is_answered_by_the_trusts_that_answer_it(topic):
    """On the questions that trusts are compared by, who promises and who is silent is right."""
    assert tuple(promises_by_topic(trust_policies())[topic]) == ANSWERED[topic]


@pytest.mark.parametrize(("left", "one", "right", "other"), ALIKE)
def test_promises_made_alike_stand_together(left, one, right, other):
    """The same promise of two trusts is on one topic, whatever each calls it."""
    topics = {(p.id, o.id): o.topic for p in trust_policies() for o in p.obligations}
    assert topics[left, one] == topics[right, other]


def test_every_topic_is_listed():
    """The list that the command line prints, as text and as JSON, leaves out no topic."""
    listed = json.loads(run("policies", "--topics", "--format", "json").stdout)["topics"]
    assert [one["topic"] for one in listed] == [*shared_vocabulary().topics]
    assert all(any(one["promises"].values()) for one in listed)
    shown = run("policies", "--topics").stdout
    assert [one["topic"] for one in listed if one["topic"] not in shown] == []
