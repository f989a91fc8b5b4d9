"""Who owes and who is owed: owners, and the populations that a promise is for.

Stands on `things`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import attrs

from careerspolicy.english.conditions import Choice
from careerspolicy.english.nouns import Modifier, Place
from careerspolicy.english.phrases import kind_phrases, of_the_trust, role
from careerspolicy.english.things import described, happening
from careerspolicy.english.wording import Clause, a, listing, number
from careerspolicy.model.policy import Of
from careerspolicy.model.population import Roll
from careerspolicy.vocabulary import THINGS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from careerspolicy.english.nouns import Description
    from careerspolicy.model.policy import Obligation, Policy
    from careerspolicy.model.population import Condition, Population
    from careerspolicy.vocabulary import Vocabulary

#: A share of everybody, in per cent.
_ALL: Final = 100
#: The bodies of which a school has one; the law names both and means whichever there is.
_EITHER_BODY: Final = {"governing body", "board of trustees"}
#: The last year group and the last age that the language has; a run to them has no end.
_LAST_YEAR, _LAST_AGE = 14, 30


def joint(obligation: Obligation, policy: Policy) -> str:
    """What joins the owners: "or" where the law names the two bodies that a school may have."""
    return "or" if policy.of is Of.LAW and {*obligation.who} == _EITHER_BODY else "and"


def owners(obligation: Obligation, policy: Policy) -> str:
    """Who owes it: "the careers leader and teachers", "every school with a sixth form"."""
    names, schools = obligation.who, obligation.duty.population.school
    words = [*map(role, names)]
    if schools and names[0] == "school":  # then the others are each school's own
        words = [re.sub("^the ", "its ", owner) for owner in words]
    if schools and "school" in names:
        words[names.index("school")] = f"every {_school(schools, policy.vocabulary)}"
    return listing(words, joint(obligation, policy))


def are_several(obligation: Obligation, policy: Policy) -> bool:
    """Whether owners take a verb in the plural: "teachers", "the school and parents"."""
    names, both = obligation.who, joint(obligation, policy) == "and"
    return (both and len(names) > 1) or not role(names[-1]).startswith("the ")


def owed_to(obligation: Obligation) -> str:
    """Those whom the document names as owed: "parents", "teachers and other staff"."""
    names = obligation.to
    rest = {"staff": "other staff"} if "teacher" in names else {}
    return listing(rest.get(name) or role(name) for name in names)


def _school(conditions: Iterable[Condition], vocabulary: Vocabulary) -> str:
    """A school as a promise's conditions describe it: "school with a sixth form"."""
    return described(vocabulary.kinds["school"], conditions).of(many=False)


def where_it_holds(obligation: Obligation, vocabulary: Vocabulary) -> str:
    """In which schools, where the rest won't say: "in every school with primary years"."""
    population, trusts = obligation.duty.population, all(map(of_the_trust, obligation.who))
    if population.school:
        return "" if "school" in obligation.who else in_such_schools(population, vocabulary)
    if population.subject == "school":
        return "in every school" if trusts else ""
    return "across the trust" if population.subject == "trust" and not trusts else ""


def in_such_schools(population: Population, vocabulary: Vocabulary) -> str:
    """The schools that pass a promise's conditions: "in every school with a sixth form"."""
    return f"in every {_school(population.school, vocabulary)}" if population.school else ""


def of_records(population: Population) -> bool:
    """Whether the promise is for each record of a kind."""
    return population.subject not in THINGS


def says_which_pupils(population: Population) -> bool:
    """Whether a population singles any pupils out."""
    some = population.years or population.ages or population.where or population.any_of
    return bool(some) or population.roll is not Roll.ANY


def are_many(population: Population) -> bool:
    """Whether the population is named in the plural."""
    return population.share is not None


def whom(population: Population, vocabulary: Vocabulary, each: str = "every") -> str:
    """The pupils that a promise is for: "every pupil in Year 9 on the roll", "80% of pupils"."""
    words = described_pupils(population, vocabulary).of(many=are_many(population))
    return f"{_share(population) or each} {words}"


