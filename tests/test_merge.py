"""Merging policies: what is taken, where it says that it came from, and that the proof can fail."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from any_duty import AS_AT, facts
from budget import budget
from hypothesis import given
from hypothesis import strategies as st

from careerspolicy import evaluate, load_policy
from careerspolicy.comparison.merging import Take, merge
from careerspolicy.comparison.merging.certificates import Basis, certify
from careerspolicy.comparison.merging.file import merged_yaml
from careerspolicy.errors import UnknownName, UnusableInput
from careerspolicy.lives.people import usual_school
from careerspolicy.model.facts import Facts
from careerspolicy.model.policy import PromiseOf
from careerspolicy.solver.codes import Code
from careerspolicy.solver.promises import Promise
from careerspolicy.solver.witnesses import meets, misses

HEAD = "format: 1\npolicy: {name}\ntrust: {name} Trust\ndocument: {{title: Policy}}\n"

SCHOOL = usual_school(AS_AT)


def promise(name, body, *, topic="provider-access", **slots):
    """One obligation as YAML; `body` is its verb and what stands under it."""
    more = "".join(f"    {slot}: {told}\n" for slot, told in slots.items())
    title = "" if body.startswith("uphold:") else f"    title: {slots.pop('said', name)}\n"
    return (
        f"  - id: {name}\n    topic: {topic}\n{title}"
        f"    who: school\n    {body}\n    source: {{section: 1, clause: 1}}\n{more}"
    )


def encounters(name, slots, **more):
    """A promise of provider encounters."""
    return promise(name, f"provide: {{what: provider encounter, {slots}}}", **more)


def attested(name, does, **more):
    """A promise that is only attested."""
    return promise(name, f"uphold: {{does: {does}, attested_by: headteacher}}", **more)


@pytest.fixture
def made(tmp_path):
    """A function that writes a policy file of some obligations and loads it."""

    def make(name, *obligations, head=""):
        path = tmp_path / f"{name}.yaml"
        text = HEAD.format(name=name) + head + "obligations:\n" + "".join(obligations)
        path.write_text(text, encoding="utf-8")
        return load_policy(path)

    return make


@pytest.fixture
def merging(tmp_path):
    """A function that merges policies into a file and loads it again."""

    def make(*policies, take="strictest", **asked):
        path = tmp_path / "merged.yaml"
        made = merge(policies, Take(take), **asked)
        path.write_text(merged_yaml(made), encoding="utf-8")
        return load_policy(path)

    return make


def origins(policy):
    """The promise that each obligation was taken from, by its id."""
    return {one.id: str(one.taken_from.promise) for one in policy.obligations}


def taken(policy, name):
    """What one obligation says of where it came from."""
    return policy.obligation(name).taken_from


WEAK = encounters("access", "at_least: 1, by: {year: 11}")
STRICT = encounters("access", "at_least: 2, by: {year: 11}")


# ---------------------------------------------------------------------------- the strictest


def test_the_stricter_of_two_is_taken_and_names_the_other(made, merging):
    """Two encounters bring one, so that only the two stand in the file."""
    policy = merging(made("one", WEAK), made("two", STRICT))
    assert origins(policy) == {"access": "two: access"}
    assert taken(policy, "access").stricter_than == (PromiseOf("one", "access"),)


def test_of_equals_the_first_inputs_stays(made, merging):
    """What both ask in other words stands once, as the first input has it."""
    one = made("one", encounters("first", "at_least: 1, by: {year: 11}"))
    two = made("two", encounters("second", "by: {year: 11}"))
    policy = merging(one, two)
    assert origins(policy) == {"first": "one: first"}
    assert taken(policy, "first").equal_to == (PromiseOf("two", "second"),)


def test_of_equals_the_more_binding_stays(made, merging):
    """A must goes before a should that asks the same, and says so."""
    one = made("one", encounters("access", "by: {year: 11}", strength="should"))
    policy = merging(one, made("two", WEAK))
    assert origins(policy) == {"access": "two: access"}
    assert "one: access binds less: should" in taken(policy, "access").why


def test_an_unhedged_promise_goes_before_the_same_with_a_hedge(made, merging):
    """A softening that only one input has is not taken."""
    one = made("one", encounters("access", "by: {year: 11}", hedge="where possible"))
    policy = merging(one, made("two", WEAK))
    assert [one.hedge for one in policy.obligations] == [""]


def test_a_must_never_gives_way_to_a_should(made, merging):
    """A stricter promise that binds less stands beside the one that binds more."""
    strict = encounters("access", "at_least: 2, by: {year: 11}", strength="should")
    policy = merging(made("one", WEAK), made("two", strict))
    assert origins(policy) == {"access": "one: access", "two-access": "two: access"}
    assert "Kept beside two: access" in taken(policy, "access").why


def test_incomparable_promises_both_stand_and_name_each_other(made, merging):
    """Neither one by Year 9 nor two by Year 11 brings the other."""
    early = encounters("early", "at_least: 1, by: {year: 9}")
    policy = merging(made("one", early), made("two", STRICT))
    assert taken(policy, "early").incomparable_with == (PromiseOf("two", "access"),)
    assert taken(policy, "access").incomparable_with == (PromiseOf("one", "early"),)


def test_what_is_not_in_force_as_long_does_not_stand_for_another(made, merging):
    """A stricter promise that ends leaves the weaker one to bind after it."""
    ended = encounters("ended", "at_least: 2, by: {year: 11}", in_force="{until: 2023-08-31}")
    policy = merging(made("one", WEAK), made("two", ended))
    assert [*origins(policy)] == ["access", "ended"]
    assert "not in force as long" in taken(policy, "access").why


def test_what_is_attested_gives_way_only_to_the_very_same_words(made, merging):
    """Nobody can say which of two attested promises asks more."""
    one = made("one", attested("a", "Careers runs through all"), attested("b", "All is well"))
    two = made("two", attested("c", "Careers runs through all"), attested("d", "All is very well"))
    assert [*origins(merging(one, two))] == ["a", "b", "d"]


def test_an_input_may_say_two_things_of_which_one_brings_the_other(made, merging):
    """What all its own inputs chose to say beside a stricter promise is left to them."""
    one = made("one", WEAK, encounters("more", "at_least: 2, by: {year: 11}"))
    assert [*origins(merging(one))] == ["access", "more"]


def test_a_promise_that_another_is_further_to_comes_back(made, merging):
    """What gave way stands again where a promise that is taken counts on from it."""
    double = encounters("double", "at_least: 2, by: {year: 11}")
    further = encounters("then", "from: {year: 12}, by: {year: 13}, further_to: access")
    policy = merging(made("one", double), made("two", WEAK, further))
    assert policy.obligation("then").duty.further_to == "access"
    assert "Kept only because then is further to it" in taken(policy, "access").why


def test_ids_that_clash_are_told_apart_and_further_to_follows(made, merging):
    """The later input's obligation takes its policy's name in front."""
    first = encounters("access", "by: {year: 9, date: 28 February}")
    second = encounters("access", "at_least: 2, by: {year: 11}, from: {year: 10}")
    further = encounters("then", "from: {year: 12}, by: {year: 13}, further_to: access")
    policy = merging(made("one", first), made("two", second, further))
    assert origins(policy)["two-access"] == "two: access"
    assert policy.obligation("then").duty.further_to == "two-access"


# ---------------------------------------------------------------------------- the shared


def test_only_what_every_input_holds_is_shared(made, merging):
    """The weaker of two is common to both; what one alone promises is not."""
    alone = promise("fair", "provide: {what: careers event}", topic="careers-fair")
    policy = merging(made("one", WEAK, alone), made("two", STRICT), take="shared")
    assert origins(policy) == {"access": "one: access"}
    assert taken(policy, "access").weaker_than == (PromiseOf("two", "access"),)


def test_what_is_a_should_to_one_input_is_shared_as_a_should(made, merging):
    """Nothing binds more in common than it does to each."""
    soft = encounters("access", "at_least: 2, by: {year: 11}", strength="should")
    policy = merging(made("one", WEAK), made("two", soft), take="shared")
    assert policy.obligations[0].strength.value == "should"
    assert "one says must" in taken(policy, "access").why


def test_a_hedge_of_one_input_is_on_what_is_shared(made, merging):
    """Who hedges a promise does not hold it unhedged."""
    hedged = encounters("access", "at_least: 2, by: {year: 11}", hedge="where possible")
    policy = merging(made("one", WEAK), made("two", hedged), take="shared")
    assert policy.obligations[0].hedge == "where possible"


def test_an_undecided_promise_is_shared_only_in_the_same_words(made, merging):
    """What is attested is held in common where every input has it so."""
    one = made("one", attested("a", "Careers runs through all"), attested("b", "All is well"))
    two = made("two", attested("c", "Careers runs through all"), attested("d", "All is fine"))
    assert [*origins(merging(one, two, take="shared"))] == ["a"]


def test_promises_further_to_one_that_is_not_shared_are_not_shared(made, merging):
    """Without the meeting before it a further meeting means nothing."""
    base = encounters("base", "with: {technical: true}, at_least: 1, by: {year: 11}")
    further = encounters("then", "by: {year: 13}, further_to: base")
    many = encounters("many", "at_least: 3, by: {year: 11}")
    later = encounters("later", "at_least: 3, from: {year: 12}, by: {year: 13}")
    policy = merging(made("one", WEAK, base, further), made("two", many, later), take="shared")
    assert [*origins(policy)] == ["access"]


def test_nothing_in_common_is_said(made):
    """A merged policy without obligations would be no policy."""
    other = promise("fair", "provide: {what: careers event}", topic="careers-fair")
    with pytest.raises(UnusableInput, match="holds no promise that two also hold"):
        merge((made("one", WEAK), made("two", other)), Take.SHARED)


# ---------------------------------------------------------------------------- heads


def test_the_inputs_own_words_are_joined(made, merging):
    """An attribute that both add has the values of both."""
    one = made("one", WEAK, head="vocabulary: {attributes: {document: {values: [map]}}}\n")
    two = made("two", STRICT, head="vocabulary: {attributes: {document: {values: [atlas]}}}\n")
    values = merging(one, two).vocabulary.attributes["document"].values
    assert {"map", "atlas"} <= values.keys()


@pytest.mark.parametrize(
    ("here", "there", "told"),
    [
        (
            "attributes: {site: {type: yes or no, description: On site., on: [pupil]}}",
            "attributes: {site: {type: text, description: Where., on: [pupil]}}",
            'two.yaml:5:40: vocabulary: attributes: site: type: is "text" here, and',
        ),
        (
            "kinds: {walk: {of: pupil, description: A walk.}}",
            "kinds: {walk: {of: school, description: A walk.}}",
            'vocabulary: kinds: walk: of: is "school" here, and "pupil" in one',
        ),
    ],
)
def test_words_that_mean_different_things_are_refused_in_their_place(made, here, there, told):
    """No file can hold one word for two things; the message says where, what and how to mend it."""
    one = made("one", WEAK, head=f"vocabulary: {{{here}}}\n")
    two = made("two", WEAK, head=f"vocabulary: {{{there}}}\n")
    with pytest.raises(UnusableInput) as raised:
        merge((one, two), Take.STRICTEST)
    assert told in str(raised.value)
    assert "make the two files agree" in str(raised.value)


def test_different_readings_are_refused_unless_one_is_chosen(made, merging):
    """By age 16 is another promise to one who means the birthday."""
    by_age = encounters("by-16", "by: {age: 16}")
    one = made("one", by_age)
    two = made("two", by_age, head="readings: {ages: birthday}\n")
    with pytest.raises(UnusableInput, match="--readings-of one"):
        merge((one, two), Take.STRICTEST)
    chosen = merging(one, two, readings_of="two")
    assert chosen.readings.ages.value == "birthday"
    lines = certify(chosen, (one, two), Take.STRICTEST).lines
    assert [line.ground for line in lines] == [Basis.PROVED, Basis.SAME]
    with pytest.raises(UnknownName, match="known here: one, two"):
        merge((one, two), Take.STRICTEST, readings_of="nobody")


def test_what_joiners_are_owed_is_not_proved_across_readings(made, merging):
    """The solver looks at whole lives, so nothing is claimed where joiners are read otherwise."""
    one = made("one", WEAK)
    two = made("two", WEAK, head="readings: {joiners: time on roll}\n")
    chosen = merging(one, two, readings_of="one")
    told = certify(chosen, (one, two), Take.STRICTEST)
    assert [line.ground for line in told.lines] == [Basis.SAME, Basis.UNPROVED]
    assert "joiners or leavers are read otherwise" in told.unproved[0].why


def test_how_often_a_document_has_its_promises_attested_goes_with_them(made, merging):
    """The head of a merged file can't give two inputs' cadences, so the obligations do."""
    every = "review_every: 2 years"
    one = made("one", attested("a", "All is well"))
    path = Path(one.file)
    text = path.read_text(encoding="utf-8").replace("title: Policy}", f"title: Policy, {every}}}")
    path.write_text(text, encoding="utf-8")
    cadenced = load_policy(path)
    plain = made("two", attested("b", "All is fine"))
    merged = merging(cadenced, plain)
    was = {one.obligations[0].duty.schedule for one in (cadenced, plain)}
    assert {one.duty.schedule for one in merged.obligations} == was
    assert len(was) == 2


def test_sources_name_the_trust_and_bear_no_fingerprint(made, merging):
    """A place in another document can't be held against the merged one."""
    policy = merging(made("one", WEAK), made("two", attested("x", "Words")))
    assert [one.source[0].section for one in policy.obligations] == ["one Trust: 1", "two Trust: 1"]


