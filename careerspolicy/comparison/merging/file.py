"""A merged policy as the text of its file: a head that says how it was made, topics apart."""

from __future__ import annotations

import io
import re
import textwrap
from typing import TYPE_CHECKING, Any, Final

import yaml

from careerspolicy.comparison.merging.choosing import Take
from careerspolicy.english.wording import listing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from careerspolicy.comparison.merging import Merged

_WIDTH: Final = 110
#: A mapping or list of at most so many characters stands on one line.
_ONE_LINE: Final = 84
#: The outermost so many levels never do.
_BLOCKS: Final = 1
_WHAT: Final = {
    Take.STRICTEST: (
        "The strictest promise of {} on every topic. What gave way to a stricter promise is named "
        "under its taken_from: stricter_than. Where neither of two brings the other both stand, "
        "and name each other under incomparable_with. What can't be decided (it is attested, or "
        "vague, or beyond the solver) stands, unless an earlier input makes the very same promise."
    ),
    Take.SHARED: (
        "The promises that {} all hold. Each is one input's own; what brings it in the others is "
        "named under its taken_from: equal_to or weaker_than. What can't be decided (it "
        "is attested, or vague, or beyond the solver) is here only if every input makes the very "
        "same promise."
    ),
}
_MADE: Final = (
    "Made by `careerspolicy merge {} --take {}`. Edit it as any policy; each source names a place "
    "in the document of the input that it was taken from."
)


def merged_yaml(merged: Merged) -> str:
    """The text of a merged policy's file."""
    return "".join(f"{line}\n" for line in _lines(merged))


def _lines(merged: Merged) -> Iterator[str]:
    yield from _head(merged)
    rest = {slot: value for slot, value in merged.tree.items() if slot != "obligations"}
    for slot, value in rest.items():
        yield from _block({slot: value})
        if slot in ("trust", "document", "parameters", "vocabulary", "lint"):
            yield ""
    yield "obligations:"
    topic = ""
    for value in merged.tree["obligations"]:
        if value["topic"] != topic:
            topic = value["topic"]
            yield f"  # --- {topic}"
        yield from (f"  {line}" if line else "" for line in _block([value]))
        yield ""


def _head(merged: Merged) -> Iterator[str]:
    names = [*merged.inputs]
    comments = (
        _WHAT[merged.take].format(listing(names)),
        _MADE.format(" ".join(names), merged.take.value),
    )
    for paragraph in comments:
        for line in textwrap.wrap(paragraph, _WIDTH - 2, break_on_hyphens=False):
            yield f"# {line}"


class _Plain(yaml.SafeDumper):
    """Writes what the plain reader reads back: only what it would take for no text is quoted."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - PyYAML's signature
        """What stands twice is written twice."""
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 - PyYAML's signature
        """Indent lists within mappings, as the shipped policies do."""
        super().increase_indent(flow, indentless=False)


_Plain.yaml_implicit_resolvers = {}
for _tag, _read, _begins in (
    ("bool", r"^(?:true|false)$", "tf"),
    ("null", r"^(?:~|null|)$", ["~", "n", ""]),
    ("int", r"^-?[0-9]+$", "-0123456789"),
):
    _Plain.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_read), list(_begins))


def _block(tree: Any) -> list[str]:
    """A value as lines of YAML: what is short on one line, the rest in blocks."""
    dumper = _Plain(io.StringIO(), sort_keys=False)
    node = dumper.represent_data(tree)
    _style(node, deep=0)
    text = yaml.serialize(node, Dumper=_Plain, allow_unicode=True, width=_WIDTH)
    return text.splitlines()


def _style(node: yaml.Node, *, deep: int) -> int:
    """Put a mapping or list on one line where it fits; gives the characters that it takes."""
    if isinstance(node, yaml.ScalarNode):
        return len(node.value) + 2
    assert isinstance(node, yaml.CollectionNode)  # noqa: S101 - there are no other nodes
    many = isinstance(node, yaml.MappingNode)
    parts = [part for pair in node.value for part in pair] if many else node.value
    taken = [_style(part, deep=deep + 1) for part in parts]
    node.flow_style = deep > _BLOCKS and sum(taken) + 2 <= _ONE_LINE
    return sum(taken) + 2
