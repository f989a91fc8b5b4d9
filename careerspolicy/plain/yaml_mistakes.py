"""Broken YAML in plain English: what the parser tripped over, where, and how to mend it.

Between the YAML parser and `plain_yaml`, which raises what is said here. Each case looks at the
parser's complaint and at the line itself, since one complaint stands for several slips of the pen.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import attrs

if TYPE_CHECKING:
    from collections.abc import Callable

    import yaml

_TAB: Final = "indent with spaces: two for each level"
_QUOTES: Final = "put quotes round the whole text"
_UNREADABLE: Final = "this cannot be read as YAML"
_LOOK: Final = "look at the indentation, colons and quotes of this line and the one above"
_LINE_END: Final = re.compile(r"\r\n|\r|\n")
#: So much of a line is looked at: a hostile file may be one line of many megabytes.
_NEAR: Final = 400


@attrs.frozen(kw_only=True)
class Mistake:
    """What is wrong with the YAML at a line and column (from 1), and how to mend it."""

    line: int
    column: int
    message: str
    hint: str


@attrs.frozen(kw_only=True)
class _Complaint:
    """What the parser said, the places it gave (from 1), and the lines around them."""

    problem: str
    context: str
    line: int
    column: int
    from_line: int
    from_column: int
    before: str
    after: str
    above: str
    from_text: str
    at_end: bool

    @property
    def text(self) -> str:
        """The line the parser stopped at."""
        return self.before + self.after

    @property
    def character(self) -> str:
        """The character the parser stopped at; empty at the end of a line."""
        return self.after[:1]

    def here(self, message: str, hint: str) -> Mistake:
        """A mistake where the parser stopped."""
        return Mistake(line=self.line, column=self.column, message=message, hint=hint)

    def at_start(self, message: str, hint: str) -> Mistake:
        """A mistake at the beginning of what the parser was reading."""
        return Mistake(line=self.from_line, column=self.from_column, message=message, hint=hint)


def mistake_in(error: yaml.MarkedYAMLError, text: str) -> Mistake:
    """What a parser's complaint about a text means in plain English."""
    mark = error.problem_mark or error.context_mark
    if mark is None:
        return Mistake(line=1, column=1, message=_UNREADABLE, hint=_LOOK)
    begin = error.context_mark or mark
    start = mark.index - mark.column
    complaint = _Complaint(
        problem=error.problem or "",
        context=error.context or "",
        line=mark.line + 1,
        column=mark.column + 1,
        from_line=begin.line + 1,
        from_column=begin.column + 1,
        before=text[max(start, mark.index - _NEAR) : mark.index],
        after=_to_line_end(text, mark.index),
        above=(_LINE_END.split(text[max(0, start - _NEAR) : start]) or [""])[-2:][0],
        from_text=_to_line_end(text, begin.index),
        at_end=not text[mark.index :].strip(),
    )
    return next(said for case in _CASES if (said := case(complaint)) is not None)


def _to_line_end(text: str, start: int) -> str:
    return _LINE_END.split(text[start : start + _NEAR], maxsplit=1)[0]


def _tab(it: _Complaint) -> Mistake | None:
    if re.match(r" *\t", it.text) or "a tab character" in it.problem:
        return it.here("a tab stands where the line is indented", _TAB)
    if it.character == "\t":
        return it.here("a tab stands where spaces belong", "write a space instead of the tab")
    return None


def _reference(it: _Complaint) -> Mistake | None:
    if it.context in ("while scanning an alias", "while scanning an anchor"):
        sign = "*" if "alias" in it.context else "&"
        return it.at_start(f"text cannot begin with {sign} here", _QUOTES)
    return None


def _tag(it: _Complaint) -> Mistake | None:
    if "tag" in it.context or "tag handle" in it.problem:
        return it.at_start("text cannot begin with ! here", _QUOTES)
    return None


def _directive(it: _Complaint) -> Mistake | None:
    if "directive" in it.context:
        return it.at_start("a line cannot begin with % here", _QUOTES)
    if "incompatible YAML" in it.problem:
        return it.here("this version of YAML is not known", "leave out the line with %YAML")
    return None


def _open_quote(it: _Complaint) -> Mistake | None:
    if it.context != "while scanning a quoted scalar" or "found unexpected" not in it.problem:
        return None
    quote = it.from_text[:1]
    return it.at_start(
        f"the quote {quote} that begins here is never closed", f"close it with {quote}"
    )


def _escape(it: _Complaint) -> Mistake | None:
    if "escape" not in it.problem and "hexdecimal" not in it.problem:
        return None
    return it.here(
        "a backslash in double quotes begins a code, and this code is not known",
        "write two backslashes, or use single quotes",
    )


def _inner_quote(it: _Complaint) -> Mistake | None:
    found = re.search(r"""(?:[:\-,\[{] |^)\s*(['"]).*\1\s*$""", it.before)
    if not found or "expected" not in it.problem:
        return None
    if "flow" in it.context and not it.character.isalnum():
        return None  # a comma is missing
    quote = found[1]
    hint = (
        "write '' for an apostrophe inside single quotes, or use double quotes"
        if quote == "'"
        else 'write \\" for a quote inside double quotes, or use single quotes'
    )
    return it.here(f"something follows the closing quote {quote}", hint)


