"""What a guess leaves open, as questions: each with its choices, and what is taken unasked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import attrs

from careerspolicy.readers.mappings.events import day_in
from careerspolicy.readers.mappings.mapping import ColumnMapping
from careerspolicy.readers.mappings.sheet_guess import NOT_KNOWN
from careerspolicy.readers.tables import described, fixed_table, folded, record_table
from careerspolicy.readers.ticks import ABSENT, ATTENDED, DID_NOT_COME, NOT_TICKED, TICKED
from careerspolicy.readers.values import converter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from careerspolicy.readers.mappings.sheet_guess import SheetGuess
    from careerspolicy.readers.tables import Column
    from careerspolicy.vocabulary import Vocabulary

#: What is asked: what each row of a sheet is, of what kind a row with a value or a column of ticks
#: is, on which day its event was, what a blank or a value means, which of day and month is first.
Asked: TypeAlias = Literal["holds", "kind of value", "kind", "day", "blank", "value", "dates"]
#: What is asked of a column of ours only in lists of pupils.
_LISTED: Final = ("yes or no", "one of")
#: What an empty cell means in a list that only marks those of whom something is so.
_UNMARKED: Final = {"yes or no": "no", "one of": "N"}


@attrs.frozen(kw_only=True)
class Question:
    """What cannot be known of a sheet, or of a column or value of it; "" answers that it isn't.

    `usual` is the answer of whoever only presses Enter.
    """

    asked: Asked
    heading: str = ""
    value: str = ""
    choices: tuple[str, ...] = ()
    usual: str = ""


def questions(guess: SheetGuess, vocabulary: Vocabulary) -> Iterator[Question]:
    """What is open; an answer may open more."""
    kinds = tuple(name for name in vocabulary.record_kinds if vocabulary.kinds[name].of == "pupil")
    mapping = guess.mapping
    if not guess.known and not mapping.kind_in:
        yield Question(asked="holds", choices=("pupils", *kinds))
    if mapping.kind_in:
        for value in guess.cells[mapping.kind_in].values:
            if folded(value) not in mapping.kinds:
                yield Question(
                    asked="kind of value", heading=mapping.kind_in, value=value, choices=kinds
                )
    for column in mapping.columns:
        yield from _of_column(guess, column, kinds, vocabulary)
    days = [each for each in guess.cells.values() if each.shape == "days"]
    orders = {each.order for each in days if guess.column(each.heading).to}
    if "open" in orders and "month first" not in orders:
        yield Question(asked="dates", choices=("day first", "month first"), usual="day first")


def _of_column(
    guess: SheetGuess, column: ColumnMapping, kinds: tuple[str, ...], vocabulary: Vocabulary
) -> Iterator[Question]:
    cells, mapping = guess.cells[column.heading], guess.mapping
    lists = mapping.holds == "pupils" or any(each.record for each in mapping.columns)
    marked = cells.shape == "ticks" or (day_in(column.heading) and cells.few)
    if column.drop == NOT_KNOWN and marked and lists:
        yield Question(asked="kind", heading=column.heading, choices=kinds)
    elif column.record and column.to != "date" and "date" not in column.record:
        yield Question(asked="day", heading=column.heading)
    elif column.record and not column.to:
        known = TICKED | ABSENT | NOT_TICKED | {*column.values}
        strange = (text for text in cells.values if folded(text) not in known)
        for value in guess.naming_nobody(strange):
            choices = ("yes", "no", "absent")
            usual = "absent" if folded(value) in DID_NOT_COME else ""
            yield Question(
                asked="value", heading=column.heading, value=value, choices=choices, usual=usual
            )
    elif column.to == "date":
        for value in guess.naming_nobody(cells.strange_days):
            if folded(value) not in NOT_TICKED | {*column.values}:
                yield Question(asked="value", heading=column.heading, value=value)
    elif column.to:
        yield from _of_values(guess, column, vocabulary)


def _of_values(
    guess: SheetGuess, column: ColumnMapping, vocabulary: Vocabulary
) -> Iterator[Question]:
    """What words of a list mean that aren't ours, and what a blank among them does."""
    cells, ours = guess.cells[column.heading], column_of_ours(guess, column, vocabulary)
    if ours is None or ours.type not in _LISTED:
        return
    choices = ("yes", "no") if ours.type == "yes or no" else tuple(ours.values)
    convert = converter(ours, vocabulary)
    strange = cells.unread(convert)
    read = {convert(text) for text in cells.values if text not in strange}
    unread = [text for text in strange if folded(text) not in column.values]
    for value in guess.naming_nobody(unread):
        usual = "yes" if len(strange) == 1 and not read and "yes" in choices else ""
        usual = "no" if column.to == ATTENDED and folded(value) in DID_NOT_COME else usual
        yield Question(
            asked="value", heading=column.heading, value=value, choices=choices, usual=usual
        )
    unmarked = _UNMARKED[ours.type]
    if cells.blanks and not column.blank and not column.record and guess.mapping.holds == "pupils":
        said = {False, unmarked} & read
        usual = "" if said or unmarked not in choices else unmarked
        yield Question(asked="blank", heading=column.heading, choices=choices, usual=usual)


def column_of_ours(
    guess: SheetGuess, column: ColumnMapping, vocabulary: Vocabulary
) -> Column | None:
    """The column of ours that theirs fills."""
    mapping = guess.mapping
    held = [column.record["kind"]] if column.record else [mapping.holds, *mapping.kinds.values()]
    for kind in filter(None, held):
        table = (fixed_table if kind in described().tables else record_table)(kind, vocabulary)
        for each in table.columns:
            if each.name == column.to:
                return each
    return None


def answered(guess: SheetGuess, question: Question, answer: str) -> SheetGuess:
    """The guess with an answer, of whatever is asked that "" leaves as it is."""
    match question.asked:
        case "holds" if answer:
            return guess.with_mapping(holds=answer)
        case "dates":
            return guess.with_mapping(dates=answer)
        case "kind of value" if answer:
            kinds = {**guess.mapping.kinds, folded(question.value): answer}
            return guess.with_mapping(kinds=kinds)
        case "kind" if answer:
            day = day_in(question.heading)
            record = {"kind": answer} | ({"date": day} if day else {})
            return guess.with_column(ColumnMapping(heading=question.heading, record=record))
    column = guess.column(question.heading) if question.heading else None
    match question.asked:
        case "day" if answer and column:
            record = {**column.record, "date": answer}
            return guess.with_column(attrs.evolve(column, record=record))
        case "blank" if column:
            return guess.with_column(attrs.evolve(column, blank=answer))
        case "value" if column:
            values = {**column.values, folded(question.value): answer}
            return guess.with_column(attrs.evolve(column, values=values))
    return guess


def settled(guess: SheetGuess, vocabulary: Vocabulary) -> SheetGuess:
    """The guess without what it cannot use: records of no day, and columns that no kind has."""
    for column in guess.mapping.columns:
        names = (column.to, *column.or_to) if column.to else ()
        each = (attrs.evolve(column, to=to) for to in names)
        has = [one.to for one in each if column_of_ours(guess, one, vocabulary)]
        why = ""
        if column.record and column.to != "date" and "date" not in column.record:
            kind = column.record["kind"]
            why = f"of no known day; perhaps record: {{kind: {kind}, date: 2025-10-03}}"
        elif names and not has:
            why = "what this sheet holds has nothing of it"
        if why:
            guess = guess.with_column(ColumnMapping(heading=column.heading, drop=why))
        elif has:
            guess = guess.with_column(attrs.evolve(column, to=has[0], or_to=tuple(has[1:])))
    return guess
