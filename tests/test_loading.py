"""Loading policies: what comes out, and that nothing but a policy or its problems ever does."""

import json
from pathlib import Path

import attrs
import pytest
import yaml
from budget import budget
from hypothesis import given
from hypothesis import strategies as st

from careerspolicy import InvalidPolicy, load_policy, read_policy, shipped_policies
from careerspolicy.plain.yaml_tree import load_plain
from careerspolicy.schemas.editors import (
    INPUTS,
    POLICY_SCHEMA,
    SCHEMAS,
    schema_text,
    with_shared_words,
)
from careerspolicy.vocabulary import shared_vocabulary

SOUND = load_plain(shipped_policies()["batley"])
STRANGE = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.text(max_size=8),
    st.sampled_from(["pupil", "leaving", "2 years", "28 February", "8-13", "9-8", "1.5", "trust"]),
    st.lists(st.sampled_from(["school", 1, "x"]), max_size=2),
    st.dictionaries(st.sampled_from(["age", "year", "date", "at_least", "what"]), st.integers()),
)


@pytest.mark.parametrize("name", shipped_policies())
def test_a_shipped_policy_loads_under_its_own_name(name):
    """Every shipped file is a policy whose id is the name it is asked for by."""
    policy = load_policy(name)
    assert policy.id == name and len(policy.obligations) >= 35


@pytest.mark.parametrize("name", shipped_policies())
def test_obligations_know_their_line(name):
    """An obligation's line is where its own text begins in the file."""
    policy = load_policy(name)
    lines = Path(policy.file).read_text(encoding="utf-8").splitlines()
    for obligation in policy.obligations:
        assert f"id: {obligation.id}" in lines[obligation.line - 1]


def test_a_title_ends_without_a_full_stop(tmp_path):
    """A title is a name, after which headings put marks of their own."""
    text = shipped_policies()["batley"].read_text(encoding="utf-8")
    titled = [one for one in load_policy("batley").obligations if one.duty.predicate is None]
    title = titled[0].title
    changed = tmp_path / "policy.yaml"
    changed.write_text(text.replace(f"title: {title}", f"title: {title}.", 1), encoding="utf-8")
    assert f"title: {title}." in changed.read_text(encoding="utf-8")
    assert load_policy(changed).obligation(titled[0].id).title == title


def test_an_unknown_name_is_told_the_nearest():
    """A shipped policy's name, misspelt, is answered with the name that was meant."""
    with pytest.raises(InvalidPolicy, match='did you mean "batley"'):
        load_policy("batly")


