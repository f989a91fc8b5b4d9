"""Where a policy's cases stand, and reading them: in `tests/` beside it, or in `*.test.yaml`."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import attrs

from careerspolicy.calendar.school_calendar import Window
from careerspolicy.cases.cases import Expectation, PolicyCase, PolicyTests
from careerspolicy.errors import InvalidFacts, Problem, UnusableInput, raised_as
from careerspolicy.evaluation import Verdict
from careerspolicy.lives.people import filled, merged
from careerspolicy.loading import load_policy, shipped_policies
from careerspolicy.model.duty import exact
from careerspolicy.model.policy import Strength
from careerspolicy.plain.conformity import check_conformity, validator_for
from careerspolicy.plain.places import place_of
from careerspolicy.plain.yaml_tree import LocatedDict, as_number, load_plain
from careerspolicy.readers import facts_from
from careerspolicy.suggestions import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from careerspolicy.model.duty import Amount
    from careerspolicy.model.facts import Facts
    from careerspolicy.model.policy import Policy


FOLDER: Final = "tests"
_ENDING: Final = "*.test.yaml"


def files_at(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The files of cases that paths name; a folder stands for those in it and below.

    Raises InvalidPolicyTests for a folder without any. A file is taken as it is.
    """
    found: dict[Path, None] = {}
    for path in paths:
        inside = _within(path) if path.is_dir() else [path]
        if not inside:
            hint = f"cases stand in {FOLDER}/<policy>.yaml or in a file that ends .test.yaml"
            raise InvalidPolicyTests.of(path, "there are no policy tests here", hint)
        found.update(dict.fromkeys(inside))
    return tuple(found)


def shipped_tests() -> tuple[Path, ...]:
    """The files of cases that are shipped with the policies."""
    return tuple(file for path in shipped_policies().values() for file in _beside(path))


def tests_of(policy: Path, name: str) -> tuple[Path, ...]:
    """The files of cases beside a policy's file; raises InvalidPolicyTests if there is none."""
    found = _beside(policy)
    if found:
        return tuple(found)
    hint = f"write {FOLDER}/{policy.stem}.yaml beside it; --suggest all makes a first draft"
    raise InvalidPolicyTests.of(name, "this policy has no tests beside it", hint)


def _beside(policy: Path) -> list[Path]:
    named = policy.parent / FOLDER / f"{policy.stem}.yaml", policy.with_suffix(".test.yaml")
    return [path for path in named if path.is_file()]


def _within(folder: Path) -> list[Path]:
    own = folder.glob("*.yaml") if folder.name == FOLDER else ()
    return sorted({*own, *folder.rglob(_ENDING), *folder.rglob(f"{FOLDER}/*.yaml")})


_NEEDED: Final = {
    "name": "say in a few words what the case shows",
    "as_of": "give the day to judge by",
    "obligation": "name the obligation that it is about",
    "expect": "say what verdict is right",
}


class InvalidPolicyTests(UnusableInput):
    """A file of policy tests that breaks its schema or makes no sense."""


def load_tests(path: Path, policy: Policy | None = None) -> PolicyTests:
    """The cases of a file, with the policy that it names, or another one to hold them against.

    Raises InvalidPolicyTests with every problem of the file, or InvalidPolicy if the policy that it
    names cannot be used.
    """
    with raised_as(InvalidPolicyTests):
        tree = load_plain(path)
    problems = check_conformity(tree, validator_for("policy-test"), file=str(path))
    if problems:
        raise InvalidPolicyTests(problems)
    policy = policy or _policy_of(tree, path)
    reader = _Reader(str(path), policy)
    cases = tuple(case for item in reader.items(tree) if (case := reader.case(item)) is not None)
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
    place: dict[str, Any] = {"line": line, "column": column, "path": ("policy",)}
    raise InvalidPolicyTests.of(path, message, hint, **place)


