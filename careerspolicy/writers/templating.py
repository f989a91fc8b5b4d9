"""Jinja2 for pages and for documents in Markdown: sandboxed, strict, every value escaped.

A user's folder may replace any shipped template by its name, and its templates may extend the
shipped ones as "shipped/NAME". A shipped template says in its first comment what it makes. What
differs between the two languages is how a value becomes text.
"""

from __future__ import annotations

import re
import traceback
from functools import lru_cache, partial
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import jinja2
from jinja2 import nodes, pass_context
from jinja2.filters import do_map
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing
from markupsafe import Markup

from careerspolicy.calendar.school_calendar import in_words
from careerspolicy.errors import BrokenTemplate
from careerspolicy.suggestions import did_you_mean, nearest
from careerspolicy.writers import cleaning, markdown_text
from careerspolicy.writers.markdown_text import Markdown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from jinja2.runtime import Context

    Language = Callable[..., jinja2.Environment]

#: Where templates are shipped: those of formats, and those that word a document.
PACKAGES: Final = ("careerspolicy.writers", "careerspolicy.views")

_COMMENT: Final = re.compile(r"\A\{#(.*?)#\}", re.DOTALL)
_SEE: Final = re.compile(r": see [\w./]+\.py")

_ALWAYS_ESCAPED: Final = (
    "values are always escaped here, so that hostile text stays text; take `autoescape` away"
)
#: Filters that know no Markdown.
_OF_HTML: Final = ("e", "escape", "forceescape", "striptags", "tojson", "urlize", "xmlattr")


@lru_cache(maxsize=1)
def shipped_templates() -> Mapping[str, str]:
    """The text of each shipped template that a user may replace, by its name."""
    shipped = [file for package in PACKAGES for file in (files(package) / "templates").iterdir()]
    return {
        file.name: file.read_text(encoding="utf-8")
        for file in sorted(shipped, key=lambda file: file.name)
        if file.is_file()
    }


def purpose(text: str) -> str:
    """What a template is for, in its own first comment's first sentence."""
    comment = _COMMENT.match(text)
    words = " ".join(_SEE.sub("", comment[1]).split()) if comment else ""
    return words.partition(". ")[0].rstrip(".")


def check_folder(folder: Path) -> None:
    """Raise BrokenTemplate if a user's folder is none, or replaces no shipped template."""
    if not folder.is_dir():
        what = "this is no folder" if folder.exists() else "there is no such folder"
        raise BrokenTemplate(f"{folder}: {what}; name the folder that holds your templates")
    known = shipped_templates()
    own = sorted(path for path in folder.iterdir() if path.is_file())
    replacing = [path for path in own if path.name in known]
    if not replacing:
        guesses = ((path.name, nearest(path.name, known)) for path in own)
        hints = (f'of "{name}": did you mean "{near}"?' for name, near in guesses if near)
        hint = next(hints, f"these can be replaced: {', '.join(known)}")
        raise BrokenTemplate(f"{folder}: nothing here has the name of a shipped template; {hint}")
    for path in replacing:
        _check_text(path)


def _check_text(path: Path) -> None:
    try:
        path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise BrokenTemplate(
            f'{path}:{line}: a byte here is not UTF-8 text; save it as "UTF-8"'
        ) from None


def page_from(template: str, *, templates: Path | None = None, **values: Any) -> str:
    """The page of a template, every value in it escaped as HTML.

    `templates` is a user's folder, whose templates go before the shipped ones. Raises
    BrokenTemplate, with file and line.
    """
    return _rendered(HtmlEnvironment, templates, template, values)


def markdown_from(template: str, *, templates: Path | None = None, **values: Any) -> str:
    """The Markdown of a template, every value in it escaped as Markdown; else as `page_from`."""
    return _rendered(MarkdownEnvironment, templates, template, values)


@lru_cache(maxsize=16)
def environment(language: Language, templates: Path | None) -> jinja2.Environment:
    """The templates of a language, a user's before the shipped ones.

    Raises BrokenTemplate for a user's folder that is none, or that replaces nothing.
    """
    if templates is not None:
        check_folder(templates)
    shipped = jinja2.ChoiceLoader([jinja2.PackageLoader(package) for package in PACKAGES])
    own = [jinja2.FileSystemLoader(templates)] if templates else []
    return language(
        loader=jinja2.ChoiceLoader([*own, shipped, jinja2.PrefixLoader({"shipped": shipped})])
    )


class _UnknownName(jinja2.UndefinedError):
    """A template uses a name that it was given nothing by."""

    def __init__(self, message: str, *, name: str) -> None:
        super().__init__(message)
        self.name = name


