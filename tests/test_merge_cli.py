"""`careerspolicy merge`: what it writes, what it says, its exit codes, and what it refuses."""

from __future__ import annotations

import json

import pytest
from cli_running import POLICY, run

from careerspolicy import load_policy
from careerspolicy.cli import policy_files


@pytest.fixture
def inputs(tmp_path):
    """Two small policies: the second asks for more encounters, and for a fair as well."""
    head = "format: 1\npolicy: {0}\ntrust: {0} Trust\ndocument: {{title: Policy}}\nobligations:\n"
    one = (
        "  - id: {}\n    topic: {}\n    title: {}\n    who: school\n    provide: {{{}}}\n"
        "    source: {{section: 1}}\n"
    )
    few = one.format("access", "provider-access", "One", "what: provider encounter, by: {year: 11}")
    many = few.replace("title: One", "title: Two").replace("by:", "at_least: 2, by:")
    fair = one.format("fair", "careers-fair", "A fair", "what: careers event, each: school year")
    for name, text in (("one", few), ("two", many + fair)):
        (tmp_path / f"{name}.yaml").write_text(head.format(name) + text, encoding="utf-8")
    return str(tmp_path / "one.yaml"), str(tmp_path / "two.yaml")


def strictest(inputs, folder, *more):
    """The outcome of merging the strictest of two policies into a file."""
    return run("merge", *inputs, "--take", "strictest", "-o", folder / "m.yaml", *more)


def test_it_writes_a_sound_policy_and_says_what_is_proved(inputs, tmp_path):
    """The file loads; the text tells what gave way; the exit code is that of a proof that holds."""
    told = strictest(inputs, tmp_path)
    assert told.exit_code == 0, told.output
    assert [one.id for one in load_policy(tmp_path / "m.yaml").obligations] == ["access", "fair"]
    assert "- one: access, by access" in told.stdout
    assert "At least as strict as two. 2 promises: 2 stand as they are." in told.stdout


def test_the_file_says_how_it_was_made(inputs, tmp_path):
    """A reader who opens it learns what it holds before the first promise."""
    strictest(inputs, tmp_path)
    first, *rest = (tmp_path / "m.yaml").read_text(encoding="utf-8").splitlines()
    assert first.startswith("# The strictest promise of one and two on every topic.")
    assert any("careerspolicy merge one two --take strictest" in line for line in rest)


def test_the_same_again_is_the_same_file(inputs, tmp_path):
    """Nothing of the file depends on the day or on chance."""
    strictest(inputs, tmp_path)
    before = (tmp_path / "m.yaml").read_bytes()
    strictest(inputs, tmp_path, "--force")
    assert (tmp_path / "m.yaml").read_bytes() == before


def test_a_name_and_a_trust_may_be_given(inputs, tmp_path):
    """The merged policy belongs to whoever is to adopt it."""
    strictest(inputs, tmp_path, "--id", "ours", "--trust", "Our Trust")
    policy = load_policy(tmp_path / "m.yaml")
    assert (policy.id, policy.trust) == ("ours", "Our Trust")


def test_the_certificate_holds_every_promise(inputs, tmp_path):
    """As JSON: for each input its totals, and what each promise rests on."""
    strictest(inputs, tmp_path, "--certificate", tmp_path / "c.json")
    told = json.loads((tmp_path / "c.json").read_text(encoding="utf-8"))
    assert told["holds"] is True
    assert told["inputs"][0]["lines"] == [
        {
            "promise": {"policy": "one", "obligation": "access"},
            "by": [{"policy": "strictest-of-one-two", "obligation": "access"}],
            "ground": "proved",
            "why": None,
            "code": None,
        }
    ]


def test_the_shared_are_told_with_what_is_left_out(inputs, tmp_path):
    """One encounter is common to both; the fair is not."""
    told = run("merge", *inputs, "--take", "shared", "-o", tmp_path / "m.yaml")
    assert told.exit_code == 0, told.output
    assert "two is at least as strict as the merged policy." in told.stdout
    assert "- access, by two: access" in told.stdout
    assert "1 promise of two is not shared." in told.stdout


