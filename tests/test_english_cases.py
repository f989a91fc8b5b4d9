"""English from the shape, part by part: what is written in a policy, and how it reads aloud."""

from __future__ import annotations

import attrs
import pytest

from careerspolicy import read_policy
from careerspolicy.english.conditions import unsaid_clause
from careerspolicy.english.sentences import Parts, evidence, in_few_words, parts, sentence
from careerspolicy.english.things import counted_noun
from careerspolicy.model.policy import Of

HEAD = """\
format: 1
policy: example
trust: Example Trust
document: {title: Careers policy, review_every: 2 years}
"""
PROMISE = """\
  - id: promise
    topic: employer-encounters
    title: {title}
    who: {who}
    source: {{section: 1}}
"""


def read(promise, *, who="school", title="A promise", head=""):
    """The obligation that some lines of YAML write, and its policy."""
    said = PROMISE.format(title=title, who=who)
    if "uphold:" in promise:
        said = "".join(line for line in said.splitlines(keepends=True) if "title:" not in line)
    lines = "".join(f"    {line}\n" for line in promise.splitlines())
    policy = read_policy(f"{HEAD}{head}obligations:\n{said}{lines}")
    return policy.obligations[-1], policy


SHAPES = {
    # how many
    "provide: {what: employer encounter}":
        "The school will give every pupil an encounter with an employer.",
    "provide: {what: employer encounter, at_least: 2}":
        "The school will give every pupil at least two encounters with employers.",
    "provide: {what: employer encounter, at_least: 12}":
        "The school will give every pupil at least 12 encounters with employers.",
    "provide: {what: employer encounter, at_most: 3}":
        "The school will give every pupil at most three encounters with employers.",
    "provide: {what: employer encounter, at_least: 1, at_most: 2}":
        "The school will give every pupil at least one and at most two encounters with employers.",
    "provide: {what: employer encounter, at_least: 2, at_most: 2}":
        "The school will give every pupil exactly two encounters with employers.",
    "provide: {what: employer encounter, how_many: a range}":
        "The school will give every pupil a range of encounters with employers.",
    "provide: {what: employer encounter, how_many: sufficient}":
        "The school will give every pupil sufficient encounters with employers.",
    "forbid: {what: provider encounter, with: {school_day: false}}":
        "The school will not give any pupil an encounter with a provider outside the school day.",
    "provide: {what: workplace experience, total: hours, at_least: 50}":
        "The school will give every pupil experiences of workplaces totalling at least 50 hours.",
    "provide: {what: provider encounter, at_least: 2, distinct: providers}":
        "The school will give every pupil at least two encounters with providers, "
        "not all with the same providers.",
    "provide: {what: provider encounter, at_least: 3, distinct: providers}":
        "The school will give every pupil at least three encounters with providers, "
        "no two of them with the same providers.",
    "provide: {what: provider encounter, how_many: a range, distinct: providers}":
        "The school will give every pupil encounters with a range of providers.",
    "provide: {what: provider encounter, covers: {provider_type: [university, sixth form]}}":
        "The school will give every pupil encounters with a university and a sixth form.",
    "provide: {what: provider encounter, covers: {provider_type: [university, sixth form]}, "
    "at_least: 1}":
        "The school will give every pupil encounters with at least one of a university and a "
        "sixth form.",
    "provide: {what: provider encounter, attendance: optional}":
        "The school will offer every pupil an encounter with a provider.",
    "provide: {what: employer encounter, how_many: a few}":
        "The school will give every pupil a few encounters with employers.",
    "provide: {what: employer encounter, how_many: plenty}":
        "The school will give every pupil plenty of encounters with employers.",
    "appoint: {what: careers adviser, at_least: 1, at_most: 2, with: {role_level: {at_least: 6}}}":
        "The school will have at least one and at most two careers advisers qualified to "
        "level 6 or above.",
    # which records
    "provide: {what: employer encounter, with: {meaningful: true, stem: true}}":
        "The school will give every pupil a meaningful encounter with an employer in science,"
        " technology, engineering or mathematics.",
    "provide: {what: employer encounter, with: {meaningful: false}}":
        "The school will give every pupil an encounter with an employer that is not meaningful.",
    "provide: {what: provider encounter, at_least: 6, with: {technical: true, accredited: true}}":
        "The school will give every pupil at least six encounters with accredited providers of "
        "technical education or apprenticeships.",
    "provide: {what: provider encounter, with: {provider_type: university, visit: true, "
    "met: {all: [staff, learners]}}, at_least: 2}":
        "The school will give every pupil at least two encounters with universities on the "
        "providers' own sites, meeting staff and learners there.",
    "provide: {what: provider encounter, with: {provider_type: university, visit: true}}":
        "The school will give every pupil an encounter with a university on the provider's own "
        "site.",
    "provide: {what: workplace experience, with: {first_hand: true, part_time_job: false}}":
        "The school will give every pupil a first-hand experience of a workplace other than a"
        " part-time job.",
    "provide: {what: workplace experience, with: {nature: placement, hours: {at_least: 6}}}":
        "The school will give every pupil a work placement of at least six hours.",
    "provide: {what: guidance meeting, with: {adviser_level: {at_least: 6}}}":
        "The school will give every pupil a personal guidance meeting with an adviser "
        "qualified to level 6 or above.",
    "provide: {what: careers event, with: {event_form: [careers fair, employer talk]}}":
        "The school will give every pupil a careers fair or employer talk.",
    "provide: {what: careers event, with: {event_form: {not: [careers fair]}}}":
        "The school will give every pupil a careers event other than a careers fair.",
    "provide: {what: employer encounter, with: {meaningful: false, hours: {at_least: 2}}}":
        "The school will give every pupil an encounter of at least two hours with an employer"
        " that is not meaningful.",
    "provide: {what: employer encounter, with: {mode: {not: [recorded]}}}":
        "The school will give every pupil an encounter with an employer held otherwise than "
        "as a recording.",
    "provide: {what: provider encounter, with: {provider_type: {not: [university]}}}":
        "The school will give every pupil an encounter with a provider other than a university.",
    "provide: {what: guidance meeting, with: {adviser_level: {at_least: 4, at_most: 7}}}":
        "The school will give every pupil a personal guidance meeting with an adviser "
        "qualified to a level between 4 and 7.",
    "provide: {what: destination, with: {destination_form: [employment, university]}}":
        "The school will record the destination of every pupil, where it is a university or "
        "employment.",
    # what is told, published, reviewed, kept
    "provide: {what: information given, with: {matter: labour market}}":
        "The school will tell every pupil about the labour market.",
    "provide: {what: information given, with: {matter: labour market, to: parents}}":
        "The school will tell the parents of every pupil about the labour market.",
    "provide: {what: information given, with: {matter: labour market}, at_least: 2}":
        "The school will tell every pupil about the labour market at least twice.",
    "provide: {what: careers information use, with: {matter: career paths}}":
        "The school will make sure that every pupil uses information about career paths.",
    "publish: {what: careers programme, on: school website}":
        "The school will keep the careers programme on its website.",
    "publish: {what: careers information, contents: [programme summary, next review date]}":
        "The school will keep careers information published, including a summary of the "
        "programme and the date of the next review.",
    "review: {what: careers programme, each: term, consulting: [parents, employer]}":
        "The school will review the careers programme in consultation with parents and employers "
        "each term.",
    "keep: {what: participation record, contents: [participation, advice given]}":
        "The school will keep a careers record for every pupil, covering participation and "
        "the advice given.",
    "keep: {what: plan, with: {document: careers plan}}":
        "The school will have a careers plan in place.",
    "keep: {what: plan, with: {document: careers programme}, contents: "
    "[benchmark 1, benchmark 2, benchmark 3, benchmark 4]}":
        "The school will have a careers programme in place that covers Gatsby benchmarks 1 to 4.",
    "appoint: {what: careers leader, with: {trained: true}}":
        "The school will have a trained careers leader.",
    "notify: {whom: local authority, contents: [pupil's name, pupil's address]}":
        "For every pupil, the school will give the local authority the pupil's name and "
        "the pupil's address.",
    "provide: {what: report, with: {to: governing body, role: careers leader}}":
        "The school will report to the governing body through the careers leader.",
    "keep: {what: plan, with: {document: careers plan, consulted: [parents]}}":
        "The school will have a careers plan in place, in consultation with parents.",
    # when
    "provide: {what: employer encounter, by: {age: 16}}":
        "The school will give every pupil an encounter with an employer by the end of Year 11"
        " (age 16).",
    "provide: {what: employer encounter, at_least: 2, from: {year: 8}, "
    "until: {year: 9, date: 28 February}}":
        "The school will give every pupil at least two encounters with employers between the start "
        "of Year 8 and 28 February in Year 9.",
    "provide: {what: employer encounter, from: {year: 9}, until: {year: 9}}":
        "The school will give every pupil an encounter with an employer in Year 9.",
    "provide: {what: employer encounter, by: {year: 9, term: spring}}":
        "The school will give every pupil an encounter with an employer by the end of the "
        "spring term of Year 9.",
    "provide: {what: employer encounter, from: {key_stage: 4}, until: {key_stage: 4}}":
        "The school will give every pupil an encounter with an employer in Key Stage 4.",
    "provide: {what: employer encounter, from: joining, until: leaving}":
        "The school will give every pupil an encounter with an employer throughout the "
        "pupil's time at the school.",
    "provide: {what: employer encounter, by: leaving}":
        "The school will give every pupil an encounter with an employer before the pupil leaves.",
    "provide: {what: employer encounter, by: {earliest_of: [{age: 18}, leaving]}}":
        "The school will give every pupil an encounter with an employer by the end of Year 13"
        " (age 18) or before the pupil leaves, whichever comes first.",
    "provide: {what: employer encounter, each: school year, from: {age: 11}}":
        "The school will give every pupil an encounter with an employer each school year"
        " from Year 7 (age 11).",
    "provide: {what: employer encounter, each: school year, from: {key_stage: 4}, "
    "until: {key_stage: 4}}":
        "The school will give every pupil an encounter with an employer in each school year "
        "of Key Stage 4.",
    "provide: {what: employer encounter, each: school year, from: {age: 11}, until: {year: 13}}":
        "The school will give every pupil an encounter with an employer each school year"
        " from Year 7 (age 11) to Year 13.",
    "provide: {what: employer encounter, each: school year, from: {year: 10}, until: {year: 11}}":
        "The school will give every pupil an encounter with an employer in each of Years 10 and "
        "11.",
    "provide: {what: employer encounter, each: term, from: {year: 10}, until: {year: 11}}":
        "The school will give every pupil an encounter with an employer each term, during Years "
        "10 and 11.",
    "provide: {what: employer encounter, each: key stage, from: {key_stage: 4}, "
    "until: {key_stage: 5}}":
        "The school will give every pupil an encounter with an employer in each of Key Stages 4 "
        "and 5.",
    "provide: {what: employer encounter, each: school year, from: {year: 8}, "
    "until: {year: 9, date: 28 February}}":
        "The school will give every pupil an encounter with an employer each school year, between "
        "the start of Year 8 and 28 February in Year 9.",
    "provide: {what: employer encounter, each: school year, by: {date: 28 February}}":
        "The school will give every pupil an encounter with an employer each school year,"
        " by 28 February.",
    "review: {what: careers policy, every: 2 years}":
        "The school will review the careers policy at least every two years.",
    "provide: {what: employer encounter, how_often: regularly}":
        "The school will regularly give every pupil encounters with employers.",
    "provide: {what: guidance meeting, after: workplace experience, from: {year: 11}, "
    "until: {year: 11, term: autumn}}":
        "The school will give every pupil a personal guidance meeting after each experience of a "
        "workplace, between the start of Year 11 and the end of the autumn term of Year 11.",
    "provide: {what: guidance meeting, before: workplace experience, from: {year: 11}, "
    "until: {year: 11}}":
        "The school will give every pupil a personal guidance meeting before each experience of a "
        "workplace, in Year 11.",
    "provide: {what: guidance meeting, after: workplace experience}\nfor: {years: 11}":
        "The school will give every pupil in Year 11 a personal guidance meeting after each "
        "experience of a workplace in that year.",
    "provide: {what: guidance meeting, by: {joining: 6 weeks}}":
        "The school will give every pupil a personal guidance meeting within six weeks of the day "
        "the pupil joins.",
    "provide: {what: guidance meeting, by: {leaving: -12 months}}":
        "The school will give every pupil a personal guidance meeting at least 12 months before "
        "the day the pupil leaves.",
    "provide: {what: guidance meeting, from: {year: 9, offset: 6 weeks}, until: {year: 11}}":
        "The school will give every pupil a personal guidance meeting between six weeks after the "
        "start of Year 9 and the end of Year 11.",
    "provide: {what: preparation session, before: workplace experience, within: 10 school days}":
        "The school will give every pupil a preparation session within 10 school days before "
        "each experience of a workplace.",
    "provide: {what: preparation session, before: workplace experience, "
    "event: {nature: placement}, notice: 1 week}":
        "The school will give every pupil a preparation session at least one week before each"
        " work placement.",
    "keep: {what: destination, for: 3 years, after: leaving}\nfor: {roll: leavers}":
        "The school will keep a record of the destination of every pupil for at least three years "
        "after the pupil leaves the school.",
    "keep: {what: destination, for: 3 years, after: {earliest_of: [leaving, {key_stage: 4}]}}":
        "The school will keep a record of the destination of every pupil for at least three years "
        "after the day the pupil leaves or the end of Key Stage 4, whichever comes first.",
    "provide: {what: careers lesson, how_soon: as early as possible}":
        "The school will give every pupil a careers lesson, as early as possible.",
    "provide: {what: careers lesson, how_often: weekly}":
        "The school will give every pupil careers lessons weekly.",
    "provide: {what: careers lesson, how_often: summer 2027}":
        "The school will give every pupil careers lessons in summer 2027.",
    "provide: {what: follow up, after: leaving, notice: 6 weeks, within: 6 months}":
        "The school will arrange a follow-up for every pupil between six weeks and six months"
        " after the pupil leaves.",
    "keep: {what: destination, for: 1 year, after: {age: 25}}":
        "The school will keep a record of the destination of every pupil for at least one "
        "year after the end of the school year in which the pupil turns 25.",
    "forbid: {what: careers event, before: careers event, within: 13 days}":
        "The school will not give any pupil a careers event within 13 days before another careers "
        "event.",
    "provide: {what: provider encounter, with: {technical: true, accredited: true, "
    "whole_year_group: true}, by: leaving}":
        "The school will give every pupil an encounter with an accredited provider of "
        "technical education or apprenticeships open to the whole year group before the pupil"
        " leaves.",
    # to whom
    "provide: {what: careers lesson}\nfor: {years: 7-9}":
        "The school will give every pupil in Years 7 to 9 a careers lesson.",
    "provide: {what: careers lesson}\nfor: {years: 0-6}":
        "The school will give every pupil from Reception to Year 6 a careers lesson.",
    "provide: {what: careers lesson}\nfor: {ages: 16-17}":
        "The school will give every pupil aged 16 or 17 a careers lesson.",
    "provide: {what: careers lesson}\nfor: {roll: on roll}":
        "The school will give every pupil on the roll a careers lesson.",
    "provide: {what: careers lesson}\nfor: {years: 10, share: 80}":
        "The school will give 80% of pupils in Year 10 a careers lesson.",
    "provide: {what: careers lesson}\nfor: {pupils: {sen: [K, E]}}":
        "The school will give every pupil with SEN support or an EHC plan a careers lesson.",
    "provide: {what: careers lesson}\nfor: {pupils: {disadvantaged: true}}":
        "The school will give every disadvantaged pupil a careers lesson.",
    "provide: {what: careers lesson}\nfor: {pupils: {disadvantaged: false}}":
        "The school will give every pupil who is not disadvantaged a careers lesson.",
    "provide: {what: careers lesson}\nfor: {any: [{looked_after: true}, {care_leaver: true}]}":
        "The school will give every pupil who is looked after or is a care leaver a careers "
        "lesson.",
    "provide: {what: careers lesson}\nfor: {school: {sixth_form: true}}":
        "Every school with a sixth form will give every pupil a careers lesson.",
    "provide: {what: placement check, covers: {checks: [insurance]}, before: workplace experience}"
    "\nfor: {subject: workplace experience, with: {nature: placement}, years: 10}":
        "Before every work placement of a pupil in Year 10, the school will carry out placement "
        "checks, covering insurance.",
    "provide: {what: annual review, covers: {review_focus: [employment]}}"
    "\nfor: {subject: annual review, years: 9-14}":
        "The school will make sure that every annual review for a pupil in Year 9 or above "
        "deals with employment.",
    "notify: {whom: local authority, matter: early leaving}"
    "\nfor: {subject: leaving, with: {early: true}}":
        "After a pupil leaves early, the school will tell the local authority about early "
        "leaving.",
    "notify: {whom: local authority, matter: early leaving, how_soon: as early as possible}"
    "\nfor: {subject: leaving, with: {early: true}, ages: 16-17}":
        "As early as possible after a pupil aged 16 or 17 leaves early, the school will tell the "
        "local authority about early leaving.",
    "notify: {whom: local authority, matter: early leaving, how_soon: in writing}"
    "\nfor: {subject: leaving, share: 80}":
        "After 80% of departures, the school will tell the local authority about early leaving, "
        "in writing.",
    "provide: {what: placement check, before: placement check, event: {checks: risk assessment}}":
        "The school will carry out a placement check for every pupil before a risk assessment.",
    "publish: {what: careers programme}":
        "The school will keep the careers programme published.",
    "provide: {what: careers lesson}\nfor: {roll: leavers, pupils: {ehc_plan: true}}":
        "The school will give every pupil with an EHC plan who leaves the school a careers lesson.",
    "provide: {what: careers lesson}\nfor: {pupils: {care_leaver: false, disadvantaged: false}}":
        "The school will give every pupil who is not a care leaver and who is not "
        "disadvantaged a careers lesson.",
    # strength and hedge
    "strength: should\nprovide: {what: careers lesson}":
        "The school should give every pupil a careers lesson.",
    "strength: may\nprovide: {what: careers lesson}":
        "The school may give every pupil a careers lesson.",
    "hedge: where possible\nprovide: {what: careers lesson}":
        "The school will give every pupil a careers lesson, where possible.",
    "hedge: usually\nprovide: {what: careers lesson}":
        "The school will usually give every pupil a careers lesson.",
    "hedge: work towards\nprovide: {what: careers lesson}":
        "The school will work towards giving every pupil a careers lesson.",
    "hedge: is committed to\nprovide: {what: careers lesson}":
        "The school is committed to giving every pupil a careers lesson.",
    "hedge: is designed to\nprovide: {what: careers lesson}":
        "What the school does will be designed to give every pupil a careers lesson.",
    "hedge: we expect\nprovide: {what: careers lesson}":
        "The school will give every pupil a careers lesson, as we expect.",
}  # fmt: skip