def test_two_versions_of_one_policy_have_names_of_their_own(made, merging, tmp_path):
    """Of two inputs of one id each obligation still says which it came from."""
    one = made("one", WEAK)
    (tmp_path / "old.yaml").write_bytes((tmp_path / "one.yaml").read_bytes())
    old = load_policy(tmp_path / "old.yaml")
    policy = merging(one, old)
    assert origins(policy) == {"access": "one 1: access"}
    assert taken(policy, "access").equal_to == (PromiseOf("one 2", "access"),)


def test_the_law_may_be_an_input(merging):
    """Its instruments, times in force and open points come with its obligations."""
    law = load_policy("england")
    policy = merging(law, name="copy")
    assert [one.in_force for one in policy.obligations].count(law.obligations[0].in_force) > 1
    assert {one.authority for one in policy.obligations} == {
        one.authority for one in law.obligations
    }
    assert {one.name for one in law.parameters} == {one.name for one in policy.parameters}


# ---------------------------------------------------------------------------- certificates


def test_a_certificate_says_on_what_each_promise_rests(made, merging):
    """The very same, proved, and undecided are three grounds."""
    one = made("one", WEAK, attested("a", "All is well"))
    two = made("two", STRICT)
    told = certify(merging(one, two), (one, two), Take.STRICTEST)
    assert [line.ground for line in told.of("one")] == [Basis.PROVED, Basis.UNDECIDED]
    assert [line.code for line in told.of("one")] == [None, Code.ATTESTED]
    assert [line.ground for line in told.of("two")] == [Basis.SAME]
    assert told.holds


