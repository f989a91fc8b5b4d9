"""Laws of whole reports: doing more never hurts, later never helps, and only what is said counts.

Each is tried on policies with every verb and on facts of every kind of school (`any_report`). A law
that says nothing of over a fifth of its cases fails: it would be proved on too little.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import attrs
from any_duty import DAY, WORDS
from any_report import TRUSTS, asked, asked_with_less, owners_in, passing, record_of, whole_facts
from budget import law
from hypothesis import strategies as st

from careerspolicy.calendar.school_calendar import EVER, FIRST_YEAR_GROUP, LAST_YEAR_GROUP
from careerspolicy.english.findings import because
from careerspolicy.evaluation import Verdict
from careerspolicy.evaluation.findings import Finding
from careerspolicy.evaluation.reasons import (
    FreedomUnused,
    LeftDuringWindow,
    NoNumber,
    RunsPastYearsTaught,
)
from careerspolicy.model.schedule import Every
from careerspolicy.readers import load_facts
from careerspolicy.readers.facts_files import FactsFolder

DECIDED = (Verdict.MET, Verdict.MISSED, Verdict.NOT_APPLICABLE)


#: What may not be said any more, once something is missed, or due.
TAKEN_BACK = {Verdict.MISSED: (Verdict.DUE, Verdict.UPCOMING), Verdict.DUE: (Verdict.UPCOMING,)}


def by_window(told):
    """The verdict of each window of each subject; of windows alike, in order."""
    found = {}
    for whom, findings in told.items():
        windows = Counter()
        for one in findings:
            found[*whom, one.window, windows[one.window]] = one.verdict
            windows[one.window] += 1
    return found


def hung_on(obligation):
    """The kinds of record of which each one calls for something."""
    events = [obligation.duty.population.subject, getattr(obligation.duty.schedule, "event", "")]
    return [kind for kind in events if kind in WORDS.record_kinds]


def with_record(case, record):
    """The facts with one more record."""
    return attrs.evolve(case.facts, records=(*case.facts.records, record))


# ---------------------------------------------------------------------------- doing more


def is_floor(obligation):
    """Whether more of what is promised can only be better."""
    return obligation.duty.bound.at_least is not None and obligation.duty.bound.at_most is None


@st.composite
def asked_and_more(draw):
    """A report, and a record more that counts for one of its promises, done by that day."""
    case = draw(asked())
    events = {kind for one in case.policy.obligations for kind in hung_on(one)}
    floors = [
        one
        for one in case.policy.obligations
        if is_floor(one) and one.duty.records.kind not in events
    ]
    if not floors:
        return case, None
    matching = draw(st.sampled_from(floors)).duty.records
    past = st.dates(date(2020, 9, 1), case.day)
    record = draw(record_of([matching.kind], owners_in(case.facts), len(case.facts.records), past))
    lasting = WORDS.kinds[
        record.kind
    ].lasts  # what is kept for a time and lapses isn't what is owed
    until = None if lasting else record.until
    return case, attrs.evolve(record, until=until, attributes=passing(matching, record.attributes))


def overdue(findings, day, *verdicts):
    """The days, up to one, on which a cadence was overdue: from a round's end to the next time."""
    opened = [one.window.start for one in findings[1:]] + [day + DAY]
    return {
        one.window.end + late * DAY
        for one, after in zip(findings, opened, strict=True)
        if one.verdict in verdicts and one.window.end
        for late in range(1, (after - one.window.end).days)
    }


@law(120, asked_and_more())
def test_one_more_record_is_never_a_miss_more(case_and_record):
    """Law: one more matching record never turns `met` into `missed` under a floor.

    Nor do more windows come to be missed: of each subject no more are than before. Of a cadence,
    which a record parts into rounds, no day becomes overdue that wasn't, or may have been, or was
    waived. Where nothing is said to begin it, its first record does: of the days before that
    nothing is claimed.
    """
    case, record = case_and_record
    if record is None:
        return False
    before, after = case.verdicts(), case.verdicts(facts=with_record(case, record))
    floors = {one.id: one for one in case.policy.obligations if is_floor(one)}
    alike = by_window(before)
    for key, verdict in by_window(after).items():
        if key[0] in floors:
            assert (alike.get(key), verdict) != (Verdict.MET, Verdict.MISSED), key
    for whom, findings in after.items():
        if whom[0] not in floors:
            continue
        former = before.get(whom, [])
        if isinstance(floors[whom[0]].duty.schedule, Every):
            begun = former[0].window.start if former else None
            late = overdue(findings, case.day, Verdict.MISSED)
            late -= overdue(former, case.day, Verdict.MISSED, Verdict.UNKNOWN, Verdict.WAIVED)
            assert not [day for day in late if begun and day >= begun], (whom, sorted(late))
            continue
        missed = [sum(f.verdict is Verdict.MISSED for f in told) for told in (former, findings)]
        assert missed[1] <= missed[0], (whom, missed)
    return True


