"""The check of a provider access statement: what it holds and lacks, by law and by policy."""

from __future__ import annotations

import attrs
import pytest
from school_files import AS_OF, SCHOOLS, YEAR, policy, school_of, statement, tree_of, trust_facts

from careerspolicy.documents.provider_access import provider_access_statement
from careerspolicy.documents.requirements import item_sources
from careerspolicy.model.document import Source
from careerspolicy.model.duty import Count
from careerspolicy.model.population import Condition
from careerspolicy.views.provider_access import provider_access_check_view
from careerspolicy.writers.text import plain_text

COMPLETE = "900001"


def lacking(tree, **settings):
    """The keys of the contents that a changed school file lacks by law."""
    return {one.key for one in statement(school_of(tree), **settings).lacking_by_law}


def without(name, *path):
    """A school file with one part of it deleted."""
    tree = tree_of(name)
    inner = tree
    for step in path[:-1]:
        inner = inner[step]
    del inner[path[-1]]
    return tree


@pytest.mark.parametrize(
    ("path", "key", "section"),
    [
        (("contacts",), "contacts", "section 42B(5)(a)"),
        (("requests",), "requests", "section 42B(5)(a)"),
        (("requests", "how"), "requests", "section 42B(5)(a)"),
        (("granting",), "granting", "section 42B(5)(b)"),
        (("refusing",), "refusing", "section 42B(5)(b)"),
        (("times",), "times", "section 42B(5)(c)"),
        (("phases", "first"), "phases.first", "section 42B(5)(d)"),
        (("phases", "second"), "phases.second", "section 42B(5)(d)"),
        (("phases", "third"), "phases.third", "section 42B(5)(d)"),
        (("published",), "published", "sections 42B(3) and 42B(7)"),
    ],
)
def test_a_deleted_part_is_named(path, key, section):
    """Each statutory content taken out of a complete file is the one that is lacking."""
    (gap,) = statement(school_of(without(COMPLETE, *path))).lacking_by_law
    assert (gap.key, gap.askers[0].place) == (key, section)
    assert gap.askers[0].instrument == "Education Act 1997"


def test_premises_or_facilities_will_do():
    """Section 42B(5)(c) asks for premises or facilities: one of the two is enough."""
    tree = without(COMPLETE, "premises")
    assert lacking(tree) == set()
    del tree["facilities"]
    assert lacking(tree) == {"premises"}


@pytest.mark.parametrize("name", sorted(SCHOOLS.keys() - {"independent", "primary"}))
def test_the_complete_files_lack_nothing(name):
    """Every example and every fixture is complete in law."""
    assert statement(name).lacking_by_law == ()


@pytest.mark.parametrize("name", ["independent", "hospital"])
def test_the_law_is_no_fault_where_it_does_not_bind(name):
    """A school outside section 42B lacks nothing by law, and is told that it is outside."""
    made = statement(school_of({k: tree_of(name)[k] for k in ("format", "school")}))
    assert made.lacking_by_law == ()
    assert any("does not bind" in one.message for one in made.advice)
    assert not next(one for one in made.requirements if one.key == "times").present


def occasions(*listed, phase="first"):
    """A complete file whose phase is told by its occasions alone."""
    tree = tree_of(COMPLETE)
    tree["phases"][phase] = {"occasions": [dict(one) for one in listed]}
    return tree


A = {"what": "One", "year": 8, "with": ["Tidemill College"]}
B = {"what": "Two", "year": 9, "term": "spring", "with": ["tidemill college"]}


@pytest.mark.parametrize(
    ("listed", "why"),
    [
        ([A], "only one occasion is named; section 42B(1A) asks for two"),
        ([A, B], "every occasion names the same providers"),
        (
            [A, {**B, "with": ["Tidemill College", "Lockgate UTC"]}],
            None,
        ),  # another group of providers
        ([A, {"what": "Two"}], None),  # nothing is said of who comes
        (
            [A, {**B, "with": ["X"], "term": "summer"}],
            "only one occasion is named, since others fall",
        ),
        ([A, {**B, "with": ["X"], "on": "2027-02-28"}], None),
        ([A, {**B, "with": ["X"], "on": "2027-03-01"}], "only one occasion is named, since others"),
    ],
)
def test_named_occasions_are_held_to_the_law(listed, why):
    """Two, before 1 March of the second year, and not all with one set of providers."""
    made = statement(school_of(occasions(*listed)))
    phase = next(one for one in made.requirements if one.key == "phases.first")
    assert phase.present is (why is None) is (phase.why == "")
    assert why is None or phase.why.startswith(why)