@pytest.mark.parametrize("name", INPUTS)
def test_schemas_stand_as_they_are_kept(name):
    """What there is room for stands on one line, so that a diff shows what changed."""
    text = (SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8")
    assert text == schema_text(json.loads(text)), "make schema"


def test_the_schema_offers_every_shared_word():
    """The lists of words in the checked-in schema are those of the shared vocabulary."""
    schema = json.loads(POLICY_SCHEMA.read_text(encoding="utf-8"))
    assert schema == with_shared_words(schema, shared_vocabulary()), "make schema"


def test_every_value_of_the_schema_is_described():
    """An editor has something to say about every key and every word."""
    schema = json.loads(POLICY_SCHEMA.read_text(encoding="utf-8"))
    assert not list(undescribed(schema, "schema", schema["$defs"]))


def test_every_word_of_a_list_is_described():
    """Each word that a slot admits has a meaning of its own for an editor to show."""
    schema = json.loads(POLICY_SCHEMA.read_text(encoding="utf-8"))
    lists = list(lists_of_words(schema))
    assert len(lists) > 10
    for one in lists:
        assert len(one.get("enumDescriptions", ())) == len(one["enum"]), one["enum"]


def lists_of_words(schema):
    """Every part of a schema that lists the words it admits."""
    for one in schema.values() if isinstance(schema, dict) else schema:
        if isinstance(one, dict) and "enum" in one:
            yield one
        if isinstance(one, (dict, list)):
            yield from lists_of_words(one)


def undescribed(schema, path, definitions):
    """The paths of properties and definitions that say nothing of themselves."""
    for holder in ("properties", "$defs"):
        for name, one in schema.get(holder, {}).items():
            referred = definitions.get(one.get("$ref", "").removeprefix("#/$defs/"), {})
            if "description" not in one and "description" not in referred:
                yield f"{path}.{name}"
            yield from undescribed(one, f"{path}.{name}", definitions)


def test_re_reading_a_policy_changes_nothing():
    """A policy written out as JSON, which is YAML too, reads as the same promises."""
    again = read_policy(json.dumps(SOUND, ensure_ascii=False))
    assert [one.duty for one in again.obligations] == [
        one.duty for one in load_policy("batley").obligations
    ]


@budget(10)
@given(
    name=st.sampled_from(sorted(shipped_policies())),
    first=st.integers(0, 240),
    wide=st.sampled_from([40, 100, 10_000]),
    flow=st.booleans(),
)
def test_any_layout_of_a_policy_reads_alike(name, first, wide, flow):
    """Law: a policy written out, however it is laid out, and read again is the same policy."""
    tree = json.loads(json.dumps(load_plain(shipped_policies()[name])))
    needed = {
        one[verb]["further_to"]
        for one in tree["obligations"]
        for verb in one.keys() & {"provide", "publish", "review", "notify"}
        if "further_to" in one[verb]
    }
    some = [
        one
        for place, one in enumerate(tree["obligations"])
        if one["id"] in needed or first <= place < first + 20
    ]
    tree = {**tree, "obligations": some, "clauses": []}
    text = yaml.safe_dump(
        tree, width=wide, default_flow_style=flow, sort_keys=False, allow_unicode=True
    )
    once, again = read_policy(json.dumps(tree)), read_policy(text)
    assert without_lines(once) == without_lines(again)


def without_lines(policy):
    """A policy as plain values, but for where in its file they stand."""
    plain = attrs.asdict(policy, filter=lambda field, _: field.name != "line")
    return {key: value for key, value in plain.items() if key != "file"}


@budget(60)
@given(data=st.data())
def test_a_damaged_policy_is_a_policy_or_its_problems(data):
    """Whatever is broken in a file, loading gives a policy or says what is wrong, in its place."""
    tree = json.loads(json.dumps({**SOUND, "obligations": SOUND["obligations"][:12]}))
    for _ in range(data.draw(st.integers(1, 3))):
        damage(tree, data)
    assert read_or_told(json.dumps(tree, ensure_ascii=False))


def read_or_told(text):
    """The policy, or the messages that say why there is none."""
    try:
        return read_policy(text, "damaged")
    except InvalidPolicy as invalid:
        return [one.message for one in invalid.problems]


def damage(tree, data):
    """Take away, replace or add one value somewhere in a tree."""
    node = tree
    while True:
        keys = list(node) if isinstance(node, dict) else list(range(len(node)))
        if not keys:
            return
        key = data.draw(st.sampled_from(keys))
        child = node[key]
        if isinstance(child, (dict, list)) and child and data.draw(st.booleans()):
            node = child
            continue
        how = data.draw(st.sampled_from(["drop", "replace", "add"]))
        if how == "drop":
            del node[key]
        elif how == "replace" or isinstance(node, list):
            node[key] = data.draw(STRANGE)
        else:
            node[data.draw(st.sampled_from([*map(str, node), "by", "until", "with", "for"]))] = (
                data.draw(STRANGE)
            )
        return


def sound(slots, **more):
    """The policy of one obligation that has these slots, read."""
    told = {
        "format": 1, "policy": "sound", "trust": "A Trust", "document": {"title": "A policy"},
        "obligations": [more | {
            "id": "encounters", "topic": "employer-encounters", "title": "Encounters",
            "who": "school", "provide": {"what": "employer encounter"} | slots,
            "source": {"section": 1},
        }],
    }  # fmt: skip
    return read_policy(json.dumps(told), "sound.yaml")


JUST_SOUND = [
    {"at_least": 2, "at_most": 2},
    {"covers": {"employer_form": ["careers fair", "careers talk"]}, "at_least": 2},
    {"from": {"year": 9}, "until": {"year": 9}},
    {"from": {"age": 15}, "until": {"age": 16}},
    {"from": {"key_stage": 4}, "until": {"year": 11}},
    {"after": "workplace experience", "within": "7 days", "notice": "7 days"},
    {"each": "school year", "not_before": {"date": "1 March"}, "by": {"date": "1 March"}},
    {"each": "school year", "not_before": {"date": "1 September"}, "by": {"date": "31 August"}},
    {"by": {"earliest_of": [{"age": 16}, {"year": 11}]}},
]


@pytest.mark.parametrize("slots", JUST_SOUND, ids=str)
def test_what_only_just_makes_sense_is_a_policy(slots):
    """The limit itself is no mistake: as many as at most, the same year, the same day."""
    assert sound(slots).obligations[0].id == "encounters"


@pytest.mark.parametrize(
    "group", [{"years": "9-9"}, {"ages": "16-16"}, {"years": [9, "10-11"]}], ids=str
)
def test_a_group_of_one_is_not_backwards(group):
    """From a year group to itself is that year group."""
    assert sound({}, **{"for": group}).obligations[0].duty.population
