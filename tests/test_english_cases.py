"""English from the shape, part by part: what is written in a policy, and how it reads aloud."""

from __future__ import annotations

import pytest

from careerspolicy import read_policy
from careerspolicy.english.parts import Parts, parts
from careerspolicy.english.sentences import evidence, in_few_words, sentence

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
    lines = "".join(f"    {line}\n" for line in promise.splitlines())
    policy = read_policy(f"{HEAD}{head}obligations:\n{said}{lines}")
    return policy.obligations[-1], policy


SHAPES = {
    # how many
    "provide: {what: employer encounter}":
        "The school will give every pupil at least one encounter with an employer.",
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
        "The school will give every pupil encounters with at least one of "
        "a university and a sixth form.",
    "provide: {what: provider encounter, attendance: optional}":
        "The school will offer every pupil at least one encounter with a provider.",
    # which records
    "provide: {what: employer encounter, with: {meaningful: true, stem: true}}":
        "The school will give every pupil at least one meaningful encounter with an employer "
        "in science, technology, engineering or mathematics.",
    "provide: {what: employer encounter, with: {meaningful: false}}":
        "The school will give every pupil at least one encounter with an employer "
        "that is not meaningful.",
    "provide: {what: provider encounter, at_least: 6, with: {technical: true, accredited: true}}":
        "The school will give every pupil at least six encounters with accredited providers of "
        "technical education or apprenticeships.",
    "provide: {what: provider encounter, with: {provider_type: university, visit: true, "
    "met: {all: [staff, learners]}}, at_least: 2}":
        "The school will give every pupil at least two encounters with universities on the "
        "provider's own site, meeting staff and learners there.",
    "provide: {what: workplace experience, with: {first_hand: true, part_time_job: false}}":
        "The school will give every pupil at least one first-hand experience of a workplace "
        "other than a part-time job.",
    "provide: {what: workplace experience, with: {nature: placement, hours: {at_least: 6}}}":
        "The school will give every pupil at least one work placement of at least six hours.",
    "provide: {what: guidance meeting, with: {adviser_level: {at_least: 6}}}":
        "The school will give every pupil at least one personal guidance meeting with an adviser "
        "qualified to level 6 or above.",
    "provide: {what: careers event, with: {event_form: [careers fair, employer talk]}}":
        "The school will give every pupil at least one careers fair or employer talk.",
    "provide: {what: careers event, with: {event_form: {not: [careers fair]}}}":
        "The school will give every pupil at least one careers event "
        "other than a careers fair.",
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
        "The school will at all times keep the careers programme published "
        "on the school's website.",
    "publish: {what: careers information, contents: [programme summary, next review date]}":
        "The school will at all times keep careers information published, "
        "including a summary of the programme and the date of the next review.",
    "review: {what: careers programme, each: term, consulting: [parents, employer]}":
        "The school will review the careers programme in consultation with parents and employers "
        "in every term.",
    "keep: {what: participation record, contents: [participation, advice given]}":
        "The school will at all times keep a careers record for every pupil, "
        "covering participation and the advice given.",
    "keep: {what: plan, with: {document: careers plan}}":
        "The school will at all times have a careers plan in place.",
    "keep: {what: plan, with: {document: careers programme}, contents: "
    "[benchmark 1, benchmark 2, benchmark 3, benchmark 4]}":
        "The school will at all times have a careers programme in place, "
        "covering Gatsby benchmarks 1 to 4.",
    "appoint: {what: careers leader, with: {trained: true}}":
        "The school will at all times have a trained careers leader in post.",
    "notify: {whom: local authority, contents: [pupil's name, pupil's address]}":
        "For every pupil, the school will give the local authority the pupil's name and "
        "the pupil's address.",
    # when
    "provide: {what: employer encounter, by: {age: 16}}":
        "The school will give every pupil at least one encounter with an employer by the end of "
        "Year 11 (age 16).",
    "provide: {what: employer encounter, at_least: 2, from: {year: 8}, "
    "until: {year: 9, date: 28 February}}":
        "The school will give every pupil at least two encounters with employers between the start "
        "of Year 8 and 28 February of Year 9.",
    "provide: {what: employer encounter, from: {year: 9}, until: {year: 9}}":
        "The school will give every pupil at least one encounter with an employer in Year 9.",
    "provide: {what: employer encounter, by: {year: 9, term: spring}}":
        "The school will give every pupil at least one encounter with an employer by the end of "
        "the spring term of Year 9.",
    "provide: {what: employer encounter, from: {key_stage: 4}, until: {key_stage: 4}}":
        "The school will give every pupil at least one encounter with an employer "
        "in Key Stage 4.",
    "provide: {what: employer encounter, from: joining, until: leaving}":
        "The school will give every pupil at least one encounter with an employer between the day "
        "the pupil joins and the day the pupil leaves.",
    "provide: {what: employer encounter, by: leaving}":
        "The school will give every pupil at least one encounter with an employer before the pupil "
        "leaves.",
    "provide: {what: employer encounter, by: {earliest_of: [{age: 18}, leaving]}}":
        "The school will give every pupil at least one encounter with an employer by the end of "
        "Year 13 (age 18) or before the pupil leaves, whichever comes first.",
    "provide: {what: employer encounter, each: school year, from: {age: 11}}":
        "The school will give every pupil at least one encounter with an employer in every school "
        "year, from the start of Year 7 (age 11).",
    "provide: {what: employer encounter, each: school year, from: {key_stage: 4}, "
    "until: {key_stage: 4}}":
        "The school will give every pupil at least one encounter with an employer in every school "
        "year of Key Stage 4.",
    "provide: {what: employer encounter, each: school year, by: {date: 28 February}}":
        "The school will give every pupil at least one encounter with an employer in every school "
        "year, by 28 February.",
    "review: {what: careers policy, every: 2 years}":
        "The school will review the careers policy at least every two years.",
    "provide: {what: employer encounter, how_often: regularly}":
        "The school will regularly give every pupil at least one encounter with an employer.",
    "provide: {what: preparation session, before: workplace experience, within: 10 school days}":
        "The school will give every pupil at least one preparation session within 10 school days "
        "before each experience of a workplace.",
    "provide: {what: preparation session, before: workplace experience, "
    "event: {nature: placement}, notice: 1 week}":
        "The school will give every pupil at least one preparation session at least one week "
        "before each work placement.",
    "keep: {what: destination, for: 3 years, after: leaving}\nfor: {roll: leavers}":
        "The school will keep a record of the destination of every pupil who leaves the school, "
        "for at least three years after the pupil leaves.",
    "provide: {what: careers lesson, how_soon: as early as possible}":
        "The school will give every pupil at least one careers lesson, as early as possible.",
    # to whom
    "provide: {what: careers lesson}\nfor: {years: 7-9}":
        "The school will give every pupil in Years 7 to 9 at least one careers lesson.",
    "provide: {what: careers lesson}\nfor: {years: 0-6}":
        "The school will give every pupil from Reception to Year 6 at least one careers lesson.",
    "provide: {what: careers lesson}\nfor: {ages: 16-17}":
        "The school will give every pupil aged 16 or 17 at least one careers lesson.",
    "provide: {what: careers lesson}\nfor: {roll: on roll}":
        "The school will give every pupil on the roll at least one careers lesson.",
    "provide: {what: careers lesson}\nfor: {years: 10, share: 80}":
        "The school will give 80% of pupils in Year 10 at least one careers lesson.",
    "provide: {what: careers lesson}\nfor: {pupils: {sen: [K, E]}}":
        "The school will give every pupil with SEN support or an EHC plan "
        "at least one careers lesson.",
    "provide: {what: careers lesson}\nfor: {pupils: {disadvantaged: true}}":
        "The school will give every disadvantaged pupil at least one careers lesson.",
    "provide: {what: careers lesson}\nfor: {pupils: {disadvantaged: false}}":
        "The school will give every pupil who is not disadvantaged at least one careers lesson.",
    "provide: {what: careers lesson}\nfor: {any: [{looked_after: true}, {care_leaver: true}]}":
        "The school will give every pupil who is looked after or is leaving care "
        "at least one careers lesson.",
    "provide: {what: careers lesson}\nfor: {school: {sixth_form: true}}":
        "Every school with a sixth form will give every pupil at least one careers lesson.",
    "provide: {what: placement check, covers: {checks: [insurance]}, before: workplace experience}"
    "\nfor: {subject: workplace experience, with: {nature: placement}, years: 10}":
        "Before every work placement of a pupil in Year 10, the school will carry out placement "
        "checks, covering insurance.",
    "provide: {what: annual review, covers: {review_focus: [employment]}}"
    "\nfor: {subject: annual review, years: 9-14}":
        "The school will make sure that every annual review for a pupil in Years 9 to 14 "
        "deals with employment.",
    "notify: {whom: local authority, matter: early leaving}"
    "\nfor: {subject: leaving, with: {early: true}}":
        "After every early departure, the school will tell the local authority about early "
        "leaving.",
    # strength and hedge
    "strength: should\nprovide: {what: careers lesson}":
        "The school should give every pupil at least one careers lesson.",
    "strength: may\nprovide: {what: careers lesson}":
        "The school may give every pupil at least one careers lesson.",
    "hedge: where possible\nprovide: {what: careers lesson}":
        "The school will give every pupil at least one careers lesson, where possible.",
    "hedge: usually\nprovide: {what: careers lesson}":
        "The school will usually give every pupil at least one careers lesson.",
    "hedge: work towards\nprovide: {what: careers lesson}":
        "The school will work towards giving every pupil at least one careers lesson.",
    "hedge: is committed to\nprovide: {what: careers lesson}":
        "The school will be committed to giving every pupil at least one careers lesson.",
    "hedge: is designed to\nprovide: {what: careers lesson}":
        "What the school does will be designed to give every pupil at least one careers lesson.",
    "hedge: we expect\nprovide: {what: careers lesson}":
        "The school will give every pupil at least one careers lesson, as we expect.",
    "to: parents\nprovide: {what: careers lesson}":
        "The school will give every pupil at least one careers lesson, for parents.",
}  # fmt: skip


