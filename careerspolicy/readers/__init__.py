"""From files of facts to `Facts`: one YAML or JSON file, or tables as they are kept or exported.

`plain_facts` and `folder` give sources of rows, the latter with the help of `mappings`; `reading`
turns cells into `values` by the `tables`; `rows` and `pupils` make sense of them; the `log` keeps
what went wrong, and what became of all.
"""

from __future__ import annotations

from datetime import date
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from careerspolicy.errors import InvalidFacts, raised_as
from careerspolicy.model.facts import Facts
from careerspolicy.model.leavings import with_leavings
from careerspolicy.model.policy import Policy
from careerspolicy.plain.yaml_tree import FACTS_LIMIT, load_plain
from careerspolicy.readers.beside import Beside
from careerspolicy.readers.cells import rows_of
from careerspolicy.readers.doubts import Doubts
from careerspolicy.readers.in_memory import in_plain_terms
from careerspolicy.readers.log import Log
from careerspolicy.readers.people import People
from careerspolicy.readers.plain_facts import FORMAT, is_whole, plain_sources
from careerspolicy.readers.pupils import pupils_from
from careerspolicy.readers.reading import Reading
from careerspolicy.readers.records import records_from, stream_records
from careerspolicy.readers.rows import schools_from, waivers_from
from careerspolicy.readers.tabular import table_sources
from careerspolicy.vocabulary import shared_vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from careerspolicy.model.facts import Pupil
    from careerspolicy.readers.raw import RowSource
    from careerspolicy.readers.records import Into
    from careerspolicy.vocabulary import Vocabulary

__all__ = ["Beside", "facts_from", "import_facts", "load_facts"]


_NOTHING_BESIDE: Final = Beside()


def load_facts(
    *paths: str | Path,
    vocabulary: Vocabulary | None = None,
    policy: Policy | Iterable[Policy] = (),
    reject_to: Path | None = None,
    beside: Beside = _NOTHING_BESIDE,
) -> Facts:
    """The facts in one YAML or JSON file, or in tables: files, or folders of them.

    Tables are CSV, spreadsheets, JSON, XML or Parquet; our own, or as a system exports them.
    `vocabulary` names the kinds of record and attributes to look for, the shared ones unless said;
    a `policy`, or several, adds its own.
    A row that cannot be used stops the reading, unless `reject_to` names a file for such rows: they
    are then written there as CSV, counted in `Facts.rejected` and told in `Facts.warnings` (as
    errors, beside the warnings of rows that were kept). `Facts.account` says what became of all.

    Raises InvalidFacts with every problem, in file order.
    """
    return _load(paths, _words(vocabulary, policy), reject_to, beside)


def import_facts(
    *paths: str | Path,
    vocabulary: Vocabulary,
    into: Into,
    reject_to: Path | None = None,
    beside: Beside = _NOTHING_BESIDE,
) -> Facts:
    """As `load_facts`, for more records than memory holds: `into` takes them as they are read.

    The facts have none of them but those that end a pupil's stay.
    """
    return _load(paths, vocabulary, reject_to, beside, into)


def _load(
    paths: Sequence[str | Path],
    words: Vocabulary,
    reject_to: Path | None,
    beside: Beside,
    into: Into | None = None,
) -> Facts:
    given, people = [Path(path) for path in paths], People(key=beside.key)
    facts, log = _read(given, words, reject_to, beside, people, into)
    if people.joined:  # some whose rows came first are the same as others, it turned out
        people.by_name.clear()
        facts, log = _read(given, words, reject_to, beside, people, into)
    people.save()
    if reject_to is not None:
        log.write_rejected(Path(reject_to))
        log.raise_if_rejected_whole("pupils", f"{reject_to} has them, and why")
    return facts


def _read(
    given: Sequence[Path],
    words: Vocabulary,
    reject_to: Path | None,
    beside: Beside,
    people: People,
    into: Into | None,
) -> tuple[Facts, Log]:
    """The facts in files, and what reading them met."""
    log, supplied = Log(keeping=reject_to is not None, counting=into is not None), dict[str, Any]()
    if len(given) == 1 and _is_facts(given[0]):
        with raised_as(InvalidFacts):
            data = load_plain(given[0], limit=FACTS_LIMIT)
        sources = plain_sources(data, str(given[0]), words, log)
    else:
        sources, supplied = table_sources(given, beside, words, log)
    if reject_to is not None:
        _refuse_overwriting(reject_to, given, sources)
    reading = Reading(sources, words, log, people=people, school=beside.school, supplied=supplied)
    return _facts(reading, str(given[0]), into), log


