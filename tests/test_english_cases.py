"""English from the shape, part by part: what is written in a policy, and how it reads aloud."""

from __future__ import annotations

import pytest

from careerspolicy import read_policy
from careerspolicy.english.nouns import condition_unsaid, records_named
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
    "provide: {what: employer encounter, how_many: a few}":
        "The school will give every pupil a few encounters with employers.",
    "provide: {what: employer encounter, how_many: plenty}":
        "The school will give every pupil plenty of encounters with employers.",
    "appoint: {what: careers adviser, at_least: 1, at_most: 2, with: {role_level: {at_least: 6}}}":
        "The school will at all times have at least one and at most two careers advisers in post, "
        "qualified to level 6 or above.",
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
    "provide: {what: employer encounter, with: {meaningful: false, hours: {at_least: 2}}}":
        "The school will give every pupil at least one encounter of at least two hours with an "
        "employer that is not meaningful.",
    "provide: {what: employer encounter, with: {mode: {not: [recorded]}}}":
        "The school will give every pupil at least one encounter with an employer held otherwise "
        "than as a recording.",
    "provide: {what: provider encounter, with: {provider_type: {not: [university]}}}":
        "The school will give every pupil at least one encounter with a provider other than "
        "a university.",
    "provide: {what: guidance meeting, with: {adviser_level: {at_least: 4, at_most: 7}}}":
        "The school will give every pupil at least one personal guidance meeting with an adviser "
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
    "provide: {what: report, with: {to: governing body, role: careers leader}}":
        "The school will report to the governing body through the careers leader.",
    "keep: {what: plan, with: {document: careers plan, consulted: [parents]}}":
        "The school will at all times have a careers plan in place, in consultation with parents.",
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
    "provide: {what: careers lesson, how_often: weekly}":
        "The school will give every pupil at least one careers lesson weekly.",
    "provide: {what: careers lesson, how_often: summer 2027}":
        "The school will give every pupil at least one careers lesson in summer 2027.",
    "provide: {what: follow up, after: leaving, notice: 6 weeks, within: 6 months}":
        "The school will arrange at least one follow-up for every pupil between six weeks and six "
        "months after the pupil leaves.",
    "keep: {what: destination, for: 1 year, after: {age: 25}}":
        "The school will keep a record of the destination of every pupil for at least one year "
        "after the end of the school year in which the pupil turns 25.",
    "forbid: {what: careers event, before: careers event, within: 13 days}":
        "The school will not give any pupil a careers event within 13 days before another careers "
        "event.",
    "provide: {what: provider encounter, with: {technical: true, accredited: true, "
    "whole_year_group: true}, by: leaving}":
        "The school will give every pupil at least one encounter with an accredited provider of "
        "technical education or apprenticeships open to the whole year group before the pupil "
        "leaves.",
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
    "provide: {what: careers lesson}\nfor: {roll: leavers, pupils: {ehc_plan: true}}":
        "The school will give every pupil on an EHC plan who leaves the school "
        "at least one careers lesson.",
    "provide: {what: careers lesson}\nfor: {pupils: {care_leaver: false, disadvantaged: false}}":
        "The school will give every pupil who is not leaving care and who is not disadvantaged "
        "at least one careers lesson.",
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
    "to: pupil\nprovide: {what: careers lesson}":
        "The school will give every pupil at least one careers lesson, as promised to pupils.",
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
    ("keyworker", "Keyworkers visit, listen and plan"):
        "Keyworkers will visit, listen and plan.",
    ("careers champion", "Every careers champion is a teacher"):
        "Careers champions will make sure that every careers champion is a teacher.",
    ("careers leader", "The careers leader focuses on transition"):
        "The careers leader will focus on transition.",
    ("careers leader", "The careers leader must never favour a route"):
        "The careers leader will never favour a route.",
    ("careers leader", "The careers leader does not deliver guidance unless qualified"):
        "The careers leader will not deliver guidance unless qualified.",
    ("careers leader", "The careers leader mustn't be left to run events alone"):
        "The careers leader will not be left to run events alone.",
    ("careers leader", "The careers leader neither pushes nor discourages any route"):
        "The careers leader will neither push nor discourage any route.",
    ("careers leader", "The careers leader can veto unsuitable placements"):
        "The careers leader will be able to veto unsuitable placements.",
    ("careers leader", "Careers leader training is completed within a year"):
        "The careers leader will make sure that careers leader training is completed "
        "within a year.",
    ("careers leader", "Careers leader: first point of contact for families"):
        "The careers leader will be the first point of contact for families.",
    ("careers leader", "Liaises with providers and keeps a log of visits"):
        "The careers leader will liaise with providers and keep a log of visits.",
    ("school", "To raise aspirations"): "The school will raise aspirations.",
    ("school", "Raise aspirations"): "The school will raise aspirations.",
    ("school", "Raising aspirations"): "The school will raise aspirations.",
    ("school", "Raising aspirations is everybody's work"):
        "The school will make sure that raising aspirations is everybody's work.",
    ("school", "That all pupils leave with a plan"):
        "The school will make sure that all pupils leave with a plan.",
    ("school", "School trips are paid for where families cannot"):
        "The school will make sure that school trips are paid for where families cannot.",
    ("school", "School leaders model ambition"):
        "The school will make sure that school leaders model ambition.",
    ("school", "The school's ethos must shape careers work"):
        "The school will make sure that the school's ethos shapes careers work.",
    ("school", "Careers work begins in Reception and never stops"):
        "The school will make sure that careers work begins in Reception and never stops.",
    ("school", "Staff training covers labour market information"):
        "The school will make sure that staff training covers labour market information.",
    ("school", "Pupils in every phase meet people who love their work"):
        "The school will make sure that pupils in every phase meet people who love their work.",
    ("school", "Lessons on careers take place in all key stages"):
        "The school will make sure that lessons on careers take place in all key stages.",
    ("school", "Pupils who ask for help get it"):
        "The school will make sure that pupils who ask for help get it.",
    ("school", "What matters to the pupil comes first"):
        "The school will make sure that what matters to the pupil comes first.",
    ("school", "Use of T Levels: staff know the routes"):
        "The school will make sure that, as to use of T Levels, staff know the routes.",
    ("school", "Resources: books, websites and people"):
        "The school will make sure that, as to resources, there are books, websites and people.",
    ("school", "Celebrates success and challenges stereotypes"):
        "The school will celebrate success and challenge stereotypes.",
    ("school", "Keeping records up to date"): "The school will keep records up to date.",
    ("school", "Mock interviews with local businesses"):
        "The school will make sure that there are mock interviews with local businesses.",
    ("school", "Results day support"):
        "The school will make sure that there is results day support.",
    ("careers leader", "Must be a qualified teacher"):
        "The careers leader will be a qualified teacher.",
    ("careers leader", "A careers leader is always on site"):
        "The careers leader will always be on site.",
    ("headteacher", "Headteacher's oversight of the programme"):
        "The headteacher will make sure that there is the headteacher's oversight of "
        "the programme.",
    ("provider", "Providers bring their own equipment"):
        "Providers will bring their own equipment.",
    ("board of trustees", "Trustees approve the policy and monitor it"):
        "In every school, the board of trustees will approve the policy and monitor it.",
    ("school", "Unifrog is used from Year 7"):
        "The school will make sure that Unifrog is used from Year 7.",
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
    "The school can ask for a fee": "The school may ask for a fee.",
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


