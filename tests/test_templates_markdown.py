"""Any text in any field of a document stays text: the laws of escaping, proved on any text.

The reader here is the widest Markdown we know of, with raw HTML and everything else switched on,
since the trust may show the file with another reader than ours.
"""

from datetime import date
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import DictLoader
from markdown_it import MarkdownIt

from careerspolicy.views.tree import Column, Facts, Item, List, Paragraph, Row, Section, Table, View
from careerspolicy.writers import cleaning
from careerspolicy.writers.markdown import markdown as markdown_of
from careerspolicy.writers.markdown_reading import read
from careerspolicy.writers.markdown_text import Markdown, escaped, link, web_address
from careerspolicy.writers.page import page as page_of
from careerspolicy.writers.templating import MarkdownEnvironment

WIDEST = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])

#: Where a field may stand, and how many inline texts the reader then finds before it.
PLACES = {
    "paragraph": "{{ value }}\n",
    "later line": "before\n{{ value }}\n",
    "heading": "## {{ value }}\n",
    "bullet": "- {{ value }}\n- other\n",
    "numbered": "1. {{ value }}\n2. other\n",
    "quotation": "> {{ value }}\n",
    "bold": "x **a {{ value }} z** y\n",
    "within": "before {{ value }} after\n",
    "table": "| a | b |\n| --- | --- |\n| {{ value }} | c |\n| d | {{ value }} |\n",
    "heading of a table": "| a | {{ value }} |\n| --- | --- |\n| b | c |\n",
    "above a table": "{{ value }}\n\n| a | b |\n| --- | --- |\n| c | d |\n",
    "macro": "{% macro m(x) %}- {{ x }}{% endmacro %}{{ m(value) }}\n",
    "joined": "{% macro m(x) %}a {{ x }}{% endmacro %}{{ m(1) ~ value }}\n",
}

MARKED = st.text(alphabet="#-+=*_`~[](){}<>!|\\&;:.12 \t\nab@/\"'$^%\u202e\u200b", max_size=30)
# fmt: off
BITS = [
    "<script>alert(1)</script>", "&lt;", "&#60;", "&copy;", "&amp", "<b>", "# ", "## ", " #", "- ",
    "+ ", "1. ", "1) ", "---", "===", "```", "~~~", "> ", "**", "__", "_", "`", "|", "\\", "\\|",
    "[x](http://x.example)", "![x](y)", "[x]: http://x.example", "<http://x.example>",
    "{{ value }}", "{% raw %}", "\n", "\n\n", "\r", "\u2028", "    ", "<!-- ", "-->", "Table: x",
    "😀", "\u05d0\u05d1", "\u202e", ":-:",
]
# fmt: on
PIECES = st.lists(st.sampled_from(BITS), max_size=6).map("".join)
ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=[]), max_size=40)
TEXTS = st.one_of(MARKED, PIECES, ANY_TEXT)


def rendered(template, value):
    """The Markdown of a template's source with a value in it."""
    environment = MarkdownEnvironment(loader=DictLoader({"t": template}))
    return environment.get_template("t").render(value=value)


def shape_and_texts(markdown):
    """The kinds of tokens in order, and the texts that a reader sees, joined."""
    tokens = WIDEST.parse(markdown)
    kinds = [token.type for token in tokens if token.type != "inline"]
    marks = [
        child.type
        for token in tokens
        for child in token.children or []
        if child.type not in ("text", "text_special", "softbreak")
    ]
    texts = [
        "".join("\n" if one.type == "softbreak" else one.content for one in token.children)
        for token in tokens
        if token.children is not None
    ]
    return kinds, marks, texts


@pytest.mark.parametrize("place", PLACES)
@given(value=TEXTS)
def test_a_field_comes_out_as_the_text_that_it_is(place, value):
    """Wherever it stands, a field changes no structure, and reads as it was written."""
    seen = cleaning.one_line(value)
    plain_kinds, plain_marks, plain_texts = shape_and_texts(rendered(PLACES[place], "plain"))
    kinds, marks, texts = shape_and_texts(rendered(PLACES[place], value))
    if seen:
        assert (kinds, marks) == (plain_kinds, plain_marks)
        assert texts == [text.replace("plain", seen) for text in plain_texts]