@pytest.mark.parametrize("promise", SHAPES)
def test_a_shape_reads_aloud(promise):
    """Each part of the shape has its words, and the sentence is one that people would write."""
    assert sentence(*read(promise)) == SHAPES[promise]


PREDICATES = {
    ("careers leader", "uphold: {does: go to wider networks too, BY}"):
        "The careers leader will go to wider networks too.",
    ("careers leader", "uphold: {does: not favour any route, BY}"):
        "The careers leader will not favour any route.",
    ("careers leader", "strength: should\nuphold: {does: never favour a route, BY}"):
        "The careers leader should never favour a route.",
    ("school", "uphold: {that: records are stored securely, BY}"):
        "The school will make sure that records are stored securely.",
    ("[school, careers adviser]", "uphold: {does: see that information suits pupils, BY}"):
        "The school and the careers adviser will see that information suits pupils.",
    ("governing body", "strength: may\nuphold: {does: ask for a report, BY}"):
        "The governing body may ask for a report.",
    ("school", 'for: {years: 7-13}\nuphold: {does: "give {pupils} impartial guidance", BY}'):
        "The school will give pupils in Years 7 to 13 impartial guidance.",
    ("school", 'for: {key_stage: 4, pupils: {sen: [K]}}\nuphold: {that: "{pupils} get help", BY}'):
        "The school will make sure that pupils in Years 10 and 11 with SEN support get help.",
    ("school", 'for: {any: [{looked_after: true}, {sen: K}]}\nuphold: {does: "aid {pupils}", BY}'):
        "The school will aid pupils who are looked after or have SEN support.",
    ("school", "for: {school: {sixth_form: true}}\nuphold: {does: run open evenings, BY}"):
        "Every school with a sixth form will run open evenings.",
    ("governing body", "for: {school: {sixth_form: true}}\nuphold: {does: visit, BY}"):
        "In every school with a sixth form, the governing body will visit.",
    ("school", "uphold: {does: talk to families, BY, how_often: regularly}"):
        "The school will regularly talk to families.",
    ("school", 'uphold: {does: "keep it {how_often} up to date", BY, how_often: continually}'):
        "The school will keep it continually up to date.",
    ("school", "hedge: where possible\nuphold: {does: pay for travel, BY}"):
        "The school will pay for travel, where possible.",
    ("school", "hedge: aims to\nuphold: {that: nobody is left out, BY}"):
        "The school will aim to make sure that nobody is left out.",
}  # fmt: skip