def test_evidence_says_to_whom_it_is_owed():
    """Those owed whom the sentence names anyway are told with the evidence, all others with it."""
    lines = "to: [parents, staff]\nuphold: {attested_by: headteacher, each: term}"
    promise = read(lines, title="Parents are welcome at meetings")
    assert sentence(*promise) == (
        "For staff, the school will make sure that parents are welcome at meetings."
    )
    assert evidence(*promise) == (
        "an attestation by the headteacher of what is owed to parents, in every term"
    )


def test_those_owed_stand_before_the_schools():
    """For whom and in which schools are said together, before a clause that would hide them."""
    promise = read(
        "to: parents\nfor: {school: {sixth_form: true}}\nuphold: {attested_by: headteacher}",
        who="governing body", title="Guidance is impartial",
    )  # fmt: skip
    assert sentence(*promise) == (
        "For parents in every school with a sixth form, the governing body will make sure that "
        "guidance is impartial."
    )


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


@pytest.mark.parametrize(
    ("own", "name", "expected"),
    [
        ("HEI", "careers leader", "have an HEI in post."),
        ("SENDCO", "careers leader", "have a SENDCO in post."),
        ("FE lead", "careers leader", "have an FE lead in post."),
        ("NEET lead", "careers leader", "have a NEET lead in post."),
        ("LSP", "careers leader", "have an LSP in post."),
    ],
)
def test_initials_have_their_articles(own, name, expected):
    """Initials that are spelt out take the article of their first letter's sound."""
    promise = read(f"appoint: {{what: {name}}}", head=f"words: {{{name}: {own}}}\n")
    assert sentence(*promise).endswith(expected)