def test_the_third_phase_may_be_all_one_provider():
    """Section 42B(2A)(a) compares providers in the first and second phases only."""
    same = [{"what": "One", "with": ["X"]}, {"what": "Two", "with": ["X"]}]
    assert lacking(occasions(*same, phase="third")) == set()
    assert lacking(occasions(*same, phase="second")) == {"phases.second"}


NINE = [
    ("phases.first", "14"),
    ("requests", "15"),
    ("granting", "16"),
    ("refusing", "16"),
    ("premises", "17"),
    ("working_with_providers", "18"),
    ("previous_providers", "19"),
    ("destinations", "20"),
    ("live_online", "21"),
    ("complaints", "22"),
]


@pytest.mark.parametrize(("key", "clause"), NINE)
def test_a_policys_contents_are_cited_one_by_one(key, clause):
    """Aspirational's nine contents, each at its own clause of section 15."""
    made = statement(COMPLETE, of="aspirational")
    asked = next(one for one in made.requirements if one.key == key)
    assert asked.askers[-1].obligation == "provider-access-statement-contents"
    assert asked.askers[-1].place == f"section 15, clause {clause}"


@pytest.mark.parametrize("path", ["working_with_providers", "live_online", "complaints"])
def test_what_only_the_policy_asks_for_is_lacking_by_policy(path):
    """A content beyond the law that is taken out is the policy's gap, and none of the law's."""
    made = statement(school_of(without(COMPLETE, path)), of="aspirational", facts=trust_facts())
    assert [one.key for one in made.lacking_by_policy] == [path]
    assert made.lacking_by_law == ()


def test_records_fill_what_the_file_leaves_to_them():
    """Previous providers and destinations are lacking until facts are given."""
    made = statement(COMPLETE, of="aspirational")
    assert [one.key for one in made.lacking_by_policy] == ["previous_providers", "destinations"]
    assert statement(COMPLETE, of="aspirational", facts=trust_facts()).lacking_by_policy == ()


def test_a_trusts_own_content_is_held_by_a_section_of_the_schools_own():
    """A content that the catalogue doesn't know is looked for among the school's own sections."""
    content = "own.how the school stays impartial"
    assert content in {one.key for one in statement("middle", of="impact").lacking_by_policy}
    held = {one.key: one.present for one in statement("900002", of="impact").requirements}
    assert held[content]


def test_an_own_section_can_hold_a_known_content():
    """A school may put any content under a heading of its own."""
    tree = without(COMPLETE, "complaints")
    own = {"heading": "If things go wrong", "holds": "complaints procedure", "text": "Tell us."}
    tree["sections"] = [own]
    made = statement(school_of(tree), of="aspirational", facts=trust_facts())
    assert made.lacking_by_policy == ()


@pytest.mark.parametrize(
    ("approved", "next_review", "present"),
    [
        ("2026-07-01", "2027-07-01", True),
        ("2026-07-01", "2027-07-02", False),
        ("2026-07", "2027-07", True),
    ],
)
def test_a_review_that_the_policy_asks_for(approved, next_review, present):
    """Impact has the statement reviewed every year; the next date is held to it."""
    tree = tree_of(COMPLETE)
    tree["approval"] = {"approved_by": "x", "approved": approved, "next_review": next_review}
    made = statement(school_of(tree), of="impact")
    review = next(one for one in made.requirements if one.key.startswith("review."))
    assert review.content == "a review at least every year" and review.present is present


@pytest.mark.parametrize(
    ("on", "present"),
    [("school website", True), ("the school's website", True), ("the trust's website", False)],
)
def test_where_a_policy_has_it_published(on, present):
    """Publication on the school website, however the school words that."""
    tree = tree_of(COMPLETE)
    tree["published"] = {"on": on}
    made = statement(school_of(tree), of="aspirational")
    place = next(one for one in made.requirements if one.key == "published.school website")
    assert place.present is present


def test_a_policy_without_a_word_on_statements_asks_for_nothing():
    """Batley's policy leaves the statement's contents to the law."""
    assert all(one.statutory for one in statement(COMPLETE, of="batley").requirements)


