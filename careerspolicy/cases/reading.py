"""Files of policy tests: plain YAML, the shape of its schema, sense, and then the cases.

Every problem of a file is reported at once, with its line. Groups (an item with `cases` of its
own) share what they say with each of their cases.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

import attrs

from careerspolicy.calendar.school_calendar import Window
from careerspolicy.cases.cases import Expectation, PolicyCase, PolicyTests
from careerspolicy.cases.short_facts import filled
from careerspolicy.errors import InvalidFacts, Problem, UnusableInput
from careerspolicy.evaluation import Verdict
from careerspolicy.loading import load_policy, shipped_policies
from careerspolicy.model.policy import Strength
from careerspolicy.plain.conformity import check_conformity, validator_for
from careerspolicy.plain.places import place_of
from careerspolicy.plain.yaml_tree import LocatedDict, as_number, load_plain
from careerspolicy.readers import facts_from
from careerspolicy.suggestions import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from careerspolicy.model.facts import Facts
    from careerspolicy.model.policy import Policy

_NEEDED: Final = {
    "name": "say in a few words what the case shows",
    "as_of": "give the day to judge by",
    "obligation": "name the obligation that it is about",
    "expect": "say what verdict is right",
}
_EXPECTATION: Final = ("verdict", "window", "subject", "measured", "required", "due", "missing")


class InvalidPolicyTests(UnusableInput):
    """A file of policy tests that breaks its schema or makes no sense."""


def load_tests(path: Path, policy: Policy | None = None) -> PolicyTests:
    """The cases of a file, with the policy that it names, or another one to hold them against.

    Raises InvalidPolicyTests with every problem of the file, or InvalidPolicy if the policy that it
    names cannot be used.
    """
    try:
        tree = load_plain(path)
    except UnusableInput as error:
        raise InvalidPolicyTests(error.problems) from None
    problems = check_conformity(tree, validator_for("policy-test"), file=str(path))
    if problems:
        raise InvalidPolicyTests(problems)
    policy = policy or _policy_of(tree, path)
    reader = _Reader(str(path), policy)
    cases = tuple(one for told in reader.told(tree) if (one := reader.case(told)) is not None)
    if reader.problems:
        raise InvalidPolicyTests(reader.problems)
    return PolicyTests(file=str(path), policy=policy, cases=cases)


def _policy_of(tree: Mapping[str, Any], path: Path) -> Policy:
    """The policy that a file names: one that is shipped, or a path from the file itself."""
    name = tree["policy"]
    beside = path.parent / name
    if name in shipped_policies() or beside.exists():
        return load_policy(beside if beside.is_file() else name)
    line, column = place_of(tree, ["policy"])
    hint = did_you_mean(name, shipped_policies())
    message = f'there is no policy "{name}" beside this file, and none of that name is shipped'
    problem = Problem(
        file=str(path), line=line, column=column, path=("policy",), message=message, hint=hint
    )
    raise InvalidPolicyTests([problem])


@attrs.frozen
class _Told:
    """One case as it is written, with what its group says."""

    said: dict[str, Any]
    own: LocatedDict
    group: LocatedDict
    line: int
    column: int


@attrs.frozen
class _Reader:
    """One file being read; problems gather as they are found."""

    file: str
    policy: Policy
    problems: list[Problem] = attrs.field(factory=list)
    _names: set[tuple[str, str]] = attrs.field(factory=set)

    def told(self, tree: Any) -> Iterator[_Told]:
        """Every case, in order."""
        for group, place in zip(tree["cases"], tree["cases"].value_places, strict=True):
            if "cases" not in group:
                yield _Told(dict(group), group, group, *place)
                continue
            within = group["cases"]
            for own, at in zip(within, within.value_places, strict=True):
                yield _Told(_merged(group, own), own, group, *at)

    def case(self, told: _Told) -> PolicyCase | None:
        """The case, or None when something is wrong with it."""
        before = len(self.problems)
        self._check(told)
        if len(self.problems) > before:
            return None
        said = told.said
        as_of = date.fromisoformat(said["as_of"])
        facts = self._facts(told, as_of)
        expect = tuple(self._expectations(told))
        if facts is None or len(self.problems) > before:
            return None
        return PolicyCase(
            name=said["name"],
            as_of=as_of,
            obligation=said["obligation"],
            facts=facts,
            expect=expect,
            because=said.get("because", ""),
            strength=Strength(said["strength"]) if "strength" in said else None,
            file=self.file,
            line=told.line,
        )

    def _check(self, told: _Told) -> None:
        said = told.said
        for key, hint in _NEEDED.items():
            if key not in said:
                self._say(told, f'"{key}" is missing', f"add it: {hint}")
        obligation, name = said.get("obligation"), said.get("name")
        if isinstance(obligation, str) and self.policy.obligation(obligation) is None:
            hint = did_you_mean(obligation, (one.id for one in self.policy.obligations))
            message = f'"{obligation}" is not an obligation of the policy {self.policy.id}'
            self._say(told, message, hint, "obligation")
        if isinstance(obligation, str) and isinstance(name, str):
            if (obligation, name) in self._names:
                message = f'"{name}" is already a case of {obligation}'
                self._say(told, message, "give it another name", "name")
            self._names.add((obligation, name))

    def _facts(self, told: _Told, as_of: date) -> Facts | None:
        vocabulary = self.policy.vocabulary
        whole = filled(told.said.get("facts", {}), as_of=as_of, vocabulary=vocabulary)
        try:
            facts = facts_from(whole, vocabulary=vocabulary, file=self.file)
        except InvalidFacts as error:
            self.problems.extend(self._placed(one, told) for one in error.problems)
            return None
        ignored = [one for one in facts.warnings if "was not read" in one.message]
        self.problems.extend(
            attrs.evolve(self._placed(one, told), severity="error") for one in ignored
        )
        return facts

    def _placed(self, problem: Problem, told: _Told) -> Problem:
        """A problem of facts, at its own line or at least at its case."""
        if problem.line:
            return problem
        return attrs.evolve(problem, line=told.line, column=told.column)

    def _expectations(self, told: _Told) -> Iterator[Expectation]:
        said = told.said["expect"]
        for one in said if isinstance(said, list) else [said]:
            if isinstance(one, str):
                yield Expectation(verdict=Verdict(one))
                continue
            slots = {key: value for key, value in one.items() if key in _EXPECTATION}
            if slots:
                yield self._expectation(told, slots)
            for window, verdict in one.items():
                if window not in slots:
                    yield self._expectation(told, {"window": window, "verdict": verdict})

    def _expectation(self, told: _Told, slots: Mapping[str, Any]) -> Expectation:
        verdict, due = slots.get("verdict"), slots.get("due")
        window = slots.get("window")
        return Expectation(
            verdict=None if verdict is None else Verdict(verdict),
            window=None if window is None else self._window(told, window),
            subject=None if "subject" not in slots else str(slots["subject"]),
            measured=_number(slots.get("measured")),
            required=_number(slots.get("required")),
            due=None if due is None else self._day(told, due),
            missing=tuple(slots["missing"]) if "missing" in slots else None,
        )

    def _window(self, told: _Told, said: str | list[str | None]) -> Window:
        """The window of `2025-09-01..2026-08-31` or of two days in a list."""
        ends = said.split("..") if isinstance(said, str) else said
        first, last = (self._day(told, end.strip()) if end else None for end in ends)
        if first and last and last < first:
            self._say(told, f'the window "{first}..{last}" ends before it begins', "", "expect")
        return Window(first, last)

    def _day(self, told: _Told, text: str) -> date | None:
        try:
            return date.fromisoformat(text)
        except ValueError:
            hint = "give year-month-day, as in 2026-08-31"
            self._say(told, f'there is no day "{text}"', hint, "expect")
            return None

    def _say(self, told: _Told, message: str, hint: str, key: str = "") -> None:
        line, column = told.line, told.column
        holder = told.own if key in told.own else told.group
        if key in holder:
            line, column = holder.value_places[key]
        path = (str(told.said.get("name", "cases")), *([key] if key else []))
        self.problems.append(
            Problem(file=self.file, line=line, column=column, path=path, message=message, hint=hint)
        )


def _merged(group: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """A case with what its group says; its own facts come on top, kind by kind."""
    merged = {key: value for key, value in group.items() if key != "cases"} | dict(own)
    shared, mine = group.get("facts", {}), own.get("facts", {})
    if shared and mine:
        merged["facts"] = shared | mine
        if "pupils" in mine or "pupil" in mine:
            other = "pupil" if "pupils" in mine else "pupils"
            merged["facts"].pop(other, None)
        for part in ("records", "usual"):
            if part in shared and part in mine:
                merged["facts"][part] = _joined(shared[part], mine[part])
    return merged


def _joined(shared: LocatedDict, own: LocatedDict) -> LocatedDict:
    joined = LocatedDict()
    joined.update(shared | own)
    joined.key_places = shared.key_places | own.key_places
    joined.value_places = shared.value_places | own.value_places
    return joined


def _number(told: str | int | None) -> float | None:
    number = None if told is None else as_number(told)
    return None if number is None else float(number)
