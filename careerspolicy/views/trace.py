"""A policy traced to its document, seen: how much is accounted for, what is open, clause by clause.

The sections hold the words of the source document, because whoever made the trace has it; the data
holds none of them.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from careerspolicy.english.wording import listing
from careerspolicy.model.document import Accounted
from careerspolicy.tracing.accounts import Status, Trace, Traced, TracedObligation
from careerspolicy.tracing.places import Held, State
from careerspolicy.views import tree
from careerspolicy.views.words import coded, counted, fields

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from careerspolicy.tracing.document import Lines

_TONES: Final[Mapping[Status | State, tree.Tone]] = {
    Status.ENCODED: tree.Tone.GOOD,
    Status.PART: tree.Tone.WARN,
    Status.NOT_A_PROMISE: tree.Tone.PLAIN,
    Status.OPEN: tree.Tone.BAD,
    State.CURRENT: tree.Tone.GOOD,
    State.SUSPECT: tree.Tone.WARN,
    State.LOST: tree.Tone.BAD,
}
_COLUMNS: Final = tuple(
    map(tree.Column, ("Where", "What the document says", "What the policy makes of it"))
)


def trace_view(trace: Trace) -> tree.View:
    """One policy held against its document: totals, what to look at, and the whole of it."""
    return tree.View(
        title=f"{trace.policy.id} against {trace.source}",
        opening=[tree.Paragraph(one) for one in _totals(trace)],
        sections=lambda: tuple(_sections(trace)),
        data=lambda: _data(trace),
        wide=True,
    )


def _totals(trace: Trace) -> Iterator[str]:
    """How much is accounted for, and the state of every obligation."""
    totals = trace.totals
    units = ", ".join(f"{totals[one.value]} {_spoken(one)}" for one in Status)
    states = ", ".join(f"{totals[one.value]} {one.value}" for one in State)
    yield f"{trace.policy.document.title}: {trace.policy.trust}"
    yield f"{counted(totals['units'], 'unit')}: {units} ({trace.share:.1f}% accounted for)"
    yield f"{counted(totals['obligations'], 'obligation')}: {states}"
    if totals["stale"]:
        yield f"{counted(totals['stale'], 'entry', 'entries')} of clauses: changed or gone"


def _sections(trace: Trace) -> Iterator[tree.Section]:
    """What is open or to be reviewed; the document; what stands nowhere in it."""
    placed = {name for unit in trace.units for name in unit.obligations}
    lists: dict[str, list[tree.Words]] = {
        "Open": [_unit(one) for one in trace.units if one.status is Status.OPEN],
        "Places to review": [
            _held(held) for held in trace.held if held.state is not State.CURRENT or held.moved
        ],
        "Obligations that stand nowhere in this document": [
            tree.sentence(one.obligation.title, f" ({one.obligation.id}) ", _mark(one.state))
            for one in trace.obligations
            if one.obligation.id not in placed
        ],
    }
    for title, found in lists.items():
        if found:
            yield tree.Section(title=title, blocks=(tree.bullets(found),))
    table = tree.Table(spoken="The document", columns=_COLUMNS, rows=[*_rows(trace)], prose=True)
    yield tree.Section(title="The document, clause by clause", blocks=(table,), in_full=True)


def _rows(trace: Trace) -> Iterator[tree.Row]:
    """A row for each heading and each clause, with the obligations that stand on it."""
    by_id = {traced.obligation.id: traced for traced in trace.obligations}
    shown: set[str] = set()
    anchored: set[int] = set()
    # The units of one clause share a row; a heading stands alone.
    numbered = enumerate(trace.units)
    rows = groupby(
        numbered, key=lambda it: (it[1].section, it[1].clause, it[1].clause is None and it[0])
    )
    for _, clause in rows:
        units = [unit for _, unit in clause]
        first, last = units[0].lines[0], max(unit.lines[1] for unit in units)
        lines = [line for line in range(first, last + 1) if line not in anchored]
        ids = dict.fromkeys(name for unit in units for name in unit.obligations)
        new = [name for name in ids if name not in shown]
        missing = dict.fromkeys(each for unit in units for each in unit.missing)
        made = (
            *(_obligation(by_id[name], again=name in shown) for name in ids),
            *(tree.Span(f"Left out: {each}", aside=True) for each in missing),
        )
        anchored.update(lines)
        shown.update(new)
        where = f"{_clause_address(units[0])}, {_lines((first, last))}"
        anchors = *(f"L{line}" for line in lines), *(f"obligation-{name}" for name in new)
        cells = where, tree.Lines(tuple(map(_outcome, units))), tree.Lines(made) if made else None
        yield tree.Row(cells, ids=anchors)


def _outcome(unit: Traced) -> tree.Words:
    text = tree.Span(" ".join(unit.text.split()), strong=unit.clause is None)
    number = f"s{unit.sentence} " if unit.sentence else ""
    return (
        tree.Span(number, aside=True),
        text,
        " ",
        tree.Span(_became(unit), tone=_TONES[unit.status]),
    )


def _obligation(one: TracedObligation, *, again: bool) -> tree.Words:
    """An obligation that stands on a clause; told in full the first time."""
    told = one.obligation
    if again:
        return "also ", tree.Span(told.id, href=f"#obligation-{told.id}"), f": {told.title}"
    hedge = f", {told.hedge}" if told.hedge else ""
    owed = f"{listing(told.who)}, {told.strength.value}{hedge}; line {told.line} of the policy file"
    note = f" {told.note}" if told.note else ""
    return (
        tree.Span(told.title, strong=True),
        f" ({told.id}) ",
        _mark(one.state),
        " ",
        tree.Span(f"{owed}.{note}", aside=True),
    )


def _mark(state: State) -> tree.Span:
    return tree.Span(state.value, tone=_TONES[state])


def _unit(unit: Traced) -> tree.Words:
    """One unit: its lines, its address, what became of it, and its words."""
    first = tree.Span(_lines(unit.lines), href=f"#L{unit.lines[0]}")
    address = _clause_address(unit) + ("" if unit.clause is None else f" / s{unit.sentence}")
    words = " ".join(unit.text.split())
    return first, f"  {address}  {_became(unit)}  | {words}"


def _clause_address(unit: Traced) -> str:
    """Where a clause stands; a heading only names its section."""
    if unit.clause is None:
        return unit.section
    printed = f" [{unit.printed}]" if unit.printed else ""
    return f"{unit.section} / {unit.clause}{printed}"


def _became(unit: Traced) -> str:
    """What became of a unit, in a few words."""
    if unit.obligations:
        return f"{unit.status.value}: {', '.join(unit.obligations)}"
    if unit.status is Status.NOT_A_PROMISE:
        of = f" of {unit.of}" if unit.of else ""
        return f"{_spoken(unit.status)}: {unit.reason}{of}"
    return _spoken(unit.status)


def _spoken(status: Status) -> str:
    return status.value.replace("_", " ")


def _held(one: Held) -> tree.Words:
    """A place that is not as it was when it was reviewed, and what stands there now."""
    place = one.place
    owner = place.reason.value if isinstance(place, Accounted) else one.owner
    where = f"  {owner}  {one.address}"
    if one.state is State.LOST:
        return _mark(one.state), f"{where}  is nowhere in this document"
    if one.state is State.CURRENT:
        now = listing(_lines(passage.lines) for passage in one.covers)
        return f"moved{where}  now at {now}"
    words = " ".join(passage.text for passage in one.covers)
    lines = [tree.Span(_lines(one.lines), href=f"#L{one.lines[0]}")] if one.lines else []
    return _mark(one.state), f"{where}  ", *lines, f"  | {words}"


def _lines(lines: Lines) -> str:
    first, last = lines
    return f"L{first}" if first == last else f"L{first}-{last}"


def _data(trace: Trace) -> dict[str, Any]:
    return {
        "policy": trace.policy.id,
        "source": trace.source,
        "clauses": [*map(_clause_data, trace.units)],
        "obligations": [*map(_obligation_data, trace.obligations)],
        "totals": {**trace.totals, "percent": round(trace.share, 2)},
    }


def _clause_data(unit: Traced) -> dict[str, Any]:
    names = "section", "clause", "sentence", "lines", "status", "obligations"
    more = (name for name in ("of", "missing") if getattr(unit, name))
    return {**fields(unit, *names), "reason": unit.reason or None, **fields(unit, *more)}


def _obligation_data(traced: TracedObligation) -> dict[str, Any]:
    return {
        "id": traced.obligation.id,
        "lines": sorted({n for first, last in traced.lines for n in range(first, last + 1)}),
        "state": coded(traced.state),
        "places": [
            {
                **fields(held.place, "section", "clause"),
                "sentence": str(held.place.sentence) if held.place.sentence else None,
                "lines": coded(held.lines) or [],
                **fields(held, "state", "moved"),
            }
            for held in traced.held
        ],
    }
