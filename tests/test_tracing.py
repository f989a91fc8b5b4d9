"""A policy held against its document: what is encoded, open, changed, moved and gone."""

from pathlib import Path

import attrs
import pytest

from careerspolicy.errors import InvalidPolicy, UnusableInput
from careerspolicy.loading import load_policy, read_policy
from careerspolicy.tracing import State, Status, trace
from careerspolicy.tracing.accounts import restamped, stamped, unreviewed
from careerspolicy.tracing.document import Clause
from careerspolicy.tracing.reading import read_document

FOLDER = Path(__file__).parent / "tracing"
SOURCE = (FOLDER / "harbour.md").read_text("utf-8")
FILE = FOLDER / "harbour.yaml"
TEXT = FILE.read_text("utf-8")


@pytest.fixture(scope="module")
def policy():
    """The invented trust's policy, never stamped."""
    return load_policy(FILE)


@pytest.fixture(scope="module")
def reviewed():
    """The same policy, stamped against its document."""
    return read_policy(stamp(TEXT))


def read(text):
    """The document in a Markdown text."""
    return read_document(text.encode(), ".md")


def stamp(text, source=SOURCE):
    """The policy file's text, stamped against a document."""
    document = read(source)
    return stamped(text, trace(read_policy(text), document).held, document)


def states(traced):
    """The state of each obligation."""
    return {one.obligation.id: one.state.value for one in traced.obligations}


def lines_of(traced, obligation):
    """The first and last lines of an obligation's places."""
    return next(one.lines for one in traced.obligations if one.obligation.id == obligation)


def units(traced, status):
    """The addresses of the units of that status that are no headings."""
    return [
        (one.section, one.clause, one.sentence)
        for one in traced.units
        if one.status is status and one.clause
    ]


def changed(old, new, policy):
    """The trace of a policy against the document with one thing in it changed."""
    assert SOURCE.count(old) == 1
    return trace(policy, read(SOURCE.replace(old, new)))


def test_a_unit_is_encoded_in_part_no_promise_or_open(policy):
    """Each unit has one status, by the places that name it."""
    traced = trace(policy, read(SOURCE))
    assert units(traced, Status.ENCODED) == [("2.1", 1, 1), ("2.2", 1, 1), ("3", 1, 1)]
    assert units(traced, Status.PART) == [("2.2", 2, 1)]
    assert ("3", 1, 2) in units(traced, Status.NOT_A_PROMISE)
    assert units(traced, Status.OPEN)[:3] == [("Opening", 1, 1), ("1", 3, 1), ("1", 4, 1)]
    assert sum(traced.totals[one.value] for one in Status) == traced.totals["units"]


def test_headings_are_accounted_for_by_themselves(policy):
    """Nobody has to write down that a heading promises nothing."""
    asides = [one for one in trace(policy, read(SOURCE)).units if one.clause is None]
    assert {one.status for one in asides} == {Status.NOT_A_PROMISE}
    assert {one.reason for one in asides} == {"heading"}


def test_a_changed_word_makes_its_obligation_suspect_and_no_other(reviewed):
    """Only what stands on the changed sentence is to be reviewed again."""
    traced = changed("every two years", "every three years", reviewed)
    assert states(traced) == {
        "policy-review": "suspect",
        "careers-leader": "current",
        "employer-encounters": "current",
    }
    assert lines_of(traced, "policy-review") == ((30, 30),)
    assert traced.falls_short(0)


