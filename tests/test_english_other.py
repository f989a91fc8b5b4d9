"""English for what other institutions write: pupils and parents who owe, words of a file's own.

Beside `test_english_cases.py`, whose reader it uses: what is written in a policy, and how it reads.
"""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import get_args

import attrs
import pytest
from test_english_cases import read

from careerspolicy.english.conditions import being, failing_clause, unsaid_clause
from careerspolicy.english.findings import because
from careerspolicy.english.reasons import missing_fact, near_miss_clause, outside_clause
from careerspolicy.english.sentences import in_few_words, parts, sentence
from careerspolicy.english.things import counted_noun
from careerspolicy.evaluation import evaluate
from careerspolicy.evaluation.reasons import Outside
from careerspolicy.evaluation.record_reasons import Missing, NearMissReason
from careerspolicy.model.population import Condition
from careerspolicy.readers import facts_from
from careerspolicy.vocabulary import shared_vocabulary

ENCOUNTER = "provide: {what: employer encounter, at_least: 1}"
OPTIONAL_IN_YEAR_10 = "attendance: optional, from: {year: 10}, until: {year: 10}"
BEARERS = {
    ("pupil", f"strength: may\nprovide: {{what: workplace experience, {OPTIONAL_IN_YEAR_10}}}"):
        "Every pupil may be offered an experience of a workplace in Year 10.",
    ("pupil", "provide: {what: careers lesson}\nfor: {years: 9, share: 80}"):
        "80% of pupils in Year 9 will have a careers lesson.",
    ("pupil", "provide: {what: information given, with: {matter: career paths}}"):
        "Every pupil will be told about career paths.",
    ("pupil", "provide: {what: careers information use, with: {matter: career paths}}"):
        "Every pupil will use information about career paths.",
    ("pupil", "keep: {what: participation record}"):
        "Every pupil will keep a careers record.",
    ("pupil", "forbid: {what: careers lesson, with: {matter: enterprise}}\nfor: {years: 7}"):
        "No pupil in Year 7 will have a careers lesson on enterprise.",
    ("pupil", "provide: {what: careers lesson}\nfor: {subject: workplace experience}"):
        "For every experience of a workplace, the pupil will have a careers lesson.",
    ("pupil", "provide: {what: visit diary}\nfor: {subject: workplace experience}"):
        "For every experience of a workplace, the pupil will have a visit diary.",
    ("pupil", "forbid: {what: visit diary}\nfor: {subject: workplace experience}"):
        "For every experience of a workplace, the pupil will not have a visit diary.",
    ("[pupil, parents]", ENCOUNTER):
        "Pupils and parents will make sure that every pupil has at least one encounter with an "
        "employer.",
    ("[pupil, parents]", "forbid: {what: workplace experience}"):
        "Pupils and parents will make sure that no pupil has an experience of a workplace.",
    ("parents", "provide: {what: guidance meeting, attendance: optional, each: term}"):
        "Parents will make sure that every pupil is offered a personal guidance meeting each "
        "term.",
    ("parents", "provide: {what: information given, with: {matter: career paths}}"):
        "Parents will tell every pupil about career paths.",
    ("employer", ENCOUNTER):
        "Employers will make sure that every pupil has at least one encounter with an employer.",
    ("employer", "provide: {what: placement check, with: {checks: [risk assessment]}}"):
        "Employers will carry out a placement check for every pupil, covering a risk assessment.",
    ("school", "forbid: {what: visit diary}\nfor: {subject: workplace experience}"):
        "For every experience of a workplace, the school will make sure that the pupil does not "
        "have a visit diary.",
}  # fmt: skip
DIARY = "vocabulary: {kinds: {visit diary: {of: pupil, description: Notes of a visit.}}}\n"


def test_a_name_stands_as_it_is_written():
    """A mark in the name of a policy's own kind stays there, and moves nothing to its place."""
    kinds = "vocabulary: {kinds: {award *: {of: pupil, plural: awards *, description: A prize.}}}\n"
    promise = "provide: {what: award *, at_least: 2, each: school year}"
    assert sentence(*read(promise, head=kinds)) == (
        "The school will make sure that every pupil has at least two awards * each school year."
    )


@pytest.mark.parametrize(("who", "promise"), BEARERS)
def test_who_has_a_thing_does_not_give_it(who, promise):
    """What pupils owe is theirs to have; parents and employers see to it that pupils have it."""
    assert sentence(*read(promise, who=who, head=DIARY)) == BEARERS[who, promise]


def test_what_pupils_have_stands_side_by_side_too():
    """In a table, what is owed is told of the pupils who owe it."""
    promise = read("provide: {what: exit interview}\nfor: {years: 13}", who="pupil")
    assert in_few_words(*promise) == "must: every pupil in Year 13 to have an exit interview"
    assert (parts(*promise).whom, parts(*promise).what) == (
        "every pupil in Year 13", "have an exit interview",
    )  # fmt: skip