def _share(population: Population) -> str:
    if population.share is None:
        return ""
    return "all" if population.share == _ALL else f"{number(population.share)}% of"


def pupils(population: Population, vocabulary: Vocabulary) -> str:
    """The pupils that a promise is about, together: "pupils in Years 7 to 13"."""
    together = attrs.evolve(population, share=_ALL)
    return described_pupils(together, vocabulary).of(many=True)


def described_pupils(
    population: Population, vocabulary: Vocabulary, joint: str = "and"
) -> Description:
    """Pupils with all that a population asks of them."""
    kind, many = vocabulary.kinds["pupil"], are_many(population)
    description = described(kind, population.where)
    groups = [
        listing(Choice.of(test, kind).modifier.predicate.of(many=many) for test in group)
        for group in population.any_of
    ]
    description.modifiers[:0] = _places(population, joint)
    if groups:  # kept apart by a comma where one of them has an "or" of its own
        *first, last = groups
        comma = "," if first and any(" or " in group for group in groups) else ""
        one_of = f"{', '.join(first)}{comma} or {last}{comma}" if first else last
        description.modifiers.append(Modifier(Place.CLAUSE, "", Clause("", "", one_of)))
    return description


def _places(population: Population, joint: str) -> Iterable[Modifier]:
    groups = population.years
    if groups:
        run = years(groups, joint)
        inside = "in" if groups[0] or not _is_run(groups) else "from"
        yield Modifier.read(Place.AFTER, f"{inside} {run}")
    if population.ages is not None:
        yield Modifier.read(Place.AFTER, ages(*population.ages))
    if population.roll is Roll.LEAVERS:
        yield Modifier.read(Place.CLAUSE, "leaves the school")
    if population.roll is Roll.ON_ROLL:
        yield Modifier.read(Place.AFTER, "on the roll")


def years(groups: tuple[int, ...], joint: str = "and") -> str:
    """Year groups in words, runs of three or more from end to end.

    >>> years((7, 8, 9)), years((10, 11)), years((0, 1, 2)), years((11, 13), "or")
    ('Years 7 to 9', 'Years 10 and 11', 'Reception to Year 2', 'Year 11 or 13')
    >>> years((12, 13, 14))
    'Year 12 or above'
    """
    first, last = groups[0], groups[-1]
    if len(groups) == 1:
        return year(first)
    if _is_run(groups):
        if first and last == _LAST_YEAR:
            return f"Year {first} or above"
        return f"Years {first} to {last}" if first else f"Reception to Year {last}"
    if not first:
        return f"Reception and {years(groups[1:], joint)}"
    return f"Year{'s' if joint == 'and' else ''} {listing(map(str, groups), joint)}"


def _is_run(groups: tuple[int, ...]) -> bool:
    return len(groups) > 2 and groups == tuple(range(groups[0], groups[-1] + 1))


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
    return f"aged {low} {'or' if high == low + 1 else 'to'} {high}"


def happening_to_pupil(population: Population, vocabulary: Vocabulary) -> str:
    """Each record that a promise is for, as what happens: "a pupil aged 16 or 17 leaves early"."""
    pupil = a(described_pupils(population, vocabulary, "or").of(many=False))
    kind = vocabulary.kinds[population.subject]
    return "" if are_many(population) else happening(kind, population.event, pupil)


def each_record(population: Population, vocabulary: Vocabulary, *, offered: bool = False) -> str:
    """Each record that a promise is for: "every annual review for a pupil in Year 9"."""
    kind, many = vocabulary.kinds[population.subject], are_many(population)
    words = described(kind, population.event).whole(many=many)
    if offered:
        words = f"{words} that {'are' if many else 'is'} offered"
    each = "* to {a pupil}" if offered else kind_phrases(kind).each
    if "*" not in each or says_which_pupils(population):
        alone = attrs.evolve(population, share=None)
        pupil = a(described_pupils(alone, vocabulary, "or").of(many=False))
        words = each.replace("*", words).replace("{a pupil}", pupil)
    return f"{_share(population) or 'every'} {words}"
