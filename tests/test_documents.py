"""One document in four formats: what a reader of each finds in it, and where files go."""

import contextlib
import io
import re
import shutil
import stat
import subprocess
import sys
import zipfile
import zlib
from datetime import date

import docx
import pytest
from cli_running import POLICY, run
from document_making import FORMATS, document
from docx.oxml.ns import qn

from careerspolicy import extras
from careerspolicy.cli.output import write_file
from careerspolicy.errors import BrokenTemplate, MissingExtra, WontOverwrite
from careerspolicy.writers.contents import LONG, LONG_IN_ALL, MANY
from careerspolicy.writers.markdown_text import escaped

HOSTILE = (
    "<script>alert(1)</script> {{ title }} **x** | [a](javascript:b) \u202egnp.exe 😀 " + "w" * 300
)
SAFE = "<script>alert(1)</script> {{ title }} **x** | [a](javascript:b) gnp.exe 😀 " + "w" * 300

MARKDOWN = f"""# Careers at Oakfield

Who answers: **To be completed: the telephone number**. {escaped(HOSTILE)}

## Opportunities

Table: What each year group does

| Year group | Autumn term | More |
| --- | --- | --- |
| **Year 8** | careers fair | [the page](https://oakfield.example/careers?a=1&b=2) |
| **Year 9** | {escaped(HOSTILE)} | [write](mailto:careers@oakfield.example) |

## Steps

1. Ask.
2. Wait:
   - at most *five* days

   and no more.

### Then

1. Come.

---

Approved on 1 September 2026.
"""
LONG_ONE = "# Long\n\n" + "".join(f"## Part {n}: a & b\n\nText.\n\n" for n in range(LONG))


def made(shape, markdown=MARKDOWN, **more):
    """The bytes of the document, or of another."""
    return document(markdown, shape=shape, title="Careers & <Oakfield>", **more)


@pytest.fixture(scope="module")
def word():
    """The document in Word's format, opened."""
    return docx.Document(io.BytesIO(made("docx", dated=date(2026, 9, 1))))


@pytest.fixture(scope="module")
def pdf_text(tmp_path_factory, pdf_library):  # noqa: ARG001 - skips without it
    """What poppler finds in the PDF: its properties and its text."""
    for tool in ("pdfinfo", "pdftotext"):
        if not shutil.which(tool):
            pytest.skip(f"{tool} is not installed, so no PDF was read back")
    path = tmp_path_factory.mktemp("pdf") / "a.pdf"
    path.write_bytes(made("pdf"))
    return tuple(
        subprocess.run(command, check=True, capture_output=True, text=True).stdout
        for command in (["pdfinfo", path], ["pdftotext", "-raw", path, "-"])
    )


@pytest.mark.parametrize("shape", FORMATS)
def test_the_same_document_has_the_same_bytes(shape, request):
    """Whoever makes it again, another day, gets no difference to wonder about."""
    if shape == "pdf":
        request.getfixturevalue("pdf_library")
    assert made(shape) == made(shape)


def test_markdown_is_the_document_itself():
    """What cannot be written is gone; there is one line end at the end."""
    assert made("md", MARKDOWN + "\n\n\x00") == MARKDOWN.encode()


def test_a_long_document_begins_with_its_contents():
    """Each section is linked by the name that code hosts give it; a short one has no list."""
    told = made("md", LONG_ONE).decode()
    assert "## Contents\n\n- [Part 0: a & b](#part-0-a--b)\n" in told
    assert told.index("## Contents") < told.index("## Part 0")
    assert made("md", told).decode() == told
    assert "Contents" not in made("md").decode()
    page = made("html", LONG_ONE).decode()
    assert '<nav aria-labelledby="contents">' in page
    for n in range(LONG):
        assert f'href="#part-{n}-a--b"' in page and f'id="part-{n}-a--b"' in page