class _Unknown(jinja2.StrictUndefined):
    """A name that a template uses and nothing has; the nearest name that there is, is its hint."""

    def __init__(
        self,
        hint: Any = None,
        obj: Any = missing,
        name: Any = None,
        exc: Any = jinja2.UndefinedError,
    ) -> None:
        if hint is None and obj is missing:
            exc = partial(_UnknownName, name=name)
        super().__init__(hint, obj, name, exc)

    @property
    def _undefined_message(self) -> str:
        message = super()._undefined_message
        known = [name for name in dir(self._undefined_obj) if not name.startswith("_")]
        hint = did_you_mean(str(self._undefined_name), known)
        return f"{message}; {hint}" if hint else message


class HtmlEnvironment(ImmutableSandboxedEnvironment):
    """For pages: every value is cleaned, then escaped as HTML."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            undefined=_Unknown,
            **{"finalize": _cleaned, **settings},
        )
        del self.globals["lipsum"], self.filters["random"]  # the same values make the same text
        del self.filters["safe"]  # it would declare a field's text to be markup
        self.filters["in_words"] = in_words

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """The template read; refused if it would turn off the escaping of values."""
        tree = super()._parse(source, name, filename)
        for modifier in tree.find_all(nodes.ScopedEvalContextModifier):
            raise jinja2.TemplateSyntaxError(_ALWAYS_ESCAPED, modifier.lineno, name, filename)
        return tree


class MarkdownEnvironment(HtmlEnvironment):
    """For documents in Markdown: every value is cleaned, then escaped as Markdown.

    What comes out of a macro or a block is trusted text, as ever; whatever else joins it, by `+`,
    `%`, `~` or `join`, is escaped first.
    """

    intercepted_binops = frozenset({"+", "%"})

    def __init__(self, **settings: Any) -> None:
        super().__init__(finalize=_as_markdown, **settings)
        for name in _OF_HTML:
            del self.filters[name]
        self.filters.update(
            join=_join,
            link=markdown_text.link,
            paragraphs=markdown_text.paragraphs,
            bullets=markdown_text.bullets,
            gap=markdown_text.gap,
            inset=lambda number: Markdown(" " * len(f"{number}. ")),
        )

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """As ever; beside Markdown, text is escaped as Markdown."""
        if isinstance(left, Markup) or (isinstance(left, str) and isinstance(right, Markup)):
            left = Markdown.escape(left)
        return super().call_binop(context, operator, left, right)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """The template read; `~` joins as the filter `join` does."""
        tree = super()._parse(source, name, filename)
        for parent in tree.find_all(nodes.Node):
            for field, value in parent.iter_fields():
                if isinstance(value, list):
                    value[:] = map(_joining, value)
                elif isinstance(value, nodes.Concat):
                    setattr(parent, field, _joining(value))
        return tree


def _joining(node: Any) -> Any:
    if not isinstance(node, nodes.Concat):
        return node
    parts = nodes.List(node.nodes, lineno=node.lineno)
    return nodes.Filter(parts, "join", [], [], None, None, lineno=node.lineno)


def _cleaned(value: Any) -> Any:
    if isinstance(value, str) and not isinstance(value, Markup):
        return cleaning.many_lines(value)
    return value


@pass_context  # so that constants, too, are escaped when the template runs
def _as_markdown(_: Context, value: Any) -> Markdown:
    if value is None:
        raise jinja2.UndefinedError("this value is not said; ask with `if` before writing it")
    return Markdown.escape(value)


@pass_context
def _join(context: Context, value: Iterable[Any], d: str = "", attribute: str | None = None) -> str:
    parts = [*(value if attribute is None else do_map(context, value, attribute=attribute))]
    if isinstance(d, Markup) or any(isinstance(one, Markup) for one in parts):
        return Markdown.escape(d).join(parts)
    return d.join(map(str, parts))


def _rendered(
    language: Language, templates: Path | None, template: str, values: Mapping[str, Any]
) -> str:
    """What a template makes; a plain Python error is its fault only where it is the user's own."""
    made = environment(language, templates)
    try:
        return made.get_template(template).render(values)
    except jinja2.TemplateSyntaxError as error:
        place = f"{error.filename or error.name}:{error.lineno}"
        raise BrokenTemplate(f"{place}: {error.message}") from error
    except (jinja2.TemplateError, RecursionError) as error:
        raise BrokenTemplate(f"{_place(error)}: {_reason(error, values)}") from error
    except Exception as error:
        place = _place(error)
        if templates is None or not Path(place).is_relative_to(templates):
            raise
        raise BrokenTemplate(f"{place}: {error}") from error


def _place(error: BaseException) -> str:
    """The file and line of the innermost template that the error came through."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if frame.filename.endswith((".j2", ".css", ".js"))]
    return f"{own[-1].filename}:{own[-1].lineno}" if own else "template"


def _reason(error: Exception, values: Mapping[str, Any]) -> str:
    match error:
        case RecursionError():
            return "this template calls itself without end"
        case jinja2.TemplateNotFound(name=name):
            return f'there is no template "{name}"'
        case jinja2.exceptions.SecurityError():
            return f"the sandbox forbids this: {error}"
        case _UnknownName(name=name) if hint := did_you_mean(name, values):
            return f"{error}; {hint}"
        case _:
            return str(error)
