"""A policy against its source document: what is encoded, what isn't, what has changed since.

From a file (`load_document`) to the parts that are accounted for, and from there, with the
policy's `source` entries, to a `Trace`. Beside evaluation in the flow: it reads policies only.
"""

from careerspolicy.tracing.accounts import Status, Trace, Traced, trace
from careerspolicy.tracing.places import State
from careerspolicy.tracing.reading import load_document

__all__ = ["State", "Status", "Trace", "Traced", "load_document", "trace"]
