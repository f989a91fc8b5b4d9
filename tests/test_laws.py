"""Laws of evaluation that hold for any duty, any facts and any day.

Each test quotes the law that it proves, most of them from the list in the design.
"""

from __future__ import annotations

import itertools
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import attrs
from any_duty import (
    AS_AT,
    DAY,
    OTHER,
    OWED,
    at_most,
    days,
    each,
    facts,
    once,
    one_duty,
    policy_of,
    record_of,
    record_parts,
)
from budget import budget
from hypothesis import assume, given
from hypothesis import strategies as st

from careerspolicy import because
from careerspolicy.calendar.school_calendar import Window
from careerspolicy.evaluation import Verdict, evaluate
from careerspolicy.lives.people import made_record, usual_pupil, usual_school
from careerspolicy.model.duty import Bound, Count, Duty, Matching, Verb
from careerspolicy.model.facts import Facts, Record, Waiver
from careerspolicy.model.population import Population
from careerspolicy.model.schedule import Always, Around, Kept, Once

law = budget(60)


def with_records(known, *more):
    """The same facts with more records."""
    return attrs.evolve(known, records=(*known.records, *more))


def verdicts(policy, known, day):
    """The verdict of each (subject, window)."""
    found = evaluate(policy, known, as_of=day).findings
    return {(one.subject.id, one.window): one.verdict for one in found}


def as_told(findings):
    """Findings as plain values, for comparing two reports."""
    return [
        (
            one.subject, one.window, one.verdict, one.measured, one.required, one.due,
            [record.id for record in one.evidence],
            [(miss.record.id, miss.reason) for miss in one.near_misses],
            one.missing, one.reason, because(one),
        )
        for one in findings
    ]  # fmt: skip


# ---------------------------------------------------------------------------- the laws


@law
@given(one_duty(), facts(), days)
def test_every_subject_has_exactly_one_verdict_per_window(owed, known, day):
    """Law: every subject in the population gets exactly one verdict per window.

    A duty around events has a window for each event, and two events may fall on one day.
    """
    findings = evaluate(owed.policy, known, as_of=day).findings
    assert {one.subject.id for one in findings} == {one.id for one in known.pupils}
    if not isinstance(owed.duty.schedule, Around):
        counted = Counter((one.subject.id, one.window) for one in findings)
        assert set(counted.values()) == {1}


@law
@given(one_duty(), facts(), days, st.randoms(use_true_random=False))
def test_the_order_of_records_and_pupils_does_not_matter(owed, known, day, chance):
    """Law: the order of records doesn't matter; nor does that of pupils."""
    records, pupils = list(known.records), list(known.pupils)
    chance.shuffle(records)
    chance.shuffle(pupils)
    shuffled = attrs.evolve(known, records=tuple(records), pupils=tuple(pupils))
    one = as_told(evaluate(owed.policy, known, as_of=day).findings)
    other = as_told(evaluate(owed.policy, shuffled, as_of=day).findings)
    assert sorted(one, key=str) == sorted(other, key=str)


@law
@given(one_duty(bounds=at_most), facts(waived=False), days, record_parts)
def test_another_record_never_turns_missed_into_met_under_at_most(owed, known, day, parts):
    """Law: adding a matching record never turns missed into met under `at most`."""
    assume(parts[0] == OWED)
    before = verdicts(owed.policy, known, day)
    after = verdicts(owed.policy, with_records(known, record_of(99, parts)), day)
    better = {key for key in before.keys() & after if before[key] is Verdict.MISSED} & {
        key for key, verdict in after.items() if verdict is Verdict.MET
    }
    assert better == set()


@law
@given(one_duty(), facts(waived=False), days, days)
def test_a_later_day_never_turns_met_into_missed_for_what_is_done_once(owed, known, one, other):
    """Law: done is done; only a state that ends, or too many, can turn met into missed later."""
    duty = owed.duty
    assume(duty.bound.at_most is None and not isinstance(duty.schedule, (Always, Kept)))
    earlier, later = sorted((one, other))
    before, after = verdicts(owed.policy, known, earlier), verdicts(owed.policy, known, later)
    met = {key for key, verdict in before.items() if verdict is Verdict.MET}
    assert [key for key in met if after.get(key) is Verdict.MISSED] == []


