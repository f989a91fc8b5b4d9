"""Writes fingerprints, and addresses of text that has moved, into a policy file's own text.

Only the values that change are touched, at the place the YAML parser gives for them; comments,
layout and everything else stay as they are. Stamping twice changes nothing the second time.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

import attrs
import yaml

from careerspolicy.model.policy import Run, Source
from careerspolicy.tracing.addresses import Addresses
from careerspolicy.tracing.matching import Held, State

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from careerspolicy.tracing.addresses import Slot
    from careerspolicy.tracing.document import Document

_LOADER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PLAIN: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9 .()/&'\u2019\u2013-]*")
#: Other readers of YAML would take these for numbers.
_NUMERIC: Final = re.compile(r"[0-9]+(?:e[0-9]+)?")
_LINE_END: Final = re.compile(r"\r\n|\r|\n")


@attrs.frozen(kw_only=True)
class Edit:
    """Characters to put in the place of those from `start` to `end`."""

    start: int
    end: int
    text: str


def stamped(
    text: str, held: Iterable[Held], document: Document, accepted: Container[int] = ()
) -> str:
    """The policy file's text with a fingerprint at every place that is current.

    `accepted` are the positions in `held` of suspect places whose new text has been reviewed. A
    place whose text has moved gets its new address.
    """
    addresses = Addresses(document)
    root = yaml.compose(text, Loader=_LOADER)
    starts = [0, *(found.end() for found in _LINE_END.finditer(text))]
    edits: list[Edit] = []
    for n, one in enumerate(held):
        if one.state is State.CURRENT or (one.state is State.SUSPECT and n in accepted):
            node = _node_at(root, one.path)
            edits.extend(_edits(node, _wanted(one, addresses), text, starts))
    for edit in sorted(edits, key=lambda edit: edit.start, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def _wanted(one: Held, addresses: Addresses) -> Mapping[str, str]:
    """The keys that a place should have, as YAML writes their values."""
    prints = [_quoted(slot.fingerprint) for slot in one.covers]
    written = prints[0] if len(prints) == 1 else f"[{', '.join(prints)}]"
    return {**_address(one, addresses), "fingerprint": written}


def _quoted(fingerprint: str) -> str:
    return f'"{fingerprint}"' if _NUMERIC.fullmatch(fingerprint) else fingerprint


def _address(one: Held, addresses: Addresses) -> Mapping[str, str]:
    """The keys of a place's address that have to change."""
    place, covers = one.place, one.covers
    if not one.moved or [slot.key for slot in addresses.named(place)] == [s.key for s in covers]:
        return {}
    for told in _candidates(one, covers):
        found = addresses.named(attrs.evolve(place, **told))
        if [slot.key for slot in found] == [slot.key for slot in covers]:
            changed = {key: new for key, new in told.items() if new != getattr(place, key)}
            return {key: _written(new) for key, new in changed.items() if new is not None}
    return {}


def _candidates(one: Held, covers: Sequence[Slot]) -> Iterator[dict[str, Any]]:
    """Addresses that might name those slots, the likest to the old one first."""
    place, first, last = one.place, covers[0], covers[-1]
    sentence = None
    if place.sentence is not None and first.sentence is not None and last.sentence is not None:
        sentence = Run(first.sentence + 1, last.sentence + 1)
    if place.clause is None:
        if first.clause.printed:
            yield {"section": first.clause.printed, "sentence": sentence}
        yield {"section": first.clause.section, "sentence": sentence}
    run = Run(first.clause.position, last.clause.position)
    clause = run.first if isinstance(place, Source) else run
    for section in (place.section, first.clause.section):
        yield {"section": section, "clause": clause, "sentence": sentence}


def _written(value: Any) -> str:
    text = str(value)
    if not isinstance(value, str) or (_PLAIN.fullmatch(text) and not text.endswith(" ")):
        return text
    return json.dumps(text, ensure_ascii=False)


def _edits(
    node: Any, wanted: Mapping[str, str], text: str, starts: Sequence[int]
) -> Iterator[Edit]:
    fields = {key.value: value for key, value in node.value}
    missing: list[str] = []
    for key, new in wanted.items():
        if key not in fields:
            missing.append(f"{key}: {new}")
            continue
        start, end = (_offset(mark, starts) for mark in _marks(fields[key]))
        if text[start:end] != new and text[start:end].strip("\"'") != new.strip('"'):
            yield Edit(start=start, end=end, text=new)
    if missing:
        yield _insertion(node, missing, text, starts)


def _insertion(node: Any, missing: Sequence[str], text: str, starts: Sequence[int]) -> Edit:
    """New keys after the last one of a flow mapping; in a block, under the address."""
    if node.flow_style:
        end = _offset(node.value[-1][1].end_mark, starts)
        return Edit(start=end, end=end, text="".join(f", {one}" for one in missing))
    key, value = next(
        (key, value)
        for name in ("sentence", "clause", "section")
        for key, value in node.value
        if key.value == name
    )
    found = _LINE_END.search(text, _offset(value.end_mark, starts))
    end = found.start() if found else len(text)
    newline = found[0] if found else "\n"
    indent = " " * key.start_mark.column
    return Edit(start=end, end=end, text="".join(f"{newline}{indent}{one}" for one in missing))


def _marks(node: Any) -> tuple[Any, Any]:
    return node.start_mark, node.end_mark


def _offset(mark: Any, starts: Sequence[int]) -> int:
    return int(starts[mark.line] + mark.column)


def _node_at(root: Any, path: Sequence[str | int]) -> Any:
    """The node at a path; a list of one item may be left out of it."""
    node = root
    for step in path:
        if isinstance(step, int):
            node = node.value[step]
        else:
            node = next(value for key, value in node.value if key.value == step)
    return node.value[0] if isinstance(node, yaml.SequenceNode) else node
