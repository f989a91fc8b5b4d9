"""Word documents are read whole: lists, tables, tracked changes, and what hangs beside the text."""

import io
from pathlib import Path

import pytest

from careerspolicy.tracing.document import Clause, Kind, letters
from careerspolicy.tracing.reading import read_document
from careerspolicy.writers import markdown_reading
from careerspolicy.writers import word as word_writer

docx = pytest.importorskip("docx")
oxml = pytest.importorskip("docx.oxml")

FOLDER = Path(__file__).parent / "tracing"
SPACES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "v": "urn:schemas-microsoft-com:vml",
    }.items()
)


@pytest.fixture
def word():
    """An empty Word document."""
    return docx.Document()


def xml(written):
    """The first element in some XML of a Word document."""
    return oxml.parse_xml(f"<w:x {SPACES}>{written}</w:x>")[0]


def run(text, kind="t"):
    """The XML of words in a paragraph."""
    return f'<w:r><w:{kind} xml:space="preserve">{text}</w:{kind}></w:r>'


def add(word, written):
    """Put XML at the end of a document's body."""
    word.element.body.sectPr.addprevious(xml(written))


def read(word):
    """The document as tracing reads it."""
    saved = io.BytesIO()
    word.save(saved)
    return read_document(saved.getvalue(), ".docx")


def sentences(word):
    """Every sentence with its section."""
    return [(one.section, part.text) for one in read(word).clauses for part in one.sentences]


def texts(word):
    """Every clause's words."""
    return [one.text for one in read(word).clauses]


def asides(word, kind):
    """The words of each aside of that kind."""
    parts = read(word).parts
    return [one.text for one in parts if not isinstance(one, Clause) and one.kind is kind]


def test_headings_are_known_by_their_style(word):
    """A title stands above the first level; a style made from a heading's is one too."""
    own = word.styles.add_style("School heading", 1)
    own.base_style = word.styles["Heading 2"]
    word.add_heading("Careers policy", 0)
    word.add_heading("1. Aims", 1)
    word.add_paragraph("Benchmark 1: Plans", style=own)
    word.add_paragraph("We plan.").runs[0].bold = True
    found = [(one.name, one.path) for one in read(word).sections]
    assert found == [
        ("Careers policy", ()),
        ("1", ("Careers policy",)),
        ("Benchmark 1", ("Careers policy", "1")),
    ]
    assert sentences(word) == [("Benchmark 1", "We plan.")]