@law
@given(one_duty(schedules=once | each, bounds=st.just(Bound(at_least=1))), facts())
def test_a_window_contains_its_own_ends(owed, known):
    """Law: a window contains its own ends: a record on either of them counts in it."""
    duty = attrs.evolve(owed.duty, measure=Count(), records=Matching(kind=OWED))
    policy = policy_of(duty, readings=owed.readings)
    known = attrs.evolve(known, known_kinds=frozenset([OWED]))
    day = date(2040, 1, 1)
    for finding in evaluate(policy, known, as_of=day).findings:
        judged = finding.verdict in (Verdict.MISSED, Verdict.MET)
        for end in (finding.window.start, finding.window.end):
            if judged and end:
                assert finding.window.holds(end)
                assert "R99" in _evidence_with_one_on(end, finding, policy, known, day)


def _evidence_with_one_on(end, finding, policy, known, day):
    """The records that count for a finding once one more has happened on a day."""
    done = Record(kind=OWED, of="pupil", owner=finding.subject.id, start=end, id="R99")
    again = evaluate(policy, with_records(known, done), as_of=day).findings
    same = (one for one in again if one.subject == finding.subject)
    return [r.id for one in same if one.window == finding.window for r in one.evidence]


@law
@given(
    one_duty(
        schedules=each.map(
            lambda one: attrs.evolve(one, by=None, not_before=None, start=None, end=None)
        )
    ),
    facts(waived=False),
    days,
)
def test_the_windows_of_each_do_not_overlap_and_cover_the_run(owed, known, day):
    """Law: the periods of `each` share out the school's year groups, but for holidays of weeks."""
    whole = Population(subject="pupil")
    policy = policy_of(attrs.evolve(owed.duty, population=whole))
    school = known.schools[0]
    for pupil in known.pupils:
        group = pupil.year_group_in(2025, school)
        if group is None:
            continue
        found = evaluate(policy, attrs.evolve(known, pupils=(pupil,)), as_of=day).findings
        windows = sorted((one.window.start, one.window.end) for one in found)
        whole = Window(
            date(2025 - group + school.lowest_year, 9, 1),
            date(2026 - group + school.highest_year, 8, 31),
        )
        between = [(a[1] + DAY, b[0] - DAY) for a, b in itertools.pairwise(windows)]
        gaps = [(whole.start, windows[0][0] - DAY), *between, (windows[-1][1] + DAY, whole.end)]
        assert all((first - last).days <= 1 for first, last in gaps)
        for gap in (Window(first, last) for first, last in gaps if first <= last):
            assert owed.duty.schedule.finer_than_terms
            assert school.calendar.open_part(gap) is None


@law
@given(one_duty(), facts(waived=False), days, st.tuples(days, st.integers(0, 2000)))
def test_a_waiver_changes_only_what_is_not_met(owed, known, day, span):
    """Law: a waiver never changes met, nor what isn't owed (yet); at most it turns into waived."""
    waiver = Waiver(
        obligation="duty-1", subject="P1", by="headteacher", reason="agreed",
        start=span[0], until=span[0] + span[1] * DAY,
    )  # fmt: skip
    before = verdicts(owed.policy, known, day)
    after = verdicts(owed.policy, attrs.evolve(known, waivers=(waiver,)), day)
    changed = {key: before[key] for key in before if after[key] is not before[key]}
    assert before.keys() == after.keys()
    assert all(after[key] is Verdict.WAIVED for key in changed)
    assert not {Verdict.MET, Verdict.NOT_APPLICABLE, Verdict.UPCOMING} & {*changed.values()}
    assert not changed or waiver.start <= day <= waiver.until


@law
@given(one_duty(), facts(), days)
def test_one_pupil_alone_has_the_same_findings_as_among_all(owed, known, day):
    """Law: what one pupil is owed hangs on nobody else."""
    whole = evaluate(owed.policy, known, as_of=day)
    for pupil in known.pupils:
        mine = tuple(one for one in known.records if one.owner == pupil.id)
        alone = attrs.evolve(known, pupils=(pupil,), records=mine)
        assert as_told(evaluate(owed.policy, alone, as_of=day).findings) == as_told(
            whole.of(pupil.id)
        )


