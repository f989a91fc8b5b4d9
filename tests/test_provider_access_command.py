"""`careerspolicy provider-access` as its users run it, and what changed since last year."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_running import data, run
from school_files import EXAMPLES, SCHOOLS, as_yaml, tree_of

from careerspolicy.views.statement_changes import LineChange, PartChange, changed_parts
from careerspolicy.writers.markdown_reading import read

WHARFSIDE = SCHOOLS["900001"]
POLICY = ("--policy", "aspirational")
DAY = ("--as-of", "2026-09-10")


def as_view(markdown):
    """A statement as it is compared."""
    return read(markdown, title="T", by_line=True)


def access(*args):
    """The outcome of the command on one day, under one policy."""
    return run("provider-access", *args, *POLICY, *DAY)


def file_of(folder, tree, name="school.yaml"):
    """A changed school file on disk."""
    path = Path(folder) / name
    path.write_text(as_yaml(tree), encoding="utf-8")
    return path


def test_it_writes_the_statement():
    """The document goes to stdout, what is to be looked at to stderr."""
    outcome = access(WHARFSIDE)
    assert outcome.exit_code == 0
    assert outcome.stdout.startswith("# Provider access policy statement: Wharfside Academy\n")
    assert "School year 2026/27" in outcome.stdout
    assert "previous providers: lacking (Aspirational" in outcome.stderr


def test_the_year_is_that_of_the_day_unless_it_is_said():
    """31 August belongs to the year before; --year wins."""
    assert (
        "School year 2025/26"
        in run("provider-access", WHARFSIDE, *POLICY, "--as-of", "2026-08-31").stdout
    )
    assert "School year 2027/28" in access(WHARFSIDE, "--year", "2027/28").stdout


@pytest.mark.parametrize("text", ["2026", "2026/28", "26/27", "2026/2028", "next"])
def test_what_is_no_school_year(text):
    """A year that is no school year is a usage error that shows one."""
    outcome = access(WHARFSIDE, "--year", text)
    assert outcome.exit_code == 2 and "write it as in 2026/27" in outcome.stderr


def test_a_gap_in_law_stops_it(tmp_path):
    """Nothing is written; each gap is told with its law and where it goes; exit code 1."""
    tree = tree_of("900001")
    del tree["times"], tree["phases"]["third"]
    outcome = access(file_of(tmp_path, tree))
    assert outcome.exit_code == 1 and outcome.stdout == ""
    assert (
        "times of access: lacking (Education Act 1997, section 42B(5)(c)); write it under times:"
        in outcome.stderr
    )
    assert "write it under phases: third:" in outcome.stderr
    assert "--draft writes it" in outcome.stderr


def test_a_draft_is_written_with_its_gaps(tmp_path):
    """--draft writes the document, marks the gaps, and exits with 0."""
    tree = tree_of("900001")
    del tree["times"]
    outcome = access(file_of(tmp_path, tree), "--draft")
    assert outcome.exit_code == 0
    assert (
        "**To be completed: times of access (Education Act 1997, section 42B(5)(c))**"
        in outcome.stdout
    )


def test_the_check_exits_by_the_law(tmp_path):
    """1 if statutory content is lacking; what only the policy asks for is told, and passes."""
    assert access(WHARFSIDE, "--check").exit_code == 0
    tree = tree_of("900001")
    del tree["granting"]
    outcome = access(file_of(tmp_path, tree), "--check")
    assert outcome.exit_code == 1
    assert "- LACKING  grounds for granting access\n" in outcome.stdout
    assert " ".join(outcome.stdout.split()).endswith(
        "Lacking: 1 content that the law asks for and 2 contents that only the policy asks for."
    )


def test_the_check_as_data():
    """JSON has every content with its status, its sources and where to mend it."""
    told = data("provider-access", WHARFSIDE, *POLICY, *DAY, "--check")
    assert told["school"] == {"name": "Wharfside Academy", "urn": "900001", "file": str(WHARFSIDE)}
    assert (told["school_year"], told["lacking_by_law"], told["lacking_by_policy"]) == (
        "2026/27",
        0,
        2,
    )
    by_key = {one["key"]: one for one in told["contents"]}
    assert by_key["destinations"] == {
        "content": "destinations of pupils",
        "key": "destinations",
        "statutory": False,
        "status": "lacking",
        "where": "destinations:, or give --facts",
        "mend": "write it under destinations:, or give --facts",
        "sources": [
            {
                "instrument": "Aspirational Futures Multi Academy Trust",
                "place": "section 15, clause 20",
                "obligation": "provider-access-statement-contents",
                "strength": "must",
            }
        ],
    }


def test_a_weaker_promise_says_so():
    """What a policy only says should be there is marked as such."""
    tree = run(
        "provider-access", SCHOOLS["middle"], "--policy", "education_partnership", *DAY, "--check"
    )
    assert "section 5.11, clause 14: should" in tree.stdout


def test_init_gives_a_file_that_lacks_what_it_says(tmp_path):
    """The starter is a sound school file, whose parts marked LAW are those that are lacking."""
    path = tmp_path / "school.yaml"
    assert run("provider-access", "--init", "-o", path).exit_code == 0
    told = data("provider-access", path, *POLICY, *DAY, "--check")
    lacking = {
        one["key"] for one in told["contents"] if one["statutory"] and one["status"] == "lacking"
    }
    assert lacking == {
        "contacts", "requests", "granting", "refusing", "premises", "times", "published",
        "phases.first", "phases.second",
    }  # fmt: skip
    assert {"school: name", "name"} & {one["where"] for one in told["advice"]}
    assert run("provider-access", "--init", "-o", path).exit_code == 2  # it is there already


def test_the_starter_is_sound_once_its_comments_are_taken_away(tmp_path):
    """Every example that the starter gives in a comment is right as it stands."""
    starter = run("provider-access", "--init").stdout
    head, _, rest = starter.partition("\nschool:\n")
    lines = [line.replace("# ", "", 1) if is_example(line) else line for line in rest.split("\n")]
    path = tmp_path / "school.yaml"
    path.write_text("format: 1\nschool:\n" + "\n".join(lines), encoding="utf-8")
    told = data("provider-access", path, *POLICY, *DAY, "--check")
    assert head and (told["lacking_by_law"], told["lacking_by_policy"]) == (0, 0)


def is_example(line):
    """Whether a comment of the starter is YAML and no sentence."""
    text = line.strip().removeprefix("# ")
    first = text.split(" ")[0]
    return line.strip().startswith("# ") and (
        line.startswith(("  # ", "#   ")) or (first.endswith(":") and first[:1].islower())
    )


def test_the_schema_is_printed():
    """`careerspolicy schema school` gives the schema of school files."""
    assert json.loads(run("schema", "school").stdout)["title"] == "A school"


def test_a_primary_school_needs_none():
    """No statement is written for a school without a year group of the law's; it is told why."""
    outcome = access(SCHOOLS["primary"])
    assert outcome.exit_code == 2 and "no statement is needed" in outcome.stderr


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ((), "name a school file"),
        ((WHARFSIDE, "--format", "json"), "--format json goes with --check"),
        ((WHARFSIDE, "--check", "--format", "html"), "--check is written as text or json"),
        ((WHARFSIDE, "--check", "--previous", WHARFSIDE), "asked for one at a time"),
        ((WHARFSIDE, "--suppress-below", "0"), "0 is not in the range"),
        ((WHARFSIDE, "--previous", "nowhere.md"), "nowhere.md: there is no such file"),
        (("nowhere.yaml",), "nowhere.yaml: there is no such file"),
        ((SCHOOLS["utc"], "--facts", EXAMPLES / "trust"), '"urn" is missing'),
    ],
)
def test_misuse_is_told(args, said):
    """What can't be done as asked exits with 2 and says why."""
    outcome = access(*args)
    assert outcome.exit_code == 2 and said in outcome.stderr


