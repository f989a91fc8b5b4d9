"""Who owes and who is owed: owners, and the populations that a promise is for.

Stands on `described`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import attrs

from careerspolicy.english.described import described
from careerspolicy.english.phrases import kind_phrases, of_the_trust, role
from careerspolicy.english.wording import a, listing, number
from careerspolicy.model.population import Roll
from careerspolicy.vocabulary import THINGS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from careerspolicy.english.described import Description
    from careerspolicy.model.policy import Obligation
    from careerspolicy.model.population import Condition, Population
    from careerspolicy.vocabulary import Vocabulary

_LISTED_YEARS: Final = re.compile(r"\bYears ([\d, ]+) and (\d+)")
_WHOSE: Final = re.compile(r"^whose (.+?) (?:is|includes?) (.+)$")
_WITHOUT: Final = re.compile(r"^without (?:an? )?")


#: A share of everybody, in per cent.
_ALL: Final = 100
#: The last year group and the last age that the language has; a run to them has no end.
_LAST_YEAR, _LAST_AGE = 14, 30


def owners(obligation: Obligation, vocabulary: Vocabulary, joint: str = "and") -> str:
    """Who owes it: "the careers leader and teachers", "every school with a sixth form"."""
    population = obligation.duty.population
    if obligation.who[:1] == ("school",) and population.school and len(obligation.who) > 1:
        others = (_its(name) for name in obligation.who[1:])
        return listing((_owner("school", population, vocabulary), *others), joint)
    return listing((_owner(name, population, vocabulary) for name in obligation.who), joint)


def _its(name: str) -> str:
    """A role of one school among many: "its careers leader"."""
    told = role(name)
    return f"its {told.removeprefix('the ')}" if told.startswith("the ") else told


def roles(names: Iterable[str]) -> str:
    """Several roles, the rest of the staff beside teachers: "teachers and other staff"."""
    several = [*names]
    told = (
        "other staff" if name == "staff" and "teacher" in several else role(name)
        for name in several
    )
    return listing(told)


def _owner(name: str, population: Population, vocabulary: Vocabulary) -> str:
    if name == "school" and population.school:
        return f"every {schools(population, vocabulary)}"
    return role(name)


def schools(population: Population, vocabulary: Vocabulary) -> str:
    """A school as a promise's conditions describe it: "school with a sixth form"."""
    return described(vocabulary.kinds["school"], population.school, None).of(many=False)


def where_it_holds(obligation: Obligation, vocabulary: Vocabulary) -> str:
    """In which schools, or for which pupils or records, where the rest of the sentence won't say.

    It stands at the beginning: "in every school with primary years".
    """
    population = obligation.duty.population
    if population.school and "school" not in obligation.who:
        return f"in every {schools(population, vocabulary)}"
    if population.school or population.subject not in ("school", "trust"):
        return ""
    trusts = all(of_the_trust(name) for name in obligation.who)
    if population.subject == "school" and trusts:
        return "in every school"
    if population.subject == "trust" and not trusts:
        return "across the trust"
    return ""


def whom(population: Population, vocabulary: Vocabulary, *, none: bool = False) -> str:
    """The pupils that a promise is for: "every pupil in Year 9 on the roll"; none: "any pupil"."""
    told = _pupils(population, vocabulary)
    if population.share == _ALL:
        return f"all {told.of(many=True)}"
    if population.share is not None:
        return f"{number(population.share)}% of {told.of(many=True)}"
    return f"{'any' if none else 'every'} {told.of(many=False)}"


def pupils(population: Population, vocabulary: Vocabulary) -> str:
    """The pupils that a promise is about, together: "pupils in Years 7 to 13"."""
    return _pupils(population, vocabulary).of(many=True)


def of_a_pupil(population: Population, vocabulary: Vocabulary) -> str:
    """One pupil whom a record belongs to, as the population has it: "a pupil in Year 9"."""
    one = attrs.evolve(population, share=None)
    return _one_of_years(a(_pupils(one, vocabulary).of(many=False)))


def _one_of_years(text: str) -> str:
    """A single pupil is in Year 11 or 14, not in Years 11 and 14."""
    return _LISTED_YEARS.sub(r"Year \1 or \2", text)


def says_which_pupils(population: Population) -> bool:
    """Whether a population singles any pupils out."""
    some = population.years or population.ages or population.where or population.any_of
    return bool(some) or population.roll is not Roll.ANY


def are_many(population: Population) -> bool:
    """Whether the population is named in the plural."""
    return population.share is not None


