"""`compare --whole`: which of two policies asks more, all promises together."""

from __future__ import annotations

import json

import pytest
import yaml
from cli_running import run
from jsonschema import Draft202012Validator

from careerspolicy import evaluate, load_facts, load_policy
from careerspolicy.schemas import output_schema

pytest.importorskip("z3", reason="deciding which policy asks more needs the extra analysis")

SCHEMA = output_schema("comparison")
YEARLY = {"what": "employer encounter", "at_least": 1, "each": "school year"}
FIVE = {"what": "employer encounter", "at_least": 5, "by": {"year": 11}}


def promise(name, **told):
    """An obligation of the school."""
    topic = {"topic": "employer-encounters", "who": "school"}
    named = {} if "uphold" in told else {"title": f"Promise {name}"}
    return {"id": name, **topic, **named, **told, "source": {"section": 1}}


@pytest.fixture
def two(tmp_path):
    """A policy of an encounter every year and one vouched for; another of five in all by 16."""

    def written(name, *obligations):
        told = {
            "format": 1, "policy": name, "trust": f"The {name} trust",
            "document": {"title": "A policy"}, "obligations": list(obligations),
        }  # fmt: skip
        file = tmp_path / f"{name}.yaml"
        file.write_text(yaml.safe_dump(told), encoding="utf-8")
        return str(file)

    yearly = YEARLY | {"from": {"year": 7}, "until": {"year": 11}}
    vouched = promise("vouched", uphold={"does": "welcome employers", "attested_by": "headteacher"})
    return written("yearly", promise("every-year", provide=yearly), vouched), written(
        "five", promise("five-by-16", provide=FIVE)
    )


def whole(*args):
    """The relation as JSON, held to its schema."""
    told = json.loads(run("compare", *args, "--whole", "--format", "json").stdout)
    Draft202012Validator(SCHEMA).validate(told)
    return told["whole"]


def test_one_every_year_brings_five_in_all(two):
    """The yearly policy asks all that the other does, and more; turned round it is weaker."""
    told = whole(*two)
    assert told["relation"] == "stricter"
    (five,) = told["left_brings"]
    assert (five["obligation"], five["brought"], five["by"]) == (
        "five-by-16",
        "yes",
        ["every-year"],
    )
    assert whole(*reversed(two))["relation"] == "weaker"


def test_what_is_not_brought_has_facts_that_show_it(two, tmp_path):
    """The witness meets the one policy and misses the promise of the other."""
    yearly, vouched = whole(*two)["right_brings"]
    assert (yearly["brought"], vouched["brought"]) == ("no", "undecided")
    file = tmp_path / "witness.yaml"
    file.write_text(yearly["witness"]["facts"], encoding="utf-8")
    facts = load_facts(file)
    day = load_facts(file).schools[0].as_at.fromisoformat(yearly["witness"]["as_of"])
    five, every = (
        {one.verdict.value for one in evaluate(load_policy(name), facts, as_of=day).findings}
        for name in reversed(two)
    )
    assert five == {"met"} and "missed" in every


def test_text_says_it_in_a_sentence(two):
    """A sentence, the counts, and the promises that the other policy doesn't bring."""
    told = run("compare", *two, "--whole").stdout
    assert "As far as records measure, yearly asks all that five does, and more." in told
    assert "What yearly asks and five does not bring\n  - Promise every-year (every-year)" in told
    assert "What five asks" not in told


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["batley"], "--whole asks which of two policies asks more: name two"),
        (["--format", "csv"], "what --whole asks is not told as csv; leave out --format"),
        (["--benchmark", "5"], "--whole takes all promises; leave out --topic and --benchmark"),
    ],
)
def test_what_it_cannot_tell_is_refused(two, more, said):
    """A third policy, another format and a single benchmark each have their message."""
    told = run("compare", *two, "--whole", *more)
    assert told.exit_code == 2 and said in told.stderr
