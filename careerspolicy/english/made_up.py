"""A made-up life in a sentence: who it is, what becomes of an obligation, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from careerspolicy.calendar.school_calendar import in_words
from careerspolicy.english.answers import said_of
from careerspolicy.english.findings import account
from careerspolicy.english.things import counted_noun
from careerspolicy.english.wording import a, listing
from careerspolicy.evaluation import Verdict
from careerspolicy.model.facts import phases_taught
from careerspolicy.vocabulary import THINGS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from careerspolicy.evaluation import Finding
    from careerspolicy.model.facts import Facts, Pupil, School
    from careerspolicy.vocabulary import Kind

_DOES: Final = {
    Verdict.MET: "meets it",
    Verdict.MISSED: "misses it",
    Verdict.DUE: "falls short of it until it is done",
    Verdict.NOT_APPLICABLE: "is not concerned: it",
}


def life_sentence(facts: Facts, finding: Finding) -> str:
    """One made-up life and what the evaluator finds in it, with a full stop."""
    does = _DOES[finding.verdict]
    colon = "" if finding.verdict is Verdict.NOT_APPLICABLE else ":"
    return f"{_who(facts, finding)} {does}{colon} {account(finding)}"


def _who(facts: Facts, finding: Finding) -> str:
    subject, kinds = finding.subject, finding.vocabulary.kinds
    if subject.kind == "trust":
        return "A trust"
    school = f"a school {_teaching(facts.schools[0], kinds)}"
    pupils = [one for one in facts.pupils if one.id == (subject.pupil or subject.id)]
    whose = _pupil(pupils[0], school, kinds["pupil"]) if pupils else school
    if subject.kind in THINGS:
        return f"{whose[:1].upper()}{whose[1:]}"
    noun = a(counted_noun(subject.kind, (), finding.vocabulary, 1))
    day = f" on {in_words(subject.day)}" if subject.day else ""
    return f"{noun[:1].upper()}{noun[1:]}{day} of {whose}"


def _pupil(pupil: Pupil, school: str, kind: Kind) -> str:
    clauses = [f"at {school}", *([f"who left on {in_words(pupil.left)}"] if pupil.left else [])]
    clauses += said_of(pupil.attributes, kind)
    born = f" born on {in_words(pupil.born)}" if pupil.born else ""
    return f"a pupil{born}, {', '.join(clauses)},"


def _teaching(school: School, kinds: Mapping[str, Kind]) -> str:
    derived = phases_taught(school.lowest_year, school.highest_year)
    said = {name: value for name, value in school.attributes.items() if name not in derived}
    told = f" ({listing(said_of(said, kinds['school']))})" if said else ""
    return f"with Years {school.lowest_year} to {school.highest_year}{told}"
