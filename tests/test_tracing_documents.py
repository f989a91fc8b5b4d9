"""Markdown and plain text are parted into clauses and sentences as `docs/tracing.md` says."""

import re
import textwrap
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tracing_listing import listing

from careerspolicy.errors import UnusableInput
from careerspolicy.tracing import load_document
from careerspolicy.tracing.document import Clause, Kind, fingerprint
from careerspolicy.tracing.parting import sentence_spans
from careerspolicy.tracing.reading import read_document

FOLDER = Path(__file__).parent / "tracing"
DOCUMENTS = sorted([*FOLDER.glob("*.md"), *FOLDER.glob("*.txt")])


def read(text, suffix=".md"):
    """The document in a text."""
    return read_document(text.encode(), suffix)


def clauses(text, suffix=".md"):
    """Every clause of a text as (section, position, words)."""
    return [(one.section, one.position, one.text) for one in read(text, suffix).clauses]


def headings(text, suffix=".md"):
    """Every heading of a text."""
    return [one.text for one in asides(text, suffix) if one.kind is Kind.HEADING]


def asides(text, suffix=".md"):
    """What of a text is no clause."""
    return [one for one in read(text, suffix).parts if not isinstance(one, Clause)]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_a_document_is_parted_as_approved(path):
    """Each invented document has the parts of the listing beside it."""
    assert listing(load_document(path)) == path.with_suffix(".parts").read_text("utf-8")


def test_a_section_knows_its_number_and_the_sections_it_stands_in():
    """The path has the headings above it, the outermost first."""
    text = "# Policy\n\n## 1.0 Aims\n\n### Benchmark 1: Plans\n\n## B. Duties\n\nWe act.\n"
    found = [(one.name, one.number, one.heading, one.path) for one in read(text).sections]
    assert found == [
        ("Policy", "", "Policy", ()),
        ("1.0", "1.0", "Aims", ("Policy",)),
        ("Benchmark 1", "", "Benchmark 1: Plans", ("Policy", "1.0")),
        ("B", "B", "Duties", ("Policy",)),
    ]


def test_sections_of_one_name_are_told_apart():
    """The second section of a name has a count behind it."""
    text = "## Key Stage 3\n\nTalks.\n\n## Key Stage 4\n\nMore.\n\n## Key Stage 3\n\nAgain.\n"
    names = [one.name for one in read(text).sections]
    assert names == ["Key Stage 3", "Key Stage 4", "Key Stage 3 (2)"]


@pytest.mark.parametrize(
    "heading",
    [
        "Every school will name a careers leader.",
        f"Pupils meet employers {'and colleges ' * 12}each year",
    ],
)
def test_a_sentence_in_a_headings_clothes_is_a_clause(heading):
    """Nothing that may be a promise is accounted for by its looks."""
    assert clauses(f"# Aims\n\n## {heading}\n") == [("Aims", 1, heading)]


@pytest.mark.parametrize(
    ("line", "printed", "words"),
    [
        ("3.1 Pupils meet employers.", "3.1", "Pupils meet employers."),
        ("3.1. pupils meet employers.", "3.1", "pupils meet employers."),
        ("(2) Pupils meet employers.", "2", "Pupils meet employers."),
        ("(a) Pupils meet employers.", "", "Pupils meet employers."),
        ("(iii) Pupils meet employers.", "", "Pupils meet employers."),
        ("iv) Pupils meet employers.", "", "Pupils meet employers."),
        ("o Pupils meet employers.", "", "Pupils meet employers."),
        ("5.5 million pupils have left.", "", "5.5 million pupils have left."),
        ("6 encounters are held.", "", "6 encounters are held."),
    ],
)
def test_a_number_before_a_clause_is_read_off_and_a_quantity_is_not(line, printed, words):
    """The number is an address; it is no part of the text that was reviewed."""
    (clause,) = read(line).clauses
    assert (clause.printed, clause.text) == (printed, words)


def test_bullets_typed_into_a_cell_or_a_paragraph_are_clauses():
    """The stem is one too."""
    found = [words for _, _, words in clauses("The school will: • plan; • check\n")]
    assert found == ["The school will:", "plan;", "check"]


def test_the_mark_of_a_note_is_no_part_of_the_text():
    """Another note before it, and so another number, changes no fingerprint."""
    found = [words for *_, words in clauses("We plan[^2]. We act.\n\n[^2]: Each year.\n")]
    assert found == ["We plan. We act.", "Each year."]