def _lost_quote(it: _Complaint) -> Mistake | None:
    """A quote left open above, which the next quote in the file closed by accident."""
    found = re.search(r"""[:\-] (['"])(?!.*\1)""", it.above)
    if not found or not it.before.rstrip().endswith(found[1]):
        return None
    quote = found[1]
    return Mistake(
        line=it.line - 1,
        column=found.start(1) + 1,
        message=f"the quote {quote} that begins here is not closed on its line",
        hint=f"close it with {quote}",
    )


def _block_text(it: _Complaint) -> Mistake | None:
    if it.context != "while scanning a block scalar":
        return None
    return it.at_start(
        "text cannot begin with | or > unless it stands on the lines below",
        "begin the text on the next line, indented; or put quotes round it",
    )


def _forbidden_start(it: _Complaint) -> Mistake | None:
    if "cannot start any token" not in it.problem:
        return None
    return it.here(f"text cannot begin with {it.character or 'this character'}", _QUOTES)


def _colon_in_value(it: _Complaint) -> Mistake | None:
    if "mapping values are not allowed" not in it.problem:
        return None
    if re.search(r":\s", it.before):
        return it.here(
            "a second colon stands in this line", "put quotes round the text after the first colon"
        )
    if it.column > 1000:
        return it.here("this key is too long", "shorten the text before the colon")
    indent = len(it.text) - len(it.text.lstrip())
    return Mistake(
        line=it.line,
        column=indent + 1,
        message="this line is indented further than the keys it belongs with",
        hint="begin every key of one mapping in the same column; or a colon is missing above",
    )


def _no_colon(it: _Complaint) -> Mistake | None:
    if "could not find expected ':'" not in it.problem:
        return None
    line = it.from_text.strip()
    if tight := re.match(r"([\w -]+):(?=\S)", line):
        return it.at_start(f'no space follows the colon of "{tight[1]}"', "write a space after it")
    if re.match(r"-\w", line):
        return it.at_start("no space follows the dash", "write a space after it")
    return it.at_start(
        f'no colon follows "{_short(line)}"', 'write "key: value", with a space after the colon'
    )


def _stray_dash(it: _Complaint) -> Mistake | None:
    if "sequence entries are not allowed" not in it.problem:
        return None
    return it.here(
        "a list cannot begin on this line",
        "put each item on its own line, or quotes round a text that begins with a dash",
    )


def _stray_question(it: _Complaint) -> Mistake | None:
    if "mapping keys are not allowed" not in it.problem:
        return None
    return it.here("text cannot begin with ? here", _QUOTES)


def _open_bracket(it: _Complaint) -> Mistake | None:
    if not re.search(r"flow (sequence|mapping)", it.context):
        return None
    begin, end = ("[", "]") if "sequence" in it.context else ("{", "}")
    if it.at_end:
        return it.at_start(f"the {begin} that begins here is never closed", f"close it with {end}")
    return it.here(
        f"a comma or {end} is missing before this",
        f"the {begin} began at line {it.from_line}, column {it.from_column}",
    )


def _no_value(it: _Complaint) -> Mistake | None:
    if "expected node content" not in it.problem and "the node content" not in it.problem:
        return None
    if not it.character or "flow" in it.context:
        return it.here("a value is missing here", "write one, or take out the comma before it")
    return it.here(f"a value cannot begin with {it.character}", f"{_QUOTES}, or write a value")


def _beyond_end(it: _Complaint) -> Mistake | None:
    if "<document start>" not in it.problem:
        return None
    return it.here(
        "something stands after the end of the file's one value",
        "take it out, or look for a bracket closed too early",
    )


def _after_value(it: _Complaint) -> Mistake | None:
    if "expected" in it.problem and it.before.strip():
        return it.here("something stands after the end of a value", f"{_QUOTES}, or take it out")
    if "expected" in it.problem and it.character == ":":
        return it.here("a key is missing before the colon", "write the key")
    return None


def _wrong_column(it: _Complaint) -> Mistake | None:
    if "did not find expected" not in it.problem and "expected <block end>" not in it.problem:
        return None
    listed = "collection" in it.context or "sequence" in it.context
    begin = f"line {it.from_line}, column {it.from_column}"
    if it.column != it.from_column:
        return it.here(
            "this line begins in a column that nothing above it begins in",
            f"the {'list' if listed else 'mapping'} around it began at {begin}",
        )
    if listed and re.match(r"-\w", it.after):
        return it.here("no space follows the dash", "write a space after it")
    if listed:
        return it.here(
            f"the list that began at {begin} goes on here without a dash", "begin it with a dash"
        )
    return it.here(
        f"a list item stands among the keys of the mapping that began at {begin}",
        "indent it under the key it belongs to",
    )


def _anything(it: _Complaint) -> Mistake:
    return it.here(_UNREADABLE, _LOOK)


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"


#: In this order: the first that recognises the complaint speaks.
_CASES: Final[tuple[Callable[[_Complaint], Mistake | None], ...]] = (
    _open_quote, _escape, _reference, _tag, _directive, _tab, _block_text, _forbidden_start,
    _lost_quote, _inner_quote, _colon_in_value, _no_colon, _stray_dash, _stray_question,
    _open_bracket, _no_value, _beyond_end, _after_value, _wrong_column, _anything,
)  # fmt: skip