def test_what_stands_before_the_contents_stays_before_them():
    """A page's school year is read under its heading; a later section so named moves nothing."""
    page = made("html", LONG_ONE.replace("# Long", "# A\n\nSchool year 2026/27", 1)).decode()
    assert page.index("</h1>") < page.index("School year 2026/27") < page.index("<nav")
    later = made("html", "# A\n\nOpening\n\n## First\n\n## Contents\n\nText\n").decode()
    assert later.index("<main") < later.index("Opening")


def test_a_document_of_few_but_long_sections_lists_what_is_in_them():
    """Subsections stand under their sections, unless there are many sections or little in all."""
    parts = "".join(f"### Piece {n}\n\nText.\n\n" for n in range(LONG_IN_ALL - 2))
    told = made("md", f"# A\n\n## First\n\n{parts}## Last\n\nText.\n").decode()
    assert "## Contents\n\n- [First](#first)\n  - [Piece 0](#piece-0)\n" in told
    assert "- [Last](#last)\n\n## First\n" in told
    fewer = parts.replace("### Piece 0", "Piece 0")
    assert "Contents" not in made("md", f"# A\n\n## First\n\n{fewer}## Last\n").decode()
    many = "".join(f"## Part {n}\n\n### Piece {n}\n\n" for n in range(MANY))
    assert "Piece 1](" not in made("md", f"# A\n\n{many}").decode()


def test_the_page_says_what_each_part_is():
    """Language, title, landmarks, a caption, and what each heading of the table heads."""
    page = made("html").decode()
    for part in (
        '<html lang="en-GB">',
        "<title>Careers &amp; &lt;Oakfield&gt;</title>",
        '<header><h1 id="careers-at-oakfield">',
        "<caption>What each year group does</caption>",
        'role="group" aria-label="What each year group does" tabindex="0"',
        '<th scope="col">Autumn term</th>',
        '<th scope="row"><strong>Year 8</strong></th>',
        "<mark>To be completed: the telephone number</mark>",
        "<footer><p>Approved on 1 September 2026.</p>",
        "default-src 'none'",
    ):
        assert part in page, part
    assert "Table: " not in page and "<script" not in page and "javascript:b)" in page
    assert "\u202e" not in page


def test_tables_of_one_caption_are_told_apart():
    """Two regions have two names, so that whoever hears them can choose."""
    table = "Table: Visits\n\n| a |\n| --- |\n| b |\n\n"
    page = made("html", table * 2 + table.split("\n\n", 1)[1]).decode()
    for label in ("Visits", "Visits (2)", "Table"):
        assert f'aria-label="{label}"' in page


def test_the_word_document_has_real_styles(word):
    """Headings, lists and captions are Word's own, so that its navigation and contents work."""
    styles = {one.text: one.style.name for one in word.paragraphs}
    assert styles["Careers at Oakfield"] == "Title"
    assert styles["Opportunities"] == "Heading 1" and styles["Then"] == "Heading 2"
    assert styles["What each year group does"] == "Caption"
    assert styles["Ask."] == "List Number" and styles["at most five days"] == "List Bullet 2"
    assert styles["and no more."] == "List Continue"
    gap = next(run for one in word.paragraphs for run in one.runs if "To be completed" in run.text)
    assert gap.bold and gap.font.highlight_color is not None


def test_the_word_document_has_real_tables_and_links(word):
    """The row of headings comes again on each page; a link leads where it says."""
    (table,) = word.tables
    first, *rest = table.rows
    headings = [one.getparent().getparent() for one in word.element.body.iter(qn("w:tblHeader"))]
    assert headings == [word.element.body.find(f".//{qn('w:tr')}")] and len(rest) == 2
    assert table.style.name == "Table Grid"
    assert [cell.text for cell in first.cells] == ["Year group", "Autumn term", "More"]
    assert table.cell(2, 1).text == SAFE
    assert table.cell(1, 0).paragraphs[0].runs[0].bold
    widths = [column.width for column in table.columns]
    assert widths[1] > 2 * widths[0] and widths == [cell.width for cell in first.cells]
    links = {
        link.text: link.address
        for row in table.rows
        for cell in row.cells
        for one in cell.paragraphs
        for link in one.hyperlinks
    }
    assert links == {
        "the page": "https://oakfield.example/careers?a=1&b=2",
        "write": "mailto:careers@oakfield.example",
    }