def test_wrapping_bullets_and_quotes_change_nothing(reviewed):
    """The same words in another layout are the same text."""
    again = SOURCE.replace("this policy every", "this policy\nevery").replace(
        "- Plans", "* _Plans_"
    )
    assert set(states(trace(reviewed, read(again))).values()) == {"current"}


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("1.1 Pupils visit.\n1.2 Parents come.", ["1.1 Pupils visit.", "1.2 Parents come."]),
        ("1.9 Pupils visit\n1.10 Parents come", ["1.9 Pupils visit", "1.10 Parents come"]),
        ("1.3 Pupils visit\n2.1 Parents come", ["1.3 Pupils visit", "2.1 Parents come"]),
        ("We will:\n1.1 Visit\n1.2 Ask", ["We will:", "1.1 Visit", "1.2 Ask"]),
        (
            "1.1 We ask\n(a) firms;\n(b) staff.\n1.2 Tell",
            ["1.1 We ask", "firms;", "staff.", "1.2 Tell"],
        ),
        ("2. We ask\n   2.1 Firms\n   2.1.1 All", ["2 We ask", "2.1 Firms", "2.1.1 All"]),
        ("(1) Ask\n(2) Tell", ["1 Ask", "2 Tell"]),
        ("1) Ask\n2) Tell", ["1 Ask", "2 Tell"]),
        ("i. Ask\nii. Tell\niii. Go", ["Ask", "Tell", "Go"]),
        ("(h) Ask\n(i) Tell", ["Ask", "Tell"]),
        ("A) Ask\nB) Tell", ["Ask", "Tell"]),
        ("\u2013 Ask\n\u2013 Tell", ["Ask", "Tell"]),
        ("\u2022 Ask\n\u2022 Tell", ["Ask", "Tell"]),
        ("Pupils visit, as in\n3.2 Pupils.", ["Pupils visit, as in 3.2 Pupils."]),
        ("Firms\n\u2013 and others \u2013 come.", ["Firms \u2013 and others \u2013 come."]),
    ],
)
def test_numbered_lines_that_adjoin_are_clauses_of_their_own(text, parts):
    """With no empty line between; prose that is broken before a number, or a dash, is one."""
    units = [unit for unit in read(text).parts if isinstance(unit, Clause)]
    assert [
        f"{unit.printed} {' '.join(each.text for each in unit.sentences)}".strip() for unit in units
    ] == parts
    assert all(
        each.lines == (text[: text.index(each.text.split()[0])].count("\n") + 1,) * 2
        for unit in units[1:]
        for each in unit.sentences
    )


def test_text_that_moved_is_current_at_its_new_lines(reviewed):
    """A clause put before it, or a new number, takes nothing from a promise."""
    traced = changed("### 2.1 Trustees\n", "### 2.1 Trustees\n\nThey are nine people.\n", reviewed)
    assert set(states(traced).values()) == {"current"}
    assert lines_of(traced, "policy-review") == ((32, 32),)
    assert [one.owner for one in traced.held if one.moved] == ["policy-review"]


def test_the_same_words_twice_at_one_place_are_two_clauses():
    """Each of them is accounted for, where it was and where it has moved to."""
    document = SOURCE.replace("| Next", "| Approved by: | Trust Board |\n| Next", 1)
    after = read_policy(stamp(TEXT, document))
    prints = after.clauses[0].fingerprint
    assert len(prints) - len(set(prints)) == 1
    added = "## Document control\n\nAdopted.\n"
    for text in (document, document.replace("## Document control\n", added)):
        traced = trace(after, read(text))
        opened = [unit for unit in units(traced, Status.OPEN) if unit[0] == "Document control"]
        assert traced.totals["stale"] == 0
        assert len(opened) == text.count("Adopted.")


def test_text_that_is_gone_is_lost(reviewed):
    """Where the place and its text are both gone, the obligation stands on nothing."""
    cut = "Trustees will review this policy every two years. "
    assert states(changed(cut, "", reviewed))["policy-review"] == "suspect"
    start, end = SOURCE.index("### 2.1 Trustees\n"), SOURCE.index("### 2.2 Careers leader\n")
    traced = trace(reviewed, read(SOURCE[:start] + SOURCE[end:]))
    assert states(traced)["policy-review"] == "lost"


def test_an_obligation_with_one_place_of_two_left_is_suspect(reviewed):
    """Half of what it stood on is gone, so somebody has to look."""
    traced = changed("- Plans the programme with heads of year.\n- Meets the", "- Goes", reviewed)
    assert states(traced)["careers-leader"] == "suspect"


def test_what_promised_nothing_is_open_once_it_changes(reviewed):
    """A background sentence could have become a promise."""
    before = trace(reviewed, read(SOURCE))
    traced = changed("leave with a plan", "leave with two plans", reviewed)
    opened = set(units(traced, Status.OPEN)) - set(units(before, Status.OPEN))
    assert opened == {("1", 1, 1), ("1", 1, 2)}
    assert traced.totals["stale"] == 1
    assert traced.falls_short(0)


def test_an_address_without_a_place_is_lost(policy):
    """A section that the document doesn't have holds nothing."""
    place = attrs.evolve(policy.obligations[0].source[0], section="9")
    moved = attrs.evolve(policy.obligations[0], source=(place,))
    traced = trace(attrs.evolve(policy, obligations=(moved,)), read(SOURCE))
    assert states(traced) == {"policy-review": "lost"}