def test_a_school_that_the_facts_lack(tmp_path):
    """A URN that the facts do not hold is told with a hint."""
    tree = tree_of("900001")
    tree["school"]["urn"] = "900009"
    outcome = access(file_of(tmp_path, tree), "--facts", EXAMPLES / "trust")
    assert outcome.exit_code == 2 and 'no school with URN "900009"' in outcome.stderr


def test_records_are_read():
    """With --facts previous providers and destinations are in the statement, doubts on stderr."""
    outcome = access(WHARFSIDE, "--facts", EXAMPLES / "trust")
    assert outcome.exit_code == 0
    assert "| **2025/26** | Eastferry University, Harbour Skills Training," in outcome.stdout
    assert "| **Stayed on here** | 14 (70%) |" in outcome.stdout
    assert "look wrong in these facts" in outcome.stderr and "lacking" not in outcome.stderr


def test_a_policy_must_be_named():
    """Without --policy the command says so."""
    outcome = run("provider-access", WHARFSIDE)
    assert outcome.exit_code == 2 and "--policy" in outcome.stderr


@pytest.mark.parametrize("shape", ["md", "html", "docx"])
def test_formats_are_made_by_the_files_suffix(shape, tmp_path):
    """A file's suffix says the format; the same input gives the same bytes."""
    one, other = tmp_path / f"one.{shape}", tmp_path / f"other.{shape}"
    for path in (one, other):
        assert access(WHARFSIDE, "-o", path).exit_code == 0
    assert one.read_bytes() == other.read_bytes()
    assert access(WHARFSIDE, "-o", one).exit_code == 2  # there already
    assert access(WHARFSIDE, "-o", one, "--force").exit_code == 0


