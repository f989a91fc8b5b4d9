"""`import --ask` and `--draft-mapping`: what nobody knows yet becomes a mapping file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from careerspolicy.cli.asking import NO_URN, asked, school_asked, unasked
from careerspolicy.cli.commands import say
from careerspolicy.cli.output import refuse_to_overwrite, write_file
from careerspolicy.errors import UnusableInput
from careerspolicy.plain.yaml_tree import load_plain, read_plain
from careerspolicy.readers.mappings.drafting import mapping_text, sheets_text
from careerspolicy.readers.survey import place_of_mapping, survey
from careerspolicy.views.words import counted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from careerspolicy.readers import Beside
    from careerspolicy.readers.mappings.sheet_guess import SheetGuess
    from careerspolicy.vocabulary import Vocabulary

_NAME: Final = "own"


def write_draft(
    sources: Sequence[Path], beside: Beside, vocabulary: Vocabulary, file: Path, *, force: bool
) -> None:
    """Write a mapping of all that is not known, by what it likely is."""
    refuse_to_overwrite(file, force=force)
    known = survey(sources, beside, vocabulary)
    guesses = [unasked(guess, vocabulary) for guess in known.guesses]
    if not guesses:
        say("there is no sheet to draft a mapping of")
        return
    urn = beside.school or NO_URN
    schools = () if known.school_known else (_school(urn, beside),)
    text = mapping_text(_NAME, guesses, schools)
    write_file(file, text.encode(), force=force)
    say(f"wrote {file}: every heading of {counted(len(guesses), 'sheet')}, by what it likely is")
    if count := text.count("# look: "):
        say(f'look through it, and at {counted(count, "line")} with "look" above all')
    if schools and urn == NO_URN:
        say(f"put the school's URN in place of {NO_URN}")
    say(f"then: careerspolicy import {sources[0]} --mapping {file}")


def ask_about(sources: Sequence[Path], beside: Beside, vocabulary: Vocabulary) -> Beside:
    """Ask about all that is not known, keep the answers, and say by what to read."""
    file = beside.mapping or place_of_mapping(sources)
    known = survey(sources, beside, vocabulary)
    if not known.guesses and (known.school_known or file.exists()):
        say("every sheet is known; there is nothing to ask")
        return beside
    guesses = [asked(guess, vocabulary) for guess in known.guesses]
    _tell_left(guesses)
    kept = [(guess, ()) for guess in guesses if guess.known]
    if guesses and not kept:
        return beside
    schools = () if known.school_known else (_school(beside.school or school_asked(), beside),)
    text = _added(file, kept) if file.exists() else mapping_text(_NAME, kept, schools)
    write_file(file, text.encode(), force=True)
    say(f"wrote {file}; the next files with these headings need no question")
    return attrs.evolve(beside, mapping=file)


def _tell_left(guesses: Sequence[SheetGuess]) -> None:
    for guess in guesses:
        if not guess.known:
            say(f"{guess.file}{f', {guess.name}' if guess.name else ''}: left out; not known")


def _school(urn: str, beside: Beside) -> Mapping[str, str]:
    return {"urn": urn} | ({"trust": beside.trust} if beside.trust else {})


def _added(file: Path, kept: Sequence[tuple[SheetGuess, Sequence[object]]]) -> str:
    """The text of a mapping file with more sheets at its end.

    Raises UnusableInput where they cannot be put there.
    """
    more = "\n".join(sheets_text([(guess, ()) for guess, _ in kept]))
    tree, before = load_plain(file), file.read_text(encoding="utf-8").rstrip()
    text = f"{before}\n{more}\n" if "sheets" in tree else f"{before}\nsheets:\n{more}\n"
    message = "no more sheets can be put at the end of this file"
    hint = "put its `sheets` last, or name another file with --mapping"
    if "sheets" in tree and [*tree][-1] != "sheets":
        raise UnusableInput.of(file, message, hint)
    try:
        read_plain(text.encode(), str(file))
    except UnusableInput:
        raise UnusableInput.of(file, message, hint) from None
    return text
