"""`careerspolicy compare` as it is used: every format, every slip of the hand."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from itertools import permutations

import openpyxl
import pytest
from cli_running import run
from click.testing import CliRunner
from jsonschema import Draft202012Validator, FormatChecker

from careerspolicy.cli import main
from careerspolicy.cli.inputs import facts_for
from careerspolicy.comparison.changing import adoption
from careerspolicy.evaluation import Verdict, evaluate
from careerspolicy.loading import example_facts, load_policy, shipped_policies
from careerspolicy.schemas import output_schema
from careerspolicy.vocabulary import shared_vocabulary

SCHEMA = output_schema("comparison")
VALIDATOR = Draft202012Validator(SCHEMA, format_checker=FormatChecker())
TRUSTS = ("aspirational", "batley", "education_partnership", "impact", "liberty")
TOTAL = ("compare", *TRUSTS, "--topic", "provider-encounters-total")


def json_of(*args):
    """The JSON of a comparison, held to its schema."""
    told = json.loads(run("compare", *args, "--format", "json").stdout)
    VALIDATOR.validate(told)
    return told


def test_the_schema_is_sound_and_printed():
    """It is a JSON Schema, and `careerspolicy schema comparison` prints it."""
    Draft202012Validator.check_schema(SCHEMA)
    assert json.loads(run("schema", "comparison").stdout) == SCHEMA


def test_json_tells_cells_differences_and_relations():
    """Each policy has a cell or null, each difference its sayers, each pair one relation."""
    told = json_of(*TRUSTS, "--topic", "provider-encounters-total")
    (topic,) = told["topics"]
    assert told["policies"] == [*TRUSTS]
    assert topic["benchmark"] == 7
    assert topic["cells"]["liberty"] is None
    assert "at least six" in topic["cells"]["batley"]["says"]
    (promise,) = topic["cells"]["batley"]["obligations"]
    assert promise["id"] == "provider-encounters-total"
    when = next(one for one in topic["differences"] if one["part"] == "when")
    assert [one["policies"] for one in when["said"]] == [
        ["aspirational", "education_partnership", "impact"],
        ["batley"],
    ]
    relations = {(one["left"], one["right"]): one for one in topic["relations"]}
    assert len(relations) == 10
    stricter = relations["aspirational", "batley"]
    assert stricter["relation"] == "stricter"
    assert "misses" in stricter["witness"][0]["sentence"]
    assert relations["education_partnership", "impact"]["relation"] == "equal"
    assert relations["impact", "liberty"]["relation"] == "silent"
    assert relations["impact", "liberty"]["silent"] == "liberty"


def test_a_witness_is_a_facts_file_that_does_what_it_says(tmp_path):
    """The facts of a witness, evaluated by both policies, meet the one and miss the other."""
    (topic,) = json_of("aspirational", "batley", "--topic", "provider-encounters-total")["topics"]
    (witness,) = topic["relations"][0]["witness"]
    path = tmp_path / "witness.yaml"
    path.write_text(witness["facts"])
    verdicts = {}
    for name in ("aspirational", "batley"):
        asked = ("evaluate", path, "--policy", name, "--as-of", witness["as_of"])
        report = json.loads(run(*asked, "--format", "json").stdout)
        verdicts[name] = {
            one["verdict"]
            for one in report["findings"]
            if one["obligation"] == "provider-encounters-total"
        }
    assert verdicts == {"aspirational": {"missed"}, "batley": {"met"}}


def test_a_witness_in_the_words_of_both_policies_is_read_by_both(tmp_path):
    """What only one policy's own vocabulary names counts, whichever policy is named last."""
    both = ("--policy", "aspirational", "--policy", "liberty")
    (topic,) = json_of("aspirational", "liberty", "--topic", "provider-access")["topics"]
    shared = dict.fromkeys(("aspirational", "liberty"), "provider-access-statutory")
    (row,) = [one for one in topic["rows"] if one["obligations"] == shared]
    path = tmp_path / "witness.yaml"
    for witness in row["relations"][0]["witness"]:
        path.write_text(witness["facts"])
        told = run("evaluate", path, *both, "--as-of", witness["as_of"], "--format", "json")
        verdicts = {
            (report["policy"], one["obligation"]): one["verdict"]
            for report in json.loads(told.stdout)["reports"]
            for one in report["findings"]
        }
        found = [verdicts[name, obligation] for name, obligation in shared.items()]
        assert sorted(found) == ["met", "missed"]
        assert not told.stderr


@pytest.mark.parametrize("names", list(permutations(("aspirational", "impact", "liberty"))))
def test_policies_words_together_lose_none(names):
    """Facts for several policies may say whatever those for one of them may say."""
    known = [load_policy(name).vocabulary for name in names]
    together = shared_vocabulary().joined(known)
    for one in known:
        for kind in one.kinds.values():
            assert set(kind.attributes) <= set(together.kinds[kind.name].attributes)


