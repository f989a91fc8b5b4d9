"""`careerspolicy statement`: a policy as a document, in every format, for every reader."""

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path

import pytest
import yaml
from browser import DESKTOP, PHONE, scrolls_sideways, violations
from cli_running import POLICY, run

from careerspolicy import load_policy
from careerspolicy.calendar.school_calendar import in_words
from careerspolicy.documents.selecting import audiences
from careerspolicy.english.sentences import sentence

APPROVED = Path(__file__).parent / "approved" / "statement"
SCHOOL = Path(__file__).parents[1] / "examples" / "schools" / "900002.yaml"
ON = ["--as-of", "2026-11-22"]
TINY = {
    "tiny": ["statement", POLICY, *ON],
    "tiny-staff-by-role": ["statement", POLICY, *ON, "--audience", "staff", "--by", "role"],
    "tiny-by-deadline": ["statement", POLICY, *ON, "--by", "deadline"],
    "tiny-school": ["statement", POLICY, *ON, "--school", SCHOOL],
    "education_partnership": ["statement", "education_partnership", *ON],
}
HOSTILE = (
    "<script>alert(1)</script> {{ 7*7 }} **bold** [x](javascript:alert(1)) | cell \u202e\U0001f600"
)


def numbers_told(markdown):
    """The numbers that begin the promises of the listing, in reading order."""
    return [int(found) for found in re.findall(r"^(\d+)\. ", markdown, re.MULTILINE)]


@pytest.mark.parametrize("name", TINY)
def test_the_document_is_as_approved(name):
    """Each document is the approved file; APPROVE=1 writes it anew, to be read as a diff."""
    told = run(*TINY[name]).stdout
    file = APPROVED / f"{name}.md"
    if os.environ.get("APPROVE"):
        file.write_text(told, encoding="utf-8")
    assert told == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("audience", audiences())
@pytest.mark.parametrize("by", ["benchmark", "role", "deadline"])
def test_every_promise_is_listed_once(audience, by):
    """For every reader, in every order, each obligation stands once in the listing."""
    policy = load_policy("impact")
    told = run("statement", "impact", *ON, "--audience", audience, "--by", by).stdout
    assert numbers_told(told) == list(range(1, len(policy.obligations) + 1))
    listing = told[: told.index("## Roles and responsibilities")]
    for one in policy.obligations:
        assert listing.count(f". {sentence(one, policy)} (") == 1, one.id


def test_a_document_has_every_part():
    """Contents, control, law, aims, promises, roles, a calendar and review, in that order."""
    told = run("statement", "liberty", *ON).stdout
    headings = re.findall(r"^## (.*)$", told, re.MULTILINE)
    assert headings == [
        "Contents",
        "Document control",
        "Legal basis",
        "Aims",
        "What the policy promises",
        "Roles and responsibilities",
        "Calendar of the school year 2026/27",
        "Review",
    ]


def test_the_policys_own_words_are_used():
    """A trust that says learner has learners throughout its document, but for names and titles."""
    told = run("statement", "batley", *ON).stdout
    assert "learners" in told
    names = r"^(?:### |  - \[)Benchmark .*$"  # the framework's
    others = re.sub(names, "", told, flags=re.MULTILINE)
    assert not re.search(r"\bpupils?\b", others, re.IGNORECASE)


def test_the_law_is_told_as_it_stands_on_the_day():
    """A statement of the law has what is in force on its day and leaves superseded wording out."""
    law = load_policy("england")
    for day in (date(2020, 1, 1), date(2026, 11, 22)):
        told = run("statement", "england", "--as-of", day.isoformat()).stdout
        standing = law.in_force(day).obligations
        assert 0 < len(standing) < len(law.obligations)
        assert numbers_told(told) == list(range(1, len(standing) + 1))
        for one in law.obligations:
            assert (f". {sentence(one, law)} (" in told) == (one in standing), one.id
        assert f"| **In force on** | {in_words(day)} |" in told


def test_the_law_is_not_called_a_policy():
    """A statement of the law speaks of no trust and no review, and cites sections as they are."""
    told = run("statement", "england", *ON).stdout
    assert "**Trust**" not in told and "## Review" not in told
    assert "\nIt is laid down in:\n" in told and "## What is asked" in told
    assert "- Education Act 1997, sections 42A, 42B and 45A\n" in told
    assert "- School Information (England) Regulations 2008, Schedule 4, paragraph 15\n" in told


def test_a_schools_own_document_names_it():
    """The document control of a school's own document names the school beside its trust."""
    told = run("statement", "impact", *ON, "--school", SCHOOL).stdout
    assert "| **School** | Millbrook School |" in told
    control = run("statement", "impact", *ON).stdout.partition("## Legal basis")[0]
    assert "**Trust**" in control and "**School**" not in control


def test_notes_name_promises_by_their_numbers():
    """No note tells a reader the id of an obligation; it gives the number that it has here."""
    policy = load_policy("batley")
    told = run("statement", "batley", *ON, "--audience", "staff").stdout
    notes = re.findall(r"^ +Note: (.*)$", told, re.MULTILINE)
    ids = {one.id for one in policy.obligations if "-" in one.id}
    assert [note for note in notes if ids & set(re.findall(r"[a-z0-9-]+", note))] == []
    seen = re.search(r"see promise (\d+), promise (\d+) and promise (\d+)\.", told)
    listing = dict(re.findall(r"^(\d+)\. (.*?\.) \(", told, re.MULTILINE))
    assert [listing[number] for number in seen.groups()] == [
        sentence(policy.obligation(name), policy)
        for name in ("programme-review", "programme-review-termly", "programme-review-regular")
    ]


