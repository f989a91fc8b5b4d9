"""Broken YAML in plain English: what the parser tripped over, where, and how to mend it.

Between the YAML parser and `yaml_tree`, which raises what is said here. A case looks at what the
parser complains of, and often at the line itself: one complaint stands for several slips.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypeAlias

import attrs

from careerspolicy.errors import Problem
from careerspolicy.plain.value_words import shortened

if TYPE_CHECKING:
    from collections.abc import Callable

    import yaml

_QUOTES: Final = "put quotes round the whole text"
_LINE_END: Final = re.compile(r"\r\n|\r|\n")
#: So much of a line is looked at: a hostile file may be one line of many megabytes.
_NEAR: Final = 400


_UNREADABLE: Final = (
    "this cannot be read as YAML",
    "look at the indentation, colons and quotes of this line and the one above",
)


@attrs.frozen(kw_only=True)
class _Stop:
    """Where the parser stopped, its complaint ("doing this; met that"), and the lines around.

    Places count from 1; `start` is where what it was reading begins. `before` and `after` are the
    line it stopped in, on either side; `above` is the line above, `first` the rest of that of
    `start`.
    """

    file: str
    complaint: str
    at: tuple[int, int]
    start: tuple[int, int]
    before: str
    after: str
    above: str
    first: str
    at_end: bool

    @property
    def character(self) -> str:
        """The character that the parser stopped at; empty at the end of a line."""
        return self.after[:1]

    @property
    def in_brackets(self) -> bool:
        """Whether the parser was reading a list or mapping in brackets."""
        return "flow" in self.complaint.partition(";")[0]

    def here(self, message: str, hint: str) -> Problem:
        """A problem where the parser stopped."""
        return self.problem(self.at, message, hint)

    def at_start(self, message: str, hint: str) -> Problem:
        """A problem at the beginning of what the parser was reading."""
        return self.problem(self.start, message, hint)

    def problem(self, place: tuple[int, int], message: str, hint: str) -> Problem:
        """A problem anywhere."""
        line, column = place
        return Problem(file=self.file, line=line, column=column, message=message, hint=hint)


#: What a complaint comes down to; None where another case has to say.
_Answer: TypeAlias = "Callable[[_Stop], Problem | None]"


def mistake_in(error: yaml.MarkedYAMLError, text: str, file: str) -> Problem:
    """What a parser's complaint about a file's text means in plain English."""
    mark = error.problem_mark or error.context_mark
    assert mark is not None  # noqa: S101 - PyYAML's parser always says where
    begin = error.context_mark or mark
    line_start = mark.index - mark.column
    stop = _Stop(
        file=file,
        complaint=f"{error.context or ''}; {error.problem or ''}",
        at=(mark.line + 1, mark.column + 1),
        start=(begin.line + 1, begin.column + 1),
        before=text[max(line_start, mark.index - _NEAR) : mark.index],
        after=_to_line_end(text, mark.index),
        above=(_LINE_END.split(text[max(0, line_start - _NEAR) : line_start]) or [""])[-2:][0],
        first=_to_line_end(text, begin.index),
        at_end=not text[mark.index :].strip(),
    )
    answers = (answer(stop) for words, answer in _CASES if re.search(words, stop.complaint))
    return next((problem for problem in answers if problem), stop.here(*_UNREADABLE))


def _to_line_end(text: str, start: int) -> str:
    return _LINE_END.split(text[start : start + _NEAR], maxsplit=1)[0]


def _here(message: str, hint: str = _QUOTES) -> _Answer:
    """Says this where the parser stopped."""
    return lambda it: it.here(message, hint)


def _at_start(message: str, hint: str = _QUOTES) -> _Answer:
    """Says this at the beginning of what was being read, whose first character is `{mark}`."""
    return lambda it: it.at_start(*(words.format(mark=it.first[:1]) for words in (message, hint)))


def _tab(it: _Stop) -> Problem | None:
    if re.match(r" *\t", it.before + it.after) or "a tab character" in it.complaint:
        hint = "indent with spaces: two for each level"
        return it.here("a tab stands where the line is indented", hint)
    if it.character == "\t":
        return it.here("a tab stands where spaces belong", "write a space instead of the tab")
    return None


def _lost_quote(it: _Stop) -> Problem | None:
    """A quote left open above, which the next quote in the file closed by accident."""
    opened = re.search(r"""[:\-] (['"])(?!.*\1)""", it.above)
    if not opened or not it.before.rstrip().endswith(opened[1]):
        return None
    message = f"the quote {opened[1]} that begins here is not closed on its line"
    place = (it.at[0] - 1, opened.start(1) + 1)
    return it.problem(place, message, f"close it with {opened[1]}")


def _inner_quote(it: _Stop) -> Problem | None:
    closed = re.search(r"""(?:[:\-,\[{] |^)\s*(['"]).*\1\s*$""", it.before)
    if not closed:
        return None
    if it.in_brackets and not it.character.isalnum():
        return None  # a comma is missing
    hint = (
        "write '' for an apostrophe inside single quotes, or use double quotes"
        if closed[1] == "'"
        else 'write \\" for a quote inside double quotes, or use single quotes'
    )
    return it.here(f"something follows the closing quote {closed[1]}", hint)


def _colon_in_value(it: _Stop) -> Problem:
    line, column = it.at
    if re.search(r":\s", it.before):
        hint = "put quotes round the text after the first colon"
        return it.here("a second colon stands in this line", hint)
    if column > 1000:
        return it.here("this key is too long", "shorten the text before the colon")
    whole = it.before + it.after
    message = "this line is indented further than the keys it belongs with"
    hint = "begin every key of one mapping in the same column; or a colon is missing above"
    return it.problem((line, len(whole) - len(whole.lstrip()) + 1), message, hint)


def _no_colon(it: _Stop) -> Problem:
    line = it.first.strip()
    if tight := re.match(r"([\w -]+):(?=\S)", line):
        return it.at_start(f'no space follows the colon of "{tight[1]}"', "write a space after it")
    if re.match(r"-\w", line):
        return it.at_start("no space follows the dash", "write a space after it")
    hint = 'write "key: value", with a space after the colon'
    return it.at_start(f'no colon follows "{shortened(line)}"', hint)


def _open_bracket(it: _Stop) -> Problem:
    begin, end = ("[", "]") if "sequence" in it.complaint.partition(";")[0] else ("{", "}")
    if it.at_end:
        return it.at_start(f"the {begin} that begins here is never closed", f"close it with {end}")
    hint = f"the {begin} began at line {it.start[0]}, column {it.start[1]}"
    return it.here(f"a comma or {end} is missing before this", hint)


def _no_value(it: _Stop) -> Problem:
    if not it.character or it.in_brackets:
        return it.here("a value is missing here", "write one, or take out the comma before it")
    return it.here(f"a value cannot begin with {it.character}", f"{_QUOTES}, or write a value")


def _after_value(it: _Stop) -> Problem | None:
    if it.before.strip():
        return it.here("something stands after the end of a value", f"{_QUOTES}, or take it out")
    if it.character == ":":
        return it.here("a key is missing before the colon", "write the key")
    return None


def _wrong_column(it: _Stop) -> Problem:
    listed = re.search(r"(collection|sequence).*;", it.complaint)
    begin = f"line {it.start[0]}, column {it.start[1]}"
    if it.at[1] != it.start[1]:
        hint = f"the {'list' if listed else 'mapping'} around it began at {begin}"
        return it.here("this line begins in a column that nothing above it begins in", hint)
    if not listed:
        message = f"a list item stands among the keys of the mapping that began at {begin}"
        return it.here(message, "indent it under the key it belongs to")
    if re.match(r"-\w", it.after):
        return it.here("no space follows the dash", "write a space after it")
    message = f"the list that began at {begin} goes on here without a dash"
    return it.here(message, "begin it with a dash")


#: By the parser's words ("doing this; met that"): the first case that has an answer speaks.
_CASES: Final[tuple[tuple[str, _Answer], ...]] = (
    (
        r"^while scanning a quoted scalar; .*found unexpected",
        _at_start("the quote {mark} that begins here is never closed", "close it with {mark}"),
    ),
    (
        r"; .*(escape|hexdecimal)",
        _here(
            "a backslash in double quotes begins a code, and this code is not known",
            "write two backslashes, or use single quotes",
        ),
    ),
    (r"^while scanning an (alias|anchor);", _at_start("text cannot begin with {mark} here")),
    (r"tag.*;|; .*tag handle", _at_start("text cannot begin with ! here")),
    (r"directive.*;", _at_start("a line cannot begin with % here")),
    (
        r"; .*incompatible YAML",
        _here("this version of YAML is not known", "leave out the line with %YAML"),
    ),
    (r"", _tab),
    (
        r"^while scanning a block scalar;",
        _at_start(
            "text cannot begin with | or > unless it stands on the lines below",
            "begin the text on the next line, indented; or put quotes round it",
        ),
    ),
    (
        r"; .*cannot start any token",
        lambda it: it.here(f"text cannot begin with {it.character or 'this character'}", _QUOTES),
    ),
    (r"", _lost_quote),
    (r"; .*expected", _inner_quote),
    (r"; .*mapping values are not allowed", _colon_in_value),
    (r"; .*could not find expected ':'", _no_colon),
    (
        r"; .*sequence entries are not allowed",
        _here(
            "a list cannot begin on this line",
            "put each item on its own line, or quotes round a text that begins with a dash",
        ),
    ),
    (r"; .*mapping keys are not allowed", _here("text cannot begin with ? here")),
    (r"flow (sequence|mapping).*;", _open_bracket),
    (r"; .*(expected|the) node content", _no_value),
    (
        r"; .*<document start>",
        _here(
            "something stands after the end of the file's one value",
            "take it out, or look for a bracket closed too early",
        ),
    ),
    (r"; .*expected", _after_value),
    (r"; .*(did not find expected|expected <block end>)", _wrong_column),
)