def test_text_fits_eighty_columns_and_says_it_all():
    """Who promises what, part by part, who asks more, an example, and who is silent."""
    told = run(*TOTAL).stdout
    assert max(map(len, told.splitlines())) <= 80
    plain = " ".join(told.split())
    for words in (
        "aspirational must: give every pupil at least six encounters",
        "by when during Years 8 to 13",
        "Asks more: aspirational than batley, education_partnership and impact",
        "Ask the same: education_partnership and impact",
        "For example: A pupil",
        "liberty Silent on this topic, but see provider-encounters-first-phase",
    ):
        assert words in plain


def test_a_wide_terminal_has_a_column_for_each_trust():
    """On 200 columns the five stand beside each other, in the order given."""
    told = CliRunner().invoke(main, [*TOTAL], env={"COLUMNS": "200"}).stdout
    heading = next(line for line in told.splitlines() if "How they stand" in line)
    assert heading.split() == ["How", "they", "stand", *TRUSTS]


def test_over_many_topics_the_text_is_short():
    """All topics at once: a summary first, and no more than the parts that differ."""
    told = run("compare", "impact", "liberty").stdout
    assert "\n2 policies, " in told
    assert "They differ in" in told
    assert "For example" not in told
    assert "--topic TOPIC" in told.splitlines()[-1] or "--topic TOPIC" in told.splitlines()[-2]


def test_csv_has_a_row_for_each_topic_and_trust():
    """Five rows a topic, the silent one among them, and no cell that a spreadsheet would run."""
    rows = [*csv.DictReader(io.StringIO(run(*TOTAL, "--format", "csv").stdout))]
    assert [one["policy"] for one in rows] == [*TRUSTS]
    assert [one["silent"] for one in rows] == ["no", "no", "no", "no", "yes"]
    assert rows[0]["stricter_than"] == "batley, education_partnership, impact"
    assert rows[1]["weaker_than"] == "aspirational, education_partnership, impact"
    assert rows[2]["same_as"] == "impact"
    assert "provider-encounters-first-phase" in rows[4]["elsewhere"]


def test_markdown_has_a_table_for_each_topic():
    """A column a trust, and the silence of one told in it."""
    told = run(*TOTAL, "--format", "md").stdout
    assert "### provider-encounters-total" in told
    assert "| How they stand | aspirational | batley | education_partnership | impact |" in told
    assert "| Silent on this topic, but see provider-encounters-first-phase" in told
    assert "| must: give every learner at least six encounters" in told


def test_a_workbook_holds_topics_counterparts_and_differences(tmp_path):
    """Three sheets, with a column a trust where they stand side by side."""
    path = tmp_path / "compared.xlsx"
    assert run(*TOTAL, "-o", path).exit_code == 0
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Topics", "Side by side", "Differences"]
    assert [cell.value for cell in book["Side by side"][1]] == ["topic", *TRUSTS, "relations"]
    assert book["Topics"].max_row == 6


def test_text_goes_into_a_file_too(tmp_path):
    """A named file gets what a terminal would show."""
    path = tmp_path / "compared.txt"
    assert run(*TOTAL, "-o", path).exit_code == 0
    assert "asks more" in path.read_text()


def test_only_differences_leaves_out_what_all_say_alike():
    """A topic on which two say the same is there, and is not where only differences are asked."""
    asked = ("liberty", "aspirational", "--benchmark", "8")
    names = [one["topic"] for one in json_of(*asked)["topics"]]
    fewer = [one["topic"] for one in json_of(*asked, "--only-differences")["topics"]]
    assert [one for one in names if one not in fewer] == [
        "personal-guidance-by-16",
        "personal-guidance-by-18",
    ]


MISUSE = {
    "one policy": (("batley",), "two policies or more"),
    "none": ((), "two policies or more"),
    "the same twice": (("batley", "batley"), '"batley" twice'),
    "no such policy": (("batley", "batly"), "batly"),
    "a slip in a topic": (("batley", "impact", "--topic", "policy-revew"), '"policy-review"'),
    "a benchmark that is none": (("batley", "impact", "--benchmark", "9"), "1<=x<=8"),
    "no topic of the benchmark": (
        ("batley", "impact", "--topic", "policy-review", "--benchmark", "3"),
        "does not belong to benchmark 3",
    ),
    "a workbook to stdout": (("batley", "impact", "--format", "xlsx"), "-o FILE.xlsx"),
    "facts that are not there": (("batley", "impact", "--facts", "nowhere"), "nowhere"),
    "facts of three": (("batley", "impact", "liberty", "--facts", "nowhere"), "two"),
    "facts as CSV": (
        ("batley", "impact", "--facts", "nowhere", "--format", "csv"),
        "what --facts asks is not told as csv",
    ),
}


@pytest.mark.parametrize(("args", "said"), MISUSE.values(), ids=MISUSE)
def test_misuse_is_told_in_a_line(args, said):
    """What can't be done ends with 2 and says why, without a traceback."""
    outcome = run("compare", *args)
    assert outcome.exit_code == 2
    assert said in outcome.stderr
    assert "Traceback" not in outcome.stderr