def test_the_word_document_says_what_it_is(word):
    """Title, language, date; nobody's name."""
    told = word.core_properties
    assert (told.title, told.language) == ("Careers & <Oakfield>", "en-GB")
    assert told.author == "" and told.created.date() == date(2026, 9, 1)
    languages = {one.get(qn("w:val")) for one in word.styles.element.iter(qn("w:lang"))}
    assert languages == {"en-GB"}


def test_each_numbered_list_of_a_word_document_begins_at_one(word):
    """Word would else count on through the document."""
    numbers = [_number(one) for one in word.paragraphs if one.style.name == "List Number"]
    assert numbers[0] == numbers[1] != numbers[2]


def _number(paragraph):
    """Which list of the document a paragraph is counted in."""
    return paragraph.paragraph_format.element.find(f".//{qn('w:numId')}").get(qn("w:val"))


def test_contents_of_a_word_document_lead_to_its_headings():
    """Each link's bookmark is there."""
    told = docx.Document(io.BytesIO(made("docx", LONG_ONE)))
    body = told.element.body
    anchors = [one.get(qn("w:anchor")) for one in body.iter(qn("w:hyperlink"))]
    marks = {one.get(qn("w:name")) for one in body.iter(qn("w:bookmarkStart"))}
    assert len(anchors) == LONG and set(anchors) <= marks


def template_of_a_trust(tmp_path, *texts, bare=False):
    """A trust's own Word document, with a header and these paragraphs."""
    told = docx.Document()
    told.sections[0].header.paragraphs[0].text = "Oakfield Learning Trust"
    for text in texts:
        told.add_paragraph(text)
    if bare:
        kept = {"Normal", "Header", "Normal Table", "Default Paragraph Font"}
        for style in [one for one in told.styles if one.name not in kept]:
            style.delete()
        part = told.part.part_related_by(docx.opc.constants.RELATIONSHIP_TYPE.NUMBERING)
        links = told.part.rels
        links.pop(next(key for key, one in links.items() if one.target_part is part))
    path = tmp_path / "trust.docx"
    told.save(str(path))
    return path


@pytest.mark.parametrize("bare", [False, True])
def test_a_trusts_own_word_document_is_filled(tmp_path, bare):
    """Its header stays, the text goes where it says, and styles that it lacks are made up for."""
    path = template_of_a_trust(tmp_path, "Before", "{{ document }}", "After", bare=bare)
    data = made("docx", word_template=path)
    told = docx.Document(io.BytesIO(data))
    texts = [one.text for one in told.paragraphs]
    assert told.sections[0].header.paragraphs[0].text == "Oakfield Learning Trust"
    assert texts[0] == "Before" and texts[1] == "Careers at Oakfield" and texts[-1] == "After"
    assert "{{ document }}" not in texts and len(told.tables) == 1
    named = {one.text: one.style.name for one in told.paragraphs}
    assert named["Careers at Oakfield"] == "Title"
    assert named["Opportunities"] == "Heading 1" and named["Then"] == "Heading 2"
    assert all(_number(one) for one in told.paragraphs if one.text in ("Ask.", "Come."))
    assert told.tables[0].style.name == "Table Grid"
    assert data == made("docx", word_template=path)


def test_without_a_place_the_text_follows_what_is_there(tmp_path):
    """A letterhead needs no placeholder."""
    path = template_of_a_trust(tmp_path, "Before")
    told = docx.Document(io.BytesIO(made("docx", word_template=path)))
    assert [one.text for one in told.paragraphs][:2] == ["Before", "Careers at Oakfield"]


