"""A mapping file as text, with what the columns look like beside what becomes of them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from careerspolicy.readers.mappings.guesses import EMPTY
from careerspolicy.readers.tables import folded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from careerspolicy.readers.mappings.mapping import ColumnMapping
    from careerspolicy.readers.mappings.questions import Question
    from careerspolicy.readers.mappings.sheet_guess import SheetGuess

#: What needs no quotation marks in any place.
_PLAIN: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]*(?: [A-Za-z0-9_]+)*")
_WORDS: Final = frozenset(["true", "false", "null", "yes", "no", "on", "off", "y", "n"])
_HEAD: Final = (
    "# What becomes of each column: `to` a column of ours, what it `identifies` a pupil by, a part",
    "# of a `name`, a `record` of its own, or why it is dropped. docs/import.md says more.",
)


def mapping_text(
    name: str,
    guesses: Sequence[tuple[SheetGuess, Sequence[Question]]],
    schools: Sequence[Mapping[str, str]] = (),
) -> str:
    """A whole mapping file; each guess with the questions that were answered for it unasked."""
    head = [*_HEAD, "format: 1", f"mapping: {_value(name)}"]
    if schools:
        head += ["schools:", *(f"  - {_flow(school)}" for school in schools)]
    if any(guess.known for guess, _ in guesses):
        head.append("sheets:")
    return "\n".join([*head, *sheets_text(guesses)]) + "\n"


def sheets_text(guesses: Sequence[tuple[SheetGuess, Sequence[Question]]]) -> Iterator[str]:
    """The lines of the sheets of a mapping file."""
    for guess, open_questions in guesses:
        lines = _sheet(guess, open_questions)
        # What a sheet holds that nobody knows is for a person to say, and then to uncomment.
        yield from lines if guess.known else (f"  # {line.removeprefix('  ')}" for line in lines)


def _sheet(guess: SheetGuess, open_questions: Sequence[Question]) -> Iterator[str]:
    mapping, file = guess.mapping, Path(guess.file).name
    yield f"  # {_comment(f'{file}, {guess.name}' if guess.name else file)}"
    lines = []
    if mapping.kind_in:
        values = {
            text: mapping.kinds.get(folded(text)) for text in guess.cells[mapping.kind_in].values
        }
        kinds = {text: kind for text, kind in values.items() if kind}
        lines += ["holds:", f"  heading: {_value(mapping.kind_in)}", "  kinds:"]
        lines += [f"    {_value(text)}: {_value(kind)}" for text, kind in kinds.items()]
        lines += [
            f"    # look: {_value(text)}: not used" for text, kind in values.items() if not kind
        ]
    elif mapping.holds:
        lines.append(f"holds: {_value(mapping.holds)}")
    if any(question.asked == "dates" for question in open_questions):
        lines.append("# look: dates: day first, or month first? no day proves it")
    elif mapping.dates:
        lines.append(f"dates: {mapping.dates}")
    lines.append("columns:")
    for column in mapping.columns:
        if column.drop == EMPTY:
            lines.append(f"  # {_value(column.heading)}: {EMPTY}")
            continue
        samples = "; ".join(map(_comment, guess.samples(column.heading)))
        lines.append(f"  # {samples or 'empty'}")
        for question in open_questions:
            moot = bool(column.drop) and question.asked in ("blank", "value")
            if question.heading == column.heading and question.asked in _LOOK and not moot:
                lines.append(f"  # look: {_LOOK[question.asked].format(_comment(question.value))}")
        lines.append(f"  {_value(column.heading)}: {_flow(_entries(column))}")
    if not guess.known:
        yield "  # look: what is each row? say what it holds, and take these marks away"
    yield f"  - {lines[0]}"
    yield from (f"    {line}" for line in lines[1:])


_LOOK: Final = {
    "blank": "does an empty cell mean this, or that it is not known?",
    "value": 'what does "{}" mean? empty is not known',
    "day": "on which day was it?",
    "kind": "which kind of record is a tick?",
}


def _entries(column: ColumnMapping) -> dict[str, object]:
    to: object = [column.to, *column.or_to] if column.or_to else column.to
    entries: dict[str, object] = {
        "record": dict(column.record),
        "to": to,
        "identifies": column.identifies,
        "name": column.name,
        "drop": column.drop,
        "reads": column.reads,
        "blank": column.blank,
        "values": dict(column.values),
    }
    kept = {name: value for name, value in entries.items() if value}
    return kept | ({"of": column.of} if column.of is not None else {})


def _flow(entries: Mapping[str, object]) -> str:
    inner = ", ".join(f"{_value(name)}: {_node(value)}" for name, value in entries.items())
    return f"{{{inner}}}"


def _node(value: object) -> str:
    if isinstance(value, dict):
        return _flow(value)
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    return _value(str(value))


def _value(text: str) -> str:
    """A text as YAML takes it for itself."""
    if _PLAIN.fullmatch(text) and text.casefold() not in _WORDS:
        return text
    return json.dumps(text, ensure_ascii=False)


def _comment(text: str) -> str:
    """A text that stays on the line of its comment."""
    return " ".join("".join(mark if mark.isprintable() else " " for mark in text).split())