def test_a_file_that_is_there_is_left_alone(tmp_path):
    """Only --force replaces a file."""
    path = tmp_path / "compared.json"
    path.write_text("mine")
    assert run(*TOTAL, "-o", path).exit_code == 2
    assert path.read_text() == "mine"
    assert run(*TOTAL, "-o", path, "--force").exit_code == 0
    VALIDATOR.validate(json.loads(path.read_text()))


@pytest.mark.usefixtures("no_solver")
def test_without_the_solver_all_else_is_told():
    """Where z3 is not installed, what takes it is undecided and names the extra."""
    (topic,) = json_of(*TRUSTS, "--topic", "provider-encounters-total")["topics"]
    kinds = {(one["left"], one["right"]): one for one in topic["relations"]}
    assert kinds["aspirational", "batley"]["relation"] == "undecided"
    assert "careerspolicy[analysis]" in kinds["aspirational", "batley"]["why"]
    assert kinds["aspirational", "batley"]["code"] == "no_solver"
    assert kinds["education_partnership", "impact"]["relation"] == "equal"
    assert kinds["education_partnership", "impact"]["code"] is None
    assert kinds["impact", "liberty"]["relation"] == "silent"
    assert topic["differences"]


def test_the_law_is_a_policy_like_any_other():
    """The law in force stands in a comparison as one more column."""
    assert "england" in shipped_policies()
    told = json_of("england", "batley", "--topic", "personal-guidance-by-16")
    assert told["topics"][0]["cells"]["england"]["obligations"]


def test_the_law_is_compared_as_it_stands_on_the_day():
    """A superseded duty is compared on its own day, and not on a later one."""
    asked = ("england", "batley", "--topic", "provider-access-statement-contents", "--as-of")

    def duties(day):
        (topic,) = json_of(*asked, day)["topics"]
        return {one["id"] for one in topic["cells"]["england"]["obligations"]}

    then, now = duties("2020-01-01"), duties("2026-01-31")
    assert then
    assert now
    assert then.isdisjoint(now)


# ---------------------------------------------------------------- another policy over facts


@pytest.fixture(scope="module")
def adopted():
    """What Batley's policy in place of Aspirational's would change for the example trust."""
    asked = ("--facts", example_facts(), "--as-of", "2026-01-31", "--benchmark", "8")
    return json_of("aspirational", "batley", *asked)["adoption"]


def test_adoption_counts_agree_with_its_lists(adopted):
    """What is counted by school and year group, and by promise, is what the lists hold."""
    listed = sum(len(one["subjects"]) for one in adopted["promises"])
    by_promise = sum(count["count"] for one in adopted["promises"] for count in one["counts"])
    assert listed == by_promise == sum(one["count"] for one in adopted["counts"]) > 0
    pupils = {
        told["id"]
        for one in adopted["promises"]
        for told in one["subjects"]
        if told["kind"] == "pupil"
    }
    assert len(pupils) == adopted["pupils"]


def test_adoption_agrees_with_evaluation(adopted):
    """A pupil whose verdict would change has those two verdicts under the two policies."""
    changed = next(one for one in adopted["promises"] if one["from"] == one["to"] is not None)
    one = changed["subjects"][0]
    for name, key in (("aspirational", "before"), ("batley", "after")):
        asked = ("evaluate", example_facts(), "--policy", name, "--as-of", "2026-01-31")
        report = json.loads(run(*asked, "--format", "json").stdout)
        found = {
            told["verdict"]
            for told in report["findings"]
            if told["obligation"] == changed["from"] and told["subject"]["id"] == one["id"]
        }
        assert one[key] is None or one[key] in found


def test_of_several_windows_the_gravest_verdict_stands():
    """A promise kept in one school year and missed in another is missed."""
    own, other = load_policy("batley"), load_policy("impact")
    as_of, topic = date(2026, 1, 31), "employer-encounters"
    facts = facts_for(example_facts(), (own, other))
    (mine,) = [one for one in own.obligations if one.topic == topic]
    seen = {}
    for one in evaluate(own, facts, as_of=as_of).findings:
        if one.obligation.id == mine.id:
            seen.setdefault(one.subject.id, set()).add(one.verdict)
    told = {
        one.subject.id: one.verdicts[0]
        for promise in adoption(own, other, facts, as_of=as_of, topic=topic).promises
        if promise.own == mine
        for one in promise.turned
        if one.verdicts[0]
    }
    mixed = [who for who in told if {Verdict.MET, Verdict.MISSED} <= seen[who]]
    assert mixed and {told[who] for who in mixed} == {Verdict.MISSED}


def test_a_policy_in_place_of_itself_changes_nothing(tmp_path):
    """The same promises give the same verdicts."""
    path = tmp_path / "same.yaml"
    path.write_text(shipped_policies()["batley"].read_text("utf-8"))
    asked = ("--facts", example_facts(), "--as-of", "2026-01-31")
    told = run("compare", "batley", path, *asked).stdout
    assert "no verdict would change" in told
