"""Plain values as JSON, in parts, so that a large result needs little memory.

What stands in a `Stream` is written a line each, so that two results compare well.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from careerspolicy.views.tree import Stream

if TYPE_CHECKING:
    from collections.abc import Iterator

    from careerspolicy.views.tree import View


def json_of(view: View) -> Iterator[str]:
    """A view's data as JSON text, in parts."""
    yield from _parts(view.data(), "")
    yield "\n"


def _parts(value: Any, inset: str) -> Iterator[str]:
    deeper = f"{inset}  "
    if isinstance(value, Stream):
        yield "["
        for n, one in enumerate(value):
            yield f"{',' if n else ''}\n{deeper}"
            yield from _parts(one, deeper) if _holds_stream(one) else (_text(one),)
        yield f"\n{inset}]"
    elif _holds_stream(value):
        for n, (name, one) in enumerate(value.items()):
            yield f"{',' if n else '{'}\n{deeper}{_text(name)}: "
            yield from _parts(one, deeper)
        yield f"\n{inset}}}"
    else:
        yield json.dumps(value, indent=2, ensure_ascii=False).replace("\n", f"\n{inset}")


def _holds_stream(value: Any) -> bool:
    return isinstance(value, Mapping) and any(isinstance(one, Stream) for one in value.values())


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
