"""`careerspolicy trace`: formats, exit codes, stamping."""

import json
import re
import shutil
from pathlib import Path

import pytest
from cli_running import data, run
from jsonschema import Draft202012Validator

from careerspolicy.schemas import output_schema

FOLDER = Path(__file__).parent / "tracing"
SOURCE = FOLDER / "harbour.md"
#: Every section of it but the document control.
NAMES = ("Opening", "1", "2.1", "2.2", "3", "Stage 1", "Stage 2", "Appendix 1")
SCHEMA = output_schema("trace")


@pytest.fixture
def policy(tmp_path):
    """A policy file that may be written to."""
    return Path(shutil.copy(FOLDER / "harbour.yaml", tmp_path / "harbour.yaml"))


@pytest.fixture
def edited(tmp_path):
    """The document with one promise changed."""
    path = tmp_path / "edited.md"
    text = SOURCE.read_text("utf-8")
    path.write_text(text.replace("every two years", "every three years"), "utf-8")
    return path


def test_json_keeps_to_its_schema_and_holds_no_words(policy):
    """Addresses, lines and states; not a word of the document."""
    told = data("trace", policy, "--source", SOURCE)
    Draft202012Validator.check_schema(SCHEMA)
    Draft202012Validator(SCHEMA).validate(told)
    assert [*told] == ["policy", "source", "clauses", "obligations", "totals"]
    assert told["obligations"][0]["lines"] == [30]
    assert "Trustees will review" not in json.dumps(told)


def test_text_tells_totals_and_what_is_open(policy):
    """Without --all only what is open is listed."""
    told = run("trace", policy, "--source", SOURCE).stdout
    assert "3 obligations: 3 current, 0 suspect, 0 lost" in told
    assert "L46  3 / 2 [3.2] / s1  open  | Pupils in Year 10 spend one week" in told
    assert "L30  " not in told


def test_all_lists_every_unit(policy):
    """With --all each unit has its address, what became of it, and its words."""
    told = run("trace", policy, "--source", SOURCE, "--all").stdout
    for part in ("2.1 / 1, L30", "s1 Trustees", "policy-review", "1, L13", "1 Aims", "duplicate"):
        assert part in told, part


def test_html_shows_both_sides_and_escapes_them(policy, tmp_path):
    """The page stands alone, and what a document holds can't become markup."""
    source, page = tmp_path / "marked.md", tmp_path / "trace.html"
    text = SOURCE.read_text("utf-8").replace(
        "heads of year", "&lt;script&gt;alert(1)&lt;/script&gt;"
    )
    source.write_text(text, "utf-8")
    assert run("trace", policy, "--source", source, "--format", "html", "-o", page).exit_code == 0
    html = page.read_text("utf-8")
    assert "<script>" not in html and "&lt;script&gt;" in html
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))  # an obligation of several places has one card
    assert 'id="L30"' in html and 'id="obligation-policy-review"' in html
    assert "http:" not in html and "https:" not in html


def test_require_fails_until_all_is_accounted_for(policy):
    """Exit code 1 says that something is left."""
    assert run("trace", policy, "--source", SOURCE).exit_code == 0
    assert run("trace", policy, "--source", SOURCE, "--require", "100").exit_code == 1
    rest = "  - {section: Document control, reason: document control}\n"
    more = [f"  - {{section: {name}, reason: background}}\n" for name in NAMES]
    policy.write_text(policy.read_text("utf-8").replace(rest, rest + "".join(more)), "utf-8")
    assert run("trace", policy, "--source", SOURCE, "--require", "100").exit_code == 0


def test_stamping_writes_the_file_and_then_tells_a_change(policy, edited):
    """A stamped policy knows that its document has changed."""
    told = run("trace", policy, "--source", SOURCE, "--stamp")
    assert told.exit_code == 0 and "stamped 7 places, 0 lost" in told.stderr
    assert run("trace", policy, "--source", edited, "--require", "0").exit_code == 1
    text = run("trace", policy, "--source", edited).stdout
    assert "suspect  policy-review  2.1 / 1 / s1  L30  | Trustees will review" in text


def test_stamping_refuses_changed_text_until_it_is_accepted(policy, edited):
    """Nothing is written while somebody still has to look."""
    run("trace", policy, "--source", SOURCE, "--stamp")
    before = policy.read_bytes()
    told = run("trace", policy, "--source", edited, "--stamp")
    assert told.exit_code == 1 and "not stamped: policy-review" in told.stderr
    assert policy.read_bytes() == before
    wrong = run("trace", policy, "--source", edited, "--stamp", "--accept", "policy-revue")
    assert wrong.exit_code == 2 and 'did you mean "policy-review"?' in wrong.stderr
    accept = ["--stamp", "--accept", "policy-review"]
    assert run("trace", policy, "--source", edited, *accept).exit_code == 0
    assert policy.read_bytes() != before
    assert run("trace", policy, "--source", edited, "--require", "0").exit_code == 0


def test_stamping_keeps_the_files_mode_and_leaves_nothing_behind(policy):
    """The file is replaced in one step, with the rights that it had."""
    policy.chmod(0o640)
    run("trace", policy, "--source", SOURCE, "--stamp")
    assert policy.stat().st_mode & 0o777 == 0o640
    assert [*policy.parent.iterdir()] == [policy]


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["--source", "no-such.txt"], "there is no such file"),
        (
            ["--source", "policy.pdf"],
            "save it as Word (.docx), Markdown (.md) or plain text (.txt)",
        ),
        (["--source", SOURCE, "--accept", "x"], "--accept goes with --stamp"),
        (["--source", SOURCE, "--require", "101"], "101"),
        ([], "--source"),
    ],
)
def test_what_cannot_be_used_is_told_with_two(policy, args, message):
    """Misuse has its exit code, a message and no traceback."""
    told = run("trace", policy, *args)
    assert told.exit_code == 2 and message in told.stderr
