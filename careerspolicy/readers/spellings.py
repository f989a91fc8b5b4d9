"""One spelling for each name: of several, the first that facts give, or what `aliases` call it.

Names become one here, as rows are read, so that whatever counts or compares them afterwards need
only ask whether they are equal. Names that differ by little more than a slip are doubted.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import attrs

from careerspolicy.readers.log import Fault
from careerspolicy.readers.values import quoted
from careerspolicy.vocabulary.names import identity, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from careerspolicy.readers.batches import Batch
    from careerspolicy.readers.log import Log
    from careerspolicy.readers.raw import ReadRow

#: Names shorter than this that differ by a letter are likely names of their own.
_LONG_ENOUGH: Final = 6
_LONG_ENOUGH_A_WORD: Final = 4
#: Whatever is longer is no name.
_LONGEST: Final = 80
#: Words that people leave out of a name, and those that they shorten.
_LEFT_OUT: Final = frozenset(
    ["the", "of", "and", "for", "ltd", "limited", "plc", "llp", "inc", "co", "company"]
)
_SHORTENED: Final = {
    "acad": "academy", "bros": "brothers", "coll": "college", "dept": "department", "sch": "school",
    "st": "saint", "tech": "technical", "uni": "university", "univ": "university",
}  # fmt: skip
_PARTING: Final = str.maketrans(dict.fromkeys("&+-/(),[]", " "))


class _Met(NamedTuple):
    """A name as it was first spelt, and the row in which it was."""

    name: str
    row: ReadRow


@attrs.frozen
class Spellings:
    """The names of one set of facts, by the column or attribute that holds them.

    `aliases` has, by the identity of each other name, the name that somebody or something goes by,
    and `own` the identities of names that are said to be different from all others.
    """

    aliases: dict[str, str] = attrs.field(factory=dict)
    own: set[str] = attrs.field(factory=set)
    _spelt: defaultdict[str, dict[Any, Any]] = attrs.field(factory=lambda: defaultdict(dict))
    _met: defaultdict[str, dict[str, _Met]] = attrs.field(factory=lambda: defaultdict(dict))

    def learn(self, rows: Iterable[ReadRow], reject: Callable[[ReadRow, Fault], None]) -> None:
        """Take in the rows of aliases; one that gives one name to two is rejected."""
        for row in rows:
            name = row.values["name"]
            self.own.add(identity(name))
            for other in sorted(row.values.get("also_known_as", ())):
                known = self.aliases.setdefault(identity(other), name)
                if identity(known) != identity(name):
                    message = f"{quoted(other)} is said to be {quoted(known)} too"
                    reject(row, Fault("also_known_as", message, "keep one of the two"))

    def spell(self, batch: Batch) -> None:
        """Give every name of some rows its one spelling."""
        for column in batch.source.table.names:
            said = batch.columns.get(column)
            if said is None:
                continue
            spelt = self._spelt[column]
            if new := {*said}.difference(spelt, [None]):
                firsts = {name: at for at, name in reversed([*enumerate(said)]) if name in new}
                for name, at in reversed(firsts.items()):
                    spelt[name] = self._spelling(column, name, batch.row(at))
            batch.columns[column] = [*map(spelt.get, said)]

    def _spelling(self, column: str, name: Any, row: ReadRow) -> Any:
        """The one spelling of a name, or of several, that a row gives in a column."""
        if isinstance(name, frozenset):
            return frozenset(self._spelling(column, one, row) for one in sorted(name))
        name = self.aliases.get(identity(name), name)
        met, key = self._met[column], identity(name)
        if key not in met:
            met[key] = _Met(visible(name), row)
        return met[key].name

    def known(self, column: str, name: str) -> str:
        """The spelling that a column has for a name; as it is where it has none."""
        met = self._met[column].get(identity(self.aliases.get(identity(name), name)))
        return met.name if met else name

    def doubts(self, log: Log) -> None:
        """Doubt names of a column that are nearly alike."""
        for column, met in self._met.items():
            named = {key: each.name for key, each in met.items()}
            pairs = [(met[one], met[other]) for one, other in _twins(named)]
            for earlier, later in pairs:
                if self._told_apart(earlier, later):
                    continue
                first, place = quoted(earlier.name), earlier.row.place
                message = f"{quoted(later.name)} is nearly {first}, which stands at {place}"
                hint = "spell both alike if they are one, or list both as names under aliases"
                both = (column, later.name, earlier.name)
                fault = Fault(column, message, hint, "near-names", both)
                log.doubt(later.row.source, later.row.raw, fault)

    def _told_apart(self, one: _Met, other: _Met) -> bool:
        """Whether the aliases list both, and so say that they are two."""
        return {identity(one.name), identity(other.name)} <= self.own


def _twins(names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The pairs of names, by identity, that a letter, a small or a shortened word tells apart."""
    near: defaultdict[str, list[str]] = defaultdict(list)
    for key, name in names.items():
        near[f" {_bare(name)}"].append(key)
        if _LONG_ENOUGH <= len(key) <= _LONGEST:
            for at in range(len(key)):
                near[key[:at] + key[at + 1 :]].append(key)
            near[key].append(key)
    order = {key: place for place, key in enumerate(names)}
    pairs = {
        tuple(sorted(pair, key=order.__getitem__))
        for keys in near.values()
        for pair in combinations(dict.fromkeys(keys), 2)
    }
    for one, other in sorted(pairs, key=lambda pair: [order[key] for key in pair]):
        if _may_be_one(names[one], names[other]):
            yield one, other


def nearly_alike(name: str, other: str) -> bool:
    """Whether little tells two names apart.

    >>> nearly_alike("Leeds City College", "Leeds City Colege"), nearly_alike("Unit 1", "Unit 2")
    (True, False)
    """
    return any(_twins({identity(each): each for each in (name, other)}))


def _may_be_one(name: str, other: str) -> bool:
    """Whether what tells two names apart could be a slip: no digit, and no very short word."""
    one, two = ({*filter(None, map(_in_full, _words(each)))} for each in (name, other))
    differing = one ^ two
    return all(len(word) >= _LONG_ENOUGH_A_WORD and word.isalpha() for word in differing)


def _bare(name: str) -> str:
    """A name's words in any order, without small ones, and with shortened ones in full."""
    return " ".join(sorted(filter(None, map(_in_full, _words(name)))))


def _words(name: str) -> list[str]:
    return [identity(word) for word in name.translate(_PARTING).split()]


def _in_full(word: str) -> str:
    """A word of a name in full; "" for one that may as well be left out."""
    return "" if word in _LEFT_OUT else _SHORTENED.get(word, word)
