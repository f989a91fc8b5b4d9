"""A user's own templates: which go before ours, and what is said of those that are broken."""

import re
from datetime import date
from pathlib import Path

import pytest
from cli_running import POLICY, run

import careerspolicy
from careerspolicy.errors import BrokenTemplate
from careerspolicy.views.tree import Paragraph, View
from careerspolicy.writers.page import page
from careerspolicy.writers.templating import markdown_from, page_from, purpose, shipped_templates

NAME = "view.md.j2"
FIRST = date(2026, 1, 1)


@pytest.fixture
def folder(tmp_path):
    """A function that puts a template into a folder of the user's, which it gives."""

    def put(text, name=NAME):
        (tmp_path / name).write_text(text, "utf-8")
        return tmp_path

    return put


def test_the_users_template_goes_before_the_shipped_one(folder):
    """A template of the same name replaces ours."""
    assert markdown_from(NAME, templates=folder("Own: {{ x }}\n"), x="*") == "Own: \\*\n"


def test_the_users_template_may_extend_the_shipped_one(folder):
    """What a template doesn't fill stays as we ship it."""
    block = "{% block footer %}<p>{{ view.title }}</p>{% endblock %}"
    own = '{% extends "shipped/page.html.j2" %}' + block
    made = page(View(title="<b>"), templates=folder(own, "page.html.j2"))
    assert "<footer><p>&lt;b&gt;</p></footer>" in made and '<html lang="en-GB">' in made


def test_styles_alone_can_be_replaced(folder):
    """A trust changes its colours without touching a page."""
    own = folder("body { color: rebeccapurple }", "page.css")
    assert "rebeccapurple" in page(View(title="x"), templates=own)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("a\n{% if %}", 2, "Expected an expression"),
        ("a\n\n{{ titel }}", 3, "'titel' is undefined; did you mean \"title\"?"),
        ("{{ day.yaer }}", 1, '; did you mean "year"?'),
        ("{{ title | uper }}", 1, "No filter named 'uper'"),
        ("{{ title | safe }}", 1, "No filter named 'safe'"),
        ("a\n{{ 1 / 0 }}", 2, "division by zero"),
        ("{{ none }}", 1, "this value is not said; ask with `if` before writing it"),
        ('a\n{% include "nope.md.j2" %}', 2, 'there is no template "nope.md.j2"'),
        ('{% include "../../secret" %}', 1, 'there is no template "../../secret"'),
        ('a\n{% include "view.md.j2" %}', 2, "this template calls itself without end"),
        ("{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}", 1, "calls itself without end"),
        ('{{ "".__class__ }}', 1, "the sandbox forbids this"),
        ("{{ title.__init__.__globals__ }}", 1, "the sandbox forbids this"),
        ("{{ values.append(1) }}", 1, "the sandbox forbids this"),
        ("a\n{% autoescape false %}{{ title }}{% endautoescape %}", 2, "always escaped here"),
        ("{{ lipsum() }}", 1, "'lipsum' is undefined"),
        ("{{ values | random }}", 1, "No filter named 'random'"),
    ],
)
def test_a_broken_template_is_told_by_file_and_line(folder, text, line, said):
    """Whatever a template does wrong, its file and line come first, and what is wrong."""
    with pytest.raises(BrokenTemplate) as told:
        markdown_from(
            NAME,
            templates=folder(text),
            title="x",
            day=FIRST,
            values=[1, 2],
        )
    assert str(told.value).startswith(f"{folder(text) / NAME}:{line}: ")
    assert said in str(told.value)


def test_a_hint_is_of_the_very_thing_that_lacks_the_name(folder):
    """What a date has not is not looked for among the names that the template is given."""
    with pytest.raises(BrokenTemplate) as told:
        markdown_from(NAME, templates=folder("{{ day.zzz }}"), title="x", day=FIRST)
    assert str(told.value).endswith("has no attribute 'zzz'")