@pytest.mark.parametrize(("who", "promise"), PREDICATES)
def test_what_is_upheld_is_said_as_it_is_written(who, promise):
    """What only people can attest has its predicate in the file; the rest is put round it."""
    lines = promise.replace("BY", "attested_by: headteacher")
    assert sentence(*read(lines, who=who)) == PREDICATES[who, promise]


def test_an_attestation_is_evidence():
    """Who attests a promise, how often, and to whom it is owed are told apart from the promise."""
    promise = read("to: [parents, staff]\nuphold: {does: be fair, attested_by: headteacher}")
    assert evidence(*promise) == (
        "known by an attestation by the headteacher at least every two years; "
        "owed to parents and staff"
    )
    assert sentence(*promise) == "The school will be fair."


OWN = "words: {pupil: learner, headteacher: principal, guidance meeting: interview}\n"


@pytest.mark.parametrize(
    ("promise", "title", "expected"),
    [
        ("provide: {what: guidance meeting, at_least: 2}", "A promise",
         "The principal will give every learner at least two interviews."),
        ("provide: {what: guidance meeting}", "A promise",
         "The principal will give every learner an interview."),
        ("uphold: {that: pupils' views shape a pupil's plan, attested_by: governing body}", "",
         "The principal will make sure that learners' views shape a learner's plan."),
        ("uphold: {does: meet pupils on the pupil premium, attested_by: governing body}", "",
         "The principal will meet learners on the pupil premium."),
        ("hedge: as pupils wish\nprovide: {what: guidance meeting}", "A promise",
         "The principal will give every learner an interview, as pupils wish."),
    ],
)  # fmt: skip
def test_a_document_keeps_its_own_words(promise, title, expected):
    """Our words become the document's in every form, but not in names or in its own hedges."""
    assert sentence(*read(promise, who="headteacher", title=title, head=OWN)) == expected