# ---------------------------------------------------------------------------- what changed


def last_year(folder, **changes):
    """Last year's school file: another notice, approval and event, and no live online part."""
    tree = tree_of("900001")
    tree["requests"]["notice"] = "half a term before the visit"
    tree["opportunities"]["Year 9"]["summer"] = "Visit to Lockgate UTC"
    del tree["live_online"]
    return file_of(folder, tree | changes, "last.yaml")


def test_changes_since_last_years_school_file(tmp_path):
    """What another school file would have said is compared part by part."""
    outcome = access(WHARFSIDE, "--previous", last_year(tmp_path))
    assert outcome.exit_code == 0
    assert outcome.stdout.startswith(
        "# What changed: Provider access policy statement: Wharfside Academy\n"
    )
    told = outcome.stdout.split("\n")
    assert "- **Was:** Year 9, Summer term: Visit to Lockgate UTC" in told
    assert "  **Now:** Year 9, Summer term: STEM day at Lockgate UTC" in told
    assert (
        "## Live online encounters (new)" in told and "## Granting and refusing access" not in told
    )
    assert "- Granting and refusing access" in told


def test_changes_since_last_years_statement(tmp_path):
    """A statement published in Markdown can be compared; dates of the year just move on."""
    published = tmp_path / "last.md"
    run("provider-access", last_year(tmp_path), *POLICY, "--as-of", "2025-09-10", "-o", published)
    assert "School year 2025/26" in published.read_text("utf-8")
    told = access(WHARFSIDE, "--previous", published).stdout
    assert "## Live online encounters (new)" in told
    assert "28 February" not in told and "School year" not in told.replace(
        "with the school year", ""
    )


def test_nothing_changed(tmp_path):
    """A school file compared with itself shows nothing."""
    assert tmp_path.exists()
    told = access(WHARFSIDE, "--previous", WHARFSIDE).stdout
    assert "Nothing else changed." in told and "**" not in told


def test_parts_of_a_document_of_anybodys():
    """Headings make the parts, table rows become lines by column, other markup is text."""
    before = (
        "# T\n\nSchool year 2025/26\n\n## One\n\n- same\n- until 28 February 2027\n"
        "\n## Two\n\ngone\n"
    )
    after = (
        "# T\n\nSchool year 2026/27\n\n## One\n\n- same\n- until 28 February 2028\n"
        "\n| Year | Term |\n| --- | --- |\n| **Year 8** | Fair \\| talk |\n"
    )
    assert changed_parts(*map(as_view, (before, after))) == (
        PartChange(heading="Opening"),
        PartChange(heading="One", lines=(LineChange(after="Year 8, Term: Fair | talk"),)),
        PartChange(heading="Two", lines=(LineChange(before="gone"),), gone=True),
    )


def test_a_year_that_did_not_move_on_is_a_change():
    """A date of the school's own that moved on by another amount is told as it was written."""
    before = "# T\n\nSchool year 2025/26\n\n## A\n\nApproved on 9 July 2025, as the law has it.\n"
    after = "# T\n\nSchool year 2026/27\n\n## A\n\nApproved on 2 July 2026, as the law has it.\n"
    (line,) = changed_parts(*map(as_view, (before, after)))[1].lines
    assert line.before == "Approved on 9 July 2025, as the law has it."