class _Texts(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.told, self._in_main = [], [], False

    def handle_starttag(self, tag, attrs):
        self._in_main = self._in_main or tag == "main"
        if self._in_main and tag != "wbr":  # where a very long word may be broken
            self.tags.append((tag, tuple(name for name, _ in attrs)))

    def handle_data(self, data):
        if self._in_main:
            self.told.append(data)


@given(value=TEXTS)
def test_no_tag_of_a_page_comes_from_a_field(value):
    """In our own pages, a field makes no tag and no attribute; its text is all there."""
    source = "# Title\n\n- {{ value }}\n- x\n\n| a | b |\n| --- | --- |\n| {{ value }}x | c |\n"
    page, plain = _Texts(), _Texts()
    page.feed(page_of(read(rendered(source, value), title=value)))
    plain.feed(page_of(read(rendered(source, "plain"), title="plain")))
    assert page.tags == plain.tags
    assert " ".join("".join(page.told).split()).startswith(
        " ".join(cleaning.one_line(value).split())
    )


def view_of(value):
    """A view with a text wherever one may stand."""
    table = Table(caption=value, columns=(Column("a"), Column(value)), rows=[Row((value, value))])
    blocks = (
        Paragraph(words=value),
        List((Item(value, (Paragraph(words=value),)),)),
        Facts((("a", value),)),
        table,
    )
    return View(title="T", sections=lambda: (Section(title="a", blocks=blocks),))


@given(value=TEXTS)
def test_a_text_of_a_view_comes_out_as_the_text_that_it_is(value):
    """Whatever a result says, its document has the parts that it would have of any other text."""
    seen = cleaning.one_line(value)
    kinds, _, texts = shape_and_texts(markdown_of(view_of(value)))
    plain_kinds, _, plain_texts = shape_and_texts(markdown_of(view_of("plain")))
    if seen:
        assert kinds == plain_kinds
        expected = (text.replace("plain", seen) for text in plain_texts)
        assert [*map(spaced, texts)] == [*map(spaced, expected)]


def spaced(text):
    """A text with one space where there are several."""
    return " ".join(text.split())


@pytest.mark.parametrize(
    "text",
    [
        "Years 8-9 (5.10): at least 1, e.g. a fair!",
        "pupil_id_2 and a_b",
        "R&D, AT&T and Q&A; M&S",
        "1.5 hours",
        "-5 degrees, +44 1484 000000",
        "C# and #1",
        "a > b = c",
        "careers@oakfield.example",
        'What\'s this: "a test"?',
    ],
)
def test_ordinary_text_is_left_alone(text):
    """Nobody who reads the Markdown itself stumbles over needless backslashes."""
    assert escaped(text) == text


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Oak\u202efield\u202c", "Oakfield"),
        ("Oak\u200bfield\ufeff", "Oakfield"),
        ("a\x00b\x1bc\x85d", "abc d"),
        ("a\ud800b", "a\ufffdb"),
        ("one\r\ntwo\n\nthree", "one two three"),
        ("\u05d0\u05d1", "\u2068\u05d0\u05d1\u2069"),
        ("👩\u200d🏫", "👩\u200d🏫"),
        ("🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", None),
        ("a\U000e0041b", "ab"),
    ],
)
def test_what_cannot_be_seen_is_taken_away(text, seen):
    """Controls, zero-width characters and turns of direction go; emoji and scripts stay."""
    assert cleaning.one_line(text) == (seen or text)


@given(value=TEXTS)
def test_cleaning_twice_is_cleaning_once(value):
    """A text that was cleaned holds nothing more to clean, and no line end."""
    once = cleaning.one_line(value.replace("\u2068", "").replace("\u2069", ""))
    assert "\n" not in once
    bare = once.removeprefix(cleaning.ISOLATE).removesuffix(cleaning.END_ISOLATE)
    assert cleaning.one_line(bare) == once


