"""An example as a sentence: who it is, what is recorded, what that meets and what it misses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from careerspolicy.calendar.school_calendar import in_words
from careerspolicy.english.wording import listing, number
from careerspolicy.model.duty import Covers, Roll
from careerspolicy.model.facts import phases_taught
from careerspolicy.solver.promises import conditions
from careerspolicy.solver.settings import by_birthday

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from careerspolicy.model.facts import Record
    from careerspolicy.solver.promises import Promise
    from careerspolicy.solver.solving import Example
    from careerspolicy.vocabulary import Kind, Value

_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def told(example: Example) -> str:
    """An example in plain English, with a full stop."""
    met = listing(_named(one, example.missed) for one in example.met)
    missed = _named(example.missed, *example.met)
    when = "" if example.asked == example.as_of else f" on {in_words(example.asked)}"
    who, met_, missed_ = _who(example), "meets", "misses"
    if len(example.facts.pupils) > 1:
        who, met_, missed_ = _several(example), "meet", "miss"
    has = f"{who} with {_records(example)}"
    if not example.met:
        return f"{has} {missed_} {missed}{when}."
    return f"{has} {met_} {met} and {missed_} {missed}{when}."


def _several(example: Example) -> str:
    """Pupils of one school, of whom some have what the others lack."""
    pupils, records = example.facts.pupils, example.facts.records
    having = len({one.owner for one in records})
    return f"{len(pupils)} pupils of one school, {having} of them each"


def _named(promise: Promise, *others: Promise) -> str:
    """A promise by its title; by its id too, where another has the same title."""
    obligation = promise.obligation
    alike = any(
        (one.policy.id, one.obligation.title) == (promise.policy.id, obligation.title)
        for one in others
    )
    name = f"{promise.policy.id}, {obligation.id}" if alike else promise.policy.id
    return f'"{obligation.title}" ({name})'


def _who(example: Example) -> str:
    promises = (*example.met, example.missed)
    subjects = {_owner(one) for one in promises}
    school, pupil = example.facts.schools[0], example.facts.pupils[0]
    kinds = example.missed.policy.vocabulary.kinds
    derived = phases_taught(school.lowest_year, school.highest_year)
    of_school = {
        name: value
        for name, value in school.attributes.items()
        if name not in derived or _asked_of_school(promises, name)
    }
    what = listing(_said(of_school, kinds["school"]))
    if "pupil" not in subjects:
        thing = "school" if "school" in subjects else "trust"
        return f"A {thing}{f' ({what})' if what and thing == 'school' else ''}"
    years = f"of a school with Years {school.lowest_year} to {school.highest_year}"
    told = [years + (f" ({what})" if what else "")]
    if any(by_birthday(one) for one in promises) and pupil.born:
        told.append(f"born on {in_words(pupil.born)}")
    if any(one.duty.population.roll is not Roll.ANY for one in promises) and pupil.left:
        told.append(f"who left on {in_words(pupil.left)}")
    told += _said(pupil.attributes, kinds["pupil"])
    return f"A pupil {', '.join(told)},"


def _owner(promise: Promise) -> str:
    subject = promise.duty.population.subject
    return subject if subject in ("pupil", "school", "trust") else promise.kind(subject).of


def _asked_of_school(promises: Iterable[Promise], name: str) -> bool:
    return any(test.attribute == name for one in promises for test in one.duty.population.school)


def _records(example: Example) -> str:
    """Every record, those alike together; "none recorded" of each kind asked for."""
    vocabulary = example.missed.policy.vocabulary
    kinds = {**example.met[0].policy.vocabulary.kinds} if example.met else {}
    kinds.update(vocabulary.kinds)
    groups: dict[tuple[str, str], list[Record]] = {}
    for record in _of_one(example.facts.records):
        what = _differently(record, example) or listing(_about(record, example, kinds))
        groups.setdefault((record.kind, what), []).append(record)
    phrases = [_group(kinds[kind], what, records) for (kind, what), records in groups.items()]
    missing = [
        kind for kind in sorted(example.facts.known_kinds) if not any(kind == k for k, _ in groups)
    ]
    phrases += [f"no {kinds[kind].plural}" for kind in missing]
    return listing(phrases)


def _of_one(records: Sequence[Record]) -> Sequence[Record]:
    """The records of one of several pupils who have the same; school and trust have their own."""
    first = next((one.owner for one in records if one.of == "pupil"), "")
    return [one for one in records if one.of != "pupil" or one.owner == first]


def _differently(record: Record, example: Example) -> str:
    """That each of several records differs in the one thing said of it, which nobody asks for."""
    kind = [one for one in _of_one(example.facts.records) if one.kind == record.kind]
    names = {name for one in kind for name in one.attributes}
    values = [one.attributes.get(name) for one in kind for name in names]
    if len(kind) == 1 or len(names) != 1 or len(set(values)) < len(kind):
        return ""
    (name,) = names
    promises = (*example.met, example.missed)
    asked = {(of, test.attribute) for one in promises for of, test in conditions(one)}
    lists = any(isinstance(one.duty.measure, Covers) for one in promises)
    attribute = example.missed.policy.vocabulary.kinds[record.kind].attributes.get(name)
    if attribute is None or attribute.type == "number" or lists or (record.kind, name) in asked:
        return ""
    said = attribute.says or name.replace("_", " ")
    return f"each with {'other' if attribute.many else 'another'} {said}"


def _group(kind: Kind, what: str, records: list[Record]) -> str:
    many = len(records)
    how_many = _SMALL[many] if many < len(_SMALL) else number(many)
    noun = kind.singular if many == 1 else kind.plural
    days = listing(dict.fromkeys(_when(one) for one in records))
    told = f"{how_many} {noun}{f' ({what})' if what else ''}"
    return f"{told} {days}"


def _when(record: Record) -> str:
    start = f"on {in_words(record.start)}"
    return start if record.until is None else f"{start} (until {in_words(record.until)})"


def _about(record: Record, example: Example, kinds: Mapping[str, Kind]) -> Iterator[str]:
    yield from _said(record.attributes, kinds[record.kind])
    subject = next((one for one in example.facts.records if one.id == record.about), None)
    if subject is not None:
        yield f"about the {kinds[subject.kind].singular} of {in_words(subject.start)}"


def _said(attributes: Mapping[str, Value], kind: Kind) -> list[str]:
    """What is said of somebody or something, a phrase each."""
    return [_phrase(name, value, kind) for name, value in attributes.items()]


def _phrase(name: str, value: Value, kind: Kind) -> str:
    attribute = kind.attributes.get(name)
    says = (attribute.says if attribute else "") or name.replace("_", " ")
    if name == "attended":
        return "attended" if value else "offered but not attended"
    if isinstance(value, bool):
        return says if value else f"not {says}"
    if isinstance(value, frozenset):
        return f"{says}: {listing(sorted(value)) if value else 'none'}"
    if isinstance(value, str):
        named = attribute.values.get(value, "") if attribute and len(value) == 1 else ""
        return f"{says}: {named or value}"
    return f"{number(value)} {says}" if name == "hours" else f"{says} {number(value)}"
