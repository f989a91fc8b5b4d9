"""The pairs of `tests/analysis`: relations worked out by hand, and what several bring together."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from careerspolicy.english.answers import witness_sentence
from careerspolicy.evaluation import Verdict, evaluate
from careerspolicy.loading import read_policy
from careerspolicy.plain.yaml_tree import load_plain
from careerspolicy.readers import load_facts
from careerspolicy.solver.relations import implied_by, relation

FOLDER = Path(__file__).parent / "analysis"
FILLED_IN = {"topic": "careers-events", "title": "What is owed", "source": {"section": 1}}
PAIR = {"name", "left", "right", "readings", "right_readings", "earlier", "relation", "because"}
TOGETHER = {"name", "given", "promise", "implied", "because"}
LEAST_PAIRS = 90


def told(*names):
    """The cases of some files, each with its place as an id of the test."""
    return [
        pytest.param(case, id=f"{name}: {case['name']}")
        for name in names
        for case in load_plain(FOLDER / f"{name}.yaml")
    ]


PAIRS = told("windows", "measures", "whom", "records", "time", "subtle", "awkward")
MANY = told("together")


def policy_of(name, obligations, readings):
    """A policy of some obligations, told as in a policy file."""
    tree = {
        "format": 1,
        "policy": name,
        "trust": "Example Trust",
        "document": {"title": "A policy"},
        "readings": readings,
        "obligations": [
            {"id": f"{name}-{number}", "who": "school"} | _heading(one) | one
            for number, one in enumerate(obligations, start=1)
        ],
    }
    return read_policy(json.dumps(tree), f"{name}.yaml")


def _heading(promise):
    """What every obligation has beside its verb; what is upheld has no title."""
    return {k: v for k, v in FILLED_IN.items() if k != "title" or "uphold" not in promise}


def last_of(policy):
    """A policy with the last of its obligations."""
    return policy, policy.obligations[-1]


def pair(case):
    """Both promises of a pair."""
    readings = case.get("readings", {})
    earlier = case.get("earlier", [])
    left = policy_of("left", [*earlier, case["left"]], readings)
    right = policy_of("right", [*earlier, case["right"]], case.get("right_readings", readings))
    return last_of(left), last_of(right)


def verdicts(promise, facts, day):
    """What the evaluator says of one promise on a day."""
    report = evaluate(promise.policy, facts, as_of=day)
    return {one.verdict for one in report.findings if one.obligation.id == promise.obligation.id}


def assert_replays(witness, folder):
    """A witness's file, read back, misses the one promise on the day that it names."""
    path = folder / "witness.yaml"
    path.write_text(witness.as_facts_yaml(), encoding="utf-8")
    facts = load_facts(path, vocabulary=witness.misses.policy.vocabulary)
    assert not facts.warnings
    assert verdicts(witness.misses, facts, witness.asked) & {Verdict.MISSED, Verdict.DUE}
    for promise in witness.meets:
        assert Verdict.MISSED not in verdicts(promise, facts, witness.as_of)
    assert witness_sentence(witness).endswith(".")


def test_there_are_many_pairs():
    """Enough pairs are worked out by hand, and none says a word that means nothing."""
    assert len(PAIRS) >= LEAST_PAIRS
    assert all(set(one.values[0]) <= PAIR for one in PAIRS)
    assert all(set(one.values[0]) <= TOGETHER for one in MANY)


@pytest.mark.parametrize("case", PAIRS)
def test_a_pair_stands_as_worked_out(case, tmp_path):
    """Each pair's relation is the one worked out by hand, and its witnesses replay from a file."""
    found = relation(*pair(case))
    assert found.kind.value == case["relation"], (case["because"], found.doubt)
    assert (found.doubt is None) is (case["relation"] != "undecided")
    for witness in found.witnesses:
        assert_replays(witness, tmp_path)
    wanted = {"equal": 0, "stricter": 1, "weaker": 1, "incomparable": 2}
    assert len(found.witnesses) == wanted.get(case["relation"], len(found.witnesses))


@pytest.mark.parametrize("case", PAIRS)
def test_a_pair_turned_round_is_the_other_way_round(case):
    """Left and right exchanged, stricter is weaker and everything else the same."""
    left, right = pair(case)
    turned = {"stricter": "weaker", "weaker": "stricter"}
    wanted = turned.get(case["relation"], case["relation"])
    assert relation(right, left).kind == wanted


@pytest.mark.parametrize("case", MANY)
def test_many_bring_what_was_worked_out(case, tmp_path):
    """Several promises together bring another, or don't, as worked out by hand."""
    given = policy_of("given", case["given"], {})
    wanted = last_of(policy_of("wanted", [case["promise"]], {}))
    found = implied_by(given, wanted)
    assert found.kind == case["implied"], (case["because"], found.doubt)
    if found.witness is not None:
        assert_replays(found.witness, tmp_path)