@pytest.mark.parametrize(
    ("target", "address"),
    [
        ("https://oakfield.example/a?b=1&c=(2)", "https://oakfield.example/a?b=1&c=%282%29"),
        ("careers@oakfield.example", "mailto:careers@oakfield.example"),
        ("01484 000000", "tel:01484000000"),
        ("javascript:alert(1)", ""),
        ("java\nscript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("https://", ""),
        ("http://[bad", ""),
        ("//x.example", ""),
        ("file:///etc/passwd", ""),
        ("https://x.example/ onclick", ""),
        ("", ""),
    ],
)
def test_only_addresses_that_people_follow_become_links(target, address):
    """The web, e-mail and telephones; whatever else claims to be an address stays text."""
    assert web_address(target) == address
    assert ("](" in link(target, "text")) is bool(address)


@given(target=TEXTS, text=TEXTS)
def test_a_link_leads_where_it_says_or_nowhere(target, text):
    """No target or text of a link makes anything but one link, or text."""
    _, marks, _ = shape_and_texts(rendered("x {{ value }} y\n", link(target, text)))
    assert marks in ([], ["link_open", "link_close"])


def test_trusted_markdown_stays_and_what_joins_it_is_escaped():
    """`+`, `~`, `%`, `join` and `format` beside Markdown escape as Markdown, not as HTML."""
    bold = Markdown("**x**")
    for expression in (
        "value ~ text",
        "value + text",
        '(value + "%s") % text',
        '[value, text] | join("")',
        '(value ~ "{}").format(text)',
    ):
        source = "{% set text = '<b> *' %}{% set value = bold %}{{ " + expression + " }}"
        environment = MarkdownEnvironment(loader=DictLoader({"t": source}))
        assert environment.get_template("t").render(bold=bold) == r"**x**\<b> \*", expression


def test_what_a_block_inherits_is_trusted_and_what_joins_it_is_not():
    """`super()` and an imported macro are Markdown; a field beside them is escaped."""
    sources = {
        "base": "{% block a %}**{{ value }}**{% endblock %}",
        "t": '{% extends "base" %}{% block a %}{{ super() ~ value }}{% endblock %}',
        "plus": '{% extends "base" %}{% block a %}{{ super() + value }}{% endblock %}',
    }
    environment = MarkdownEnvironment(loader=DictLoader(sources))
    for name in ("t", "plus"):
        assert environment.get_template(name).render(value="*") == r"**\***\*"


def test_a_date_is_written_as_people_write_it():
    """Nobody has to remember a filter for dates."""
    assert rendered("{{ value }}", date(2026, 2, 28)) == "28 February 2026"


def test_paragraphs_lists_and_gaps_are_markdown_made_of_text():
    """The filters that make Markdown escape what they are given."""
    assert rendered("{{ value | paragraphs }}", "- a\nb\n\n# c") == "\\- a b\n\n\\# c"
    assert rendered("{{ value | bullets }}", ["*", "1. x"]) == "- \\*\n- 1\\. x"
    assert rendered("{{ value | gap }}", "the *phone*") == r"**To be completed: the \*phone\***"


@pytest.mark.parametrize("name", ["safe", "tojson", "urlize", "escape", "e", "xmlattr"])
def test_no_filter_declares_a_field_to_be_markup(name):
    """What would let a field through as it is doesn't exist in documents."""
    with pytest.raises(Exception, match=f"No filter named '{name}'"):
        rendered("{{ value | " + name + " }}", "x")


@pytest.mark.parametrize(
    ("template", "value"),
    [
        ('{{ value | join(", ") }}', ["a_b", "c|d"]),
        ('{{ value | map("upper") | join(", ") | lower }}', ["a_b", "c|d"]),
        ('{{ value | join(", ", attribute="name") }}', [{"name": "a_b"}, {"name": "c|d"}]),
    ],
)
def test_a_list_joined_in_a_template_is_text(template, value):
    """What `join` makes of plain values, or of one attribute of each, is escaped as one text."""
    told = rendered(template + "\n", value)
    assert "".join(one.content for one in WIDEST.parse(told)) == told.strip()
    assert WIDEST.renderInline(told.strip()) == "a_b, c|d"