@pytest.mark.parametrize("promise", SHAPES)
def test_a_shape_reads_aloud(promise):
    """Each part of the shape has its words, and the sentence is one that people would write."""
    assert sentence(*read(promise)) == SHAPES[promise]


TITLES = {
    ("careers leader", "The careers leader manages careers information"):
        "The careers leader will manage careers information.",
    ("careers leader", "The careers leader develops the programme, manages it and reports on it"):
        "The careers leader will develop the programme, manage it and report on it.",
    ("careers leader", "The careers leader advises leaders on policy, plans and resources for it"):
        "The careers leader will advise leaders on policy, plans and resources for it.",
    ("teacher", "Teachers are good role models"): "Teachers will be good role models.",
    ("teacher", "Teachers who have worked in industry help to build the curriculum"):
        "Teachers will make sure that teachers who have worked in industry help to build "
        "the curriculum.",
    ("governing body", "Governors challenge and support the team, so that it does what it has to"):
        "The governing body will challenge and support the team, so that it does what it has to.",
    ("governing body", "Guidance serves the best interests of pupils"):
        "The governing body will make sure that guidance serves the best interests of pupils.",
    ("school", "SEND pupils come first"): "The school will make sure that SEND pupils come first.",
    ("school", "No stereotyping of any kind"):
        "The school will make sure that there is no stereotyping of any kind.",
    ("school", "Meetings with pupils on what comes next"):
        "The school will make sure that there are meetings with pupils on what comes next.",
    ("school", "Pupils glow with pride"):
        "The school will make sure that pupils glow with pride.",
    ("school", "First step: the provider is reminded"):
        "The school will make sure that, as the first step, the provider is reminded.",
    ("[school, careers adviser]", "Careers adviser and school see that information suits pupils"):
        "The school and the careers adviser will see that information suits pupils.",
}  # fmt: skip


