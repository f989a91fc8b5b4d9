"""Keeps the page of `docs/` on topics in step with the catalogue and with the trusts' policies.

`docs/topics.md` is every topic of the shared catalogue, with how many promises each trust makes on
it, and the reasons in `docs/topics-review.yaml` for what stands out.
`python -m careerspolicy.checks.topics` rewrites it, from a checkout.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from careerspolicy.loading import load_policy, shipped_policies
from careerspolicy.model.policy import Of
from careerspolicy.plain.yaml_tree import load_plain
from careerspolicy.vocabulary import benchmark_names, shared_vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from careerspolicy.model.policy import Policy
    from careerspolicy.vocabulary import Topic

DOCS: Final = Path(__file__).parents[2] / "docs"
REVIEW: Final = DOCS / "topics-review.yaml"

_HEAD: Final = """\
# Topics

A topic is one question that can be put to every trust; the promises on it are what lines trusts up
side by side in `careerspolicy compare`.
The catalogue stands in [`topics.yaml`](../careerspolicy/vocabulary/topics.yaml), and a policy may
add topics of its own under `vocabulary:`.
The benchmark of a topic is that of the Gatsby set of 2025, and of every promise on it that names
no other.

In all: {topics} topics, and {promises} promises of {trusts} trusts.
Under each trust stands how many promises it makes on the topic.

This page is written by `python -m careerspolicy.checks.topics`.
"""
_SILENT: Final = "silent"
_OUTSIDE: Final = "In all benchmarks, or in none"
_ONE_TRUST: Final = """\
## Topics of one trust

Only one trust promises anything on these, and each has its reason to stand alone.
"""
_OTHERWISE: Final = """\
## Promises of another benchmark than their topic's
"""


def trust_policies() -> tuple[Policy, ...]:
    """The shipped policies of trusts, in alphabetical order: without the law."""
    policies = map(load_policy, shipped_policies())
    return tuple(policy for policy in policies if policy.of is Of.TRUST)


def promises_by_topic(policies: Iterable[Policy]) -> Mapping[str, Counter[str]]:
    """How many promises each policy makes on each topic of the shared catalogue, in its order."""
    counted: dict[str, Counter[str]] = {name: Counter() for name in shared_vocabulary().topics}
    for policy in policies:
        for one in policy.obligations:
            counted.setdefault(one.topic, Counter())[policy.id] += 1
    return counted


def of_another_benchmark(policy: Policy) -> tuple[str, ...]:
    """The obligations of a policy whose benchmark is not their topic's, by id."""
    topics = shared_vocabulary().topics
    return tuple(
        one.id
        for one in policy.obligations
        if one.topic in topics and one.benchmark != topics[one.topic].benchmark
    )


def topics_page() -> str:
    """`docs/topics.md`."""
    policies, review = trust_policies(), load_plain(REVIEW)
    counted = promises_by_topic(policies)
    names = [policy.id for policy in policies]
    head = _HEAD.format(
        topics=len(counted), promises=sum(map(Counter.total, counted.values())), trusts=len(names)
    )
    tables = (_table(number, names, counted) for number in (*benchmark_names(), None))
    return "\n".join((head, *tables, _alone(review, counted), _otherwise(review)))


def main() -> None:
    """Rewrite the page."""
    (DOCS / "topics.md").write_text(topics_page(), encoding="utf-8")


def _table(benchmark: int | None, names: Sequence[str], counted: Mapping[str, Counter[str]]) -> str:
    listed = shared_vocabulary().topics.values()
    rows = (
        _row(topic, names, counted[topic.name]) for topic in listed if topic.benchmark == benchmark
    )
    titles = benchmark_names()
    title = _OUTSIDE if benchmark is None else f"Benchmark {benchmark}: {titles[benchmark]}"
    columns = " | ".join(("topic", "question", *names))
    rule = " | ".join(("---", "---", *("---:" for _ in names)))
    return "\n".join((f"## {title}\n", f"| {columns} |", f"| {rule} |", *rows, ""))


def _row(topic: Topic, names: Iterable[str], amounts: Mapping[str, int]) -> str:
    said = (str(amounts[name]) if name in amounts else _SILENT for name in names)
    return "| " + " | ".join((f"`{topic.name}`", topic.description, *said)) + " |"


def _alone(review: Mapping[str, Any], counted: Mapping[str, Counter[str]]) -> str:
    rows = (
        f"| `{topic}` | {', '.join(counted[topic])} | {reason} |"
        for topic, reason in review["one_trust"].items()
    )
    return "\n".join((_ONE_TRUST, "| topic | trust | reason |", "| --- | --- | --- |", *rows, ""))


def _otherwise(review: Mapping[str, Any]) -> str:
    head = (_OTHERWISE, "| trust | obligation | reason |", "| --- | --- | --- |")
    return "\n".join((*head, *_reasons(review["benchmarks"]), ""))


def _reasons(told: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    for policy, reasons in told.items():
        for obligation, reason in reasons.items():
            yield f"| {policy} | `{obligation}` | {reason} |"


if __name__ == "__main__":
    main()