@law(120, asked_and_more(), st.booleans(), st.integers(1, 400))
def test_a_record_outside_every_window_changes_no_verdict(case_and_record, early, far):
    """Law: what lies before every window that a promise has, or after all of them, decides nothing.

    Of what repeats, only what is yet to be done lies in no window.
    """
    case, record = case_and_record
    if record is None:
        return False
    before = case.verdicts()
    counting = {
        one.id: one for one in case.policy.obligations if one.duty.records.kind == record.kind
    }
    windows = [one.window for whom, told in before.items() if whom[0] in counting for one in told]
    repeats = any(isinstance(one.duty.schedule, Every) for one in counting.values())
    if early and windows and not repeats and all(one.start for one in windows):
        day = min(one.start for one in windows) - far * DAY
    else:
        day = max([case.day, *(one.end for one in windows if one.end)]) + far * DAY
    outside = attrs.evolve(record, start=day, until=day)
    after = case.verdicts(facts=with_record(case, outside))
    assert by_window(before) == by_window(after), outside
    return True


# ---------------------------------------------------------------------------- knowing more


def is_let_off(finding):
    """Whether it would be met if it had been done, and is not held against anybody otherwise."""
    return finding.verdict is Verdict.NOT_APPLICABLE and isinstance(
        finding.reason, (FreedomUnused, RunsPastYearsTaught, LeftDuringWindow)
    )


@law(150, asked_with_less())
def test_what_becomes_known_changes_nothing_decided(case):
    """Law: one unknown made known never turns a decided verdict into another decided one.

    Two sorts of `not_applicable` are left aside, which say no more than that nobody is held to it
    unless it is met: of a freedom, and of a window that is longer than the pupil's time at school.
    """
    whole, less = case
    after, compared = whole.verdicts(), 0
    for whom, findings in less.verdicts().items():
        for one in findings:
            known = after.get(whom, ())
            alike = [two for two in known if one.window in (two.window, EVER)]
            if one.verdict in DECIDED and alike and not is_let_off(one):
                compared += 1
                changed = {two.verdict for two in alike}.intersection(DECIDED) - {one.verdict}
                assert not changed, (*whom, one.window, one.verdict, changed)
    return compared > 0


@law(100, asked_with_less())
def test_every_finding_has_its_sentence(case):
    """Law: every finding can be told; of what is not known, what is missing or which words."""
    for report in case:
        for one in (one for findings in report.verdicts().values() for one in findings):
            assert because(one)
            if one.verdict is Verdict.UNKNOWN:
                assert bool(one.missing) is not isinstance(one.reason, NoNumber), one


# ---------------------------------------------------------------------------- later


@law(150, asked(most=1), st.integers(1, 400))
def test_a_later_day_takes_nothing_back(case, days):
    """Law: a later day never turns `missed` back into `due`, nor what was owed into `upcoming`."""
    earlier = by_window(case.verdicts(day=case.day - days * DAY))
    later = by_window(case.verdicts())
    said = {key: verdict for key, verdict in earlier.items() if verdict in TAKEN_BACK}
    assert [key for key, verdict in said.items() if later.get(key) in TAKEN_BACK[verdict]] == []
    return bool(said)


# ---------------------------------------------------------------------------- only what is said


def whole(told, renamed=str):
    """All that a report says: every field of every finding, but for where records were read."""
    return {
        (obligation, kind, *map(renamed, subject)): [plainly(one, renamed) for one in findings]
        for (obligation, kind, *subject), findings in told.items()
    }


def plainly(value, renamed):
    """A value as plain data, with other ids; of findings with what they only tell when asked."""
    if isinstance(value, Finding):
        named = {f.name: getattr(value, f.name) for f in attrs.fields(Finding) if f.repr}
        told = {"near_misses": value.near_misses, "missing": value.missing}
        return plainly({**named, "obligation": value.obligation.id, **told}, renamed)
    if attrs.has(type(value)):
        named = {f.name: getattr(value, f.name) for f in attrs.fields(type(value)) if f.eq is True}
        return type(value).__name__, plainly(named, renamed)
    if isinstance(value, Mapping):
        return {key: plainly(one, renamed) for key, one in value.items()}
    if isinstance(value, (tuple, list)):
        return [plainly(one, renamed) for one in value]
    return renamed(value) if isinstance(value, str) else value


@st.composite
def asked_of_any(draw):
    """A report of facts of which all is known, or of which less is."""
    return draw(asked_with_less())[draw(st.integers(0, 1))]