@budget(15)
@given(st.lists(one_duty(), min_size=1, max_size=4), facts(), days)
def test_evaluation_is_the_same_from_many_threads(several, known, day):
    """Law: evaluation is a function of policy, facts and day, from any thread at any time."""
    policy = policy_of(*(one.duty for one in several))
    first = as_told(evaluate(policy, known, as_of=day).findings)
    fresh = attrs.evolve(known)  # nothing has been worked out on it yet
    with ThreadPoolExecutor(4) as pool:
        runs = list(pool.map(lambda _: evaluate(policy, fresh, as_of=day).findings, range(8)))
    assert all(as_told(findings) == first for findings in runs)


@law
@given(one_duty(), facts(), days)
def test_records_of_an_irrelevant_kind_change_nothing(owed, known, day):
    """Law: a kind that a duty doesn't name has no say in it."""
    without = attrs.evolve(
        known,
        records=tuple(one for one in known.records if one.kind != OTHER),
        known_kinds=known.known_kinds - {OTHER},
    )
    one, other = (evaluate(owed.policy, some, as_of=day).findings for some in (known, without))
    assert as_told(one) == as_told(other)


@law
@given(one_duty(), facts(), days)
def test_findings_keep_their_own_promises(owed, known, day):
    """Law: what a finding says of itself agrees with its verdict, whatever was asked."""
    for one in evaluate(owed.policy, known, as_of=day).findings:
        assert because(one).strip().endswith((".", '"'))
        assert "None" not in because(one)
        assert (one.due is None) or one.verdict in (Verdict.DUE, Verdict.UPCOMING)
        assert not (one.verdict is Verdict.DUE and one.due) or one.due >= day
        assert one.verdict is not Verdict.UNKNOWN or one.missing or one.reason or one.near_misses
        assert all(record.start <= day for record in one.evidence)
        assert not one.window.empty


@law
@given(st.integers(1, 100), st.lists(st.booleans(), min_size=1, max_size=60))
def test_a_share_is_exact(share, had):
    """Law: a share is met when, in whole numbers, no fewer pupils have it than the percentage."""
    population = Population(subject="pupil", years=(10,), share=share)
    duty = Duty(
        verb=Verb.PROVIDE, population=population, schedule=Once(), records=Matching(kind=OWED),
        measure=Count(), bound=Bound(at_least=1),
    )  # fmt: skip
    known = Facts(
        schools=(usual_school(AS_AT, complete_until={OWED: date(2026, 9, 1)}),),
        pupils=tuple(usual_pupil(number, year_group=10) for number in range(len(had))),
        records=tuple(
            made_record(OWED, AS_AT, number, owner=usual_pupil(number).id)
            for number, has in enumerate(had)
            if has
        ),
        known_kinds=frozenset([OWED]),
    )
    (finding,) = evaluate(policy_of(duty), known, as_of=date(2026, 9, 1)).findings
    enough = 100 * sum(had) >= share * len(had)
    assert finding.verdict is (Verdict.MET if enough else Verdict.MISSED)


def test_an_exact_share_of_fifty_is_met():
    """29 of 50 pupils are 58 %, though not in floating point."""
    test_a_share_is_exact.hypothesis.inner_test(58, [True] * 29 + [False] * 21)


@law
@given(facts(), days)
def test_an_open_window_holds_every_day(known, day):
    """Law: a window without ends leaves no day out."""
    assert all(Window().holds(one.start) for one in known.records)
    assert Window().holds(day) and not Window().empty


@law
@given(known=facts(), as_of=days)
def test_leavers_have_no_year_group(known, as_of):
    """Whoever has left has no year group any more: not in their own findings, not in records'."""
    left = {one.id for one in known.pupils if one.left is not None and one.left < as_of}
    duty = Duty(
        verb=Verb.PROVIDE,
        population=Population(subject=OWED),
        schedule=Once(),
        records=Matching(kind=OWED),
        measure=Count(),
        bound=Bound(at_least=1),
    )
    for asked in (duty, attrs.evolve(duty, population=Population(subject="pupil"))):
        for finding in evaluate(policy_of(asked), known, as_of=as_of).findings:
            if finding.subject.pupil in left:
                assert finding.subject.year_group is None