def test_the_cells_of_a_table_in_html_stay_words_of_their_own():
    """Tags part words, as they do for whoever reads the page."""
    cells = "<table><tr><td>The head</td><td>plans.</td></tr></table>\n"
    assert [words for *_, words in clauses(cells)] == ["The head plans."]


TABLE = "| Role | Duties |\n| --- | --- |\n{}\n"


@pytest.mark.parametrize(
    ("rows", "parts"),
    [
        ("| Leader | Plans. Reports. |", [("Roles", "Leader | Plans."), ("Roles", "Reports.")]),
        (
            "| Leader | Plans.<br>Reports. |",
            [("Roles, Leader", "Plans."), ("Roles, Leader", "Reports.")],
        ),
        (
            "| Leader | • Plans. |\n| | Reports. |",
            [("Roles, Leader", "Plans."), ("Roles, Leader", "Reports.")],
        ),
        (
            "| Leader | • Plans. |\n| Tutor | Talks. |",
            [("Roles, Leader", "Plans."), ("Roles", "Tutor | Talks.")],
        ),
        (
            "| The leader is in post all year. | • Plans. |",
            [("Roles", "The leader is in post all year."), ("Roles", "Plans.")],
        ),
    ],
)
def test_a_row_is_a_clause_and_with_paragraphs_in_it_a_section(rows, parts):
    """A cell that only names is a heading; one that says something is a clause."""
    document = read(f"# Roles\n\n{TABLE.format(rows)}")
    found = [(one.section, part.text) for one in document.clauses for part in one.sentences]
    assert found == parts


def test_the_head_of_a_table_is_a_heading_unless_it_says_something():
    """Markdown has no tables without heads, so a table may begin with a promise."""
    promise = "The careers leader meets each head of year once in every term"
    assert headings(TABLE.format("| a | b |")) == ["Role | Duties"]
    assert headings(TABLE.format("| a | b |").replace("Duties", promise)) == []


def test_lines_of_text_without_empty_lines_are_paragraphs():
    """As Word writes plain text."""
    text = "1. Aims\nWe help all pupils.\nWe lead.\n"
    assert headings(text, ".txt") == ["1 Aims"]
    assert clauses(text, ".txt") == [("1", 1, "We help all pupils."), ("1", 2, "We lead.")]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Ask e.g. Mr. Amos. He knows.", ["Ask e.g. Mr. Amos.", "He knows."]),
        ("It is done by age 16. The rest waits.", ["It is done by age 16.", "The rest waits."]),
        (
            "See (the law). “It says so.” Then act!",
            ["See (the law).", "“It says so.”", "Then act!"],
        ),
        ("Form No. 5 is used. Is it? Yes.", ["Form No. 5 is used.", "Is it?", "Yes."]),
        ("Under s. 42B. The U.K. Government asks.", ["Under s. 42B.", "The U.K. Government asks."]),
        ("We start at 9 a.m. Pupils know.", ["We start at 9 a.m.", "Pupils know."]),
        ("A. Amos leads | She plans. | Tutors", ["A. Amos leads | She plans.", "Tutors"]),
    ],
)
def test_sentences_end_where_readers_end_them(text, parts):
    """Short forms, initials and quantities end no sentence."""
    assert [text[start:end] for start, end in sentence_spans(text)] == parts


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("policy.pdf", b"%PDF-1.7", "save it as Word"),
        ("policy.doc", b"\xd0\xcf\x11\xe0", "save it as Word"),
        ("policy.txt", b"%PDF-1.7 ...", "this is a PDF"),
        ("policy.md", b"PK\x03\x04....", "this is a Word document"),
        ("policy.docx", b"PK\x03\x04....", "this is not a Word document"),
        ("policy.docx", b"Our policy", "this is not a Word document"),
        ("policy.txt", b" \n", "this file says nothing"),
        ("policy.md", b"---\n", "this file says nothing"),
    ],
)
def test_what_cannot_be_traced_is_refused(tmp_path, name, data, message):
    """Each refusal says what the file is, and what to save it as."""
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(UnusableInput, match=message):
        load_document(path)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_text_is_read_in_the_encodings_it_comes_in(tmp_path, encoding):
    """Windows programs save text in several ways."""
    path = tmp_path / "POLICY.TXT"
    path.write_bytes("The school\u2019s plan".encode(encoding))
    assert load_document(path).clauses[0].text == "The school\u2019s plan"


