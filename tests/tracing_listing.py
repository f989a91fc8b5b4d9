"""A document's parts as text, one a line, for the approved listings beside the documents."""

from careerspolicy.tracing.document import Clause


def listing(document):
    """Every part of a document: lines, address or kind, words."""
    return "".join(f"{line}\n" for part in document.parts for line in _told(part))


def _told(part):
    if not isinstance(part, Clause):
        first, last = part.lines
        yield f"L{first}-{last}  {part.kind.value} of {part.section}  | {part.text}"
        return
    printed = f" [{part.printed}]" if part.printed else ""
    for n, one in enumerate(part.sentences, start=1):
        place = f"{part.section} / {part.position}{printed} / s{n}"
        yield f"L{one.lines[0]}-{one.lines[1]}  {place}  | {one.text}"
