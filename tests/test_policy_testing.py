"""`careerspolicy test`: reading cases, running them, telling of them, suggesting more."""

from __future__ import annotations

import json
from datetime import date
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner

from careerspolicy.cases import InvalidPolicyTests, load_tests, results_of, suggest
from careerspolicy.cases.mutations import mutants
from careerspolicy.cli import main
from careerspolicy.evaluation import Verdict
from careerspolicy.lives.people import filled
from careerspolicy.loading import load_policy, shipped_policies
from careerspolicy.plain.conformity import load_schema
from careerspolicy.vocabulary import shared_vocabulary

CASES = """\
format: 1
policy: policy.yaml
cases:
  - name: In Year 9 for Year 9
    as_of: 2026-08-31
    obligation: encounters
    facts: {pupil: {year_group: 9}, records: {employer encounter: [{date: 2026-03-01}]}}
    expect: met
  - obligation: encounters
    as_of: 2026-09-01
    strength: must
    facts: {pupil: {year_group: 10}, known: [employer encounter]}
    cases:
      - {name: None at all, expect: {2025-09-01..2026-08-31: missed}}
      - name: A day late
        facts: {records: {employer encounter: [2026-09-01]}}
        expect:
          - {window: [2025-09-01, 2026-08-31], verdict: missed, measured: 0}
          - {window: 2026-09-01..2027-08-31, verdict: met, measured: 1, subject: P1}
        because: The window closed on 31 August.
"""
POLICY = """\
format: 1
policy: example
trust: Example Trust
document: {title: Careers Policy}
obligations:
  - id: encounters
    topic: employer-encounters
    title: An employer encounter every year
    who: school
    provide: {what: employer encounter, each: school year, from: {year: 9}}
    source: {section: 1}
"""
WRONG = {
    "obligation: encounters\n    facts": ("obligation: encounter\n    facts", 'did you mean "enc'),
    "expect: met": ("expect: mett", 'did you mean "met"'),
    "policy: policy.yaml": ("policy: batly", 'did you mean "batley"'),
    "year_group: 9": ("year_grup: 9", 'did you mean "year_group"'),
    "encounter: [{": ("encountr: [{", 'did you mean "employer encounter"'),
    "date: 2026-03-01": ("date: 2026-13-01", "not a day of the calendar"),
    "    as_of: 2026-08-31\n": ("", '"as_of" is missing'),
    "name: A day late": ("name: None at all", "is already a case of encounters"),
    "window: [2025-09-01": ("window: [2025-09-31", 'there is no day "2025-09-31"'),
    "strength: must": ("strength: mus", 'did you mean "must"'),
}


@pytest.fixture
def folder(tmp_path):
    """A policy with a file of cases beside it."""
    (tmp_path / "policy.yaml").write_text(POLICY)
    (tmp_path / "policy.test.yaml").write_text(CASES)
    return tmp_path


def run(*args):
    """What the command did with its arguments."""
    return CliRunner().invoke(main, ["test", *map(str, args)])


def test_sound_cases_pass(folder):
    """Every way of saying what is expected can come true."""
    results = results_of(load_tests(folder / "policy.test.yaml"))
    assert len(results.outcomes) == 3 and not results.failed and not results.lacking
    assert run(folder, "--require-coverage").exit_code == 0


@pytest.mark.parametrize("words", WRONG)
def test_mistakes_are_told_with_their_line(folder, words):
    """A mistake earns a message at its place, never a traceback or a case that tests nothing."""
    other, message = WRONG[words]
    assert words in CASES
    (folder / "policy.test.yaml").write_text(CASES.replace(words, other, 1))
    with pytest.raises(InvalidPolicyTests) as caught:
        load_tests(folder / "policy.test.yaml")
    assert any(message in str(one) and one.line for one in caught.value.problems), caught.value
    assert run(folder).exit_code == 2


def test_a_failing_case_says_what_came_and_why(folder):
    """What was expected, what came instead, and the finding's own reason."""
    (folder / "policy.test.yaml").write_text(CASES.replace("verdict: missed", "verdict: met"))
    done = run(folder)
    assert done.exit_code == 1
    assert "policy.test.yaml:15: encounters: A day late" in done.output
    assert "expected met, but it is missed" in done.output
    assert "The last day for it was 31 August 2026." in done.output
    assert "The window closed on 31 August." in done.output


def test_junit_tells_failures(folder):
    """Valid XML with a failure element that names file and line."""
    (folder / "policy.test.yaml").write_text(CASES.replace("expect: met", "expect: due"))
    done = run(folder, "--format", "junit", "-o", folder / "out.xml")
    root = ET.parse(folder / "out.xml").getroot()  # noqa: S314 - our own
    assert done.exit_code == 1 and root.get("failures") == "1"
    (failure,) = root.iter("failure")
    assert "policy.test.yaml:4: encounters" in (failure.text or "")