def test_articles_follow_the_words_put_in():
    """A word of the document's that begins with another sound changes the article before it."""
    promise = read(
        "appoint: {what: careers leader}", head="words: {careers leader: employability lead}\n"
    )
    assert sentence(*promise).endswith("have an employability lead.")


@pytest.mark.parametrize(
    ("own", "name", "expected"),
    [
        ("HEI", "careers leader", "have an HEI."),
        ("SENDCO", "careers leader", "have a SENDCO."),
        ("FE lead", "careers leader", "have an FE lead."),
        ("NEET lead", "careers leader", "have a NEET lead."),
        ("LSP", "careers leader", "have an LSP."),
    ],
)
def test_initials_have_their_articles(own, name, expected):
    """Initials that are spelt out take the article of their first letter's sound."""
    promise = read(f"appoint: {{what: {name}}}", head=f"words: {{{name}: {own}}}\n")
    assert sentence(*promise).endswith(expected)


def test_ages_can_be_birthdays():
    """Where a policy reads "by 16" as the birthday, so does its sentence."""
    promise = read(
        "provide: {what: careers lesson, by: {age: 16}}", head="readings: {ages: birthday}\n"
    )
    assert sentence(*promise) == (
        "The school will give every pupil a careers lesson by the pupil's 16th birthday."
    )