def _is_facts(path: Path) -> bool:
    """Whether a file holds whole facts, and not a table or a list of rows."""
    suffix = path.suffix.lower()
    return suffix in (".yaml", ".yml") or (suffix == ".json" and is_whole(path))


def facts_from(
    data: Mapping[str, Any],
    *,
    vocabulary: Vocabulary | None = None,
    policy: Policy | Iterable[Policy] = (),
    file: str = "facts",
) -> Facts:
    """The facts in data of the YAML shape; `file` names them in messages.

    A table may be a list of rows, a mapping of columns, or a frame of pandas, Polars or another
    library that Narwhals knows. Dates may be text, dates or timestamps; what is missing may be
    None, NaN or NaT; `format` may be left out. `vocabulary` names the kinds of record and
    attributes to look for, the shared ones unless said; a `policy`, or several, adds its own.

    >>> school = {"urn": "1", "name": "A School", "trust": "A Trust", "as_at": "2026-01-31",
    ...           "lowest_year": 7, "highest_year": 11}
    >>> facts_from({"schools": [school]}).schools[0].attributes["sixth_form"]
    False

    Raises InvalidFacts with every problem; rows are counted from 0, as lists and frames do.
    """
    words = _words(vocabulary, policy)
    log = Log(keeping=False)
    sources = plain_sources({"format": FORMAT, **in_plain_terms(data)}, file, words, log)
    return _facts(Reading(sources, words, log), file)


def _words(vocabulary: Vocabulary | None, policy: Policy | Iterable[Policy]) -> Vocabulary:
    policies = (policy,) if isinstance(policy, Policy) else policy
    return (vocabulary or shared_vocabulary()).joined(one.vocabulary for one in policies)


def _facts(reading: Reading, file: str, into: Into | None = None) -> Facts:
    sources, vocabulary, log = reading.sources, reading.vocabulary, reading.log
    reading.spellings.learn(rows_of(reading, "aliases"), reading.reject)
    reading.partial.update(thing for thing in ("school", "pupil") if not sources.get(f"{thing}s"))
    schools = schools_from(reading)
    if not schools and not log.stops and (log.keeping or not log.rejected):
        log.stop(file, "these facts hold no school", "add its row")
        log.raise_if_unusable()
    schools, pupils = pupils_from(reading, schools)
    stays = {name: [*own] for name, own in groupby(sorted(pupils, key=_stay), lambda one: one.id)}
    doubts = Doubts(schools, stays)
    records = stream_records(reading, doubts, into) if into else records_from(reading, doubts)
    waivers = waivers_from(reading)
    log.raise_if_unusable()
    reading.spellings.doubts(log)
    for message, hint in reading.people.doubts():
        log.suspect(file, message, hint)
    roll = vocabulary.record_kinds if "pupils" in sources else ()
    # Of a kind all of whose rows were rejected nothing is known, rather than that none happened.
    read = {name for name, own in sources.items() if not all(map(_rejected_whole, own))}
    known = {name for name in roll if vocabulary.kinds[name].ends_stay} | read
    facts = Facts(
        schools=tuple(schools.values()),
        pupils=pupils,
        records=records,
        waivers=waivers,
        known_kinds=frozenset(known.intersection(vocabulary.record_kinds)),
        aliases=reading.spellings.aliases,
        warnings=log.all_warnings(),
        rejected=log.rejected,
        account=tuple(tally.account() for tally in log.tallies),
    )
    return with_leavings(facts, vocabulary.kinds)


def _rejected_whole(source: RowSource) -> bool:
    tally = source.tally
    return bool(tally.rejected) and len(tally.rejected) == tally.rows - sum(tally.not_used.values())


def _stay(pupil: Pupil) -> tuple[str, date]:
    return pupil.id, pupil.joined or date.min


def _refuse_overwriting(
    reject_to: Path, given: Sequence[Path], sources: dict[str, list[RowSource]]
) -> None:
    """Raise InvalidFacts where the rejected rows would take the place of the facts."""
    files = [*given, *(Path(source.file) for each in sources.values() for source in each)]
    if Path(reject_to).resolve() in {file.resolve() for file in files}:
        message = "the rejected rows would take the place of the facts"
        raise InvalidFacts.of(reject_to, message, "name another file for them")