MARKS = [
    "",
    "\t",
    "- ",
    "• ",
    "1. ",
    "2.1 ",
    "(a) ",
    "# ",
    "**",
    "|",
    "\f",
    ":",
    "> ",
    "\u00a0",
    "---",
]
WORDED = ["bc", "d, e", "The trust will act.", "Careers Leader", "www.example.org", "<ul>", "….. 3"]
PIECES = st.sampled_from([*MARKS, *WORDED])
WORD = re.compile(r"[^\W_]{2,}|\d")
ANY_LINE = st.one_of(st.text(max_size=30), st.lists(PIECES, max_size=5).map("".join))
TEXTS = st.lists(ANY_LINE, max_size=25).map(lambda lines: "\n".join(lines).replace("\r", " "))


@given(TEXTS, st.sampled_from([".md", ".txt"]))
def test_the_parts_of_any_text_stand_in_order(text, suffix):
    """Whatever a text holds, its parts have lines of it, one after another."""
    ranges = [part.lines for part in read(text, suffix).parts]
    starts = [first for first, _ in ranges]
    assert starts == sorted(starts)
    assert all(1 <= first <= last <= text.count("\n") + 1 for first, last in ranges)


@given(TEXTS)
def test_every_word_of_any_plain_text_is_in_one_part(text):
    """Each once and in order; only a letter that counts a clause, as in (a), is no word of it."""
    parts = [
        f"{part.printed} {part.text}" if isinstance(part, Clause) else part.text
        for part in read(text, ".txt").parts
    ]
    assert WORD.findall(" ".join(parts)) == WORD.findall(text)


WORDS = st.sampled_from(["pupils", "meet", "employers", "every", "year", "plans", "9", "Trust"])
SENTENCES = st.lists(WORDS, min_size=6, max_size=30).map(
    lambda words: f"The {' '.join(words)} and parents are told."
)
PARAGRAPHS = st.lists(SENTENCES, min_size=1, max_size=4).map(" ".join)
SECTIONS = st.lists(st.tuples(PARAGRAPHS, st.lists(SENTENCES, max_size=3)), min_size=1, max_size=4)


def written(sections, head="## ", width=0):
    """A document of those sections, each line wrapped at a width, or not at all."""
    blocks = []
    for n, (paragraph, bullets) in enumerate(sections, start=1):
        blocks += [f"{head}{n}. Heading", _wrapped(paragraph, "", width)]
        blocks += [_wrapped(bullet, "- ", width) for bullet in bullets]
    return "\n\n".join(blocks) + "\n"


def _wrapped(text, mark, width):
    if not width:
        return f"{mark}{text}"
    hang = " " * len(mark)
    return textwrap.fill(text, width, initial_indent=mark, subsequent_indent=hang)


def known(document):
    """What policies know of a document: its clauses' addresses and fingerprints."""
    return [
        (one.section, one.position, one.fingerprint, len(one.sentences)) for one in document.clauses
    ]


@given(SECTIONS, st.integers(min_value=30, max_value=110))
def test_wrapping_again_keeps_fingerprints(sections, width):
    """Lines broken elsewhere leave every clause, its sentences and its fingerprint as they were."""
    assert known(read(written(sections, width=width))) == known(read(written(sections)))


@given(SECTIONS)
def test_every_word_is_in_exactly_one_clause(sections):
    """The sentences are the words that were written, each once and in order."""
    found = [one.text for clause in read(written(sections)).clauses for one in clause.sentences]
    assert " ".join(found) == " ".join(
        " ".join([paragraph, *bullets]) for paragraph, bullets in sections
    )


@given(SECTIONS)
def test_plain_text_and_markdown_make_the_same_document(sections):
    """A policy stamped against the one is current against the other."""
    plain = read(written(sections, head=""), ".txt")
    assert known(plain) == known(read(written(sections)))


@given(st.text())
def test_fingerprints_look_at_letters_and_digits_only(text):
    """Space, case, bullets and quotes change nothing; a letter does."""
    assert fingerprint(f"• “{text.replace(' ', chr(10))}” ") == fingerprint(text)
    assert fingerprint(f"{text}a") != fingerprint(text)