def test_what_stands_with_a_promise_is_within_its_item():
    """Evidence and notes are in the list item of their promise, whatever its number's length."""
    page = run("statement", "batley", *ON, "--audience", "staff", "--format", "html").stdout
    outside = re.sub(r"<ol.*?</ol>", "", page, flags=re.DOTALL)
    assert "Known by an attestation" not in outside and "Note:" not in outside


def test_places_in_one_section_are_cited_together():
    """A promise said in several places cites each section once, with its clauses and sentences."""
    told = run("statement", "impact", *ON).stdout
    assert "(section 2, clauses 7 and 8; section 5, clause 1 (sentence 2))" in told


def test_a_review_that_has_passed_is_told_as_past():
    """Before its review a policy's review is due; afterwards it was."""
    assert "Its next review is due by January 2027." in run("statement", "batley", *ON).stdout
    later = run("statement", "batley", "--as-of", "2027-02-01").stdout
    assert "Its next review was due by January 2027." in later


def test_staff_are_told_how_it_is_known():
    """Evidence and notes stand in the copies of those who must answer for the promises."""
    assert (
        "   Known by an attestation by"
        in run("statement", "batley", *ON, "--audience", "staff").stdout
    )
    assert "Known by an attestation" not in run("statement", "batley", *ON).stdout


@pytest.mark.parametrize("shape", ["md", "html"])
def test_the_same_day_makes_the_same_bytes(tmp_path, shape):
    """Two runs over the same policy and day make the same file."""
    made = [tmp_path / f"{n}.{shape}" for n in (1, 2)]
    for file in made:
        assert run("statement", "batley", *ON, "-o", file).exit_code == 0
    assert made[0].read_bytes() == made[1].read_bytes()


@pytest.mark.parametrize("shape", ["html", "docx", "pdf"])
def test_every_format_is_made(tmp_path, shape, request):
    """Each format comes out as a file of its kind."""
    if shape == "pdf":
        request.getfixturevalue("pdf_library")
    begins = {"html": b"<!doctype html>", "docx": b"PK", "pdf": b"%PDF"}
    file = tmp_path / f"policy.{shape}"
    told = run("statement", POLICY, *ON, "-o", file)
    assert told.exit_code == 0, told.output
    assert file.read_bytes()[:15].lower().startswith(begins[shape].lower())


def test_hostile_text_stays_text(tmp_path):
    """Markup in any text of a policy comes out as the text that it is."""
    tree = yaml.safe_load(Path(POLICY).read_text(encoding="utf-8"))
    tree["trust"] = tree["document"]["title"] = HOSTILE
    for one in tree["obligations"]:
        one["title"], one["note"], one["hedge"] = HOSTILE, HOSTILE, "where <b>possible</b>"
    policy = tmp_path / "hostile.yaml"
    policy.write_text(yaml.safe_dump(tree, allow_unicode=True), encoding="utf-8")
    page = run("statement", policy, *ON, "--audience", "staff", "--format", "html")
    assert page.exit_code == 0, page.output
    assert "<script>alert" not in page.stdout and "<b>possible" not in page.stdout
    assert "{{ 7*7 }}" in page.stdout and "javascript:alert(1)" in page.stdout
    assert 'href="javascript' not in page.stdout
    assert "\u202e" not in page.stdout


def test_a_template_of_ones_own(tmp_path):
    """A user's template goes before the shipped one of its name."""
    (tmp_path / "statement.md.j2").write_text("# Ours: {{ policy.trust }}\n", encoding="utf-8")
    told = run("statement", "batley", *ON, "--templates", tmp_path)
    assert told.stdout == "# Ours: Batley Multi Academy Trust\n"


def test_a_word_template_is_for_word_documents(tmp_path):
    """A Word template given for another format is refused rather than left unused."""
    told = run("statement", POLICY, *ON, "--word-template", "ours.docx", "-o", tmp_path / "p.pdf")
    assert told.exit_code == 2 and "--word-template goes with --format docx" in told.stderr
    assert not (tmp_path / "p.pdf").exists()


def test_a_broken_template_names_its_line(tmp_path):
    """What a template gets wrong is told with its file and line, never as a traceback."""
    (tmp_path / "statement.md.j2").write_text("# Ours\n\n{{ nothing.such }}\n", encoding="utf-8")
    told = run("statement", "batley", *ON, "--templates", tmp_path)
    assert told.exit_code == 2
    assert "statement.md.j2:3" in told.stderr and "Traceback" not in told.output


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
@pytest.mark.parametrize("dark", [False, True])
def test_the_page_is_accessible(page_of, width, dark):
    """The longest statement has nothing for axe-core to find, and fits a narrow screen."""
    html = run("statement", "education_partnership", *ON, "--format", "html").stdout
    page = page_of(html, width, dark=dark)
    assert violations(page) == []
    assert not scrolls_sideways(page)