OWN_KIND = """\
vocabulary:
  kinds:
    taster day: {of: pupil, description: A day at a provider., attributes: [attended, hosted_by]}
    open day: {of: school, description: A day., attributes: [themes, cost, funded, seats, sights]}
  attributes:
    hosted_by: {type: text, description: Who hosts it., on: [taster day]}
    outdoors: {type: yes or no, description: Whether it is outdoors., on: [taster day]}
    led_by: {type: one of, description: Who leads it., values: [student, staff], on: [taster day]}
    pace: {type: one of, description: Its pace., values: [slow, own pace], on: [taster day]}
    lasts: {type: number, says: minutes long, description: Length., on: [taster day]}
    themes: {type: several of, description: Its themes., values: [work, study]}
    cost: {type: number, description: What it costs.}
    funded: {type: yes or no, says: with a grant, description: Whether there is a grant.}
    seats: {type: number, says: seats, description: How many seats.}
    sights: {type: several of, says: "that shows {}", description: Sights., values: [ICT, art]}
    distance: {type: number, says: miles from the school, description: Way., on: [pupil]}
    wheelchair: {type: yes or no, says: using a wheelchair, description: Uses one., on: [pupil]}
    carer: {type: yes or no, says: who cares for somebody, description: Cares., on: [pupil]}
    faith: {type: one of, description: Faith., values: [Catholic, other], on: [pupil]}
"""


