"""The command line: what it prints where, and the exit codes that scripts rely on."""

import csv
import io
import json
from datetime import date
from itertools import chain
from pathlib import Path

import pytest
import yaml
from cli_running import ASKED, FACTS, POLICY, data, run
from jsonschema import Draft202012Validator

from careerspolicy.cli import main
from careerspolicy.cli.commands import COMMANDS
from careerspolicy.cli.shipped import NAMES
from careerspolicy.evaluation import Verdict
from careerspolicy.loading import shipped_policies
from careerspolicy.schemas import output_schema

SCHEMA = output_schema("report")


# ---------------------------------------------------------------- evaluate


def test_missed_exits_with_one_and_none_missed_with_zero():
    """The exit code follows the findings shown, not those filtered away."""
    assert run("evaluate", *ASKED).exit_code == 1
    assert run("evaluate", *ASKED, "--verdict", "met", "--verdict", "due").exit_code == 0


def test_one_policy_gives_one_report():
    """JSON of one policy is the report itself, with the day asked about, held to the schema."""
    told = data("evaluate", *ASKED)
    Draft202012Validator(SCHEMA).validate(told)
    assert (told["format"], told["policy"], told["as_of"]) == (1, "tiny", "2026-01-31")


def test_several_policies_give_several_reports(tmp_path):
    """JSON of several policies is a list of reports in the order asked for."""
    other = tmp_path / "other.yaml"
    other.write_text(Path(POLICY).read_text(encoding="utf-8").replace("tiny", "other"))
    told = data("evaluate", *ASKED, "--policy", other)
    Draft202012Validator(SCHEMA).validate(told)
    assert [one["policy"] for one in told["reports"]] == ["tiny", "other"]


def test_a_policy_named_twice_is_evaluated_once():
    """Naming a policy again changes nothing."""
    assert "findings" in data("evaluate", *ASKED, "--policy", POLICY)


def test_the_summary_counts_what_is_shown():
    """Under a filter, the summary's counts add up to the findings that passed it."""
    told = data("evaluate", *ASKED, "--school", "100001", "--benchmark", "5")
    assert told["findings"]
    assert sum(told["summary"]["overall"].values()) == len(told["findings"])
    assert list(told["summary"]["by_school"]) == ["100001"]
    assert list(told["summary"]["by_benchmark"]) == ["5"]


@pytest.mark.parametrize("verdict", [verdict.value for verdict in Verdict])
def test_a_verdict_can_be_asked_for(verdict):
    """Every verdict is a filter, and shows itself alone."""
    shown = {one["verdict"] for one in data("evaluate", *ASKED, "--verdict", verdict)["findings"]}
    assert shown <= {verdict}


def test_stdout_holds_nothing_but_data():
    """With warnings about, JSON and CSV are still all that stdout holds; the warnings go beside."""
    told = run("evaluate", *ASKED, "--format", "json")
    assert json.loads(told.stdout)["summary"]["warnings"] == 1
    assert told.stderr.startswith("warning: ")
    assert told.stdout.endswith("\n")
    rows = run("evaluate", *ASKED, "--format", "csv")
    assert rows.stdout.startswith("title,subject,")
    assert "warning" not in rows.stdout


def test_many_warnings_are_counted(tmp_path):
    """Warnings of one sort are one line, with their number."""
    facts = tmp_path / "facts.yaml"
    pupils = "".join(f"  - {{id: Q{n}, school: 100001, born: 1901-01-01}}\n" for n in range(13))
    text = Path(FACTS).read_text(encoding="utf-8")
    facts.write_text(text.replace("records:\n", f"{pupils}records:\n", 1), encoding="utf-8")
    told = run("evaluate", facts, "--policy", POLICY).stderr.splitlines()
    assert len(told) == 2
    assert "pupils: born: 13 rows such as this: 1901-01-01 is a placeholder" in told[1]


def test_a_waiver_of_no_obligation_is_told(tmp_path):
    """A misspelt id would waive nothing, and nobody would know."""
    facts = tmp_path / "facts.yaml"
    when = "by: headteacher, reason: Ill, from: 2026-01-01, until: 2026-03-31"
    waiver = f"{{obligation: guidance-by-61, subject: P1, {when}}}"
    text = Path(FACTS).read_text(encoding="utf-8")
    facts.write_text(f"{text}waivers:\n  - {waiver}\n", encoding="utf-8")
    told = run("evaluate", facts, "--policy", POLICY).stderr.splitlines()
    line = len(text.splitlines()) + 2
    assert told[-1] == (
        f'warning: {facts}:{line}: no policy here has "guidance-by-61", of which this waiver is; '
        'did you mean "guidance-by-16"?'
    )