@attrs.frozen
class _Item:
    """One case as it is written, with what its group says, and where it and its group stand."""

    given: dict[str, Any]
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

    def items(self, tree: Any) -> Iterator[_Item]:
        """Every case, in order."""
        for group, place in zip(tree["cases"], tree["cases"].value_places, strict=True):
            if "cases" not in group:
                yield _Item({"facts": {}, **group}, group, group, *place)
                continue
            within = group["cases"]
            for own, at in zip(within, within.value_places, strict=True):
                yield _Item(_merged(group, own), own, group, *at)

    def case(self, item: _Item) -> PolicyCase | None:
        """The case, or None when something is wrong with it."""
        before = len(self.problems)
        self._check(item)
        if len(self.problems) > before:
            return None
        given = item.given
        as_of = date.fromisoformat(given["as_of"])
        facts, expect = self._facts(item, as_of), tuple(self._expectations(item))
        if facts is None or len(self.problems) > before:
            return None
        return PolicyCase(
            name=given["name"],
            as_of=as_of,
            obligation=given["obligation"],
            facts=facts,
            expect=expect,
            because=given.get("because"),
            strength=Strength(given["strength"]) if "strength" in given else None,
            file=self.file,
            line=item.line,
        )

    def _check(self, item: _Item) -> None:
        for key, hint in _NEEDED.items():
            if key not in item.given:
                self._say(item, f'"{key}" is missing', f"add it: {hint}")
        obligation, name = item.given.get("obligation", ""), item.given.get("name", "")
        if obligation and self.policy.obligation(obligation) is None:
            hint = did_you_mean(obligation, (known.id for known in self.policy.obligations))
            message = f'"{obligation}" is not an obligation of the policy {self.policy.id}'
            self._say(item, message, hint, "obligation")
        if (obligation, name) in self._names:
            message = f'"{name}" is already a case of {obligation}'
            self._say(item, message, "give it another name", "name")
        if obligation and name:
            self._names.add((obligation, name))

    def _facts(self, item: _Item, as_of: date) -> Facts | None:
        """The facts, of which all must have been read."""
        vocabulary = self.policy.vocabulary
        whole = filled(item.given["facts"], as_of=as_of, vocabulary=vocabulary)
        try:
            facts = facts_from(whole, vocabulary=vocabulary, file=self.file)
        except InvalidFacts as error:
            self.problems.extend(_placed(problem, item) for problem in error.problems)
            return None
        self.problems.extend(_placed(problem, item) for problem in facts.warnings if problem.unread)
        return facts

    def _expectations(self, item: _Item) -> Iterator[Expectation]:
        given, fields = item.given["expect"], attrs.fields_dict(Expectation)
        for wanted in given if isinstance(given, list) else [given]:
            if isinstance(wanted, str):
                yield Expectation(verdict=Verdict(wanted))
                continue
            slots = {key: value for key, value in wanted.items() if key in fields}
            if slots:
                yield self._expectation(item, slots)
            for window, verdict in wanted.items():
                if window not in slots:
                    yield self._expectation(item, {"window": window, "verdict": verdict})

    def _expectation(self, item: _Item, slots: Mapping[str, Any]) -> Expectation:
        reads: dict[str, Callable[[Any], Any]] = {
            "verdict": Verdict,
            "window": partial(self._window, item),
            "subject": str,
            "due": partial(self._day, item),
            "missing": tuple,
        }
        said = {key: value for key, value in slots.items() if value is not None}
        return Expectation(**{key: reads.get(key, _amount)(value) for key, value in said.items()})

    def _window(self, item: _Item, given: str | list[str | None]) -> Window:
        """The window of `2025-09-01..2026-08-31` or of two days in a list."""
        ends = given.split("..") if isinstance(given, str) else given
        first, last = (self._day(item, end.strip()) if end else None for end in ends)
        if first and last and last < first:
            self._say(item, f'the window "{first}..{last}" ends before it begins', "", "expect")
        return Window(first, last)

    def _day(self, item: _Item, text: str) -> date | None:
        try:
            return date.fromisoformat(text)
        except ValueError:
            hint = "give year-month-day, as in 2026-08-31"
            self._say(item, f'there is no day "{text}"', hint, "expect")
            return None

    def _say(self, item: _Item, message: str, hint: str, key: str = "") -> None:
        holder = item.own if key in item.own else item.group
        line, column = holder.value_places.get(key, (item.line, item.column))
        path = (str(item.given.get("name", "cases")), *([key] if key else []))
        self.problems.append(
            Problem(file=self.file, line=line, column=column, path=path, message=message, hint=hint)
        )


def _placed(problem: Problem, item: _Item) -> Problem:
    """A problem of facts, at its own line or at least at its case."""
    at = problem if problem.line else item
    return attrs.evolve(problem, severity="error", line=at.line, column=at.column)


def _merged(group: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """A case with what its group says; its own facts come on top, kind by kind."""
    both = {key: value for key, value in group.items() if key != "cases"} | dict(own)
    return both | {"facts": merged(group.get("facts", {}), own.get("facts", {}))}


def _amount(value: str | int) -> Amount:
    return exact(as_number(value) or 0)  # the schema has seen that it is a number