def test_what_no_pupil_may_have_stands_side_by_side_too():
    """A prohibition stays one where its owner is told apart from it."""
    promise = read("forbid: {what: exit interview}", who="pupil")
    assert in_few_words(*promise) == "must: no pupil to have an exit interview"
    assert parts(*promise).what == "not have an exit interview"


OWN = """\
vocabulary:
  kinds:
    option step: {of: pupil, description: A step., attributes: [step], named: "{step}"}
    day out: {of: pupil, plural: days out, description: A day.,
      attributes: [lasts, sectors, area, whom, need, fee, response]}
  attributes:
    step: {type: one of, description: Which., values: [questionnaire, interview form]}
    lasts: {type: number, says: minutes long, description: Length.}
    sectors: {type: number, says: career sectors named, description: How many.}
    area: {type: text, says: "in {}", description: Where.}
    whom: {type: yes or no, says: with somebody of the area, description: Who comes along.}
    need: {type: yes or no, says: that tells of a need, description: Whether it does.}
    fee: {type: number, says: "for {} pounds", description: What it costs.}
    response: {type: number, says: response rate, description: In per cent.}
    document: {values: [register of employers, the careers map, choice of course form, a | b]}
"""
DESCRIBED = {
    "lasts: {at_least: 40}": "a day out of at least 40 minutes",
    "lasts: 40": "a day out of 40 minutes",
    "sectors: {at_least: 10}": "a day out with at least 10 career sectors named",
    "response: 80": "a day out with a response rate of 80",
    "fee: {at_most: 5}": "a day out for at most five pounds",
    "area: Leeds": "a day out in Leeds",
    "whom: true": "a day out with somebody of the area",
    "whom: false": "a day out without anybody of the area",
    "need: true": "a day out that tells of a need",
    "need: false": "a day out that does not tell of a need",
}
FAILED = {
    ("lasts: {at_least: 40}", 30): "is 30 minutes long; at least 40 is asked",
    ("lasts: 40", 30): "is 30 minutes long, not 40",
    ("sectors: {at_least: 10}", 3): "has 3 career sectors named; at least 10 is asked",
    ("whom: true", False): "has nobody of the area",
    ("whom: false", True): "has somebody of the area",
    ("need: true", False): "does not tell of a need",
}
BEING = {
    "lasts: {at_least: 40}": "is at least 40 minutes long",
    "lasts: 40": "is 40 minutes long",
    "area: Leeds": "is in Leeds",
    "whom: false": "has nobody of the area",
    "need: true": "tells of a need",
}


def condition_of(test):
    """The condition that a test of a day out makes, and the kind."""
    obligation, policy = read(f"provide: {{what: day out, with: {{{test}}}}}", head=OWN)
    return obligation.duty.records.where[0], policy.vocabulary.kinds["day out"]


@pytest.mark.parametrize("test", DESCRIBED)
def test_own_attributes_describe(test):
    """Counts, lengths, phrases and clauses of a file's own read as people would say them."""
    promise = read(f"provide: {{what: day out, with: {{{test}}}}}", head=OWN)
    assert sentence(*promise) == (
        f"The school will make sure that every pupil has {DESCRIBED[test]}."
    )


@pytest.mark.parametrize(("test", "value"), FAILED)
def test_what_fails_an_own_attribute_is_said(test, value):
    """Why a record does not count is told with the same words."""
    assert failing_clause(*condition_of(test), value) == FAILED[test, value]


@pytest.mark.parametrize("test", BEING)
def test_what_passes_an_own_attribute_is_said(test):
    """So is what a record that counts is."""
    assert being(*condition_of(test)) == BEING[test]


def test_what_an_own_attribute_leaves_open_is_said():
    """What is not known is asked with the same words."""
    assert unsaid_clause(*condition_of("need: true")) == "does not say whether it tells of a need"


def test_an_own_kind_goes_by_its_name_everywhere():
    """A kind that is named by what it says is so in promises, ranges, events and verdicts."""
    one = read("provide: {what: option step, with: {step: questionnaire}}", head=OWN)
    both = "covers: {step: [questionnaire, interview form]}"
    between = read(f"provide: {{what: option step, {both}}}", head=OWN)
    before = read(
        "provide: {what: careers lesson, before: option step, event: {step: interview form}}",
        head=OWN,
    )
    assert sentence(*one).endswith("every pupil has a questionnaire.")
    assert sentence(*between).endswith("every pupil has a questionnaire and an interview form.")
    assert sentence(*before).endswith("a careers lesson before each interview form.")
    obligation, policy = one
    where = obligation.duty.records.where
    assert counted_noun("option step", where, policy.vocabulary, 2) == "questionnaires"


def test_names_that_look_like_forms_are_names():
    """A bar parts forms in our own table alone, not in what a file calls its kinds and values."""
    head = (
        "vocabulary: {kinds: {talk | tour: {of: pupil, description: A talk., plural: any | all}}}\n"
    )
    for amount, named in (("one", "talk | tour"), ("two", "any | all")):
        promise = f"provide: {{what: talk | tour, at_least: {1 if amount == 'one' else 2}}}"
        assert sentence(*read(promise, head=head)).endswith(f"at least {amount} {named}.")
    form = "provide: {what: workplace experience, with: {workplace_form: a | b}}"
    own = "vocabulary: {attributes: {workplace_form: {values: [a | b]}}}\n"
    assert sentence(*read(form, head=own)) == "The school will give every pupil an a | b."


