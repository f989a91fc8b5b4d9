"""One obligation's tree, as the sense checks look at it, and what they find."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import attrs

from careerspolicy.loading.shape import kind_of, subject_of, verb_of
from careerspolicy.suggestions import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from careerspolicy.model.duty import Verb
    from careerspolicy.vocabulary import Kind, Vocabulary

Path: TypeAlias = tuple[str | int, ...]


@attrs.frozen
class Found:
    """A problem before it is placed: the way to it inside its obligation, what, and the mend."""

    path: Path
    message: str
    hint: str = ""


@attrs.frozen
class Promise:
    """One obligation's tree, with the words that it may use and the ids that stand before it."""

    told: Mapping[str, Any]
    vocabulary: Vocabulary
    earlier: Mapping[str, Mapping[str, Any]]

    @property
    def verb(self) -> Verb:
        """The verb it is written with."""
        return verb_of(self.told)

    @property
    def body(self) -> Mapping[str, Any]:
        """What stands under the verb."""
        body: Mapping[str, Any] = self.told[self.verb.value]
        return body

    @property
    def group(self) -> Mapping[str, Any]:
        """What stands under `for`."""
        group: Mapping[str, Any] = self.told.get("for", {})
        return group

    @property
    def kind(self) -> Kind | None:
        """The kind of record that shows it done, if it is known."""
        return self.vocabulary.kinds.get(kind_of(self.verb, self.body))

    @property
    def subject(self) -> str:
        """The subject's name; empty when the kind of record isn't known."""
        return subject_of(self.told, self.vocabulary) if self.kind else ""


def unknown(
    path: Path, word: str, what: str, known: Iterable[str], place: str = ""
) -> Iterator[Found]:
    """A problem, if a word isn't among those known, with the nearest one as the hint.

    `place` is where under `vocabulary` a file adds such a word of its own, if it can.
    """
    listed = list(known)
    if word in listed:
        return
    hint = did_you_mean(word, listed)
    if place and not hint:
        hint = f"add it under vocabulary: {place}: if this policy needs it"
    elif place and not hint.startswith("did"):
        hint += f"; another goes under vocabulary: {place}:"
    yield Found(path, f'"{word}" is not {what}', hint)