@pytest.mark.parametrize("data", [b"", b"no zip", "zip", None])
def test_what_is_no_word_document_is_refused(tmp_path, data):
    """A wrong file is named, with how to mend it."""
    path = tmp_path / "trust.docx"
    if data == "zip":
        with zipfile.ZipFile(path, "w") as told:
            told.writestr("a", "b")
    elif data is not None:
        path.write_bytes(data)
    with pytest.raises(BrokenTemplate, match=r"trust\.docx: ") as told:
        made("docx", word_template=path)
    assert "save it as" in str(told.value) or "no such file" in str(told.value)


def test_libreoffice_reads_the_word_document(tmp_path):
    """Another program finds the same text, its numbers and its table."""
    if not shutil.which("soffice"):
        pytest.skip("LibreOffice is not installed, so no Word document was opened in it")
    (tmp_path / "a.docx").write_bytes(made("docx"))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "txt:Text (encoded):UTF8"]
    subprocess.run(
        [*command, "--outdir", tmp_path, tmp_path / "a.docx"],
        check=True,
        capture_output=True,
        timeout=120,
    )
    text = (tmp_path / "a.txt").read_text("utf-8-sig")
    for part in ("Careers at Oakfield", "1. Ask.", "2. Wait:", "1. Come.", "careers fair", SAFE):
        assert part in text, part


def test_the_pdf_is_tagged_and_says_what_it_is(pdf_text):
    """Who has it read aloud is told the title, and can go from part to part."""
    properties, _ = pdf_text
    assert "Tagged:          yes" in properties
    assert "Title:           Careers & <Oakfield>" in properties
    inside = b"".join(_streams(made("pdf")))
    assert b"/Lang (en-GB)" in inside and b"/Outlines" in inside


def _streams(data):
    """What a PDF holds compressed."""
    for found in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL):
        with contextlib.suppress(zlib.error):
            yield zlib.decompress(found[1])


def test_the_pdf_holds_the_text(pdf_text):
    """The table, the address behind a link, and a hostile field as text."""
    _, text = pdf_text
    for part in ("Year 8", "careers fair", "https://oakfield.example/careers?a=1&b=2", "alert(1)"):
        assert "".join(part.split()) in "".join(text.split()), part
    assert "To be completed: the telephone number" in " ".join(text.split())


@pytest.mark.usefixtures("pdf_library")
def test_the_pdf_fetches_nothing(folder_of_templates, capfd):
    """A template that asks for a picture or style from elsewhere gets none, quietly."""
    server, folder = folder_of_templates
    made("pdf", templates=folder)
    assert server.asked == [] and capfd.readouterr() == ("", "")


@pytest.fixture
def folder_of_templates(tmp_path):
    """A template that asks a local listener for a picture, and a list of what it was asked."""
    import http.server  # noqa: PLC0415 - for this one test
    import threading  # noqa: PLC0415 - as above

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.server.asked.append(self.path)
            self.send_error(404)

        def log_message(self, *_):
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Handler) as server:
        server.asked = []
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        (tmp_path / "page.html.j2").write_text(
            '{% extends "shipped/page.html.j2" %}{% block style %}'
            f'@import url("{address}/a.css");{{% endblock %}}'
            f'{{% block footer %}}<img src="{address}/a.png" alt="">'
            '<img src="file:///etc/hostname" alt="">{% endblock %}',
            "utf-8",
        )
        yield server, tmp_path
        server.shutdown()


@pytest.mark.parametrize(("shape", "library"), [("docx", "docx"), ("pdf", "weasyprint")])
def test_a_format_whose_library_is_absent_names_its_extra(monkeypatch, shape, library):
    """Without the extra, one line says what to install."""
    monkeypatch.setitem(sys.modules, library, None)
    extra = extras.EXTRAS[library][0]
    with pytest.raises(MissingExtra, match=rf"pip install 'careerspolicy\[{extra}\]'"):
        made(shape)


