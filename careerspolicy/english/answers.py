"""The solver's answers in words: why something isn't decided, and a witness as a sentence.

The only place that makes English of `solver.undecided` and `solver.witnesses`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from careerspolicy.calendar.school_calendar import in_words
from careerspolicy.english.wording import listing, number, number_in_words
from careerspolicy.model.duty import Covers
from careerspolicy.model.facts import phases_taught
from careerspolicy.model.population import Roll
from careerspolicy.solver.codes import Code

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from careerspolicy.model.facts import Facts, Record
    from careerspolicy.model.policy import Policy
    from careerspolicy.solver.promises import Promise, Undecided
    from careerspolicy.solver.witnesses import Witness
    from careerspolicy.vocabulary import Kind, Value

#: A clause for each reason. `{promises}` are named, `{records}` are what they count.
CLAUSES: Final = {
    Code.ATTESTED: "{promises} is known only by {records}, which measure nothing",
    Code.NO_NUMBER: '{promises} says "{words}", which is no number',
    Code.HOW_SOON: '{promises} says "{words}", which is not for a computer to judge',
    Code.REPEATS_WHILE_A_RECORD_LASTS: (
        "{promises} repeats for as long as a record lasts, which is not decided here"
    ),
    Code.HANGS_ON_WHAT_IT_COUNTS: "{promises} hangs on records of the very kind that it counts",
    Code.FURTHER_TO_NO_FIXED_WINDOWS: (
        "{promises} is further to a promise that is not kept in fixed windows"
    ),
    Code.OFFSET: "{promises} hangs on a day so long after or before another, as lives differ",
    Code.JOINING: "{promises} hangs on the day on which a pupil joins, as lives differ",
    Code.REPEATS_WITH_A_CEILING: (
        "{promises} repeats and has a ceiling, which is not decided here"
    ),
    Code.REPEATS_FURTHER: (
        "{promises} repeats and is further to another, which is not decided here"
    ),
    Code.NOT_MEASURED: "{promises} measures {words}, which cannot be measured",
    Code.SUM_ALSO_CHOSEN_BY: "the number added up is also one that records are chosen by",
    Code.STATE_AGAINST_LIMIT: "a state that stands is weighed against a limit",
    Code.REPEATS_SEVERAL: "what repeats is more than a single record",
    Code.TERM_DATES: "it hangs on the days on which a school's terms begin and end",
    Code.REPEATS_FOR_LEAVERS: "what repeats is weighed for pupils who left",
    Code.BIRTHDAY_AGAINST_LENGTH: "a birthday is weighed against a length of time",
    Code.DONE_UNSEEN: "what is owed of a record may have been done before such records are seen",
    Code.WORDS_DIFFER: 'the policies mean different things by "{words}"',
    Code.ENDLESS_RECORDS: "each record calls for another",
    Code.TOO_MANY_RECORDS: "it would take more than {words} records",
    Code.TOO_MANY_LIVES: "it hangs on too many dates and birthdays at once",
    Code.TOO_LONG: "the solver took too long",
    Code.OPEN_DAYS: "it hangs on the days on which a school is open",
    Code.SHARE: "{promises} is of a share of the pupils, and no school shows how it differs",
    Code.REPLAYED_NOT_MET: (
        "the evaluator would not say that {promises} is met where the solver does"
    ),
    Code.REPLAYED_NOT_MISSED: (
        "the evaluator would not say that {promises} is missed where the solver does"
    ),
    Code.LIVES_DIFFER: "joiners or leavers are read otherwise there",
    Code.NO_RECORD: "no record measures it",
    Code.NO_SOLVER: "{words}",
}


def undecided_clause(why: Undecided | None, *, within: Policy | None = None) -> str:
    """Why something isn't decided, without a full stop; "" for no reason.

    `within` a policy, its promises are named by their ids alone.
    """
    if why is None:
        return ""
    names: list[str] = []
    counted: dict[str, None] = {}
    for promise in why.promises:
        names.append(promise.obligation.id if promise.policy is within else promise.name)
        counted[promise.kind(promise.duty.records.kind).plural] = None
    promises, records = " and ".join(names), " and ".join(counted)
    return CLAUSES[why.code].format(promises=promises, records=records, words=why.words)


def witness_sentence(witness: Witness) -> str:
    """A witness in plain English, with a full stop: who it is, what is recorded, what is missed."""
    met = listing(_named(promise, witness.misses) for promise in witness.meets)
    missed = _named(witness.misses, *witness.meets)
    when = "" if witness.asked == witness.as_of else f" on {in_words(witness.asked)}"
    pupils, records = witness.facts.pupils, witness.facts.records
    who, meets, misses = _who(witness), "meets", "misses"
    if len(pupils) > 1:
        having = len({record.owner for record in records})
        who = f"{len(pupils)} pupils of one school, {having} of them each"
        meets, misses = "meet", "miss"
    also = f"{meets} {met} and " if witness.meets else ""
    return f"{who} with {_records(witness)} {also}{misses} {missed}{when}."


def _named(promise: Promise, *others: Promise) -> str:
    """A promise by its title; by its id too, where another has the same title."""
    obligation, policy = promise.obligation, promise.policy.id
    titles = [(other.policy.id, other.obligation.title) for other in others]
    alike = (policy, obligation.title) in titles
    return f'"{obligation.title}" ({f"{policy}, {obligation.id}" if alike else policy})'


def _who(witness: Witness) -> str:
    promises = (*witness.meets, witness.misses)
    owners = {promise.owner for promise in promises}
    school, pupil = witness.facts.schools[0], witness.facts.pupils[0]
    kinds = witness.misses.policy.vocabulary.kinds
    derived = phases_taught(school.lowest_year, school.highest_year)
    tests = {test.attribute for promise in promises for test in promise.duty.population.school}
    of_school = {
        name: value
        for name, value in school.attributes.items()
        if name not in derived or name in tests
    }
    what = listing(said_of(of_school, kinds["school"]))
    what = f" ({what})" if what else ""
    if "pupil" not in owners:
        return f"A school{what}" if "school" in owners else "A trust"
    clauses = [f"of a school with Years {school.lowest_year} to {school.highest_year}{what}"]
    if any(promise.by_birthday for promise in promises) and pupil.born:
        clauses.append(f"born on {in_words(pupil.born)}")
    if any(promise.duty.population.roll is not Roll.ANY for promise in promises) and pupil.left:
        clauses.append(f"who left on {in_words(pupil.left)}")
    clauses += said_of(pupil.attributes, kinds["pupil"])
    return f"A pupil {', '.join(clauses)},"


def _records(witness: Witness) -> str:
    """Every record, those alike together; "no" of each kind asked for and not recorded."""
    kinds = dict(witness.meets[0].policy.vocabulary.kinds) if witness.meets else {}
    kinds.update(witness.misses.policy.vocabulary.kinds)
    alike: dict[tuple[str, str], list[Record]] = {}
    for record in _of_one(witness.facts):
        what = _differently(record, witness) or listing(_about(record, witness.facts, kinds))
        alike.setdefault((record.kind, what), []).append(record)
    phrases = [_alike(kinds[kind], what, records) for (kind, what), records in alike.items()]
    recorded = {kind for kind, _ in alike}
    missing = sorted(witness.facts.known_kinds - recorded)
    return listing([*phrases, *(f"no {kinds[kind].plural}" for kind in missing)])


def _of_one(facts: Facts) -> Sequence[Record]:
    """The records of one of several pupils who have the same; school and trust have their own."""
    first = next((record.owner for record in facts.records if record.of == "pupil"), "")
    return [record for record in facts.records if record.of != "pupil" or record.owner == first]


def _differently(record: Record, witness: Witness) -> str:
    """That each of several records differs in the one thing said of it, which nobody asks for."""
    kind = [alike for alike in _of_one(witness.facts) if alike.kind == record.kind]
    names = {name for alike in kind for name in alike.attributes}
    values = [alike.attributes.get(name) for alike in kind for name in names]
    if len(kind) == 1 or len(names) != 1 or len(set(values)) < len(kind):
        return ""
    (name,) = names
    promises = (*witness.meets, witness.misses)
    asked = {(of, test.attribute) for promise in promises for of, test in promise.conditions}
    lists = any(isinstance(promise.duty.measure, Covers) for promise in promises)
    attribute = witness.misses.policy.vocabulary.kinds[record.kind].attributes.get(name)
    if attribute is None or attribute.type == "number" or lists or (record.kind, name) in asked:
        return ""
    noun = attribute.says or name.replace("_", " ")
    return f"each with {'other' if attribute.many else 'another'} {noun}"


def _alike(kind: Kind, what: str, records: list[Record]) -> str:
    """Records that are alike but for their days: how many, of what, and when."""
    noun = kind.singular if len(records) == 1 else kind.plural
    days = listing(dict.fromkeys(map(_when, records)))
    what = f" ({what})" if what else ""
    return f"{number_in_words(len(records))} {noun}{what} {days}"


def _when(record: Record) -> str:
    start = f"on {in_words(record.start)}"
    return start if record.until is None else f"{start} (until {in_words(record.until)})"


def _about(record: Record, facts: Facts, kinds: Mapping[str, Kind]) -> Iterator[str]:
    yield from said_of(record.attributes, kinds[record.kind])
    subject = next((event for event in facts.records if event.id == record.about), None)
    if subject is not None:
        yield f"about the {kinds[subject.kind].singular} of {in_words(subject.start)}"


def said_of(attributes: Mapping[str, Value], kind: Kind) -> list[str]:
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
