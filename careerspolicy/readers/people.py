"""Pupils by what systems tell them by: a number, an address, a name; here they have keyed ids."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

import attrs

from careerspolicy.privacy import Identities, like_upn
from careerspolicy.readers.mappings.recognition import text_of
from careerspolicy.vocabulary.names import identity, visible

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from careerspolicy.readers.mapped import Layout

#: In which columns a UPN may stand for a pupil: of rows of pupils, and of all others.
UPNS_IN: Final = {"pupil": ("id",), "school": ()}
IDS_OF_PUPILS: Final = ("pupil", "subject", "absent")
_LENGTH_OF_UPN: Final = 13


@attrs.define
class People:
    """The pupils met so far; the key is only asked for once somebody is told by something.

    `by_name` has the ids of those that go by a name, folded, within a school.
    """

    key: Any = None
    by_name: dict[tuple[str, str], set[str]] = attrs.field(factory=dict)
    _identities: Identities | None = None

    @property
    def identities(self) -> Identities:
        """The keyed ids, from the key file."""
        if self._identities is None:
            self._identities = Identities.at(self.key)
        return self._identities

    def pupil(self, layout: Layout, cells: Sequence[Any], born: Any, school: str) -> str | None:
        """The id of the pupil of a row of the roll; None where the row tells nobody by anything."""
        marks, names = _marks(layout, cells), _names(layout, cells)
        name = names[0] if names else ""
        if name and (born or not marks):
            # Without a birth nothing else tells namesakes apart, and only within a school.
            marks["name and birth"] = f"{identity(name)} {born or school}"
        if not marks:
            return None
        pupil = self.identities.id_of(marks, school)
        if name and pupil:
            self.identities.name(pupil, name)
            for each in names:
                self.by_name.setdefault((school, identity(each)), set()).add(pupil)
        return pupil

    def known(self, layout: Layout, cells: Sequence[Any], school: str) -> str | None:
        """The id of the pupil whose record a row is; None where nothing, or not enough, says so."""
        if marks := _marks(layout, cells):
            return self.identities.known(marks, school)
        names = _names(layout, cells)
        return next(filter(None, (self.named(name, school) for name in names)), None)

    def named(self, name: str, school: str) -> str:
        """The id of the one pupil of a name; "" for none, or several."""
        last, comma, first = name.partition(",")
        plain = identity(f"{first.strip()} {last.strip()}" if comma else name)
        met = self.by_name.get((school, plain), set())
        return next(iter(met)) if len(met) == 1 else ""

    @property
    def joined(self) -> bool:
        """Whether some who had got an id already turned out to be the same as others."""
        conflicts = self._identities.conflicts if self._identities else ()
        return any(conflict.joined for conflict in conflicts)

    def doubts(self) -> Iterator[tuple[str, str]]:
        """Marks that several pupils have, so that they tell neither: what, and how to mend it."""
        conflicts = self._identities.conflicts if self._identities else ()
        shared = Counter(conflict.mark for conflict in conflicts if not conflict.joined)
        for mark, count in shared.items():
            whose = "two pupils share" if count == 1 else f"{count} times, two pupils share"
            yield f"{whose} one {mark}; nobody is told by it", "correct it where it is wrong"

    def keyed(self, own_id: Any, school: str) -> Any:
        """The keyed id for a UPN; any other id, or several, as they are."""
        if isinstance(own_id, frozenset):
            return frozenset(self.keyed(one, school) for one in own_id)
        if own_id is None or not like_upn(own_id):
            return own_id
        return self.identities.known({"upn": own_id}, school) or own_id

    def save(self) -> None:
        """Keep what was learnt beside the key."""
        if self._identities is not None:
            self._identities.save()


def may_have_upns(ids: Collection[Any]) -> bool:
    """Whether ids may be UPNs, by the longest; of sets of ids some may be."""
    single = [one for one in {*ids} if one.__class__ is str]
    return len(max(single, key=len, default="")) >= _LENGTH_OF_UPN or len(single) < len(
        {*ids} - {None}
    )


def _marks(layout: Layout, cells: Sequence[Any]) -> dict[str, str]:
    """What a row tells its pupil by; of several cells for one mark, the first that says any."""
    marks: dict[str, str] = {}
    for index, mark, system in layout.marks:
        if text := text_of(cells[index]):
            of = f"{system}:" if mark == "system id" and system else ""
            marks.setdefault(mark, f"{of}{text}")
    return marks


def _names(layout: Layout, cells: Sequence[Any]) -> tuple[str, ...]:
    """The pupil's names as people say them, the one that they go by first."""
    parts = {part: visible(text_of(cells[index])) for index, part in layout.names}
    if whole := parts.get("whole"):
        last, comma, first = whole.partition(",")
        return (f"{first.strip()} {last.strip()}" if comma else whole,)
    firsts = (parts.get("preferred forename"), parts.get("forename"))
    surname = parts.get("surname", "")
    names = [f"{first} {surname}".strip() for first in firsts if first] or [surname]
    return tuple(dict.fromkeys(filter(None, names)))
