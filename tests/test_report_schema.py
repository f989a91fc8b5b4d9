"""The JSON of reports keeps to its schema, and every value of the schema is described."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from careerspolicy.evaluation import Verdict, evaluate
from careerspolicy.loading import load_policy
from careerspolicy.readers import load_facts
from careerspolicy.schemas import output_schema
from careerspolicy.views.report.data import whole
from careerspolicy.views.report.view import report_view
from careerspolicy.writers.data import json_of

TINY = Path(__file__).parent / "approved" / "cli"
SCHEMA = output_schema("report")
VALIDATOR = Draft202012Validator(SCHEMA, format_checker=FormatChecker())


@pytest.fixture(scope="module")
def report():
    """The tiny policy over the tiny facts."""
    policy = load_policy(TINY / "policy.yaml")
    return evaluate(policy, load_facts(TINY / "facts.yaml"), as_of=date(2026, 1, 31))


def data_of(reports):
    """What programs read of some reports."""
    return json.loads("".join(json_of(report_view(reports))))


def objects_in(schema):
    """Every object of the schema that describes an object."""
    if isinstance(schema, dict):
        if schema.get("type") == "object":
            yield schema
        for value in schema.values():
            yield from objects_in(value)
    if isinstance(schema, list):
        for value in schema:
            yield from objects_in(value)


def test_the_schema_is_sound():
    """The schema is itself a JSON Schema of draft 2020-12."""
    Draft202012Validator.check_schema(SCHEMA)


def test_every_value_is_described():
    """Each property says what it is, itself or through its definition."""
    for one in objects_in(SCHEMA):
        assert one["description"]
        for name, told in one.get("properties", {}).items():
            definition = SCHEMA["$defs"][told["$ref"].rpartition("/")[2]] if "$ref" in told else {}
            assert told.get("description") or definition.get("description"), name


def test_nothing_may_be_added():
    """Objects admit their own properties only, so a new one needs a word in the schema."""
    assert all("additionalProperties" in one for one in objects_in(SCHEMA))


def test_the_verdicts_are_the_evaluators():
    """The schema lists the evaluator's verdicts, no more and no fewer."""
    assert [one["const"] for one in SCHEMA["$defs"]["verdict"]["oneOf"]] == [
        verdict.value for verdict in Verdict
    ]


@pytest.mark.parametrize("times", [1, 2])
def test_reports_keep_to_the_schema(report, times):
    """One report, and several together, are valid."""
    VALIDATOR.validate(data_of([report] * times))


def test_a_finding_with_a_misspelt_key_breaks_the_schema(report):
    """The schema can tell a wrong report from a right one."""
    data = data_of([report])
    data["findings"][0]["verdct"] = "met"
    assert not VALIDATOR.is_valid(data)


def test_a_finding_has_the_promised_keys_in_order(report):
    """Programs, and people who compare two reports, find each key where it was."""
    finding = data_of([report])["findings"][0]
    assert list(finding) == [
        "obligation", "subject", "window", "verdict", "measured", "required", "due", "evidence",
        "near_misses", "missing", "because", "reason", "missing_facts",
    ]  # fmt: skip


def test_whole_numbers_have_no_decimal_point():
    """2.0 records are written 2; 7.5 hours stay 7.5; nothing measured stays null."""
    assert [json.dumps(whole(amount)) for amount in (2, Decimal("7.5"), None)] == [
        "2",
        "7.5",
        "null",
    ]
