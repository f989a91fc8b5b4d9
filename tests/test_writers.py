"""Every writer has a way to write everything that a view may hold, and loses none of it."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import docx
import openpyxl
import pytest

from careerspolicy.views.filters import Choice, Filter, Filters
from careerspolicy.views.tree import (
    Column,
    Count,
    Facts,
    Fold,
    Item,
    Lines,
    List,
    Paragraph,
    Quotation,
    Row,
    Section,
    Share,
    Span,
    Stream,
    Table,
    Tone,
    Verbatim,
    View,
    bullets,
)
from careerspolicy.writers.data import csv_of, json_of
from careerspolicy.writers.markdown import markdown
from careerspolicy.writers.markdown_reading import read
from careerspolicy.writers.page import page
from careerspolicy.writers.text import plain_text
from careerspolicy.writers.word import word
from careerspolicy.writers.workbook import workbook

DAY = date(2026, 2, 28)
SHARE = Share("Share", 25, (Count("Metal", 1, Tone.GOOD), Count("Late", 3, Tone.BAD)))
COLUMNS = (
    Column("Columnone", "one"),
    Column("Columntwo", "two", number=True),
    Column("Columnthree"),
    Column("", "four"),
)
TABLE = Table(
    name="Sheet",
    caption="Captionword",
    columns=COLUMNS,
    rows=[
        Row(("Cellone", 1234, DAY, "hiddencell")),
        Row((Lines(("Lineone", "Linetwo")), 2.5, None, None)),
        Row((Span("Spanword", value="code"), 0, SHARE, None), asked="Askword"),
        Row(
            ("Cellfour", 4, "Cellfive", None),
            asked="Askedword",
            detail=(Paragraph(words="Detailword"),),
        ),
    ],
)
BLOCKS = (
    Paragraph(words=("Plainword ", Span("Strongword", strong=True))),
    Paragraph(words=Span("Linkword", href="https://oakfield.example/"), aside=True),
    bullets(["Bulletword"]),
    List((Item("Numberword", (Paragraph(words="Innerword"),)),), start=3),
    Facts((("Namefact", "Tellfact"),)),
    Verbatim(("Verbatimword",)),
    Quotation((Paragraph(words="Quoteword"),)),
    Fold(title="Foldword", about="Aboutword", blocks=(Paragraph(words="Foldedword"),)),
    TABLE,
    Section(title="Subsectionword", blocks=(Paragraph(words="Deepword"),)),
)
WORDS = (
    "Titleword", "Openword", "Closeword", "Sectionword", "Plainword", "Strongword", "Linkword",
    "Bulletword", "Numberword", "Innerword", "Namefact", "Tellfact", "Verbatimword", "Quoteword",
    "Foldword", "Aboutword", "Foldedword", "Captionword", "Columnone", "Columntwo", "Columnthree",
    "Cellone", "1,234", "Lineone", "Linetwo", "2.5", "Spanword", "25%", "Cellfour", "Cellfive",
    "Askedword", "Detailword", "Subsectionword", "Deepword", "Fullword",
)  # fmt: skip
HIDDEN = ("hiddencell", "code", "unseen")


def view():
    """A view of every kind of part."""
    return View(
        title="Titleword",
        dated=DAY,
        opening=(Paragraph(words="Openword"),),
        sections=lambda: (
            Section(title="Sectionword", blocks=BLOCKS),
            Filters((Filter(Choice.WORDS, "words", "Words"),), "All shown"),
            Section(title="Fullword", blocks=(), in_full=True),
        ),
        closing=(Paragraph(words="Closeword"),),
        records=lambda: TABLE,
        sheets=lambda: (TABLE,),
        data=lambda: {"a": 1, "many": Stream(lambda: iter([{"b": "é"}, {"b": None}]))},
    )


def words_of_word(data):
    """All that a Word document says."""
    told = docx.Document(io.BytesIO(data))
    cells = (cell.text for table in told.tables for row in table.rows for cell in row.cells)
    return "\n".join((*(one.text for one in told.paragraphs), *cells))


WRITTEN = {
    "text": lambda: plain_text(view(), everything=True),
    "markdown": lambda: markdown(view()),
    "page": lambda: page(view()),
    "word": lambda: words_of_word(word(view())),
}


@pytest.mark.parametrize("name", WRITTEN)
def test_every_part_of_a_view_is_written(name):
    """No block, cell or foot is lost in any format that people read; what is for programs is."""
    told = WRITTEN[name]()
    assert [one for one in WORDS if one not in told.replace("<b>", "").replace("</b>", "")] == []
    assert "28 February 2026" in told
    assert [one for one in HIDDEN if one in told.partition("<main")[2]] == []


def test_a_phone_is_not_shown_the_name_of_a_column_with_nothing_in_it():
    """Each cell of a card says which column it is of, unless it says nothing."""
    rows = [Row(("Head", Lines(()), "x")), Row(("Head", Lines(("One",)), Lines(())))]
    columns = Column("Name"), Column("Why"), Column("Where")
    made = page(View(title="x", sections=lambda: (Table(columns=columns, rows=rows, prose=True),)))
    assert (made.count('class="of">Why<'), made.count('class="of">Where<')) == (1, 1)
    assert made.count('<td role="cell"></td>') == 2


def test_a_document_reads_back_as_what_it_was():
    """The Markdown of a view has its sections, tables and lists when it is read again."""
    told = read(markdown(view()), title="Titleword")
    (section, full) = told.sections()
    kinds = [block.kind for block in section.blocks]
    assert (section.title[0], full.title[0]) == ("Sectionword", "Fullword")
    assert kinds.count("table") == 1 and kinds.count("quotation") == 1 and "verbatim" in kinds
    numbered = [one.start for one in section.blocks if isinstance(one, List)]
    assert 3 in numbered and None in numbered


def test_programs_get_names_codes_and_plain_days():
    """Comma-separated values have the columns that have a name, and what a piece stands for."""
    first, _, third, _ = csv.DictReader(io.StringIO("".join(csv_of(view()))))
    assert first == {"one": "Cellone", "two": "1234", "four": "hiddencell"}
    assert third["one"] == "code"
    with pytest.raises(ValueError, match="no records"):
        [*csv_of(View(title="x"))]


def test_a_stream_is_written_a_line_each():
    """Many values need little memory, and make the JSON that a list would."""
    told = "".join(json_of(view()))
    assert json.loads(told) == {"a": 1, "many": [{"b": "é"}, {"b": None}]}
    assert '\n    {"b": "é"},\n' in told


def test_a_share_takes_a_line_for_each_count_in_a_workbook():
    """A cell that holds several counts becomes several rows, each saying what it measures."""
    columns = Column("Name"), Column("Share")
    table = Table(name="A", columns=columns, rows=[Row(("x", SHARE)), Row(("y", SHARE))])
    book = openpyxl.load_workbook(io.BytesIO(workbook(View(title="T", sheets=lambda: (table,)))))
    assert [*book["A"].iter_rows(values_only=True)][:4] == [
        ("Name", "Measure", "Share"),
        ("x", "Share, %", 25),
        ("x", "Metal", 1),
        ("x", "Late", 3),
    ]


def test_a_terminal_leaves_out_what_is_for_readers_with_room():
    """Of folded parts a line each, the first eight; sections in full not at all."""
    folds = tuple(
        Fold(title=f"Fold {n}", about="about", blocks=(Paragraph(words="unseen"),))
        for n in range(10)
    )
    shown = View(
        title="T",
        sections=lambda: (
            Section(title="A", blocks=folds),
            Section(title="B", blocks=(Paragraph(words="unseen"),), in_full=True),
        ),
    )
    told = plain_text(shown)
    assert "- Fold 7: about\nand 2 more.\n" in told and "Fold 8" not in told
    assert "unseen" not in told and "\nB\n" not in told
    assert plain_text(shown, everything=True).count("unseen") == 11


@pytest.mark.parametrize(("width", "cards"), [(60, True), (120, False)])
def test_a_table_of_sentences_needs_width(width, cards):
    """Where columns would be too narrow to read, each row is told by itself."""
    columns = tuple(Column(name) for name in ("State", "Policyone", "Policytwo"))
    row = Row(("differs", "says this at some length", "says that at some length"))
    table = Table(columns=columns, rows=[row], prose=True)
    told = plain_text(View(title="T", sections=lambda: (table,)), width=width)
    assert ("State" not in told) is cards
    assert max(map(len, told.splitlines())) <= width


def test_only_web_addresses_and_parts_of_the_page_are_linked():
    """Whatever a result calls an address, nobody is led to a script."""
    links = ("javascript:alert(1)", "https://oakfield.example/", "#part")
    words = tuple(Span("x", href=one) for one in links)
    told = page(View(title="T", opening=(Paragraph(words=words),)))
    assert told.count("<a href=") == 2 + told.count('class="skip"') - 1
    assert "javascript" not in told