def test_a_file_is_written_whole_or_not_at_all(tmp_path, monkeypatch):
    """When the disk is full the old file is still there, and no half of a new one."""
    path = tmp_path / "a.md"
    path.write_bytes(b"old")
    path.chmod(0o640)

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fchmod", full)
    with pytest.raises(OSError, match="No space"):
        write_file(path, b"new", force=True)
    assert path.read_bytes() == b"old" and [*tmp_path.iterdir()] == [path]
    monkeypatch.undo()
    write_file(path, b"new", force=True)
    assert path.read_bytes() == b"new" and stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_file_that_is_there_stays(tmp_path):
    """Nothing is replaced unless somebody says so; a link is followed, not replaced."""
    path, link = tmp_path / "a.md", tmp_path / "link.md"
    path.write_bytes(b"old")
    link.symlink_to(path)
    for one in (path, link):
        with pytest.raises(WontOverwrite, match=r"--force replaces it"):
            write_file(one, b"new", force=False)
    write_file(link, b"new", force=True)
    assert link.is_symlink() and path.read_bytes() == b"new"


def test_a_new_file_may_be_read_as_the_umask_says(tmp_path):
    """Temporary files are private; the document isn't left so."""
    write_file(tmp_path / "a.md", b"x", force=False)
    plain = tmp_path / "plain"
    plain.touch()
    assert (tmp_path / "a.md").stat().st_mode == plain.stat().st_mode


def test_the_suffix_says_the_format(tmp_path):
    """`-o a.html` is enough; `-o -` is stdout, as is no -o."""
    page = tmp_path / "a.html"
    assert run("statement", POLICY, "-o", page).exit_code == 0
    assert page.read_text("utf-8").startswith("<!doctype html>")
    plain = run("statement", POLICY).stdout
    assert plain.startswith("# ") and run("statement", POLICY, "-o", "-").stdout == plain
    assert run("statement", POLICY, "--format", "md", "-o", tmp_path / "a.odd").exit_code == 0
    assert run("statement", POLICY, "-o", tmp_path / "a").exit_code == 0
    assert (tmp_path / "a.odd").read_text("utf-8") == (tmp_path / "a").read_text("utf-8") == plain


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--format", "pdf"], "--format pdf makes a file: name it with -o FILE.pdf"),
        (["--format", "docx", "-o", "-"], "name it with -o FILE.docx"),
        (
            ["--format", "html", "-o", "a.pdf"],
            '--format html and the file\'s suffix ".pdf" disagree',
        ),
        (["-o", "a.xlsx"], 'this command makes no ".xlsx" files; its formats are md, html, docx'),
        (["-o", "a.odt"], 'this command makes no ".odt" files; its formats are md, html, docx'),
        (["-o", "a.txt"], 'this command makes no ".txt" files; its formats are md, html, docx'),
        (["-o", "there.md"], "there.md: this file is there already; --force replaces it"),
        (["-o", "nowhere/a.md"], "nowhere/a.md: No such file or directory"),
        (["-o", "folder"], "folder: Is a directory"),
        (["--word-template", "nope.docx", "-o", "a.docx"], "nope.docx: there is no such file"),
        (["--templates", "nope"], "nope: there is no such folder"),
    ],
)
def test_what_cannot_be_written_is_said_before_anything_is(tmp_path, monkeypatch, options, said):
    """Each mistake has its message, exit code 2, and leaves no file behind."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "there.md").write_text("mine")
    (tmp_path / "folder").mkdir()
    told = run("statement", POLICY, *options)
    assert told.exit_code == 2 and said in told.stderr, told.stderr
    assert "Traceback" not in told.stderr and told.stdout == ""
    assert {one.name for one in tmp_path.iterdir()} == {"there.md", "folder"}
    assert (tmp_path / "there.md").read_text() == "mine"