@pytest.mark.parametrize(
    ("slots", "expected"),
    [
        ("at_least: 2", "at least two taster days."),
        ("with: {hosted_by: A College}", "a taster day hosted by A College."),
        ("with: {outdoors: true}", "an outdoors taster day."),
        ("with: {outdoors: false}", "a taster day that is not outdoors."),
        ("with: {led_by: student}", "a taster day led by a student."),
        ("with: {led_by: staff}", "a taster day led by staff."),
        ("with: {led_by: {not: [student]}}",
         "a taster day led by anybody but a student."),
        ("with: {pace: {not: [own pace]}}",
         "a taster day where the pace is not the pupil's own pace."),
        ("with: {outdoors: false, lasts: {at_least: 30}}",
         "a taster day of at least 30 minutes that is not outdoors."),
        ("distinct: hosted_by, at_least: 2",
         "at least two taster days, not all hosted by the same one."),
    ],
)  # fmt: skip
def test_a_policys_own_kinds_are_worded_from_their_names(slots, expected):
    """A kind and attributes that nothing in the code knows are said all the same."""
    promise = read(f"provide: {{what: taster day, {slots}}}", head=OWN_KIND)
    assert sentence(*promise) == f"The school will make sure that every pupil has {expected}"


@pytest.mark.parametrize(
    ("slots", "expected"),
    [
        ("with: {themes: work}", "an open day where the themes include work."),
        ("with: {cost: {at_most: 5}}", "an open day with a cost of at most five."),
        ("with: {funded: false}", "an open day without a grant."),
        ("with: {seats: {at_least: 20}}", "an open day with at least 20 seats."),
        ("with: {sights: art}, at_least: 2", "at least two open days that show art."),
        ("with: {sights: art}", "an open day that shows art."),
    ],
)
def test_a_schools_own_kinds_are_worded_too(slots, expected):
    """Lists, costs and phrases of a policy's own agree with what they describe."""
    promise = read(f"provide: {{what: open day, {slots}}}", head=OWN_KIND)
    assert sentence(*promise) == f"The school will have {expected}"