def level(at, form, text, style=""):
    """The XML of a list's level."""
    linked = f'<w:pStyle w:val="{style}"/>' if style else ""
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{linked}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbered(word, number, levels, extra=""):
    """Define a list of those levels."""
    numbering = word.part.numbering_part.element
    kind = f'<w:abstractNum w:abstractNumId="{number}">{levels}</w:abstractNum>'
    numbering.insert(0, xml(kind))
    numbering.append(
        xml(f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/>{extra}</w:num>')
    )


def in_list(word, text, number, at=0):
    """Add a paragraph of a list."""
    made = word.add_paragraph(text)
    made._p.get_or_add_pPr().append(  # noqa: SLF001 - the library has no way to say it
        xml(f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{number}"/></w:numPr>')
    )
    return made


def test_numbers_that_word_counts_name_sections_and_clauses(word):
    """They stand nowhere in the file's text, and readers cite by them."""
    levels = level(0, "decimal", "%1.", "Heading1") + level(1, "decimal", "%1.%2", "Heading2")
    numbered(word, 70, levels + level(2, "decimal", "%1.%2.%3"))
    for style in ("Heading 1", "Heading 2"):
        word.styles[style].element.get_or_add_pPr().append(
            xml('<w:numPr><w:numId w:val="70"/></w:numPr>')
        )
    word.add_heading("Aims", 1)
    word.add_heading("Duties", 1)
    word.add_heading("The trust", 2)
    word.add_heading("The school", 2)
    in_list(word, "The school plans.", 70, 2)
    in_list(word, "The school reports.", 70, 2)
    word.add_heading("Review", 1)
    word.add_heading("By whom", 2)
    document = read(word)
    assert [one.name for one in document.sections] == ["1", "2", "2.1", "2.2", "3", "3.1"]
    assert [(one.section, one.printed) for one in document.clauses] == [
        ("2.2", "2.2.1"),
        ("2.2", "2.2.2"),
    ]


def test_a_numbered_sentence_in_a_headings_style_is_a_clause(word):
    """Many policies number their paragraphs so."""
    numbered(word, 70, level(0, "decimal", "%1", "Heading1") + level(1, "decimal", "%1.%2", ""))
    word.add_heading("1 Aims", 1)
    made = word.add_heading("Every school will name a careers leader.", 2)
    made._p.get_or_add_pPr().append(  # noqa: SLF001
        xml('<w:numPr><w:ilvl w:val="1"/><w:numId w:val="70"/></w:numPr>')
    )
    (clause,) = read(word).clauses
    assert (clause.section, clause.printed) == ("1", "1.1")


def test_lists_restart_and_count_in_letters_and_roman_figures(word):
    """Lists of one kind go on counting; one that restarts begins again."""
    legal = level(2, "decimal", "%1.%3").replace("<w:lvlText", "<w:isLgl/><w:lvlText")
    levels = level(0, "upperLetter", "Appendix %1") + level(1, "lowerRoman", "(%2)") + legal
    numbered(word, 70, levels)
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="4"/></w:lvlOverride>'
    word.part.numbering_part.element.append(
        xml(f'<w:num w:numId="71"><w:abstractNumId w:val="70"/>{restart}</w:num>')
    )
    for text, number, at in [
        ("Visits", 70, 0), ("one", 70, 1), ("two", 70, 1), ("Talks", 70, 0),
        ("Work", 71, 0), ("three", 71, 2),
    ]:  # fmt: skip
        made = in_list(word, text, number, at)
        if not at:
            made.style = word.styles["Heading 1"]
    document = read(word)
    assert [one.name for one in document.sections] == ["Appendix A", "Appendix B", "Appendix D"]
    assert [one.printed for one in document.clauses] == ["", "", "4.1"]


def test_nested_items_are_clauses_each(word):
    """Bullets, items below them and numbered items; an empty paragraph is nothing."""
    word.add_paragraph("The school will:")
    word.add_paragraph("plan", style="List Bullet")
    word.add_paragraph("with parents", style="List Bullet 2")
    word.add_paragraph("")
    word.add_paragraph("report", style="List Number")
    word.add_paragraph("review", style="List Number")
    found = [(one.text, one.printed) for one in read(word).clauses]
    assert found == [
        ("The school will:", ""),
        ("plan", ""),
        ("with parents", ""),
        ("report", "1"),
        ("review", "2"),
    ]


def roles(word):
    """A table of roles in two columns, with all that such tables have in them."""
    word.add_heading("3. Roles", 1)
    table = word.add_table(rows=6, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Role", "Duties"
    table.rows[0]._tr.get_or_add_trPr().append(xml("<w:tblHeader/>"))  # noqa: SLF001
    table.cell(1, 0).text, table.cell(1, 1).text = "Trustees", "Review the policy. Ask for reports."
    leader = table.cell(2, 1)
    table.cell(2, 0).text, leader.text = "Careers leader", "Leads the programme:"
    leader.add_paragraph("plans it", style="List Bullet")
    leader.add_paragraph("reports on it", style="List Bullet")
    table.cell(3, 0).merge(table.cell(3, 1)).text = "All staff help."
    table.cell(4, 0).merge(table.cell(5, 0)).text = "Tutors"
    table.cell(4, 1).text, table.cell(5, 1).text = "Listen.", "Signpost."
    return table


def test_a_table_of_roles_traces_whole(word):
    """A row is a clause; a role with paragraphs is a section; merged cells count once."""
    roles(word)
    word.add_paragraph("Roles change each year.")
    assert asides(word, Kind.HEADING) == ["3 Roles", "Role | Duties", "Careers leader"]
    assert sentences(word) == [
        ("3", "Trustees | Review the policy."),
        ("3", "Ask for reports."),
        ("3, Careers leader", "Leads the programme:"),
        ("3, Careers leader", "plans it"),
        ("3, Careers leader", "reports on it"),
        ("3", "All staff help."),
        ("3", "Tutors | Listen."),
        ("3", "Signpost."),
        ("3", "Roles change each year."),
    ]


def test_a_table_that_only_frames_the_text_is_looked_through(word):
    """Headings and tables in one wide cell are what they would be outside it."""
    frame = word.add_table(rows=1, cols=1).cell(0, 0)
    frame.text = "Aims"
    frame.paragraphs[0].style = word.styles["Heading 1"]
    inner = frame.add_table(rows=1, cols=2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "Tutors", "Listen."
    assert sentences(word) == [("Aims", "Tutors | Listen.")]


def test_a_table_in_a_cell_loses_nothing(word):
    """Its cells are clauses of the row that it stands in."""
    table = word.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Tutors", "Listen."
    inner = table.cell(0, 1).add_table(rows=1, cols=2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "Year 7", "weekly"
    assert texts(word) == ["Listen.", "Year 7", "weekly"]
    assert asides(word, Kind.HEADING) == ["Tutors"]


def test_tracked_changes_read_as_if_they_were_accepted(word):
    """What is put in counts, what is taken out doesn't, also a paragraph's end or a row."""
    change = 'w:id="1" w:author="A"'
    add(
        word,
        f"<w:p>{run('Kept')}<w:ins {change}>{run(' and added.')}</w:ins>"
        f"<w:del {change}>{run('Gone.', 'delText')}</w:del></w:p>",
    )
    add(word, f"<w:p><w:pPr><w:rPr><w:del {change}/></w:rPr></w:pPr>{run('This goes on')}</w:p>")
    add(word, f"<w:p>{run(' in this.')}</w:p>")
    add(
        word,
        f"<w:p><w:pPr><w:rPr><w:moveFrom {change}/></w:rPr></w:pPr>"
        f"<w:moveFrom {change}>{run('Moved.')}</w:moveFrom></w:p>",
    )
    add(word, f"<w:p><w:moveTo {change}>{run('Moved.')}</w:moveTo></w:p>")
    add(
        word,
        f"<w:tbl><w:tr><w:trPr><w:del {change}/></w:trPr><w:tc><w:p><w:del {change}>"
        f"{run('Row.', 'delText')}</w:del></w:p></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>",
    )
    assert texts(word) == ["Kept and added.", "This goes on in this.", "Moved."]


def test_content_controls_are_looked_through(word):
    """Round paragraphs, words, rows and cells."""

    def control(inside):
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{inside}</w:sdtContent></w:sdt>"

    add(word, control(f"<w:p>{run('A paragraph.')}</w:p>"))
    add(word, f"<w:p>{run('Owner: ')}{control(run('the director'))}</w:p>")
    first, second = (f"<w:tc><w:p>{run(text)}</w:p></w:tc>" for text in ("One", "two"))
    row = f"<w:tr>{first}{control(second)}</w:tr>"
    add(word, f"<w:tbl>{control(row)}</w:tbl>")
    assert texts(word) == ["A paragraph.", "Owner: the director", "One | two"]


def test_text_boxes_and_notes_follow_the_paragraph_they_hang_on(word):
    """A text box is written twice in the file, for old programs, and read once."""
    box = f"<w:txbxContent><w:p>{run('Boxed.')}</w:p></w:txbxContent>"
    add(
        word,
        f"<w:p>{run('Text.')}<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>"
        f"<wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>"
        f"{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>",
    )
    word.add_paragraph("More.")
    assert texts(word) == ["Text.", "Boxed.", "More."]


def test_a_note_is_a_clause_after_the_paragraph_that_refers_to_it(word):
    """A promise can hide in a footnote."""
    note = f'<w:footnote w:id="2"><w:p>{run("As noted.")}</w:p></w:footnote>'
    notes = f"<w:footnotes {SPACES}>{note}</w:footnotes>"
    name = docx.opc.packuri.PackURI("/word/footnotes.xml")
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    part = docx.opc.part.Part(name, kind, notes.encode(), word.part.package)
    types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    word.part.relate_to(part, f"{types}/footnotes")
    add(word, f'<w:p>{run("Text.")}<w:r><w:footnoteReference w:id="2"/></w:r></w:p>')
    word.add_paragraph("More.")
    assert texts(word) == ["Text.", "As noted.", "More."]


def test_headers_and_footers_are_page_furniture_and_are_read_once(word):
    """They say the same on every page."""
    word.sections[0].header.paragraphs[0].text = "Harbour Learning Trust"
    word.sections[0].footer.paragraphs[0].text = "Version 2"
    word.add_section().header.is_linked_to_previous = False
    word.sections[1].header.paragraphs[0].text = "Harbour Learning Trust"
    word.add_paragraph("Text.")
    assert texts(word) == ["Text."]
    assert asides(word, Kind.FURNITURE) == ["Harbour Learning Trust", "Version 2"]


def test_contents_are_known_by_style_by_control_and_by_links(word):
    """However a program writes them, they promise nothing."""
    gallery = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
    entry = f"<w:p>{run('Aims 2')}</w:p>"
    add(word, f"<w:sdt><w:sdtPr>{gallery}</w:sdtPr><w:sdtContent>{entry}</w:sdtContent></w:sdt>")
    add(word, f'<w:p><w:hyperlink w:anchor="a">{run("Duties 3")}</w:hyperlink></w:p>')
    style = word.styles.add_style("toc 1", 1)
    word.add_paragraph("Review 4", style=style)
    add(word, f'<w:p>{run("See ")}<w:hyperlink w:anchor="a">{run("Duties")}</w:hyperlink></w:p>')
    assert asides(word, Kind.CONTENTS) == ["Aims 2", "Duties 3", "Review 4"]
    assert texts(word) == ["See Duties"]


def test_breaks_within_a_paragraph_part_no_clause(word):
    """Soft line breaks and tabs are spaces; hidden words aren't read."""
    add(
        word,
        f"<w:p>{run('Every')}<w:r><w:br/></w:r>{run('school')}<w:r><w:tab/></w:r>{run('has a co')}"
        f"<w:r><w:noBreakHyphen/></w:r>{run('ordinator.')}"
        f"<w:r><w:rPr><w:vanish/></w:rPr><w:t>Hidden.</w:t></w:r></w:p>",
    )
    assert texts(word) == ["Every school has a co-ordinator."]


def test_lines_count_the_paragraphs_that_are_read(word):
    """A sentence has those of its paragraph, a row those of its cells."""
    word.add_paragraph("One. Two.")
    word.add_paragraph("")
    table = word.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Tutors", "Listen."
    assert [one.lines for one in read(word).clauses] == [(1, 1), (2, 3)]


def test_a_policy_in_markdown_and_in_word_is_one_document():
    """Stamped against the one, a policy is current against the other."""
    markdown = (FOLDER / "harbour.md").read_text("utf-8")
    first = read_document(markdown.encode(), ".md")
    second = read_document(
        word_writer.word(markdown_reading.read(markdown, title="Policy")), ".docx"
    )
    assert [
        (one.section, one.position, one.printed, one.fingerprint) for one in second.clauses
    ] == [(one.section, one.position, one.printed, one.fingerprint) for one in first.clauses]
    assert [letters(one.text) for one in second.parts] == [letters(one.text) for one in first.parts]