@pytest.mark.parametrize("gone", ["access", "a", "other"])
def test_a_certificate_fails_once_an_obligation_is_taken_out(made, merging, tmp_path, gone):
    """Whatever is cut from the merged file by hand, an input's promise is no longer kept."""
    other = encounters("other", "by: {year: 9}", strength="should")
    one = made("one", WEAK, attested("a", "All is well"))
    two = made("two", STRICT, other)
    merging(one, two)
    text = (tmp_path / "merged.yaml").read_text(encoding="utf-8")
    before, _, rest = text.partition(f"  - id: {gone}\n")
    _, mark, after = rest.partition("\n  - id:")
    (tmp_path / "merged.yaml").write_text(before + mark[1:] + after, encoding="utf-8")
    told = certify(load_policy(tmp_path / "merged.yaml"), (one, two), Take.STRICTEST)
    assert gone in {line.promise.obligation for line in told.unproved}
    assert all(line.why and not line.by for line in told.unproved)


def test_a_certificate_of_the_shared_fails_for_what_is_not_shared(made):
    """A policy that asks more than an input holds is not its common ground."""
    one, two = made("one", WEAK), made("two", STRICT)
    assert not certify(made("much", STRICT), (one, two), Take.SHARED).holds
    assert certify(made("little", WEAK), (one, two), Take.SHARED).holds