@pytest.mark.parametrize(
    ("group", "expected"),
    [
        ("pupils: {wheelchair: true}", "every pupil using a wheelchair"),
        ("pupils: {wheelchair: false}", "every pupil who is not using a wheelchair"),
        ("pupils: {carer: true}", "every pupil who cares for somebody"),
        ("pupils: {carer: false}", "every pupil who does not care for somebody"),
        ("pupils: {faith: {not: [other]}}", "every pupil whose faith is not other"),
        ("pupils: {distance: {more_than: 3}}", "every pupil more than three miles from the school"),
        ("any: [{faith: Catholic}, {carer: true}]",
         "every pupil who has Catholic as their faith or cares for somebody"),
    ],
)  # fmt: skip
def test_a_policys_own_groups_are_worded_from_their_attributes(group, expected):
    """Pupils whom an attribute of a policy's own singles out are named as people would."""
    promise = read(f"provide: {{what: careers lesson}}\nfor: {{{group}}}", head=OWN_KIND)
    assert sentence(*promise) == f"The school will give {expected} a careers lesson."


def test_a_phrase_for_values_is_no_name():
    """Reasons call an attribute by its name where what it says is a phrase for its values."""
    obligation, policy = read("provide: {what: open day, with: {sights: art}}", head=OWN_KIND)
    kind = policy.vocabulary.kinds["open day"]
    assert unsaid_clause(obligation.duty.records.where[0], kind) == "does not say its sights"
    records = obligation.duty.records
    assert (
        counted_noun(records.kind, records.where, policy.vocabulary, 1) == "open day that shows art"
    )


BY_PUPILS = {
    "provide: {what: exit interview}\nfor: {years: 13}":
        "Every pupil in Year 13 will have an exit interview.",
    "forbid: {what: workplace experience, with: {part_time_job: true}}":
        "No pupil will have an experience of a workplace as a part-time job.",
}  # fmt: skip


@pytest.mark.parametrize("promise", BY_PUPILS)
def test_what_pupils_owe_is_theirs_to_have(promise):
    """Pupils who owe something do not give it to every pupil."""
    assert sentence(*read(promise, who="pupil")) == BY_PUPILS[promise]


def test_holders_of_a_role_hold_the_post():
    """Where the owner is whom the record is about, the sentence does not name them twice."""
    promise = read("appoint: {what: careers leader}", who="careers leader")
    assert sentence(*promise) == "The careers leader will at all times hold the post."


