"""A policy against its source document: what is encoded, what isn't, what has changed since.

From the document's text (`segment`) to the parts that are accounted for, and from there, with the
policy's `source` entries, to a `Trace`. Beside evaluation in the flow: it reads policies only.
"""

from careerspolicy.tracing.matching import State
from careerspolicy.tracing.segments import segment
from careerspolicy.tracing.source_text import load_source
from careerspolicy.tracing.tracing import Status, Trace, Traced, trace

__all__ = ["State", "Status", "Trace", "Traced", "load_source", "segment", "trace"]