@law(80, asked_of_any(), st.randoms(use_true_random=False))
def test_the_order_of_the_facts_and_their_ids_say_nothing(case, chance):
    """Law: the same facts in another order, under other ids, make the same report.

    Of records of one day the first by its id counts first; so the order of the ids stays.
    """
    facts = case.facts
    ids = sorted({one.id for one in (*facts.pupils, *facts.records)})
    numbers = sorted(chance.sample(range(100, 200), len(ids)))
    names = {old: f"id {new}" for old, new in zip(ids, numbers, strict=True)}
    before = whole(case.verdicts(), lambda name: names.get(name, name))

    def renamed(one, *parts):
        said = {part: getattr(one, part) for part in parts}
        return attrs.evolve(one, **{part: names.get(name, name) for part, name in said.items()})

    parts = {
        "schools": [*facts.schools],
        "pupils": [renamed(one, "id") for one in facts.pupils],
        "records": [renamed(one, "id", "owner", "about") for one in facts.records],
        "waivers": [renamed(one, "subject") for one in facts.waivers],
    }
    for rows in parts.values():
        chance.shuffle(rows)
    other = attrs.evolve(facts, **{part: tuple(rows) for part, rows in parts.items()})
    assert whole(case.verdicts(facts=other)) == before


def moved(facts):
    """The same facts of another trust, with other ids."""
    schools = [attrs.evolve(one, urn=f"9{one.urn}", trust=TRUSTS[1]) for one in facts.schools]
    pupils = [attrs.evolve(o, id=f"9{o.id}", school=f"9{o.school}") for o in facts.pupils]
    owners = {name: f"9{name}" for names in owners_in(facts).values() for name in names}
    owners[TRUSTS[0]] = TRUSTS[1]
    records = [
        attrs.evolve(
            one, id=f"9{one.id}", owner=owners[one.owner], about=one.about and f"9{one.about}"
        )
        for one in facts.records
    ]
    waivers = [attrs.evolve(one, subject=owners[one.subject]) for one in facts.waivers]
    return attrs.evolve(
        facts,
        schools=tuple(schools),
        pupils=tuple(pupils),
        records=tuple(records),
        waivers=tuple(waivers),
    )


@law(60, asked_of_any(), st.data())
def test_two_trusts_at_once_are_as_each_alone(case, data):
    """Law: what is found of one trust hangs on nothing that another did."""
    kinds = case.facts.known_kinds
    theirs = moved(data.draw(whole_facts(case.policy, 4)))
    records = tuple(one for one in theirs.records if one.kind in kinds)
    theirs = attrs.evolve(theirs, records=records, known_kinds=kinds)
    both = attrs.evolve(
        case.facts,
        **{
            part: getattr(case.facts, part) + getattr(theirs, part)
            for part in ("schools", "pupils", "records", "waivers")
        },
    )
    together = whole(case.verdicts(facts=both))
    alone = whole(case.verdicts()) | whole(case.verdicts(facts=theirs))
    assert together == alone


# ---------------------------------------------------------------------------- facts in files


def in_files(facts, words, folder, chance=None):
    """The facts read back from a folder; by chance, each table in two files and any order."""
    into = FactsFolder(words, folder)
    for record in facts.records:
        into.take(record.kind, [record])
    into.finish(facts)
    kinds = [words.kinds[name] for name in words.record_kinds]
    singular = {f"{one.plural}.csv": f"{one.singular}.csv" for one in kinds}
    singular = {many.replace(" ", "-"): one for many, one in singular.items()}
    singular |= {f"{name}s.csv": f"{name}.csv" for name in ("school", "pupil", "term")}
    for path in [*folder.iterdir()] if chance is not None else ():
        heading, *rows = path.read_text("utf-8").splitlines(keepends=True)
        if path.name in singular:
            chance.shuffle(rows)
            cut = chance.randint(0, len(rows))
            path.write_text("".join([heading, *rows[:cut]]), "utf-8")
            (folder / singular[path.name]).write_text("".join([heading, *rows[cut:]]), "utf-8")
    return load_facts(folder, vocabulary=words)


@law(40, asked(), st.randoms(use_true_random=False))
def test_facts_in_files_are_the_same_facts_however_they_are_split(case, chance):
    """Law: written and read again, in one file a table or in two, they make the same report."""
    words, groups = case.policy.vocabulary, range(FIRST_YEAR_GROUP, LAST_YEAR_GROUP + 1)
    if any(pupil.year_group not in (None, *groups) for pupil in case.facts.pupils):
        return False  # which no table can say
    with TemporaryDirectory() as one, TemporaryDirectory() as two:
        once = in_files(case.facts, words, Path(one))
        twice = in_files(case.facts, words, Path(two), chance)
    assert by_window(case.verdicts(facts=once)) == by_window(case.verdicts())
    assert whole(case.verdicts(facts=twice)) == whole(case.verdicts(facts=once))
    return True
