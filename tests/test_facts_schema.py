"""The schema of facts and the data dictionary: complete, and of one mind with the readers."""

import json

import pytest
from jsonschema import Draft202012Validator

from careerspolicy.errors import InvalidFacts
from careerspolicy.readers import facts_from
from careerspolicy.readers.dictionary import PAGE, data_dictionary, facts_schema
from careerspolicy.readers.tables import described, fixed_table
from careerspolicy.vocabulary import shared_vocabulary

SCHEMA = facts_schema(shared_vocabulary())
VALIDATOR = Draft202012Validator(SCHEMA)

SCHOOL = {
    "urn": "100001", "name": "A School", "trust": "A Trust", "phase": "secondary",
    "lowest_year": 7, "highest_year": 13, "as_at": "2026-01-31",
}  # fmt: skip


def facts(**parts):
    """One school's facts, and these parts."""
    return {"format": 1, "schools": [SCHOOL], **parts}


GOOD = [
    facts(),
    facts(pupils=[], records={}, waivers=[]),
    facts(pupils=[{"id": "P1", "school": 100001, "born": "04/03/2010", "left": None, "sen": "K"}]),
    facts(schools=[{**SCHOOL, "complete_since": {"employer encounter": "2022-09-01"},
          "terms": [{"name": "autumn", "first": "2025-09-03", "last": "2025-12-19",
                     "half_term": {"first": "2025-10-27", "last": "2025-10-31"}}]}]),
    facts(records={"employer encounter": [{"school": "100001", "date": "2025-10-03", "hours": "2.5",
          "meaningful": "yes", "mode": "in person"}], "guidance meeting": []}),
    facts(records={"provider encounter": [{"school": "100001", "date": "2025-10-03",
          "providers": ["A College", "B College"], "provider_type": ["university"]}]}),
]  # fmt: skip

BAD = [
    {"format": 1, "schools": []},
    {"format": 2, "schools": [SCHOOL]},
    {"format": 1, "schools": [SCHOOL], "pupil": []},
    facts(pupils=[{"id": "P1"}]),
    facts(pupils=[{"id": "P1", "school": "100001", "year_group": 15}]),
    facts(pupils=[{"id": "P1", "school": "100001", "born": "soon"}]),
    facts(records={"employer encounter": [{"school": "100001"}]}),
    facts(
        records={"employer encounter": [{"school": "100001", "date": "2025-10-03", "hours": -1}]}
    ),
    facts(records={"employer encounter": {"school": "100001", "date": "2025-10-03"}}),
]


def described_parts(node, path="$"):
    """Every schema that stands for a value, with the way to it."""
    if "properties" in node:
        for name, value in node["properties"].items():
            yield f"{path}.{name}", value
            yield from described_parts(value, f"{path}.{name}")
    for key in ("items", "additionalProperties"):
        if isinstance(node.get(key), dict):
            yield f"{path}.{key}", node[key]
            yield from described_parts(node[key], f"{path}.{key}")


def test_the_schema_is_itself_valid():
    """The schema keeps to draft 2020-12."""
    Draft202012Validator.check_schema(SCHEMA)


def test_the_data_dictionary_is_current():
    """The page in docs is the one that the tables and the vocabulary give."""
    assert PAGE.read_text(encoding="utf-8") == data_dictionary(shared_vocabulary()), "make schema"


def test_every_value_is_described():
    """An editor can explain each value: it, or what it refers to, has a description."""
    roots = {"$": SCHEMA, **{f"$defs.{name}": told for name, told in SCHEMA["$defs"].items()}}
    for root, node in roots.items():
        assert node.get("description"), root
        for path, value in described_parts(node, root):
            target = SCHEMA["$defs"][value["$ref"].rsplit("/", 1)[1]] if "$ref" in value else value
            assert value.get("description") or target.get("description"), path


@pytest.mark.parametrize("data", GOOD)
def test_what_the_schema_admits_the_reader_reads(data):
    """Good facts pass both."""
    assert not list(VALIDATOR.iter_errors(data))
    assert facts_from(data).schools


@pytest.mark.parametrize("data", BAD)
def test_what_the_schema_refuses_the_reader_refuses(data):
    """Bad facts pass neither."""
    assert list(VALIDATOR.iter_errors(data))
    with pytest.raises(InvalidFacts):
        facts_from(data)


def test_policies_may_add_kinds_and_attributes():
    """The schema admits a kind of record and an attribute that it doesn't know."""
    added = {"site visit": [{"pupil": "P1", "date": "2025-10-03", "depth": 3}]}
    known = {"employer encounter": [{"pupil": "P1", "date": "2025-10-03", "colour": "red"}]}
    assert not list(VALIDATOR.iter_errors(facts(records=added | known)))


def test_the_dictionary_tells_of_every_table_kind_and_column():
    """Nothing that can be read is left out of the data dictionary."""
    page, vocabulary = data_dictionary(shared_vocabulary()), shared_vocabulary()
    for name in described().tables:
        assert f"`{name}.csv`" in page
        for column in fixed_table(name, vocabulary).columns:
            assert f"| `{column.name}` |" in page
    for kind in vocabulary.record_kinds:
        assert vocabulary.kinds[kind].description in page


def test_the_example_of_the_dictionary_can_be_read():
    """The YAML example in the data dictionary reads without a warning and passes the schema."""
    from careerspolicy.plain.yaml_tree import read_plain  # noqa: PLC0415 - only this test needs it

    text = data_dictionary(shared_vocabulary()).split("```yaml\n")[1].split("```")[0]
    data = read_plain(text.encode(), "example.yaml")
    assert not list(VALIDATOR.iter_errors(json.loads(json.dumps(data))))
    assert facts_from(data).warnings == ()