def test_csv_has_a_row_for_each_finding():
    """The CSV reads back with its headings, a row a finding, amounts as people write them."""
    rows = list(csv.DictReader(io.StringIO(run("evaluate", *ASKED, "--format", "csv").stdout)))
    findings = data("evaluate", *ASKED)["findings"]
    assert [row["obligation"] for row in rows] == [one["obligation"] for one in findings]
    met = next(row for row in rows if row["verdict"] == "met" and row["subject"] == "P1")
    assert (met["measured"], met["required"], met["evidence"]) == ("1", "1", "E1")
    assert (met["school"], met["year_group"], met["benchmark"]) == ("100001", "11", "5")


def test_csv_cells_cannot_be_formulas():
    """A title that begins with "=" reaches a spreadsheet as text."""
    rows = csv.DictReader(io.StringIO(run("evaluate", *ASKED, "--format", "csv").stdout))
    assert next(rows)["title"] == "'=An employer encounter every year"


def test_bad_rows_stop_the_run_unless_there_is_a_place_for_them(tmp_path):
    """A bad row exits with 2; with --reject-to it lands in that file, and the rest is used."""
    facts, rejected = tmp_path / "facts.yaml", tmp_path / "rejected.csv"
    text = Path(FACTS).read_text(encoding="utf-8")
    facts.write_text(text.replace("pupil: P1, date: 2025-10-03", "pupil: P9, date: 2025-10-03"))
    asked = ["evaluate", facts, "--policy", POLICY, "--as-of", "2026-01-31", "--format", "json"]
    stopped = run(*asked)
    assert (stopped.exit_code, stopped.stdout) == (2, "")
    assert "facts.yaml:15:23:" in stopped.stderr
    kept = run(*asked, "--reject-to", rejected)
    assert json.loads(kept.stdout)["summary"]["rejected"] == 1
    assert kept.stderr.startswith("rejected: ")
    assert "P9" in rejected.read_text(encoding="utf-8")
    asked = ["explain", *asked[1:], "--pupil", "P1"]
    assert run(*asked).exit_code == 2
    assert run(*asked, "--reject-to", rejected).exit_code == 0


# ---------------------------------------------------------------- explain


def test_an_explanation_is_of_one_pupil():
    """JSON of an explanation is a report with that pupil's findings alone, most pressing first."""
    told = data("explain", *ASKED, "--pupil", "P1")
    Draft202012Validator(SCHEMA).validate(told)
    assert {one["subject"]["id"] for one in told["findings"]} == {"P1"}
    everyone = data("evaluate", *ASKED)["findings"]
    alone = [one for one in everyone if one["subject"]["id"] == "P1"]
    assert sorted(map(str, told["findings"])) == sorted(map(str, alone))


def test_explaining_judges_nobody():
    """An explanation exits with 0 even where something was missed."""
    assert run("explain", *ASKED, "--school", "100002").exit_code == 0


def test_an_explanation_is_of_a_pupil_or_a_school():
    """Neither, or both, is a misuse."""
    for wrong in ([], ["--pupil", "P1", "--school", "100001"]):
        told = run("explain", *ASKED, *wrong)
        assert told.exit_code == 2
        assert "either --pupil or --school" in told.stderr


# ---------------------------------------------------------------- validate


def test_a_sound_file_is_ok():
    """A line for each sound file with its count, and a count in all."""
    told = run("validate", POLICY)
    assert (told.exit_code, told.stdout) == (0, f"{POLICY}: ok, 3 obligations\n1 file: ok\n")


def test_every_problem_of_every_file_is_told(tmp_path):
    """A broken file exits with 1; its problems stand in file order beside the sound files."""
    broken = tmp_path / "broken.yaml"
    text = Path(POLICY).read_text(encoding="utf-8")
    broken.write_text(
        text.replace("employer encounter,", "employer encountr,").replace("who:", "wo:")
    )
    told = run("validate", broken, POLICY)
    lines = told.stdout.splitlines()
    assert told.exit_code == 1
    assert all(line.startswith(f"{broken}:") for line in lines[:-2])
    assert lines[-2].startswith(f"{POLICY}: ok")
    assert lines[-1] == f"2 files: 1 ok, 1 not, {len(lines) - 2} problems"
    assert len(lines) >= 5