@pytest.mark.parametrize(
    ("place", "lines"),
    [
        ("{section: 3.1}", (43, 44)),
        ("{section: 3.1, clause: 1, sentence: 2}", (43, 44)),
        ("{section: 3.2, clause: 1}", (46, 46)),
        ("{section: careers LEADER, clause: 3}", (39, 39)),
        ("{section: Appendix 1, clause: 2}", (57, 57)),
        ("{section: 2, clause: 1}", (30, 32)),
        ("{section: 3}", (43, 46)),
        ('{section: "3, stage 2", clause: 2}', (51, 51)),
        ("{section: Stage 1}", (50, 50)),
        ("{section: first steps, clause: 3}", (50, 50)),
    ],
)
def test_a_place_is_named_by_number_heading_or_printed_number(place, lines):
    """A section answers to its number, heading and label; a paragraph to its printed number."""
    told = TEXT.replace("{section: 2.1, clause: 1, sentence: 1}", place)
    assert lines_of(trace(read_policy(told), read(SOURCE)), "policy-review") == (lines,)


def test_stamping_touches_nothing_but_fingerprints():
    """Comments, layout and order stay; each place has one more key."""
    after = stamp(TEXT)
    bare = [line.split(", fingerprint:")[0].rstrip("}") for line in after.splitlines()]
    was = [line.split("}   #")[0].rstrip("}") for line in TEXT.splitlines()]
    assert [line for line in bare if "fingerprint" not in line] == was
    assert "}   # and so does this" in after
    assert "sentence: 1  # a block keeps its shape\n      fingerprint: " in after


def test_stamping_twice_is_stamping_once():
    """A stamped file has nothing left to stamp."""
    assert stamp(stamp(TEXT)) == stamp(TEXT)


def test_stamping_gives_moved_text_its_new_address():
    """The file says where the text is now; stamping again changes nothing."""
    after = SOURCE.replace("### 2.1 Trustees\n", "### 2.1 Trustees\n\nThey are nine people.\n", 1)
    after = after.replace("3.1 Every pupil", "3.4 Every pupil")
    told = stamp(stamp(TEXT), after)
    assert "{section: 2.1, clause: 2, sentence: 1, fingerprint: " in told
    assert "section: 3.4\n" in told
    assert stamp(told, after) == told
    assert set(states(trace(read_policy(told), read(after))).values()) == {"current"}


def test_a_suspect_place_is_stamped_only_if_accepted(reviewed):
    """Stamping says that the text has been reviewed, so it has to be said for changed text."""
    document = read(SOURCE.replace("every two years", "every three years"))
    text = stamp(TEXT)
    held = trace(reviewed, document).held
    assert stamped(text, held, document) == text
    suspect = next(n for n, one in enumerate(held) if one.state is State.SUSPECT)
    after = read_policy(stamped(text, held, document, [suspect]))
    assert set(states(trace(after, document)).values()) == {"current"}


def test_changed_text_is_reviewed_by_its_owners_name_or_by_its_address(reviewed):
    """Whoever stamps names what was reviewed, as the report of the trace does."""
    held = trace(reviewed, read(SOURCE.replace("every two years", "every three years"))).held
    (suspect,) = unreviewed(held, ())
    assert unreviewed(held, [suspect.owner]) == unreviewed(held, [suspect.address]) == ()
    assert unreviewed(held, ["another"]) == (suspect,)


def test_nothing_but_places_may_change_by_stamping(reviewed):
    """A file that has become another since it was read is not written over."""
    traced = trace(reviewed, read(SOURCE))
    with pytest.raises(UnusableInput, match="more than fingerprints"):
        restamped(traced, TEXT.replace("every: 2 years", "every: 3 years", 1), read(SOURCE))


def test_windows_line_ends_survive_stamping():
    """A file keeps the line ends that it has."""
    assert stamp(TEXT.replace("\n", "\r\n")) == stamp(TEXT).replace("\n", "\r\n")


def test_a_byte_order_mark_survives_stamping():
    """It is no character of the file's text, and shifts nothing."""
    assert stamp(f"\ufeff{TEXT}") == f"\ufeff{stamp(TEXT)}"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "of: employer-encounters",
            "of: employer-encounter",
            'did you mean "employer-encounters"?',
        ),
        (", of: employer-encounters", "", "say which: of: its id"),
        ("reason: duplicate", "reason: background", '"of" is for a duplicate'),
        ("clause: 1-2", "clause: 2-1", "write 1-2"),
        ("reason: background", "reason: backgrund", "background"),
        ("section: 1, clause: 1-2", "section: Aims, sentence: 2", "add clause:"),
    ],
)
def test_places_that_make_no_sense_are_refused(old, new, message):
    """Each mistake in a place earns a message that says how to mend it."""
    assert TEXT.count(old) == 1
    with pytest.raises(InvalidPolicy, match=message.replace("?", r"\?")):
        read_policy(TEXT.replace(old, new))