def _pupils(population: Population, vocabulary: Vocabulary) -> Description:
    told = described(vocabulary.kinds["pupil"], population.where, None)
    told.after[:0] = [*_places(population)]
    if population.any_of:
        groups = (_group(group, vocabulary) for group in population.any_of)
        told.after.append(f"who {_alternatives([*groups])}")
    return told


def _alternatives(groups: list[str]) -> str:
    """Groups as clauses; a comma before "or" where one of them has commas or an "or" of its own."""
    *first, last = groups
    if not first:
        return last
    comma = "," if any(" or " in one for one in groups) else ""
    return f"{', '.join(first)}{comma} or {last}{comma}"


def _places(population: Population) -> Iterable[str]:
    if population.years:
        yield f"{'from' if _from_reception(population.years) else 'in'} {years(population.years)}"
    if population.ages is not None:
        yield ages(*population.ages)
    if population.roll is Roll.LEAVERS:
        yield "who {leaves|leave} the school"
    if population.roll is Roll.ON_ROLL:
        yield "on the roll"


def _from_reception(groups: tuple[int, ...]) -> bool:
    return " to " in years(groups) and not groups[0]


def years(groups: tuple[int, ...]) -> str:
    """Year groups in words, runs of three or more from end to end.

    >>> years((7, 8, 9)), years((10, 11)), years((0, 1, 2)), years((11, 13))
    ('Years 7 to 9', 'Years 10 and 11', 'Reception to Year 2', 'Years 11 and 13')
    >>> years((12, 13, 14))
    'Year 12 or above'
    """
    if len(groups) == 1:
        return year(groups[0])
    first, last = groups[0], groups[-1]
    if len(groups) > 2 and groups == tuple(range(first, last + 1)):
        if first and last == _LAST_YEAR:
            return f"Year {first} or above"
        return f"Years {first} to {last}" if first else f"Reception to Year {last}"
    if not first:
        return f"Reception and {years(groups[1:])}"
    return f"Years {listing(map(str, groups))}"


def year(group: int) -> str:
    """One year group; year 0 is Reception."""
    return f"Year {group}" if group else "Reception"


def ages(low: int, high: int) -> str:
    """Ages in words: "aged 16 or 17", "aged 15 or under"."""
    if low == 0:
        return f"aged {high} or under"
    if high == _LAST_AGE:
        return f"aged {low} or over"
    if low == high:
        return f"aged {low}"
    return f"aged {low} or {high}" if high == low + 1 else f"aged {low} to {high}"


def _group(conditions: tuple[Condition, ...], vocabulary: Vocabulary) -> str:
    """One group of several as what its pupils are or have: "{is|are} looked after"."""
    told = described(vocabulary.kinds["pupil"], conditions, None)
    said = [f"{{is|are}} {one.replace('-', ' ')}" for one in told.before]
    said += [_as_verb(one) for one in told.after]
    return listing(said)


def _as_verb(after: str) -> str:
    if after.startswith("who "):
        return after.removeprefix("who ")
    if whose := _WHOSE.match(after):
        return f"{{has|have}} {whose[2]} as their {whose[1]}"
    if after.startswith("with "):
        return f"{{has|have}} {after.removeprefix('with ')}"
    if after.startswith("without "):
        return f"{{has|have}} no {_WITHOUT.sub('', after)}"
    if after.startswith("needing "):
        return f"{{needs|need}} {after.removeprefix('needing ')}"
    return f"{{is|are}} {after}"


def each_record(population: Population, vocabulary: Vocabulary, *, offered: bool = False) -> str:
    """Each record that a promise is for: "every annual review for a pupil in Year 9"."""
    kind = vocabulary.kinds[population.subject]
    many = are_many(population)
    description = described(kind, population.event, None)
    told = " ".join((description.of(many=many), *description.tail))
    if offered:
        told = f"{told} that {'are' if many else 'is'} offered"
    each = "* to {a pupil}" if offered else kind_phrases(kind).each
    if "*" not in each or says_which_pupils(population):
        told = each.replace("*", told).replace("{a pupil}", of_a_pupil(population, vocabulary))
    if population.share == _ALL:
        return f"all {told}"
    if population.share is not None:
        return f"{number(population.share)}% of {told}"
    return f"every {told}"


def owed_to(obligation: Obligation) -> str:
    """Those whom the document names as owed: "parents and providers"."""
    return roles(obligation.to)


def of_records(population: Population) -> bool:
    """Whether the promise is for each record of a kind."""
    return population.subject not in THINGS