def advice(**changes):
    """What is to be looked at in a complete file with some parts changed; it names no trust."""
    made = statement(school_of(without(COMPLETE, "school", "trust") | changes))
    return [f"{one.where}: {one.message}" for one in made.advice]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"approval": {"approved": "2025-07", "approved_by": "x", "next_review": "2026-08"}},
         "approval: the review was due by August 2026"),
        ({"approval": {"approved": "2026-07", "next_review": "2027-08"}},
         "approval: nobody is said to have approved it"),
        ({"approval": {"approved_by": "x", "next_review": "2027-08"}},
         "approval: no date of approval is given"),
        ({"approval": {"approved_by": "x", "approved": "2026-07"}},
         "approval: no date of the next review is given"),
        ({"approval": {"approved_by": "x", "approved": "2026-12", "next_review": "2027-08"}},
         "approval: it is dated December 2026, which is still to come"),
        ({"contacts": [{"role": "x", "email": "a@elsewhere.example"}]},
         "contacts: email: it is at elsewhere.example, and the website at wharfside.example"),
        ({"guidance_edition": "2023-01"},
         "guidance_edition: an edition of 8 May 2025 has replaced it"),
        ({"premises": "[Insert name of hall]"},
         'premises: "[Insert name of hall]" looks like a template\'s blank'),
        ({"opportunities": {"Year 8": {"autumn": "x"}, "Years 9-12": {"spring": "x"}}},
         "opportunities: Year 13 has none, and is in the third key phase"),
        ({"opportunities": {"Years 8-13": {"autumn": {"what": "Fair", "on": "2025-10-01"}}}},
         'opportunities: Years 8-13: "Fair" is on 1 October 2025, outside 2026/27'),
    ],
)  # fmt: skip
def test_real_faults_are_pointed_out(changes, said):
    """Faults that published statements have, each told by itself."""
    assert advice(**changes) == [said]


def test_a_sound_file_needs_no_advice():
    """Nothing is said of the complete example."""
    assert advice() == []


def test_a_subdomain_is_the_schools_own():
    """An e-mail address under the website's name, or above it, is no other school's."""
    for address in ("a@mail.wharfside.example", "a@wharfside.example"):
        assert advice(contacts=[{"role": "x", "email": address}]) == []


def test_the_register_of_the_facts_is_compared():
    """Years and name that the facts have otherwise are pointed out."""
    tree = without("900002", "school", "trust")
    tree["school"] |= {"name": "Millbrooke School", "ages": "11-18"}
    made = statement(school_of(tree), facts=trust_facts())
    assert [(one.where, one.message) for one in made.advice][:2] == [
        ("school: years", "Years 7 to 13 here, Years 7 to 11 in the facts"),
        ("school: name", 'the facts call the school with this URN "Millbrook School"'),
    ]


def test_a_list_in_a_document_is_cited_by_its_items():
    """One place more than items is an introduction; any other number stands for all of them."""
    told = policy("aspirational").obligation("provider-access-statement-contents")
    three = attrs.evolve(told, source=tuple(Source(section="1", clause=n) for n in (1, 2, 3)))
    assert [one.clause for one in item_sources(three, 0, 3)] == [1]
    assert [one.clause for one in item_sources(three, 1, 2)] == [3]
    assert len(item_sources(three, 0, 1)) == 3


def check(school, **settings):
    """The check of a school as text."""
    return plain_text(provider_access_check_view(statement(school, **settings)))


def test_the_check_reads_down_the_page():
    """What the law asks for, what the policy asks for beyond it, what to look at, a summary."""
    told = check("hospital")
    headings = [line for line in told.split("\n") if line[:4] == "What" or line == "To look at"]
    assert headings == [
        "What the law asks of schools that it binds; it does not bind this one",
        "What Batley Multi Academy Trust's policy asks for beyond the law",
        "To look at",
    ]
    assert "\nNothing.\n" in told and told.endswith("\nNothing is lacking.\n")


def test_the_check_says_where_and_why():
    """A gap has its mend on the line below; so has an occasion that falls short."""
    told = check(school_of(occasions(A)))
    assert "- LACKING  how the encounters of the first key phase (Years 8 and 9) are met\n" in told
    assert "  - > only one occasion is named; section 42B(1A) asks for two\n" in told


def test_contents_may_be_tested_rather_than_counted():
    """A policy that has records carry contents asks for them as one that lists them does."""
    told = policy("aspirational").obligation("provider-access-statement-contents")
    where = (*told.duty.records.where, Condition(attribute="contents", all_of=frozenset({"x"})))
    duty = attrs.evolve(
        told.duty, records=attrs.evolve(told.duty.records, where=where), measure=Count()
    )
    asking = attrs.evolve(policy(), obligations=(attrs.evolve(told, duty=duty),))
    school = statement(COMPLETE).school
    made = provider_access_statement(school, asking, year=YEAR, as_of=AS_OF)
    assert "own.x" in {one.key for one in made.lacking_by_policy}


def test_without_a_policy_the_law_is_checked_alone():
    """No policy: the law's contents and no more."""
    school = statement(COMPLETE).school
    made = provider_access_statement(school, None, year=YEAR, as_of=AS_OF)
    assert all(one.statutory for one in made.requirements)
    assert "policy" not in plain_text(provider_access_check_view(made))