@pytest.mark.parametrize(("who", "title"), TITLES)
def test_a_title_becomes_a_promise(who, title):
    """What only people can attest is told from its title, its owner made the subject."""
    assert (
        sentence(*read("uphold: {attested_by: headteacher}", who=who, title=f'"{title}"'))
        == (TITLES[who, title])
    )


ALLOWED = {
    "The careers leader can be a teacher or not":
        "The school may decide that the careers leader can be a teacher or not.",
    "Meetings with pupils": "The school may arrange meetings with pupils.",
    "The school may have to pay": "The school may have to pay.",
}  # fmt: skip


@pytest.mark.parametrize("title", ALLOWED)
def test_a_title_may_allow(title):
    """What a school may do is its to decide."""
    promise = "strength: may\nuphold: {attested_by: headteacher}"
    assert sentence(*read(promise, title=title)) == ALLOWED[title]


def test_an_attestation_is_evidence():
    """Who attests a promise and how often is told apart from the promise."""
    promise = read("uphold: {attested_by: headteacher}", title="Guidance is impartial")
    assert evidence(*promise) == "an attestation by the headteacher at least every two years"
    assert "attest" not in sentence(*promise)


OWN = "words: {pupil: learner, headteacher: principal, guidance meeting: interview}\n"


@pytest.mark.parametrize(
    ("promise", "title", "expected"),
    [
        ("provide: {what: guidance meeting, at_least: 2}", "A promise",
         "The principal will give every learner at least two interviews."),
        ("provide: {what: guidance meeting}", "A promise",
         "The principal will give every learner at least one interview."),
        ("uphold: {attested_by: governing body}", "Pupils' views shape a pupil's plan",
         "The principal will make sure that learners' views shape a learner's plan."),
        ("uphold: {attested_by: governing body}", "The head meets pupils on the pupil premium",
         "The principal will meet learners on the pupil premium."),
        ("hedge: as pupils wish\nprovide: {what: guidance meeting}", "A promise",
         "The principal will give every learner at least one interview, as pupils wish."),
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
    assert sentence(*promise).endswith("have an employability lead in post.")


def test_ages_can_be_birthdays():
    """Where a policy reads "by 16" as the birthday, so does its sentence."""
    promise = read(
        "provide: {what: careers lesson, by: {age: 16}}", head="readings: {ages: birthday}\n"
    )
    assert sentence(*promise) == (
        "The school will give every pupil at least one careers lesson by the pupil's 16th birthday."
    )


OWN_KIND = """\
vocabulary:
  kinds:
    taster day: {of: pupil, description: A day at a provider., attributes: [attended, hosted_by]}
  attributes:
    hosted_by: {type: text, description: Who hosts it., on: [taster day]}
    outdoors: {type: yes or no, description: Whether it is outdoors., on: [taster day]}
"""


@pytest.mark.parametrize(
    ("slots", "expected"),
    [
        ("at_least: 2", "at least two taster days."),
        ("with: {hosted_by: A College}", "at least one taster day hosted by A College."),
        ("with: {outdoors: true}", "at least one outdoors taster day."),
        ("with: {outdoors: false}", "at least one taster day that is not outdoors."),
        ("distinct: hosted_by, at_least: 2",
         "at least two taster days, not all hosted by the same one."),
    ],
)  # fmt: skip
def test_a_policys_own_kinds_are_worded_from_their_names(slots, expected):
    """A kind and attributes that nothing in the code knows are said all the same."""
    promise = read(f"provide: {{what: taster day, {slots}}}", head=OWN_KIND)
    assert sentence(*promise) == f"The school will make sure that every pupil has {expected}"


BY_PUPILS = {
    "provide: {what: exit interview}\nfor: {years: 13}":
        "Every pupil in Year 13 will have at least one exit interview.",
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
        "The school will give every pupil at least one further personal guidance meeting by the "
        "end of Year 13 (age 18), in addition to the one owed by the end of Year 11 (age 16)."
    )


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
        when="from the start of Year 8",
        how_often="in every school year",
        strength="should",
        hedge="where possible",
    )


def test_a_few_words_say_the_strength_first():
    """A cell of a table holds the promise without its owner."""
    promise = read("hedge: if asked\nprovide: {what: careers lesson, each: term}")
    assert in_few_words(*promise) == (
        "must: give every pupil at least one careers lesson in every term, if asked"
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