def test_a_certificate_does_not_take_a_should_for_a_must(made):
    """Binding less is not keeping, whatever is asked."""
    soft = made("soft", encounters("access", "at_least: 2, by: {year: 11}", strength="should"))
    told = certify(soft, (made("one", WEAK),), Take.STRICTEST)
    assert told.unproved[0].why == "nothing there is about the same thing and binds as much"


# ---------------------------------------------------------------------------- laws

BODIES = st.builds(
    "at_least: {}, {}{}".format,
    st.integers(1, 3),
    st.sampled_from(["by: {year: 11}", "each: school year", "from: {year: 8}, by: {year: 9}"]),
    st.sampled_from(["", ", with: {technical: true}", ", distinct: providers"]),
)
MODES = st.sampled_from([{}, {"strength": "should"}, {"hedge": "where possible"}])


@budget(12)
@given(told=st.lists(st.tuples(BODIES, MODES), min_size=1, max_size=3), take=st.sampled_from(Take))
def test_a_policy_merged_with_itself_is_itself(tmp_path_factory, told, take):
    """Nothing is lost and nothing added, whatever the policy promises twice."""
    folder = tmp_path_factory.mktemp("merge")
    listed = [encounters(f"p{n}", body, **mode) for n, (body, mode) in enumerate(told)]
    for name in ("one", "two"):
        text = HEAD.format(name=name) + "obligations:\n" + "".join(listed)
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    one, two = (load_policy(folder / f"{name}.yaml") for name in ("one", "two"))
    (folder / "both.yaml").write_text(merged_yaml(merge((one, two), take)), encoding="utf-8")
    both = load_policy(folder / "both.yaml")
    assert [(o.id, o.duty, o.strength, o.hedge) for o in both.obligations] == [
        (o.id, o.duty, o.strength, o.hedge) for o in one.obligations
    ]
    assert {o.taken_from.policy for o in both.obligations} == {"one"}


