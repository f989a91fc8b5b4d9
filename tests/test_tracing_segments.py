"""Documents are parted into sections, clauses and sentences as `docs/tracing.md` says."""

import textwrap
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tracing_listing import listing

from careerspolicy.tracing import segment
from careerspolicy.tracing.document import Clause, Kind
from careerspolicy.tracing.fingerprints import fingerprint
from careerspolicy.tracing.sentences import spans

FOLDER = Path(__file__).parent / "tracing"
DOCUMENTS = sorted(FOLDER.glob("*.txt"))


def clauses(text):
    """Every clause of a text as (section, position, words)."""
    return [(one.section, one.position, one.text) for one in segment(text).clauses]


def headings(text):
    """Every heading of a text."""
    return [one.text for one in segment(text).parts if one.kind is Kind.HEADING]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_a_document_is_parted_as_approved(path):
    """Each invented document has the parts of the listing beside it."""
    approved = path.with_suffix(".parts").read_text("utf-8")
    assert listing(path.read_text("utf-8")) == approved


def test_a_number_heads_a_section_only_if_its_line_reads_as_a_heading():
    """Of two numbered lines the short name heads; the sentence is a clause with its number."""
    text = "1. Aims\n\n1.1 The trust will help every pupil.\n\n1.2 Our schools\n\nThey all help.\n"
    assert headings(text) == ["1 Aims", "1.2 Our schools"]
    assert [(one.section, one.printed) for one in segment(text).clauses] == [
        ("1", "1.1"),
        ("1.2", ""),
    ]


@pytest.mark.parametrize(
    "line",
    ["3.1 Pupils may expect to:", "4.2 The Act asks for a curriculum which:", "Help should:"],
)
def test_a_stem_is_no_heading(line):
    """A line that opens a list is a clause, numbered or not."""
    assert headings(f"1. Aims\n\n{line}\n\n- one thing\n- another\n") == ["1 Aims"]


def test_numbers_without_a_dot_head_sections_if_they_count_up_over_text():
    """A document without contents may number its sections so; a list of numbered names may not."""
    text = "1 Aims\n\nThe trust helps every pupil.\n\n{}\n\nThe board reviews it.\n"
    assert headings(text.format("2 Review")) == ["1 Aims", "2 Review"]
    assert headings(text.format("16 Year Olds")) == []
    assert headings("There are:\n\n1 Talks\n\n2 Visits\n\nThe trust pays for them.\n") == []


def test_a_short_name_in_capitals_heads_and_an_abbreviation_does_not():
    """A section may be called AIMS; a line that only says CEIAG is text."""
    text = "1. Purpose\n\nThe trust helps every pupil.\n\n{}\n\nEvery pupil meets an employer.\n"
    assert headings(text.format("AIMS")) == ["1 Purpose", "AIMS"]
    assert headings(text.format("CEIAG")) == ["1 Purpose"]


def test_a_numbered_list_is_no_row_of_sections():
    """Short numbered lines under a stem are its items, though they might read as headings."""
    text = "4. Programme\n\nThere are three parts:\n\n1. Talks\n2. Visits\n3. Work\n\n5. Review\n"
    assert headings(f"{text}\nThe board reviews it.\n") == ["4 Programme", "5 Review"]


def test_a_paragraph_cut_by_a_page_goes_on():
    """A break without a sentence's end, before lower case or after a small word, ends nothing."""
    text = "1. Aims\n\nAll in Years\n\n8 to 13 meet a provider, and their\n\nparents are told.\n"
    assert clauses(text) == [
        ("1", 1, "All in Years 8 to 13 meet a provider, and their parents are told.")
    ]


def test_contents_without_pages_end_where_the_text_begins():
    """The first title that comes again is the first heading of the text."""
    text = "Contents\nAims\nDuties\n\nAims\n\nWe help all pupils.\n\nDuties\n\nLeaders lead.\n"
    assert headings(text) == ["Aims", "Duties"]
    assert [part.lines for part in segment(text).parts if part.kind is Kind.CONTENTS] == [(1, 3)]


def test_bullets_inside_a_cell_are_clauses():
    """A table's numbered row is a section of its own; its bullets are clauses, on one line."""
    table = (
        "AREA\tWHAT\tHOW\n1 TALKS\tPupils hear employers.\t<ul><li>Once a year.</li> • In class."
    )
    found = clauses(f"Appendix B - Plans\n\n{table}\n2 VISITS\tPupils go out.\t• In Year 9.\n")
    assert found == [
        ("Appendix B, area 1", 1, "Pupils hear employers."),
        ("Appendix B, area 1", 2, "Once a year."),
        ("Appendix B, area 1", 3, "In class."),
        ("Appendix B, area 2", 1, "Pupils go out."),
        ("Appendix B, area 2", 2, "In Year 9."),
    ]