def test_a_template_of_a_page_cannot_turn_escaping_off(tmp_path):
    """A page that would write values as markup is refused before anything is written."""
    own = tmp_path / "page.html.j2"
    own.write_text("{% autoescape false %}{{ title }}{% endautoescape %}", encoding="utf-8")
    with pytest.raises(BrokenTemplate, match=r"page\.html\.j2:1: values are always escaped"):
        page_from("page.html.j2", templates=tmp_path, title="<b>")


def test_a_mistake_of_a_shipped_template_is_not_blamed_on_the_user():
    """A value that ours can't write is a mistake of this library, and shown as one."""
    with pytest.raises(AttributeError):
        page(View(title="x", opening=[Paragraph(words=_Bad())]))


class _Bad:
    """No words at all."""


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda folder: folder, "these can be replaced: page.css, page.html.j2"),
        (lambda folder: folder / "nope", "there is no such folder"),
        (lambda folder: _file(folder / "x"), "this is no folder"),
        (
            lambda folder: _file(folder / "statment.md.j2").parent,
            'of "statment.md.j2": did you mean "statement.md.j2"?',
        ),
        (
            lambda folder: _file(folder / "page.css", b"a\n\xff").parent,
            "page.css:2: a byte here is not UTF-8 text",
        ),
        (lambda folder: _file(folder / "explanation.txt").parent, "these can be replaced"),
    ],
)
def test_a_folder_that_replaces_nothing_is_refused(tmp_path, make, said):
    """A misspelt folder or name is told at once, with what it could have been."""
    folder = make(tmp_path)
    with pytest.raises(BrokenTemplate, match="^" + str(folder)) as told:
        markdown_from(NAME, templates=folder)
    assert said in str(told.value)
    done = run("statement", POLICY, "--templates", folder)
    assert done.exit_code == 2 and said in done.stderr and done.stdout == ""


def _file(path: Path, data: bytes = b"x") -> Path:
    path.write_bytes(data)
    return path


def test_the_command_lists_every_template_and_what_it_makes():
    """Whoever wants a template of their own finds which there are."""
    told = run("templates")
    assert told.exit_code == 0
    for name, text in shipped_templates().items():
        assert name in told.stdout
        assert purpose(text), f"{name} doesn't say what it makes in its first comment"
    assert ".py" not in told.stdout


def test_each_template_names_the_module_that_fills_it():
    """Whoever changes a template finds where its values come from, wherever modules have moved."""
    package = Path(careerspolicy.__file__).parent
    texts = shipped_templates().values()
    named = [found[1] for text in texts for found in re.finditer(r": see ([\w./]+\.py)", text)]
    assert len(named) > 1
    assert [one for one in named if not (package / one).is_file()] == []


def test_the_command_copies_templates_that_work_and_overwrites_none(tmp_path):
    """A copy can be given to --templates as it is; a file that is there stays."""
    folder = tmp_path / "own"
    assert run("templates", NAME, "--copy", folder).exit_code == 0
    assert [one.name for one in folder.iterdir()] == [NAME]
    (folder / NAME).write_text("mine", "utf-8")
    again = run("templates", "--copy", folder)
    assert again.exit_code == 2 and "--force" in again.stderr
    assert (folder / NAME).read_text("utf-8") == "mine" and len([*folder.iterdir()]) == 1
    assert run("templates", "--copy", folder, "--force").exit_code == 0
    assert {one.name for one in folder.iterdir()} == shipped_templates().keys()
    plain, own = run("statement", POLICY), run("statement", POLICY, "--templates", folder)
    assert own.exit_code == 0 and own.stdout == plain.stdout


def test_the_command_knows_no_other_template():
    """A misspelt name is met with the nearest one."""
    told = run("templates", "pag.css")
    assert told.exit_code == 2 and 'did you mean "page.css"?' in told.stderr
    other = run("templates", "nothing-like-it")
    assert other.exit_code == 2 and "known here: page.css" in other.stderr
