"""Why a finding has its verdict reads well: sentences of a fixed set of cases, approved by people.

The approved sentences stand in `tests/approved/because.txt`. When a sentence changes on purpose,
run `python tests/test_findings.py`, read the difference aloud, and keep it if it reads well.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from test_cases import cases

from careerspolicy import because

APPROVED = Path(__file__).parent / "approved" / "because.txt"

#: A case for each verdict and each measure, and for what else a sentence may have to say.
CHOSEN = (
    "once: The day before Year 8 the window has not opened",
    "once: On the first day of Year 8 it is due",
    "once: One visit is one fewer than is owed",
    "once: Two visits by two providers are enough",
    "once: The day before the window and the day after it do not count",
    "once: What is planned after the day asked about is named and does not count",
    "once: Met on the last day on the roll",
    "ages: By the birthday on the day",
    "ages: By a birthday that nobody knows is not known",
    "ages: Neither year group nor date of birth is not known",
    "each: Two in one year do not make up for none in the next",
    "each: For a record each period that it lasts",
    "every: The next review is due",
    "every: The day after it is overdue",
    "every: Reviewed on the last day it is on time",
    "every: Never reviewed in records with no beginning",
    "every: No list of reviews at all",
    "every: Attested within the policy's cadence",
    "every: Never attested",
    "events: Before a planned event it is due",
    "events: On the day of the event it is too late",
    "events: Without an event nothing calls for it",
    "events: Without a list of events it is not known whether anything calls for it",
    "events: An experience that does not say leaves it open",
    "events: A day too little notice",
    "events: After an event with no time said it stays due until it is done",
    "always: The day it is published",
    "always: The day after it is withdrawn",
    "always: Published in a place that nobody recorded",
    "always: Out of post the day after",
    "always: A level below",
    "kept: A pupil still on the roll has not left",
    "kept: Kept so far",
    "kept: Deleted early it is missed at once",
    "kept: Never collected it can still be",
    "measures: Two visits by one college alone are one",
    "measures: A visit that doesn't say by whom could have been another",
    "measures: Fifty hours over three years",
    "measures: Half an hour too few",
    "measures: Hours that nobody wrote down could be enough",
    "measures: The full range over several records",
    "measures: One sort is missing",
    "measures: The sorts still to come are named while it is due",
    "measures: Some of several sorts",
    "measures: One content is missing",
    "measures: Nothing is published to hold it",
    "measures: A review that hears everybody",
    "bounds: One more than at most",
    "bounds: At most",
    "bounds: Two under at most one",
    "bounds: None under at most one",
    "bounds: Nothing forbidden happened",
    "bounds: Something forbidden happened",
    "bounds: Something that may have been forbidden happened",
    "bounds: A prohibition before records are complete is not known",
    "populations: No SEN provision",
    "populations: SEN provision not known",
    "populations: In none of the groups",
    "populations: Not considering",
    "populations: Two visits to universities among others",
    "populations: A school to Year 11 has no sixth form",
    "populations: Pupils of an all-through school",
    "populations: Off roll the day after",
    "populations: All of Year 10 have been",
    "populations: Three of four so far",
    "populations: Three of four when the year is over",
    "populations: A joiner whose records are not known leaves it open",
    "populations: Year 10 has not begun",
    "subjects: A placement that began without a check",
    "subjects: An activity is not a placement",
    "subjects: Three of the four contents",
    "subjects: Not told yet is due however long ago",
    "subjects: Told much later is met too",
    "subjects: Left on the eve of the 16th birthday",
    "roll: Joined in Year 10",
    "roll: Joined the day after the year",
    "roll: Left the day before the last term",
    "roll: By 18 in a school to Year 11",
    "roll: The sixth form of a school without one",
    "roll: The first phase in a college from Year 10",
    "attendance: Offered two and attended one",
    "attendance: Offered two and attended none",
    "attendance: Fails one test and passes the other",
    "attendance: Passes one test and leaves the other open",
    "further: One meeting at 15 keeps only the first",
    "further: Before the deadline the second is not owed yet",
    "world: A missing list is not known",
    "world: Complete from the window's second day",
    "waivers: The first day of the waiver",
    "vague: How many is counted",
    "vague: How many with none",
    "vague: How often is counted",
    "vague: How soon and not done",
    "vague: How soon and done",
    "complete: Closed since the export",
    "supposing: In a sixth form it decides",
    "supposing: Nine of ten and one of no known year group",
    "movers: Moved away in Year 8",
    "movers: Before they join",
    "movers: Before they join after the window",
    "movers: A school from Year 9 that doesn't say when they joined",
    "movers: One at the old school and none at the new",
    "strength: A fair that may be held and was not",
    "kept: Begun too late",
    "measures: Tenths of an hour add up to the whole that they make",
)


def told() -> str:
    """The sentences of the chosen cases, each under its case."""
    known = {case.place: case for case in cases()}
    blocks = [
        "\n".join([place, *(f"  {f.verdict.value}: {because(f)}" for f in known[place].findings())])
        for place in CHOSEN
    ]
    return "\n\n".join(blocks) + "\n"


def sentences() -> list[str]:
    """Every sentence, without its verdict."""
    return [line.split(": ", 1)[1] for line in told().splitlines() if line.startswith("  ")]


def test_the_sentences_are_the_approved_ones():
    """A changed sentence is read by somebody before it reaches a school."""
    assert told() == APPROVED.read_text("utf-8")


def test_every_verdict_is_among_the_approved():
    """Each of the seven verdicts has sentences to approve."""
    found = set(re.findall(r"^  (\w+): ", told(), re.MULTILINE))
    assert found == {"met", "due", "upcoming", "missed", "not_applicable", "waived", "unknown"}


@pytest.mark.parametrize("words", ["None", "True", "False", "  ", " .", "..", "_", "()", "{", "[]"])
def test_no_sentence_shows_how_it_was_made(words):
    """No Python and no loose punctuation in what a parent reads."""
    assert [one for one in sentences() if words in one] == []


def test_every_sentence_ends():
    """Each ends with a full stop and begins with a capital letter."""
    assert [one for one in sentences() if not re.fullmatch(r"[A-Z].*\.", one)] == []


def sentence_of(place: str) -> str:
    """The sentence of a case's one finding."""
    (finding,) = next(case for case in cases() if case.place == place).findings()
    return because(finding)


def test_a_sentence_names_only_what_was_covered():
    """Two of three sorts are enough here, but the third was not had."""
    assert "further education college" not in sentence_of("measures: Some of several sorts")


def test_a_deleted_record_is_told_as_deleted():
    """What went wrong is that it was deleted on 1 February, not when it was made."""
    assert "1 February 2026" in sentence_of("kept: Deleted early it is missed at once")


def test_two_records_of_a_day_are_told_apart():
    """Of two that did not count on one day the second is another."""
    told = sentence_of("measures: Two records of one day that did not count are told apart")
    assert "one on 1 October 2025 was offered but not taken up; another on 1 October 2025" in told


if __name__ == "__main__":
    APPROVED.write_text(told(), "utf-8")