def test_a_file_that_is_not_what_it_says_exits_with_1(inputs, tmp_path, monkeypatch):
    """It is the file as written that is proved, not what was meant to be written."""
    real = policy_files.merged_yaml
    cut = lambda made: real(made).replace("at_least: 2, ", "")  # noqa: E731 - shorter than a function
    monkeypatch.setattr(policy_files, "merged_yaml", cut)
    told = strictest(inputs, tmp_path)
    assert told.exit_code == 1
    assert "Not proved" in told.stdout
    assert "two: access: access does not bring it" in told.stdout


def test_one_policy_alone_gives_itself_back(inputs, tmp_path):
    """A merge of one is that one, and says so of each obligation."""
    told = run("merge", inputs[1], "--take", "strictest", "-o", tmp_path / "m.yaml")
    assert told.exit_code == 0
    assert [one.id for one in load_policy(tmp_path / "m.yaml").obligations] == ["access", "fair"]


def test_a_policy_named_twice_is_merged_once(inputs, tmp_path):
    """And is told of, since it may be a slip."""
    told = strictest((inputs[0], inputs[0], inputs[1]), tmp_path)
    assert told.exit_code == 0
    assert "is named more than once, and merged once" in told.stderr


def test_files_that_are_there_are_not_replaced(inputs, tmp_path):
    """Neither the policy nor the certificate, unless --force is said; and nothing is half done."""
    (tmp_path / "c.json").write_text("mine", encoding="utf-8")
    told = strictest(inputs, tmp_path, "--certificate", tmp_path / "c.json")
    assert told.exit_code == 2
    assert "c.json: this file is there already; --force replaces it" in told.stderr
    assert not (tmp_path / "m.yaml").exists()


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (("--id", "Our Policy"), '"Our Policy" is no short name; write lower-case words'),
        (("--id", "one"), '"one" is one of the policies that are merged; choose another'),
        (("--readings-of", "three"), 'there is no policy "three" among those merged'),
    ],
)
def test_what_makes_no_sense_is_refused(inputs, tmp_path, more, message):
    """Each with what is wrong and how to mend it, before anything is written."""
    told = strictest(inputs, tmp_path, *more)
    assert told.exit_code == 2
    assert message in " ".join(told.stderr.replace("│", " ").split())
    assert not (tmp_path / "m.yaml").exists()


def test_no_input_is_written_over(inputs, tmp_path):
    """Not even with --force; nor do the policy and its certificate go into one file."""
    over = run("merge", *inputs, "--take", "strictest", "-o", inputs[0], "--force")
    both = strictest(inputs, tmp_path, "--certificate", tmp_path / "m.yaml")
    for told in (over, both):
        assert told.exit_code == 2
        assert "name another file" in " ".join(told.stderr.split())
    assert load_policy(inputs[0]).id == "one"


def test_a_policy_that_is_not_there_is_refused(tmp_path):
    """An unknown name gets the nearest one."""
    told = run("merge", POLICY, "batly", "--take", "strictest", "-o", tmp_path / "m.yaml")
    assert told.exit_code == 2
    assert "batley" in told.stderr


@pytest.mark.usefixtures("no_solver")
def test_without_the_solver_it_says_what_to_install(inputs, tmp_path):
    """Nothing could be proved, so nothing is begun."""
    told = strictest(inputs, tmp_path)
    assert told.exit_code == 2
    assert "careerspolicy[analysis]" in told.stderr
    assert not (tmp_path / "m.yaml").exists()


def test_a_folder_that_is_not_there_is_said(inputs, tmp_path):
    """Before anything is proved, and with the folder's name."""
    told = run("merge", *inputs, "--take", "strictest", "-o", tmp_path / "no" / "m.yaml")
    assert told.exit_code == 2
    assert "make it first" in told.stderr


def test_it_joins_a_real_policy_to_the_tests_own(tmp_path):
    """What it writes from shipped policies is sound for every other command."""
    path = tmp_path / "m.yaml"
    told = run("merge", "batley", POLICY, "--take", "strictest", "-o", path)
    assert told.exit_code == 0, told.output
    assert run("validate", path).exit_code == 0
    assert run("lint", path).exit_code in (0, 1)