def test_a_missing_file_could_not_be_used_as_asked():
    """A file that isn't there exits with 2, whatever the others say."""
    told = run("validate", "missing.yaml", POLICY)
    assert told.exit_code == 2
    assert "missing.yaml: there is no such file" in told.stdout


# ---------------------------------------------------------------- the rest


@pytest.mark.parametrize("name", NAMES)
def test_schemas_are_printed(name):
    """What is printed is a JSON Schema of draft 2020-12 that says which it is."""
    schema = json.loads(run("schema", name).stdout)
    Draft202012Validator.check_schema(schema)
    assert schema["$id"].endswith(f"/{name}.schema.json") and schema["description"]


def test_the_shipped_policies_are_listed():
    """Text and JSON name every policy, and the law, by the name that --policy takes."""
    told = json.loads(run("policies", "--format", "json").stdout)
    assert [one["name"] for one in told["policies"]] == [*shipped_policies()]
    assert [one["name"] for one in told["policies"] if one["of"] == "law"] == ["england"]
    trusts, _, law = run("policies").stdout.partition("The law, against which")
    assert all((name in law) == (name == "england") for name in shipped_policies())
    assert all((name in trusts) == (name != "england") for name in shipped_policies())


def test_the_demo_ends_with_what_to_do_next():
    """The demo shows every trust's policy and not the law, then steps, then commands to try."""
    told = run("demo")
    assert told.exit_code == 0
    compared, _, steps = told.stdout.partition("What a careers leader should do next")
    trusts = [name for name in shipped_policies() if name != "england"]
    assert all(name.split("_")[0] in compared for name in trusts)
    assert "england" not in compared
    assert "Do first" in steps and "Put right" in steps and "Try next" in steps
    assert max(map(len, compared.splitlines())) <= 80


def test_the_help_and_the_commands_agree():
    """The help's line for each command, written apart so that it loads none, is the command's."""
    with main.make_context("careerspolicy", ["schema"]) as context:
        for name, (_, line) in COMMANDS.items():
            command = main.get_command(context, name)
            assert command is not None
            assert command.get_short_help_str(100) == line
            assert line in main.get_help(context)


def test_today_is_the_default(monkeypatch):
    """Without --as-of the day is today's."""

    class Clock(date):
        @classmethod
        def today(cls):
            return date(2026, 1, 31)

    monkeypatch.setattr("careerspolicy.cli.inputs.date", Clock)
    assert data("evaluate", FACTS, "--policy", POLICY)["as_of"] == "2026-01-31"


def test_facts_whose_pupils_are_all_rejected_are_of_no_use(tmp_path):
    """A gate does not pass because nobody was left to be checked; the rejected rows are written."""
    facts, rejected = tmp_path / "facts.yaml", tmp_path / "rejected.csv"
    text = Path(FACTS).read_text(encoding="utf-8")
    data = yaml.safe_load(text)
    for pupil in data["pupils"]:
        pupil["year_group"] = "eleven"
    facts.write_text(yaml.safe_dump(data), encoding="utf-8")
    outcome = run("evaluate", facts, "--policy", POLICY, "--reject-to", rejected)
    assert outcome.exit_code == 2
    assert f"no row of pupils can be used, of {len(data['pupils'])}" in outcome.stderr
    assert len(rejected.read_text(encoding="utf-8").splitlines()) > len(data["pupils"])


def test_a_benchmark_that_no_promise_is_under_is_refused():
    """Nothing would be checked, and nothing missed."""
    outcome = run("evaluate", FACTS, "--policy", POLICY, "--benchmark", 4)
    assert outcome.exit_code == 2 and "no promise of tiny is under it" in outcome.stderr


def test_an_account_of_everything_given_is_in_every_report():
    """Programs always have it; the page has it folded; text has it where it is asked for."""
    asked = ["evaluate", FACTS, "--policy", POLICY, "--as-of", "2026-01-31"]
    account = json.loads(run(*asked, "--format", "json").stdout)["account"]
    assert {"pupils", "schools", "employer encounter"} <= {*chain(*(s["holds"] for s in account))}
    for sheet in account:
        not_used = sum(one["rows"] for one in sheet["not_used"])
        assert sheet["rows"] == sheet["used"] + not_used + sheet["rejected"]
    title = "What became of everything that was given"
    assert title in run(*asked, "--format", "html").stdout
    assert title in run(*asked, "--account").stdout and title not in run(*asked).stdout