DOCUMENTS = "words: {parents: parents and carers, careers leader: head of futures}\n"


@pytest.mark.parametrize(
    ("who", "title", "expected"),
    [
        ("parents", "Parents and carers share what they hope for",
         "Parents and carers will share what they hope for."),
        ("careers leader", "The head of futures sits on the leadership team and has a budget",
         "The head of futures will sit on the leadership team and have a budget."),
        ("careers leader", "The careers leader's work is seen",
         "The head of futures will make sure that the head of futures' work is seen."),
    ],
)  # fmt: skip
def test_titles_may_use_the_documents_own_words(who, title, expected):
    """A document's own words in a title are its owner, and are not put in twice."""
    promise = read(
        "uphold: {attested_by: headteacher}", who=who, title=f'"{title}"', head=DOCUMENTS
    )
    assert sentence(*promise) == expected


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
        ("with: {hosted_by: A College}", "at least one taster day hosted by A College."),
        ("with: {outdoors: true}", "at least one outdoors taster day."),
        ("with: {outdoors: false}", "at least one taster day that is not outdoors."),
        ("with: {led_by: student}", "at least one taster day led by a student."),
        ("with: {led_by: staff}", "at least one taster day led by staff."),
        ("with: {led_by: {not: [student]}}",
         "at least one taster day led by anybody but a student."),
        ("with: {pace: {not: [own pace]}}",
         "at least one taster day where the pace is not the pupil's own pace."),
        ("with: {outdoors: false, lasts: {at_least: 30}}",
         "at least one taster day of at least 30 minutes that is not outdoors."),
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
        ("with: {themes: work}", "at least one open day where the themes include work."),
        ("with: {cost: {at_most: 5}}", "at least one open day with a cost of at most five."),
        ("with: {funded: false}", "at least one open day without a grant."),
        ("with: {seats: {at_least: 20}}", "at least one open day with at least 20 seats."),
        ("with: {sights: art}, at_least: 2", "at least two open days that show art."),
        ("with: {sights: art}", "at least one open day that shows art."),
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
    assert sentence(*promise) == f"The school will give {expected} at least one careers lesson."


def test_a_phrase_for_values_is_no_name():
    """Reasons call an attribute by its name where what it says is a phrase for its values."""
    obligation, policy = read("provide: {what: open day, with: {sights: art}}", head=OWN_KIND)
    kind = policy.vocabulary.kinds["open day"]
    assert condition_unsaid(obligation.duty.records.where[0], kind) == "does not say its sights"
    records = obligation.duty.records
    assert records_named(records.kind, records.where, policy.vocabulary) == "open day (art)"


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


def test_a_further_meeting_names_one_of_several():
    """Where two promises of one time could be meant, the title of the one that is says which."""
    first = PROMISE.format(title="In person", who="school").replace("id: promise", "id: first")
    first += "    provide: {what: guidance meeting, by: {year: 11}}\n"
    second = PROMISE.format(title="At home", who="school").replace("id: promise", "id: second")
    second += "    provide: {what: guidance meeting, at_least: 2, by: {year: 11}}\n"
    last = PROMISE.format(title="Third", who="school")
    last += "    provide: {what: guidance meeting, by: {year: 13}, further_to: second}\n"
    policy = read_policy(f"{HEAD}obligations:\n{first}{second}{last}")
    assert sentence(policy.obligations[-1], policy).endswith(
        'in addition to those owed as "At home".'
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


def test_a_few_words_keep_their_parts_apart():
    """What follows a part with a comma in it has one before it."""
    promise = read(
        "provide: {what: provider encounter, at_least: 2, distinct: providers, each: term}"
    )
    assert in_few_words(*promise) == (
        "must: give every pupil at least two encounters with providers, not all with the same "
        "providers, in every term"
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