@budget(12)
@given(
    told=st.tuples(*[st.lists(st.tuples(BODIES, MODES), min_size=1, max_size=2)] * 2),
    take=st.sampled_from(Take),
)
def test_whatever_is_merged_is_proved(tmp_path_factory, told, take):
    """The proof on the written file bears out what was chosen, of any two policies."""
    folder = tmp_path_factory.mktemp("merge")
    inputs = []
    for name, own in zip(("one", "two"), told, strict=True):
        listed = [encounters(f"p{n}", body, **mode) for n, (body, mode) in enumerate(own)]
        text = HEAD.format(name=name) + "obligations:\n" + "".join(listed)
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
        inputs.append(load_policy(folder / f"{name}.yaml"))
    try:
        made = merge(inputs, take)
    except UnusableInput:
        assert take is Take.SHARED
        return
    (folder / "m.yaml").write_text(merged_yaml(made), encoding="utf-8")
    proved = certify(load_policy(folder / "m.yaml"), inputs, take)
    assert proved.unproved == ()


@pytest.fixture(scope="module", params=[*Take], ids=lambda take: take.value)
def three(request, tmp_path_factory):
    """Two policies with something to decide, and what they come to."""
    folder = tmp_path_factory.mktemp("three")
    one = [
        encounters("a", "at_least: 1, by: {year: 11}"),
        encounters("b", "with: {technical: true}, at_least: 1, by: {year: 13}"),
        encounters("c", "at_least: 1, by: {year: 9}"),
    ]
    two = [
        encounters("a", "at_least: 2, distinct: providers, by: {year: 11}"),
        encounters("d", "with: {technical: true}, at_least: 1, by: {year: 11}"),
    ]
    for name, listed in (("one", one), ("two", two)):
        text = HEAD.format(name=name) + "obligations:\n" + "".join(listed)
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    inputs = tuple(load_policy(folder / f"{name}.yaml") for name in ("one", "two"))
    (folder / "m.yaml").write_text(merged_yaml(merge(inputs, request.param)), encoding="utf-8")
    return request.param, inputs, load_policy(folder / "m.yaml")


@budget(150)
@given(told=facts(pupils=1, waived=False))
def test_on_any_history_the_stricter_side_brings_the_other(three, told):
    """Where all that the stricter policy asks is met, nothing of the other is missed."""
    take, inputs, merged = three
    strict, weak = ((merged,), inputs) if take is Take.STRICTEST else (inputs, (merged,))
    for one in strict:
        promises = [Promise(one, obligation) for obligation in one.obligations]
        if all(meets(each, told, AS_AT, date(2000, 1, 1)) for each in promises):
            others = [Promise(other, each) for other in weak for each in other.obligations]
            assert not any(misses(each, told, AS_AT) for each in others)


def test_a_merged_policy_is_evaluated_as_any_other(made, merging):
    """Every obligation of a loaded merged file has its findings."""
    policy = merging(made("one", WEAK), made("two", attested("a", "All is well")))
    report = evaluate(policy, Facts(schools=(SCHOOL,)), as_of=AS_AT)
    assert {one.obligation.id for one in report.findings} == {"a"}
