"""Keyed ids: one pupil has one id across files, months and systems that share a mark.

An id is a keyed hash (HMAC-SHA256) of the strongest mark that a pupil was first met by. The
crosswalk beside the key holds which marks are whose, as keyed hashes too.
"""

from __future__ import annotations

import hmac
from base64 import b32encode
from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

import attrs

from careerspolicy.privacy import files, names
from careerspolicy.privacy.marks import folded

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_HEADINGS: Final = ("mark", "scope", "token", "id")
#: How many bytes of a hash are kept.
_OF_TOKEN, _OF_ID = 16, 10
#: What a mark that two pupils share points to.
_NOBODY: Final = ""


@attrs.frozen(kw_only=True)
class Conflict:
    """A mark, by its kind, that pointed to two ids.

    If they were `joined`, `other` is the same pupil, met before anything said so, and has the id
    `pupil` from now on. If not, they are two pupils, and the mark tells neither any more.
    """

    mark: str
    pupil: str
    other: str
    joined: bool


class _Token(NamedTuple):
    """A mark as the crosswalk knows it: its kind, where it counts, and a keyed hash."""

    kind: str
    scope: str
    text: str


@attrs.define(repr=False, kw_only=True)
class Identities:
    """The keyed ids of pupils, with what was learnt of whose marks are whose.

    `_ids` has the id that each token points to, `_held` the tokens of each id by kind and scope.
    """

    path: Path
    _key: bytes
    conflicts: dict[Conflict, None] = attrs.field(factory=dict)
    _ids: dict[_Token, str] = attrs.field(factory=dict)
    _held: dict[str, dict[tuple[str, str], set[_Token]]] = attrs.field(
        factory=lambda: defaultdict(lambda: defaultdict(set))
    )
    _names: dict[str, str] = attrs.field(factory=dict)

    @classmethod
    def at(cls, key: Path | None = None) -> Identities:
        """The ids under a key, which is made, once, where there is none.

        Raises UnusableInput for a file that holds no key.
        """
        path = files.place_of_key(key)
        made = cls(path=path, key=files.key_at(path))
        for kind, scope, token, pupil in files.read_rows(made._crosswalk, _HEADINGS):
            made._point(_Token(kind, scope, token), pupil)
        return made

    def id_of(self, marks: Mapping[str, str], school: str = "") -> str | None:
        """The id of a pupil on a roll, whose marks are learnt; None where they tell nobody.

        `marks` has what is written by each of `MARKS`; `school` is the URN. Any mark that is known
        gives its id, unless a stronger one says that this is another pupil.
        """
        told = self._telling(marks, school)
        if not told:
            return None
        pupil = self._met(told) or self._made(told[0])
        for place, token in enumerate(told):
            self._learn(token, pupil, told[:place])
        return pupil

    def known(self, marks: Mapping[str, str], school: str = "") -> str | None:
        """The id of a pupil of whom there is a record; nothing is learnt.

        It is the one that `id_of` would give.
        """
        told = self._telling(marks, school)
        return self._met(told) or self._made(told[0]) if told else None

    def name(self, pupil: str, name: str) -> None:
        """Keep a pupil's name for the names file."""
        self._names[pupil] = name

    def save(self) -> None:
        """Write the crosswalk and the names file beside the key, with what others added to them."""
        others = files.read_rows(self._crosswalk, _HEADINGS)
        known = {_Token(*row[:3]): row[3] for row in others} | self._ids
        rows = ([*token, pupil] for token, pupil in known.items())
        files.write_rows(self._crosswalk, _HEADINGS, rows)
        if self._names:
            path = names.names_beside(self.path)
            merged = dict(files.read_rows(path, names.HEADINGS)) | self._names
            gone = {conflict.other for conflict in self.conflicts if conflict.joined}
            kept = (row for row in merged.items() if row[0] not in gone)
            files.write_rows(path, names.HEADINGS, kept)

    @property
    def _crosswalk(self) -> Path:
        return self.path.with_name("crosswalk.csv")

    def _telling(self, marks: Mapping[str, str], school: str) -> tuple[_Token, ...]:
        """The tokens of the marks that do not tell two pupils alike, the strongest first."""
        tokens = (
            _Token(
                mark.kind,
                mark.scope,
                self._hash(_OF_TOKEN, mark.kind, mark.scope, mark.value).hex(),
            )
            for mark in folded(marks, school)
        )
        return tuple(token for token in tokens if self._ids.get(token) != _NOBODY)

    def _met(self, told: tuple[_Token, ...]) -> str | None:
        for place, token in enumerate(told):
            pupil = self._ids.get(token)
            if pupil and not self._denied(pupil, told[:place]):
                return pupil
        return None

    def _denied(self, pupil: str, stronger: tuple[_Token, ...]) -> bool:
        """Whether a pupil is known by another mark of the same kind than one of these."""
        held = self._held[pupil]
        same_kind = ((token, held.get(token[:2])) for token in stronger)
        return any(others and token not in others for token, others in same_kind)

    def _learn(self, token: _Token, pupil: str, stronger: tuple[_Token, ...]) -> None:
        other = self._ids.get(token, pupil)
        if other == pupil:
            self._point(token, pupil)
            return
        joined = not self._denied(other, stronger)
        self.conflicts[Conflict(mark=token.kind, pupil=pupil, other=other, joined=joined)] = None
        if not joined:
            self._point(token, _NOBODY)
            return
        for moved in {each for some in self._held.pop(other).values() for each in some}:
            self._point(moved, pupil if self._ids[moved] == other else self._ids[moved])

    def _point(self, token: _Token, pupil: str) -> None:
        self._ids[token] = pupil
        self._held[pupil][token[:2]].add(token)

    def _made(self, token: _Token) -> str:
        """An id that no spreadsheet takes for a number, a date or a formula, in one case."""
        return f"p{b32encode(self._hash(_OF_ID, 'id', token.text)).decode().lower()}"

    def _hash(self, length: int, *parts: str) -> bytes:
        text = "\0".join(("careerspolicy", "1", *parts))
        return hmac.digest(self._key, text.encode(), "sha256")[:length]
