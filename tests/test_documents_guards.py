"""What guards documents: links that lead nowhere bad, no trace of the clock, refusals in time."""

import io
import zipfile

import docx
import pytest
from cli_running import run
from document_making import document
from docx.oxml.ns import qn

TABLE = "Table: What is due\n\n| By | What |\n| --- | --- |\n| May | a talk |\n"


def made(shape, markdown):
    """The bytes of a document."""
    return document(markdown, shape=shape)


@pytest.mark.parametrize(
    "target",
    ["file:///etc/passwd", "data:text/html,x", "javascript:alert(1)", "x.html", "//evil.example"],
)
def test_a_template_cannot_link_anywhere(target):
    """Even a link that a template itself writes leads to the web, to people, or stays text."""
    markdown = f"# A\n\n[there]({target}) and [here](https://oakfield.example/) and [up](#a)\n"
    page = made("html", markdown).decode().replace("<wbr>", "")
    assert target in page and f'href="{target}"' not in page
    assert 'href="https://oakfield.example/"' in page and 'href="#a"' in page
    word = docx.Document(io.BytesIO(made("docx", markdown)))
    assert [one.url for part in word.paragraphs for one in part.hyperlinks if one.address] == [
        "https://oakfield.example/"
    ]


def test_no_part_of_a_word_document_says_when_it_was_zipped():
    """The clock would else be in every part, and the same document differ from second to second."""
    with zipfile.ZipFile(io.BytesIO(made("docx", "# A\n\nText.\n"))) as parts:
        assert {one.date_time for one in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_table_of_a_word_document_says_what_it_is():
    """Who has a table read aloud hears its caption as its title; each has its own."""
    word = docx.Document(io.BytesIO(made("docx", f"# A\n\n{TABLE}\nText.\n\n{TABLE}")))
    titles = [one.get(qn("w:val")) for one in word.element.body.iter(qn("w:tblCaption"))]
    assert titles == ["What is due", "What is due (2)"]


def test_a_file_that_is_there_is_refused_before_the_work(tmp_path):
    """Nobody waits for a document that can't be written: the file is told before the policy."""
    there = tmp_path / "there.md"
    there.write_text("mine", encoding="utf-8")
    told = run("statement", "no-such-policy", "-o", there)
    assert told.exit_code == 2 and "this file is there already" in told.stderr
    assert "no-such-policy" not in told.stderr


def test_a_page_may_ask_nothing_of_anybody():
    """Its security policy allows no address at all, whatever a template of a user's put in it."""
    page = made("html", "# A\n\nText.\n").decode()
    policy = page.partition('Content-Security-Policy" content="')[2].partition('"')[0]
    assert policy.startswith("default-src 'none';") and "script-src 'none'" in policy
    assert "http" not in policy and "*" not in policy


def test_a_numbered_list_of_a_word_document_begins_where_it_says():
    """A policy's promises are numbered through all its sections; Word would begin each at 1."""
    word = docx.Document(io.BytesIO(made("docx", "1. One\n2. Two\n\n## Next\n\n3. Three\n")))
    numbering = word.part.numbering_part.element
    starts = {
        one.get(qn("w:numId")): one.find(f".//{qn('w:startOverride')}").get(qn("w:val"))
        for one in numbering.iter(qn("w:num"))
        if one.find(f".//{qn('w:startOverride')}") is not None
    }
    followed = [
        starts[one._p.find(f".//{qn('w:numId')}").get(qn("w:val"))]  # noqa: SLF001 - no other way
        for one in word.paragraphs
        if one.text in ("One", "Two", "Three")
    ]
    assert followed == ["1", "1", "3"]


def test_a_very_long_word_of_a_page_may_be_broken():
    """Else it would widen its column beyond a telephone; a short one stays whole."""
    page = made("html", f"# A\n\n{'W' * 40} whole\n").decode()
    assert "<p>" + "<wbr>".join(["W" * 12] * 3 + ["W" * 4]) + " whole</p>" in page
