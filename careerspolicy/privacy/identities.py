"""Keyed ids: one pupil has one id across files, months and systems that share a mark.

An id is a keyed hash (HMAC-SHA256) of the strongest mark that a pupil was first met by. The
crosswalk beside the key holds which marks are whose, as keyed hashes too.
"""

from __future__ import annotations

import hmac
from base64 import b32encode
from collections import defaultdict
from typing import TYPE_CHECKING, Final

import attrs

from careerspolicy.privacy import files, names
from careerspolicy.privacy.marks import FoldedMark, folded

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_HEADINGS: Final = ("mark", "scope", "token", "id")
#: How many characters of a hash are kept, five bits each.
_OF_TOKEN, _OF_ID = 26, 16
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


@attrs.define(repr=False, kw_only=True)
class Identities:
    """The keyed ids of pupils, with what was learnt of whose marks are whose.

    `_ids` has the id that each token points to, `_held` the tokens that an id has of a kind.
    """

    path: Path
    _key: bytes
    conflicts: dict[Conflict, None] = attrs.field(factory=dict)
    _ids: dict[str, str] = attrs.field(factory=dict)
    _told: dict[str, FoldedMark] = attrs.field(factory=dict)
    _held: dict[tuple[str, str, str], set[str]] = attrs.field(factory=lambda: defaultdict(set))
    _names: dict[str, str] = attrs.field(factory=dict)

    @classmethod
    def at(cls, key: Path | None = None) -> Identities:
        """The ids under a key, which is made, once, where there is none.

        Raises UnusableInput for a file that holds no key.
        """
        path = files.place_of_key(key)
        made = cls(path=path, key=files.key_at(path))
        for kind, scope, token, pupil in files.read_rows(made._crosswalk, _HEADINGS):
            made._point(FoldedMark(kind=kind, value="", scope=scope), token, pupil)
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
        for place, mark in enumerate(told):
            self._learn(mark, pupil, told[:place])
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
        rows = {
            token: row for row in files.read_rows(self._crosswalk, _HEADINGS) if (token := row[2])
        }
        for token, pupil in self._ids.items():
            mark = self._told[token]
            rows[token] = [mark.kind, mark.scope, token, pupil]
        files.write_rows(self._crosswalk, _HEADINGS, rows.values())
        if self._names:
            path = names.names_beside(self.path)
            merged = dict(files.read_rows(path, names.HEADINGS)) | self._names
            gone = {conflict.other for conflict in self.conflicts if conflict.joined}
            kept = (row for row in merged.items() if row[0] not in gone)
            files.write_rows(path, names.HEADINGS, kept)

    @property
    def _crosswalk(self) -> Path:
        return self.path.with_name("crosswalk.csv")

    def _telling(self, marks: Mapping[str, str], school: str) -> tuple[FoldedMark, ...]:
        """The marks that do not tell two pupils alike."""
        each = folded(marks, school)
        return tuple(mark for mark in each if self._ids.get(self._token(mark)) != _NOBODY)

    def _met(self, told: tuple[FoldedMark, ...]) -> str | None:
        for place, mark in enumerate(told):
            pupil = self._ids.get(self._token(mark))
            if pupil and not self._denied(pupil, told[:place]):
                return pupil
        return None

    def _denied(self, pupil: str, stronger: tuple[FoldedMark, ...]) -> bool:
        """Whether a pupil is known by another mark of the same kind than one of these."""
        return any(
            held and self._token(mark) not in held
            for mark in stronger
            if (held := self._held.get((pupil, mark.kind, mark.scope)))
        )

    def _learn(self, mark: FoldedMark, pupil: str, stronger: tuple[FoldedMark, ...]) -> None:
        token = self._token(mark)
        other = self._ids.get(token, pupil)
        if other == pupil:
            self._point(mark, token, pupil)
            return
        joined = not self._denied(other, stronger)
        self.conflicts[Conflict(mark=mark.kind, pupil=pupil, other=other, joined=joined)] = None
        if not joined:
            self._point(mark, token, _NOBODY)
            return
        for moved in [token for token, whose in self._ids.items() if whose == other]:
            self._point(self._told[moved], moved, pupil)

    def _point(self, mark: FoldedMark, token: str, pupil: str) -> None:
        self._ids[token] = pupil
        self._told[token] = attrs.evolve(mark, value="")
        self._held[pupil, mark.kind, mark.scope].add(token)

    def _made(self, mark: FoldedMark) -> str:
        """An id that no spreadsheet takes for a number, a date or a formula, in one case."""
        return f"p{self._hash('id', mark, _OF_ID)}"

    def _token(self, mark: FoldedMark) -> str:
        return self._hash("token", mark, _OF_TOKEN)

    def _hash(self, purpose: str, mark: FoldedMark, length: int) -> str:
        parts = ("careerspolicy", "1", purpose, mark.kind, mark.scope, mark.value)
        text = "\0".join(parts)
        return b32encode(hmac.digest(self._key, text.encode(), "sha256"))[:length].decode().lower()