@pytest.mark.parametrize("more", [" {", " {step.x}", " {step:>9}", " {} {noun}"])
def test_only_slots_of_a_name_are_filled(more):
    """Whatever else stands in braces stands there as it was written."""
    named = f'named: "{{step}}{more}"'
    promise = "provide: {what: option step, with: {step: questionnaire}}"
    made = sentence(*read(promise, head=OWN.replace('named: "{step}"', named)))
    assert made.endswith(f"a questionnaire{more}.".replace("{noun}", "option step"))


@pytest.mark.parametrize(
    ("what", "named"),
    [
        ("register of employers", "the register of employers"),
        ("the careers map", "the careers map"),
        ("choice of course form", "the choice of course form"),
        ("a | b", "the a | b"),
    ],
)
def test_own_documents_have_one_article(what, named):
    """A document of a file's own has "the" once, whatever its name begins with."""
    assert sentence(*read(f"publish: {{what: {what}}}", head=OWN)) == (
        f"The school will keep {named} published."
    )


def test_what_differs_is_named():
    """An attribute whose words are a phrase for its values goes by its name where they differ."""
    promise = read("provide: {what: day out, at_least: 2, distinct: area}", head=OWN)
    assert sentence(*promise).endswith("at least two days out, not all with the same area.")
    obligation, policy = promise
    day = {"pupil": "P", "date": "2026-01-10", "area": "Leeds"}
    school = {
        "urn": "1", "name": "S", "trust": "T", "as_at": "2026-01-31",
        "lowest_year": 7, "highest_year": 13,
    }  # fmt: skip
    facts = facts_from(
        {"schools": [school], "pupils": [{"id": "P", "school": "1", "year_group": 9}],
         "records": {"day out": [day]}},
        vocabulary=policy.vocabulary,
    )  # fmt: skip
    (finding,) = evaluate(policy, facts, as_of=date(2026, 1, 31)).findings
    assert finding.obligation == obligation
    assert "1 day out (counting those with the same area as one)" in because(finding)


AMOUNTS = {
    "hedge: approximately\nprovide: {what: careers lesson, at_least: 16}":
        "The school will give every pupil approximately 16 careers lessons.",
    "hedge: around\nprovide: {what: workplace experience, total: hours, at_least: 50}":
        "The school will give every pupil experiences of workplaces totalling around 50 hours.",
    "hedge: approximately\nprovide: {what: careers lesson, at_most: 16}":
        "The school will give every pupil at most 16 careers lessons, approximately.",
    "hedge: approximately\nprovide: {what: provider encounter, "
    "covers: {provider_type: [university, sixth form]}}":
        "The school will give every pupil encounters with a university and a sixth form, "
        "approximately.",
    "provide: {what: information given, with: {matter: career paths}, how_many: a range}":
        "The school will tell every pupil about career paths a range of times.",
    "hedge: approximately\nappoint: {what: careers adviser, at_least: 2}":
        "The school will have approximately two careers advisers.",
    "provide: {what: workplace experience, with: {workplace_form: work experience}, "
    "how_many: a week}":
        "The school will give every pupil a week of work experience.",
}  # fmt: skip


@pytest.mark.parametrize("promise", AMOUNTS)
def test_amounts_in_words_stand_with_what_they_count(promise):
    """About how many, and amounts without a number, are said where people would say them."""
    assert sentence(*read(promise)) == AMOUNTS[promise]


SAMPLES = {
    **dict.fromkeys(
        ("start", "on", "opened", "closed", "until", "before", "after"), date(2026, 1, 5)
    ),
    **dict.fromkeys(("year_group", "age", "highest", "lowest"), 9),
    **dict.fromkeys(("of", "kind"), "employer encounter"),
    "years": (7, 8),
    "attribute": "hours",
    "wanted": Condition(attribute="hours", at_least=2),
    "alternatives": ((Condition(attribute="meaningful", one_of=frozenset([True])),),),
    "value": "1",
    "joined": False,
    "record": "",
}


@pytest.mark.parametrize(
    ("reason", "says"),
    [
        *((reason, outside_clause) for reason in get_args(Outside)),
        *((reason, near_miss_clause) for reason in get_args(NearMissReason)),
        *((reason, missing_fact) for reason in get_args(Missing)),
    ],
)
def test_every_reason_has_its_words(reason, says):
    """No member of the unions is without words, and no slot of them stays empty."""
    fields = {field.name: SAMPLES[field.name] for field in attrs.fields(reason)}
    if reason.code == "not_shown":
        fields["wanted"] = (fields["wanted"],)
    value = reason(**fields)
    told = SimpleNamespace(reason=value) if says is near_miss_clause else value
    words = says(told, shared_vocabulary())
    assert words
    assert not {*"{}_"} & {*words}
