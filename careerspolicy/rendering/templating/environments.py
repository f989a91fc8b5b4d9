"""Three environments of Jinja2: for the terminal, for Markdown, for pages.

Before `templating`. All run in a sandbox, know no undefined name, and let a template spend only so
much; what differs is how a value becomes text.
"""

from __future__ import annotations

import re
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Final

from jinja2 import StrictUndefined, Template, TemplateSyntaxError, nodes, pass_environment
from jinja2.compiler import CodeGenerator
from jinja2.exceptions import SecurityError, UndefinedError
from jinja2.filters import make_attrgetter
from jinja2.runtime import Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing
from markupsafe import Markup

from careerspolicy.rendering.templating import cleaning
from careerspolicy.rendering.templating import markdown as md
from careerspolicy.suggestions import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import CodeType

    from jinja2.runtime import Context

#: How often one document's `range` may count, and how long repeated text may grow.
_MOST_COUNTED: Final = 100_000
_MOST_REPEATED: Final = 100_000

#: A width in a format of text that nobody's page has.
_WIDE: Final = re.compile(r"%[^a-zA-Z%]*\d{4}")

_counted: ContextVar[list[int]] = ContextVar("_counted")

_ALWAYS_ESCAPED: Final = (
    "values are always escaped here, so that hostile text stays text; take `autoescape` away"
)

#: Filters that would declare a field's text to be markup, or know another markup than Markdown.
_TRUSTING: Final = ("safe",)
_OF_HTML: Final = ("e", "escape", "forceescape", "striptags", "tojson", "urlize", "xmlattr")


class _Unknown(StrictUndefined):
    """A name that a template uses and nothing has; the nearest name that there is, is its hint."""

    @property
    def _undefined_message(self) -> str:
        if self._undefined_hint or self._undefined_obj is missing:
            return super()._undefined_message
        known = [name for name in dir(self._undefined_obj) if not name.startswith("_")]
        kind = type(self._undefined_obj).__name__.lower()
        hint = did_you_mean(str(self._undefined_name), known)
        told = f'there is no "{self._undefined_name}" in this {kind}'
        return f"{told}; {hint}" if hint else told


class TextEnvironment(ImmutableSandboxedEnvironment):
    """For text on a terminal: nothing is escaped, since nothing there is markup."""

    intercepted_binops = frozenset({"*", "**", "+", "%"})

    def __init__(self, **settings: Any) -> None:
        super().__init__(
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            undefined=_Unknown,
            **settings,
        )
        self.globals["range"] = _range
        del self.globals["lipsum"], self.filters["random"]  # the same values make the same text
        for name in _TRUSTING:
            del self.filters[name]

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """The template read; refused if it would turn off the escaping of values."""
        told = super()._parse(source, name, filename)
        for found in told.find_all(nodes.ScopedEvalContextModifier):
            raise TemplateSyntaxError(_ALWAYS_ESCAPED, found.lineno, name, filename)
        return told

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """The operator's value, unless it would fill the memory."""
        if _too_much(operator, left, right):
            raise SecurityError(f"`{operator}` would make too much of this")
        return super().call_binop(context, operator, left, right)


class HtmlEnvironment(TextEnvironment):
    """For pages: every value is cleaned, then escaped as HTML."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(autoescape=True, finalize=_cleaned, **settings)


class MarkdownEnvironment(TextEnvironment):
    """For documents in Markdown: every value is cleaned, then escaped as Markdown.

    Autoescape is on, and what Jinja2 means by it is put into Markdown's terms: see `_Template`.
    """

    def __init__(self, **settings: Any) -> None:
        super().__init__(autoescape=True, **settings)
        for name in _OF_HTML:
            del self.filters[name]
        self.filters.update(
            join=_join, link=md.link, paragraphs=md.paragraphs, bullets=md.bullets, gap=md.gap
        )
        self.template_class = _Template
        self.code_generator_class = _Generator

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """As ever; beside Markdown, text is escaped as Markdown."""
        if isinstance(left, Markup):
            left = md.Markdown(left)
        elif isinstance(left, str) and isinstance(right, Markup):
            left = md.Markdown.escape(left)
        return super().call_binop(context, operator, left, right)


class _Generator(CodeGenerator):
    """Leaves constants to be escaped when the template runs; the compiler would do it as HTML."""

    def _output_child_to_const(self, node: nodes.Expr, frame: Any, finalize: Any) -> str:
        if not isinstance(node, nodes.TemplateData):
            raise nodes.Impossible
        return super()._output_child_to_const(node, frame, finalize)


class _Macro(Macro):
    """A macro whose text is Markdown."""

    def _invoke(self, arguments: list[Any], autoescape: bool) -> str:  # noqa: FBT001 - Jinja2's
        told = super()._invoke(arguments, autoescape)
        return md.Markdown(told) if isinstance(told, Markup) else told


class _Template(Template):
    """A template whose compiled code escapes as Markdown."""

    @classmethod
    def from_code(
        cls,
        environment: Any,
        code: CodeType,
        globals: Any,  # noqa: A002 - Jinja2's name
        uptodate: Any = None,
    ) -> Template:
        """The template; the four names by which compiled code escapes are Markdown's here."""
        made = super().from_code(environment, code, globals, uptodate)
        made.root_render_func.__globals__.update(
            escape=_escape, markup_join=_joined, Macro=_Macro, Markup=md.Markdown
        )
        return made


def begin_counting() -> None:
    """Let `range` count anew: a document begins."""
    _counted.set([0])


def _escape(value: Any) -> md.Markdown:
    if value is None:
        raise UndefinedError("this value is not said; ask with `if` before writing it")
    return md.Markdown.escape(value)


def _joined(values: Iterable[Any]) -> str:
    """What `~` makes: text, or Markdown if any part of it is."""
    parts = [*values]
    if any(isinstance(one, Markup) for one in parts):
        return md.Markdown("").join(parts)
    return "".join(map(str, parts))


@pass_environment
def _join(environment: Any, value: Any, d: str = "", attribute: str | None = None) -> str:
    found = value if attribute is None else map(make_attrgetter(environment, attribute), value)
    parts = [*found]
    if isinstance(d, Markup) or any(isinstance(one, Markup) for one in parts):
        return md.Markdown.escape(d).join(parts)
    return d.join(map(str, parts))


def _cleaned(value: Any) -> Any:
    if isinstance(value, str) and not isinstance(value, Markup):
        return cleaning.many_lines(value)
    return value


def _range(*arguments: int) -> range:
    told = range(*arguments)
    counted = _counted.get()
    counted[0] += len(told)
    if counted[0] > _MOST_COUNTED:
        raise SecurityError(f"`range` counts further than {_MOST_COUNTED:,} here")
    return told


def _too_much(operator: str, left: Any, right: Any) -> bool:
    """Whether an operator would make a text too long, or a number too large, to be meant."""
    if operator == "%":
        return isinstance(left, str) and bool(_WIDE.search(left))
    if operator == "*":
        return _too_long(left, right)
    return operator == "**"


def _too_long(left: Any, right: Any) -> bool:
    sizes = [(len(one) if isinstance(one, (str, list, tuple)) else one) for one in (left, right)]
    repeats = any(isinstance(one, (str, list, tuple)) for one in (left, right))
    return repeats and sizes[0] * sizes[1] > _MOST_REPEATED