def test_json_holds_cases_coverage_and_mutations(folder):
    """The same outcomes for other programs."""
    told = json.loads(run(folder, "--format", "json", "--mutate").output)
    assert told["totals"] == {"cases": 3, "passed": 3, "failed": 0, "not_covered": 0}
    (file,) = told["files"]
    assert file["coverage"][0]["reached"] == ["met", "missed"]
    assert 0 < file["mutations"]["noticed"] <= file["mutations"]["tried"]


def test_requirements_can_fail(folder):
    """Coverage and the share of weaker obligations noticed can be asked for."""
    (folder / "policy.test.yaml").write_text(CASES.split("  - obligation", maxsplit=1)[0])
    assert run(folder).exit_code == 0
    assert run(folder, "--require-coverage").exit_code == 1
    assert run(folder, "--require-mutation", "99").exit_code == 1


def test_a_weaker_policy_can_be_held_to_the_same_cases(folder):
    """`--policy` puts another policy in the place of the one that the file names."""
    weak = folder / "weak.yaml"
    weak.write_text(POLICY.replace("    who: school", "    strength: should\n    who: school"))
    assert run(folder / "policy.test.yaml", "--policy", weak).exit_code == 1


def test_suggestions_make_a_file_that_passes(folder):
    """`--suggest all` writes cases that pass, cover the policy and notice what is weaker."""
    made = folder / "policy.test.yaml"
    assert run("--suggest", "all", "--policy", folder / "policy.yaml", "-o", made).exit_code == 0
    done = run(made, "--require-coverage", "--require-mutation", "100")
    assert done.exit_code == 0, done.output


def test_suggestions_probe_the_edges():
    """The day before, on and after each end, and the last day of all."""
    policy = load_policy("batley")
    obligation = policy.obligation("employer-encounters")
    names = {one.name: one for one in suggest(obligation, policy).cases}
    late = names["A day late (1 September of Year 8)"]
    assert late.meant is late.verdict is Verdict.MISSED
    assert {
        row["date"]
        for one in names.values()
        for row in one.facts.get("records", {}).get("employer encounter", ())
    } >= {"2021-08-31", "2021-09-01", "2022-08-31", "2022-09-01"}


@pytest.mark.parametrize("name", shipped_policies())
def test_suggestions_mean_what_evaluation_says(name):
    """What a case is made to show, from the shape alone, is what the evaluator says of it."""
    policy = load_policy(name)
    assert [
        (one.id, case.name, case.meant, case.verdict)
        for one in policy.obligations
        for case in suggest(one, policy).cases
        if case.meant is not case.verdict
    ] == []


def test_suggestions_notice_nearly_every_slip(tmp_path):
    """Written to a file, the cases of the law pass, cover it and notice 90 slips in 100.

    The rest change nothing that facts could show: which pupils an attested promise is about.
    """
    file = tmp_path / "england.yaml"
    assert run("--suggest", "all", "--policy", "england", "-o", file).exit_code == 0
    done = run(file, "--require-coverage", "--require-mutation", "90")
    assert done.exit_code == 0, done.output


def test_no_mutant_is_the_obligation_itself():
    """A neighbour differs, or nothing could notice it."""
    policy = load_policy("liberty")
    for one in policy.obligations:
        for mutant in mutants(one, policy.vocabulary):
            assert mutant.obligation != one, mutant.change


def test_short_facts_fill_in_the_usual():
    """A school, a pupil of the right age, and records that belong to them."""
    told = {
        "pupil": {"year_group": 9},
        "records": {"employer encounter": ["2026-03-01"], "review": [{"date": "2026-01-01"}]},
        "known": ["leaving"],
    }
    whole = filled(told, as_of=date(2026, 8, 31), vocabulary=shared_vocabulary())
    assert whole["pupils"][0]["born"] == "2012-01-01"
    assert whole["records"] == {
        "employer encounter": [{"date": "2026-03-01", "pupil": "P1"}],
        "review": [{"date": "2026-01-01", "school": "1"}],
        "leaving": [],
    }


def test_the_schema_describes_every_value():
    """The schema is the author's dictionary."""
    bare = [part for part in _parts(load_schema("policy-test")) if "description" not in part]
    assert bare == []


def _parts(schema):
    yield schema
    inner = [*schema.get("properties", {}).values(), *schema.get("$defs", {}).values()]
    inner += [*schema.get("patternProperties", {}).values(), *schema.get("anyOf", [])]
    inner += [schema[word] for word in ("items", "additionalProperties") if schema.get(word)]
    for part in inner:
        if "$ref" not in part:
            yield from _parts(part)
