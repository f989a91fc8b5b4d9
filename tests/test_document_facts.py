"""What a policy file says of its document: each fact as written, and as precisely."""

from __future__ import annotations

from datetime import date

import pytest

from careerspolicy import InvalidPolicy, read_policy
from careerspolicy.calendar.partial_date import PartialDate
from careerspolicy.model.policy import Citation, CitedKind, Version

HEAD = """\
format: 1
policy: tiny
trust: Tiny Trust
document:
  title: Careers Policy
"""
OBLIGATIONS = """\
obligations:
  - id: fair
    topic: careers-fair
    title: A careers fair every school year
    who: careers leader
    provide: {what: careers event, each: school year}
    source: {section: 1}
"""


def policy(document: str = "", after: str = ""):
    """A tiny policy with more lines under `document:`, and at its end."""
    return read_policy(HEAD + document + OBLIGATIONS + after, "tiny.yaml")


def problems(document: str = "", after: str = ""):
    """What is wrong with such a policy."""
    with pytest.raises(InvalidPolicy) as raised:
        policy(document, after)
    return [str(problem) for problem in raised.value.problems]


@pytest.mark.parametrize(
    ("text", "precision", "first", "last", "words"),
    [
        ("2025-10-31", "day", date(2025, 10, 31), date(2025, 10, 31), "31 October 2025"),
        ("2024-02", "month", date(2024, 2, 1), date(2024, 2, 29), "February 2024"),
        ("2025-12", "month", date(2025, 12, 1), date(2025, 12, 31), "December 2025"),
        ("2023", "year", date(2023, 1, 1), date(2023, 12, 31), "2023"),
    ],
)
def test_a_date_is_as_precise_as_it_was_written(text, precision, first, last, words):
    """A day is a day, a month runs to its last day, a year to 31 December."""
    day = PartialDate.parse(text)
    assert (day.precision, day.first, day.last, day.in_words) == (precision, first, last, words)
    assert str(day) == text


@pytest.mark.parametrize("text", ["2025-13", "2025-02-30", "25-10", "2025-1", "October 2025", ""])
def test_text_that_is_no_date_is_refused(text):
    """Neither other ways of writing nor days that no calendar has are read as dates."""
    with pytest.raises(ValueError, match=r"\S"):
        PartialDate.parse(text)


def test_every_document_fact_is_kept():
    """Each slot under `document:` reaches the model."""
    told = policy(
        """\
  version: 2
  versions: [{version: 1, date: 2023-09, changes: First., note: A remark.}, {version: "2.0"}]
  approved: 2025-10-14
  effective: 2025-11
  implementation: 2025-12
  published: 2025
  next_review: 2026-10
  owner: director of education
  approver: [board of trustees, committee]
  applies_to: [all schools of the trust]
  guidance_edition: 2025-05
  cites:
    - {title: Education Act, kind: act, year: 1997, section: 42A, note: Misquoted.}
    - {title: Careers guidance, kind: statutory guidance, edition: 2018}
  linked_policies: [Safeguarding Policy]
  definitions: {provider: Anybody who offers training.}
"""
    ).document
    assert told.version == "2"
    assert told.versions == (
        Version(version="1", date=PartialDate(2023, 9), changes="First.", note="A remark."),
        Version(version="2.0"),
    )
    assert (told.approved, told.effective) == (PartialDate(2025, 10, 14), PartialDate(2025, 11))
    assert (told.implementation, told.published) == (PartialDate(2025, 12), PartialDate(2025))
    assert told.next_review == PartialDate(2026, 10)
    assert told.owner == ("director of education",)
    assert told.approver == ("board of trustees", "committee")
    assert told.applies_to == ("all schools of the trust",)
    assert told.cites == (
        Citation(
            title="Education Act", kind=CitedKind.ACT, year=1997, section="42A", note="Misquoted."
        ),
        Citation(
            title="Careers guidance", kind=CitedKind.STATUTORY_GUIDANCE, edition=PartialDate(2018)
        ),
    )
    assert told.linked_policies == ("Safeguarding Policy",)
    assert told.definitions == {"provider": "Anybody who offers training."}


def test_what_is_not_said_is_none_or_empty():
    """A document of which only the title is known makes no claims."""
    told = policy().document
    assert told.approved is told.next_review is told.implementation is None
    assert told.versions == told.cites == told.owner == ()
    assert told.definitions == {}


@pytest.mark.parametrize(
    ("document", "message"),
    [
        (
            "  approved: 2025-02-30\n",
            (
                'tiny.yaml:6:13: document: approved: "2025-02-30" is not in the calendar; '
                "write a date such as 2023-01-01, or leave out the day"
            ),
        ),
        (
            "  versions: [{version: 1, date: 2025-06-31}]\n",
            (
                'tiny.yaml:6:33: document: versions: item 1: date: "2025-06-31" is not in the '
                "calendar; write a date such as 2023-01-01, or leave out the day"
            ),
        ),
        (
            "  owner: director of educatoin\n",
            (
                'tiny.yaml:6:10: document: owner: "director of educatoin" is not a role; '
                'did you mean "director of education"?'
            ),
        ),
    ],
)
def test_a_head_that_makes_no_sense_is_told(document, message):
    """Days that no calendar has, and roles that nobody knows, are told with their place."""
    assert problems(document) == [message]


def test_an_exclusion_without_a_reason_is_refused():
    """Lint leaves nothing out without a reason."""
    (told,) = problems(after="lint: {exclude: [{rule: review-overdue}]}\n")
    assert "reason" in told and told.startswith("tiny.yaml:13:")


def test_an_exclusion_names_an_obligation_of_the_file():
    """An exclusion for an obligation that isn't there is a slip of the pen."""
    lint = "lint: {exclude: [{rule: no-role, obligation: fare, reason: Agreed by the board.}]}\n"
    (told,) = problems(after=lint)
    assert '"fare" is not the id of an obligation; did you mean "fair"?' in told


def test_an_unknown_rule_is_refused():
    """A misspelt rule is told with the nearest one."""
    lint = "lint: {exclude: [{rule: review-overdu, reason: Agreed by the board.}]}\n"
    (told,) = problems(after=lint)
    assert 'did you mean "review-overdue"?' in told
