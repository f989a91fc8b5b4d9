"""Values written into a YAML file's own text: comments, order and layout stay as they are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_LOADER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MARK: Final = "\ufeff"
_LINE_END: Final = re.compile(r"\r\n|\r|\n|$")

#: Where characters begin and end that others take the place of.
_Edit = tuple[int, int, str]


def with_values(
    text: str,
    changes: Iterable[tuple[Sequence[str | int], Mapping[str, str]]],
    *,
    after: Sequence[str],
) -> str:
    """A YAML file's text, with those values, as YAML writes them, in the mapping at each path.

    A new key goes to the end of a mapping in braces; in a block, below the first that is there of
    `after`. What says the same already stays as it is. A path may leave out a list of one item.
    """
    mark, body = (_MARK, text[1:]) if text.startswith(_MARK) else ("", text)
    root = yaml.compose(body, Loader=_LOADER)
    edits: list[_Edit] = []
    for path, values in changes:
        node = _at(root, path)
        new = [f"{key}: {value}" for key, value in values.items() if key not in _keys(node)]
        edits += _replacements(node, values, body)
        edits += [_insertion(node, new, body, after)] if new else []
    for start, end, written in sorted(edits, reverse=True):
        body = body[:start] + written + body[end:]
    return mark + body


def _at(root: Any, path: Sequence[str | int]) -> Any:
    node = root
    for step in path:
        node = node.value[step] if isinstance(step, int) else _keys(node)[step][1]
    return node.value[0] if isinstance(node, yaml.SequenceNode) else node


def _keys(node: Any) -> dict[str, tuple[Any, Any]]:
    """The nodes of each key and its value."""
    return {key.value: (key, value) for key, value in node.value}


def _replacements(node: Any, values: Mapping[str, str], text: str) -> Iterator[_Edit]:
    for key, (_, value) in _keys(node).items():
        start, end = value.start_mark.index, value.end_mark.index
        new = values.get(key, text[start:end])
        if text[start:end].strip("\"'") != new.strip("\"'"):
            yield start, end, new


def _insertion(node: Any, new: Sequence[str], text: str, after: Sequence[str]) -> _Edit:
    if node.flow_style:
        end = node.value[-1][1].end_mark.index
        return end, end, "".join(f", {line}" for line in new)
    keys = _keys(node)
    key, value = next(keys[name] for name in after if name in keys)
    end = next(_LINE_END.finditer(text, value.end_mark.index))
    indent = (end[0] or "\n") + " " * key.start_mark.column
    return end.start(), end.start(), "".join(indent + line for line in new)
