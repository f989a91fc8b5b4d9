"""The dialogue of `import --ask`: what each column likely is, and what only a person can say."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from careerspolicy.cli.commands import say
from careerspolicy.readers.mappings.mapping import ColumnMapping
from careerspolicy.readers.mappings.questions import Question, answered, questions, settled
from careerspolicy.readers.tables import fixed_table, folded, record_table
from careerspolicy.readers.values import BadValueError, converter
from careerspolicy.suggestions import did_you_mean, nearest
from careerspolicy.writers.cleaning import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from careerspolicy.readers.mappings.sheet_guess import SheetGuess
    from careerspolicy.vocabulary import Vocabulary

#: The words for what a column may be besides a column of ours or a kind of record.
_MARKS: Final = ("upn", "uln", "system id", "admission number", "e-mail")
_NAMES: Final = {
    "name": "whole", "forename": "forename", "first name": "forename", "surname": "surname",
    "preferred forename": "preferred forename",
}  # fmt: skip
_DROP: Final = "drop"
_WIDTH: Final = 28
_NOT: Final = "-"
#: A URN that no school has, for who has none at hand.
NO_URN: Final = "000000"

_WORDS: Final[Mapping[str, str]] = {
    "holds": "What is each row of this sheet? (pupils, or a kind of record)",
    "kind of value": 'Which kind of record is "{value}" under "{heading}"?',
    "kind": 'Which kind of record is a tick under "{heading}"?',
    "day": 'On which day was "{heading}"?',
    "blank": 'What does an empty cell under "{heading}" mean?',
    "value": 'What does "{value}" under "{heading}" mean?',
    "dates": "Are days such as 03/04/2025 written day first or month first?",
}
_OTHERWISE: Final[Mapping[str, str]] = {
    "holds": "leave it out",
    "kind of value": "leave such rows out",
    "kind": "leave it out",
    "day": "leave it out",
    "blank": "not known",
    "value": "not known",
}


def asked(guess: SheetGuess, vocabulary: Vocabulary) -> SheetGuess:
    """What a sheet is, by the answers of whoever sits at the terminal."""
    guess = _corrected(guess, vocabulary)
    done: set[Question] = set()
    while question := next((q for q in questions(guess, vocabulary) if q not in done), None):
        done.add(question)
        guess = answered(guess, question, _answer(question, vocabulary))
    return settled(guess, vocabulary)


def unasked(guess: SheetGuess, vocabulary: Vocabulary) -> tuple[SheetGuess, tuple[Question, ...]]:
    """What a sheet likely is, and the questions that nobody was asked about it."""
    done: dict[Question, None] = {}
    while question := next((q for q in questions(guess, vocabulary) if q not in done), None):
        done[question] = None
        guess = answered(guess, question, question.usual)
    return settled(guess, vocabulary), tuple(done)


def school_asked() -> str:
    """The URN of the school of lists that name none."""
    return _prompt("What is the school's URN, its six figures in the national register?", NO_URN)


def _answer(question: Question, vocabulary: Vocabulary) -> str:
    words = _WORDS[question.asked].format(heading=question.heading, value=question.value)
    otherwise = _OTHERWISE.get(question.asked, "")
    if 0 < len(question.choices) <= 4:
        words += f" ({', '.join(question.choices)})"
    if otherwise:
        words += f" ({_NOT} for: {otherwise})"
    while True:
        text = _prompt(words, question.usual or _NOT)
        if text == _NOT and otherwise:
            return ""
        if question.asked == "day" or (question.asked == "value" and not question.choices):
            if (day := _day(text, vocabulary)) is not None:
                return day
        elif near := nearest(text, question.choices):
            return near
        else:
            say(did_you_mean(text, question.choices) or ", ".join(question.choices))


def _day(text: str, vocabulary: Vocabulary) -> str | None:
    days = next(c for c in fixed_table("terms", vocabulary).columns if c.name == "first")
    try:
        return str(converter(days, vocabulary)(text))
    except BadValueError as error:
        say(f"{error.message}; {error.hint}")
        return None


def _corrected(guess: SheetGuess, vocabulary: Vocabulary) -> SheetGuess:
    """The guess as whoever sits there has it, column by column."""
    while True:
        _show(guess)
        columns = guess.mapping.columns
        words = "Enter if that is right; else the number of a column to change"
        text = _prompt(words, "right")
        if text == "right":
            return guess
        if not text.isdecimal() or not 1 <= int(text) <= len(columns):
            say(f"there is no column {text}")
            continue
        column = columns[int(text) - 1]
        words = f'What is "{column.heading}"? ({", ".join((*_MARKS, *_NAMES))}, '
        words += f"a column such as year_group, a kind of record, or {_DROP})"
        changed = _meant(_prompt(words, _DROP), column.heading, guess, vocabulary)
        guess = guess.with_column(changed) if changed else guess


def _meant(
    text: str, heading: str, guess: SheetGuess, vocabulary: Vocabulary
) -> ColumnMapping | None:
    """What somebody says a column is; None if that is nothing."""
    held = guess.mapping.holds or next(iter(guess.mapping.kinds.values()), "pupils")
    table = (record_table if held in vocabulary.record_kinds else fixed_table)(held, vocabulary)
    makes: tuple[tuple[Iterable[str], Callable[[str], ColumnMapping]], ...] = (
        (_MARKS, lambda mark: ColumnMapping(heading=heading, identifies=mark)),
        (_NAMES, lambda name: ColumnMapping(heading=heading, name=_NAMES[name])),
        ((_DROP,), lambda _: ColumnMapping(heading=heading, drop="not needed")),
        (
            tuple(column.name for column in table.columns),
            lambda name: ColumnMapping(heading=heading, to=name),
        ),
        (
            vocabulary.record_kinds,
            lambda kind: ColumnMapping(
                heading=heading,
                to="date" if guess.cells[heading].shape == "days" else "",
                record={"kind": kind},
            ),
        ),
    )
    for names, make in makes:
        known = [*names]
        if text in known or (near := nearest(text, known)):
            return make(text if text in known else near)
    say(f'"{text}" is none of these')
    return None


def _show(guess: SheetGuess) -> None:
    file = Path(guess.file).name
    mapping = guess.mapping
    holds = mapping.holds or ("a kind of record each row" if mapping.kind_in else "not known")
    if any(column.record for column in mapping.columns) and not mapping.holds:
        holds = "ticks or days of events"
    say("")
    say(f"{f'{file}, {guess.name}' if guess.name else file}: {holds}")
    for number, column in enumerate(mapping.columns, start=1):
        samples = "; ".join(guess.samples(column.heading)) or "empty"
        cells = printable(f"{column.heading}: {samples}")
        say(f"{number:>3}  {cells:<{_WIDTH * 2}}  {_meaning(column)}")
    for value in guess.cells[mapping.kind_in].values if mapping.kind_in else ():
        if kind := mapping.kinds.get(folded(value)):
            say(f'     "{value}" is: {kind}')


def _meaning(column: ColumnMapping) -> str:
    if column.drop:
        return f"dropped: {column.drop}"
    if column.identifies:
        return f"identifies the pupil: {column.identifies}"
    if column.name:
        return f"the pupil's name: {column.name}"
    if column.record:
        day = column.record.get("date", "the cell" if column.to == "date" else "asked")
        more = [value for name, value in column.record.items() if name not in ("kind", "date")]
        return f"a record: {', '.join([column.record['kind'], *more])}, day: {day}"
    return " or ".join((column.to, *column.or_to))


def _prompt(words: str, usual: str) -> str:
    answer: str = click.prompt(printable(words), default=usual, err=True)
    return answer.strip()