def test_a_further_meeting_says_beyond_which():
    """What a promise comes in addition to is told by when that is owed."""
    first = PROMISE.format(title="First", who="school").replace("id: promise", "id: first")
    first += "    provide: {what: guidance meeting, by: {age: 16}}\n"
    second = PROMISE.format(title="Second", who="school")
    second += "    provide: {what: guidance meeting, by: {age: 18}, further_to: first}\n"
    policy = read_policy(f"{HEAD}obligations:\n{first}{second}")
    assert sentence(policy.obligations[1], policy) == (
        "The school will give every pupil a further personal guidance meeting by the "
        "end of Year 13 (age 18)."
    )
    assert evidence(policy.obligations[1], policy) == (
        "in addition to the one owed by the end of Year 11 (age 16)"
    )


def test_a_further_meeting_names_one_of_several():
    """Where two promises of one time could be meant, the title of the one that is says which."""
    first = PROMISE.format(title="In person", who="school").replace("id: promise", "id: first")
    first += "    provide: {what: guidance meeting, by: {year: 11}}\n"
    second = PROMISE.format(title="At home", who="school").replace("id: promise", "id: second")
    second += "    provide: {what: guidance meeting, at_least: 2, by: {year: 11}}\n"
    last = PROMISE.format(title="Third", who="school")
    last += "    provide: {what: guidance meeting, by: {year: 13}, further_to: second}\n"
    policy = read_policy(f"{HEAD}obligations:\n{first}{second}{last}")
    assert evidence(policy.obligations[-1], policy) == ('in addition to those owed as "At home"')


def test_parts_stand_side_by_side():
    """Each part says only itself; whom it is for is not repeated in what is owed."""
    promise = (
        "strength: should\nhedge: where possible\nto: parents\nfor: {years: 7-11}\n"
        "provide: {what: employer encounter, at_least: 2, each: school year, from: {year: 8}}"
    )
    assert parts(*read(promise)) == Parts(
        who="the school",
        whom="every pupil in Years 7 to 11; parents",
        what="give every pupil at least two encounters with employers",
        when="from Year 8",
        how_often="each school year",
        strength="should",
        hedge="where possible",
    )


def test_a_few_words_say_the_strength_first():
    """A cell of a table holds the promise without its owner."""
    promise = read("hedge: if asked\nprovide: {what: careers lesson, each: term}")
    assert in_few_words(*promise) == ("must: give every pupil a careers lesson each term, if asked")


def test_a_few_words_keep_their_parts_apart():
    """What follows a part with a comma in it has one before it."""
    promise = read(
        "provide: {what: provider encounter, at_least: 2, distinct: providers, each: term}"
    )
    assert in_few_words(*promise) == (
        "must: give every pupil at least two encounters with providers, not all with the same "
        "providers, each term"
    )


def test_a_few_words_say_for_which_records():
    """What is owed for each record keeps the record."""
    promise = read(
        "provide: {what: placement check, covers: {checks: [insurance]}, "
        "before: workplace experience}\nfor: {subject: workplace experience}"
    )
    assert in_few_words(*promise) == (
        "must: carry out placement checks before every experience of a workplace, "
        "covering insurance"
    )


@pytest.mark.parametrize(
    ("who", "of", "owners"),
    [
        ("[governing body, board of trustees]", Of.LAW, "governing body or the board of trustees"),
        ("[governing body, headteacher]", Of.LAW, "governing body and the headteacher"),
        ("[governing body, board of trustees]", None, "governing body and the board of trustees"),
    ],
)
def test_only_the_law_names_two_bodies_and_means_whichever_there_is(who, of, owners):
    """A school has a governing body or a board; every other list of owners is of them all."""
    promise, policy = read("provide: {what: careers lesson}", who=who)
    policy = attrs.evolve(policy, of=of or policy.of)
    assert sentence(promise, policy).startswith(f"The {owners} will give every pupil")
    assert parts(promise, policy).who == f"the {owners}"


def test_schools_and_records_that_a_promise_is_for_begin_it_together():
    """Where and for which records are said in one breath."""
    promise = (
        "provide: {what: placement check}\n"
        "for: {subject: workplace experience, school: {sixth_form: true}}"
    )
    assert sentence(*read(promise, who="careers leader")).startswith(
        "In every school with a sixth form and for every experience of a workplace, the careers "
    )