def test_sections_of_one_name_are_told_apart():
    """The second section of a name has a count behind it."""
    text = (
        "Key Stage 3\n\nTalks are held.\n\nKey Stage 4\n\nMore are held.\n\nKey Stage 3\n\nAgain.\n"
    )
    assert [one.name for one in segment(text).sections] == [
        "Key Stage 3",
        "Key Stage 4",
        "Key Stage 3 (2)",
    ]


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
    ],
)
def test_sentences_end_where_readers_end_them(text, parts):
    """Short forms, initials and quantities end no sentence."""
    assert [text[start:end] for start, end in spans(text)] == parts


def covered(document):
    """The lines of every part, in order."""
    return [part.lines for part in document.parts]


PIECES = st.sampled_from(
    [
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
        "A",
        "b c",
        "Contents",
        ":",
        "The trust will act.",
        "Careers Leader",
        "www.example.org",
        "<ul>",
        "….. 3",
        "Page 2",
        "\u00a0",
    ]
)
ANY_LINE = st.one_of(st.text(max_size=30), st.lists(PIECES, max_size=5).map("".join))


@given(st.lists(ANY_LINE, max_size=25))
def test_any_text_is_parted_whole(lines):
    """Whatever a text holds, each line with something on it belongs to a part, in order."""
    text = "\n".join(line.replace("\r", " ").replace("\n", " ") for line in lines)
    document = segment(text)
    ranges = covered(document)
    told = {n for first, last in ranges for n in range(first, last + 1)}
    visible = {n for n, line in enumerate(text.split("\n"), start=1) if _has_words(line)}
    assert visible <= told
    assert [first for first, _ in ranges] == sorted(first for first, _ in ranges)
    assert all(first <= last for first, last in ranges)


def _has_words(line):
    return any(one.isalnum() for one in line)


WORDS = st.sampled_from(["pupils", "meet", "employers", "every", "year", "plans", "9", "Trust"])
SENTENCES = st.lists(WORDS, min_size=6, max_size=30).map(
    lambda words: f"The {' '.join(words)} and parents are told."
)
PARAGRAPHS = st.lists(SENTENCES, min_size=1, max_size=4).map(" ".join)
SECTIONS = st.lists(st.tuples(PARAGRAPHS, st.lists(SENTENCES, max_size=3)), min_size=1, max_size=4)


#: Prose enough to show how wide a document is wrapped.
PREFACE = f"It {'says what our schools do, and ' * 40}no more."


def written(sections, width=0):
    """A document of those sections, each line wrapped at a width, or not at all."""
    blocks = [_wrapped(PREFACE, "", width)]
    for n, (paragraph, bullets) in enumerate(sections, start=1):
        blocks += [f"{n}. Heading", _wrapped(paragraph, "", width)]
        blocks += [_wrapped(bullet, "- ", width) for bullet in bullets]
    return "\n\n".join(blocks) + "\n"


def _wrapped(text, mark, width):
    if not width:
        return f"{mark}{text}"
    hang = " " * len(mark)
    return textwrap.fill(text, width, initial_indent=mark, subsequent_indent=hang)


@given(SECTIONS, st.integers(min_value=50, max_value=110))
def test_wrapping_again_keeps_fingerprints(sections, width):
    """Lines broken elsewhere leave every clause, its sentences and its fingerprint as they were."""
    plain, wrapped = (segment(written(sections, at)).clauses for at in (0, width))
    told = [(one.section, one.position, one.fingerprint, len(one.sentences)) for one in plain]
    assert told == [
        (one.section, one.position, one.fingerprint, len(one.sentences)) for one in wrapped
    ]


@given(SECTIONS)
def test_parting_again_finds_the_same_parts(sections):
    """What has been parted, written out part by part, is parted alike."""
    document = segment(written(sections))
    again = "\n\n".join(
        f"{'- ' if part.kind is Kind.BULLET else ''}{part.text}"
        if isinstance(part, Clause)
        else part.text.replace(" ", ". ", 1)
        for part in document.parts
    )
    assert [one.fingerprint for one in segment(again).clauses] == [
        one.fingerprint for one in document.clauses
    ]


@given(st.text())
def test_fingerprints_look_at_letters_and_digits_only(text):
    """Space, case, bullets and quotes change nothing; a letter does."""
    assert fingerprint(f"• “{text.replace(' ', chr(10))}” ") == fingerprint(text)
    assert fingerprint(f"{text}a") != fingerprint(text)
