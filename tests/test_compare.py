"""Policies side by side: the five trusts against a comparison made by hand, and laws of any two."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest
from any_duty import duties, policy_of, readings
from budget import budget
from hypothesis import given
from hypothesis import strategies as st

from careerspolicy.comparison.comparing import compare, names
from careerspolicy.comparison.relating import related
from careerspolicy.errors import UnknownName
from careerspolicy.loading import load_policy, shipped_policies
from careerspolicy.model.policy import Strength
from careerspolicy.plain.yaml_tree import load_plain
from careerspolicy.solver.relations import Standing
from careerspolicy.vocabulary import Topic

QUESTIONS = load_plain(Path(__file__).parent / "approved" / "compare" / "six-questions.yaml")
TRUSTS = ("aspirational", "batley", "education_partnership", "impact", "liberty")
TURNED = {"stricter": "weaker", "weaker": "stricter"}


@pytest.fixture(scope="module")
def compared():
    """The five trusts, topic by topic."""
    return {one.topic.name: one for one in compare([*map(load_policy, TRUSTS)]).topics}


def rows_by_hand():
    """Each row of the comparison made by hand, with its question."""
    return [
        pytest.param(
            one["topic"], row, id=f"{one['topic']}: {next(iter(row['promises'].values()))}"
        )
        for one in QUESTIONS
        for row in one["rows"]
    ]


def row_of(topic, promises):
    """The row that holds these counterparts; fails if they stand in several."""
    ids = ({name: one.obligation.id for name, one in row.promises.items()} for row in topic.rows)
    found = [
        row for row, told in zip(topic.rows, ids, strict=True) if promises.items() <= told.items()
    ]
    assert len(found) == 1, f"not counterparts: {promises}"
    return found[0]


def partition(difference, among):
    """Which of some policies say the same in a part, whatever the rest say."""
    groups = [sorted(set(said.policies) & set(among)) for said in difference.said]
    return sorted(group for group in groups if group)


def kinds_of(related):
    """How any two policies stand, either way round."""
    told = {}
    for one in related:
        told[one.left, one.right] = one.kind.value
        told[one.right, one.left] = TURNED.get(one.kind.value, one.kind.value)
    return told


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda one: one["topic"])
def test_who_is_silent_is_as_found_by_hand(compared, question):
    """On each question exactly the trusts that say nothing are silent."""
    silent = [one.policy for one in compared[question["topic"]].silences]
    assert sorted(silent) == sorted(question["silent"])


@pytest.mark.parametrize(("topic", "row"), rows_by_hand())
def test_differences_are_those_found_by_hand(compared, topic, row):
    """Counterparts line up, and differ in the parts, and into the camps, that a reader found."""
    found = row_of(compared[topic], row["promises"])
    among = row["promises"].keys()
    told = {one.part.value: partition(one, among) for one in found.differences}
    differ = {part: camps for part, camps in told.items() if len(camps) > 1}
    assert differ == {part: sorted(map(sorted, camps)) for part, camps in row["parts"].items()}
    assert (len(found.promises) == 1) == (len(row["promises"]) == 1)


@pytest.mark.parametrize(
    ("topic", "row"),
    [one for one in rows_by_hand() if one.values[1].keys() & {"stricter", "same", "incomparable"}],
)
def test_which_asks_more_is_as_worked_out_by_hand(compared, topic, row):
    """The solver says of two trusts what a reader worked out, and shows it by an example."""
    promises = row_of(compared[topic], row["promises"]).promises
    shown = {"stricter": 1, "equal": 0, "incomparable": 2}
    for word, kind in (("stricter", "stricter"), ("same", "equal"), ("incomparable",) * 2):
        for one, other in row.get(word, ()):
            told = related((one, promises[one]), (other, promises[other]))
            assert (one, other, told.kind.value) == (one, other, kind)
            assert len(told.witnesses) == shown[kind]


def test_a_silent_trust_is_led_to_what_it_promises_elsewhere(compared):
    """Liberty gives no total of provider encounters: its three phases are named instead."""
    (liberty,) = compared["provider-encounters-total"].silences
    near = [one.obligation.topic for one in liberty.elsewhere]
    assert "provider-encounters-first-phase" in near
    assert "provider-encounters-second-phase" in near


def test_what_is_worded_differently_but_the_same_is_told(compared):
    """Two titles of one shape are no difference, and are said to be other words for it."""
    row = row_of(
        compared["personal-guidance-by-16"],
        {"batley": "personal-guidance-by-16", "impact": "personal-guidance-by-16"},
    )
    told = {one.part.value: one for one in row.differences}
    what = next(said for said in told["what"].said if "batley" in said.policies)
    assert what.policies == ("batley", "impact")


def test_no_difference_reads_as_none(compared):
    """Where two policies differ in a part, what is told of the two differs as well."""
    alike = [
        (topic, difference.part.value, difference.said)
        for topic, one in compared.items()
        for row in one.rows
        for difference in row.differences
        if len({told.says for told in difference.said}) < len(difference.said)
    ]
    assert alike == []


def nothing_told(comparison):
    """Whether a comparison finds nothing that tells its policies apart."""
    return not comparison.where_they_differ().topics and all(
        related.kind is Standing.EQUAL for one in comparison.topics for related in one.relations
    )


@pytest.mark.parametrize("name", shipped_policies())
def test_a_shipped_policy_compared_with_itself_shows_nothing(name):
    """No difference, no silence, nothing that only one of the two promises, no solver needed."""
    policy = load_policy(name)
    assert nothing_told(compare([policy, policy]))


several = st.lists(duties(), min_size=1, max_size=4)


@given(several, readings)
@budget(30)
def test_any_policy_compared_with_itself_shows_nothing(owed, read):
    """Whatever it promises, a policy is no different from itself."""
    policy = policy_of(*owed, readings=read)
    assert nothing_told(compare([policy, policy]))


def plain(comparison):
    """The rows and differences of a comparison, whatever order its policies came in."""
    return [
        {
            (
                frozenset((name, one.obligation.id) for name, one in row.promises.items()),
                frozenset(
                    (
                        one.part,
                        frozenset((said.says, frozenset(said.policies)) for said in one.said),
                    )
                    for one in row.differences
                ),
            )
            for row in topic.rows
        }
        for topic in comparison.topics
    ]


@given(several, several)
@budget(30)
def test_the_order_of_policies_does_not_matter(some, others):
    """Left and right swapped: the same counterparts, the same differences."""
    left, right = policy_of(*some), attrs.evolve(policy_of(*others), id="other")
    assert plain(compare([left, right])) == plain(compare([right, left]))


def test_the_order_of_the_five_trusts_does_not_matter(compared):
    """Turned round, the five trusts have the same counterparts in every topic."""
    turned = compare([*map(load_policy, reversed(TRUSTS))])

    def rows(topics):
        return {
            one.topic.name: {
                frozenset((name, told.obligation.id) for name, told in row.promises.items())
                for row in one.rows
            }
            for one in topics
        }

    assert rows(turned.topics) == rows(compared.values())


@pytest.mark.parametrize(
    "topic", ["provider-encounters-first-phase", "local-authority-information"]
)
def test_left_and_right_swap_stricter_and_weaker(topic):
    """What is stricter from one side is weaker from the other, on a promise and on a topic."""
    left, right = load_policy("aspirational"), load_policy("liberty")
    (forth,) = compare([left, right], topic=topic).topics
    (back,) = compare([right, left], topic=topic).topics
    assert kinds_of(forth.relations) == kinds_of(back.relations)
    for one in forth.rows:
        ids = {name: told.obligation.id for name, told in one.promises.items()}
        assert kinds_of(one.relations) == kinds_of(row_of(back, ids).relations)


def test_strength_is_apart_from_content():
    """Should instead of must is a difference, yet what is asked stays equal."""
    policy = load_policy("impact")
    softer = attrs.evolve(
        policy,
        id="softer",
        obligations=tuple(
            attrs.evolve(one, strength=Strength.SHOULD) for one in policy.obligations
        ),
    )
    (topic,) = compare([policy, softer], topic="personal-guidance-by-16").topics
    assert {one.part.value for row in topic.rows for one in row.differences} == {"strength"}
    assert [one.kind for one in topic.relations] == [Standing.EQUAL]


def test_policies_of_one_id_are_told_apart_by_version():
    """Two versions keep the id and add their version, or their place where that is alike."""
    batley = load_policy("batley")
    document = attrs.evolve(batley.document, version="9.9")
    assert [*names([batley, attrs.evolve(batley, document=document)])] == ["batley 1", "batley 9.9"]
    assert [*names([batley, batley])] == ["batley 1", "batley 2"]


def test_a_topic_that_nobody_has_is_refused_with_the_nearest():
    """A slip of the pen in a topic names the topic that was meant."""
    five = [*map(load_policy, TRUSTS)]
    with pytest.raises(UnknownName, match='did you mean "policy-review"'):
        compare(five, topic="policy-reviews")
    with pytest.raises(UnknownName, match="does not belong to benchmark 3"):
        compare(five, topic="policy-review", benchmark=3)
    with pytest.raises(UnknownName, match="promises anything on benchmark 9"):
        compare(five, benchmark=9)
    with pytest.raises(UnknownName, match="promises anything on the topic"):
        compare([load_policy("batley")] * 2, topic="destination-retention")


def test_a_policys_own_topic_stands_with_its_benchmark():
    """Benchmarks are told in order and each once, whatever topics a policy adds."""
    batley = load_policy("batley")
    own = Topic(name="sea-weeks", description="How many weeks at sea?", benchmark=6)
    vocabulary = attrs.evolve(
        batley.vocabulary, topics={**batley.vocabulary.topics, "sea-weeks": own}
    )
    promise = attrs.evolve(batley.obligations[0], id="at-sea", topic="sea-weeks")
    added = attrs.evolve(batley, vocabulary=vocabulary, obligations=(*batley.obligations, promise))
    told = [one.topic.benchmark for one in compare([batley, added]).topics]
    assert told == sorted(told, key=lambda one: one or 9)
    assert 6 in told and "sea-weeks" in {
        one.topic.name for one in compare([batley, added], benchmark=6).topics
    }


def test_one_policy_is_no_comparison():
    """There is nothing to hold a single policy against."""
    with pytest.raises(ValueError, match="two policies"):
        compare([load_policy("batley")])
