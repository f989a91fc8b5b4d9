"""The shipped policies' own documents, which are not part of the project, are parted sensibly.

They are read from the folder that CAREERSPOLICY_SOURCES names.
"""

import os
from itertools import pairwise
from pathlib import Path

import pytest

from careerspolicy.loading import load_policy
from careerspolicy.tracing import load_source, segment, trace
from careerspolicy.tracing.document import Kind

NAMES = ("aspirational", "batley", "education_partnership", "impact", "liberty")
FOLDER = os.environ.get("CAREERSPOLICY_SOURCES", "")
pytestmark = pytest.mark.skipif(
    not FOLDER, reason="CAREERSPOLICY_SOURCES does not name the folder of the source documents"
)


@pytest.fixture(scope="module", params=NAMES)
def name(request):
    """The name of a policy and its document."""
    return request.param


@pytest.fixture(scope="module")
def source(name):
    """The text of a document."""
    return load_source(Path(FOLDER) / f"{name}.txt")


def test_a_document_has_as_many_units_as_a_reader_would_count(source):
    """Neither whole pages in one unit nor words in one each."""
    assert 150 <= sum(len(one.sentences) for one in segment(source).clauses) <= 400


def test_every_line_belongs_to_one_part(source):
    """No line with words is left out, and none but a table's is in two clauses."""
    parts = segment(source).parts
    told = [n for part in parts for n in range(part.lines[0], part.lines[1] + 1)]
    visible = {n for n, line in enumerate(source.split("\n"), start=1) if line.strip()}
    assert visible <= set(told)
    starts = [part.lines[0] for part in parts]
    assert starts == sorted(starts)
    whole = [part.lines for part in parts if part.kind not in {Kind.BULLET, Kind.ROW, Kind.HEADING}]
    assert all(last < first for (_, last), (first, _) in pairwise(whole))


def test_a_document_has_one_table_of_contents_and_one_control_block(source):
    """Both stand at the beginning and nowhere else."""
    document = segment(source)
    assert [part.kind for part in document.parts].count(Kind.CONTENTS) == 1
    assert document.sections[0].name == "Document control"
    assert all(one.lines[1] < 60 for one in document.sections[0].clauses)


def test_every_obligation_has_an_id_a_line_and_a_state(name, source):
    """A shipped policy can be held against its document."""
    traced = trace(load_policy(name), segment(source), f"{name}.txt")
    assert traced.totals["obligations"] == len(traced.obligations)
    assert traced.totals["units"] == len(traced.units)


def test_every_unit_of_a_shipped_policys_document_is_accounted_for(name, source):
    """Nothing is left open, and every place stands on the text that was reviewed."""
    traced = trace(load_policy(name), segment(source), f"{name}.txt")
    assert {key: traced.totals[key] for key in ("open", "suspect", "lost", "stale")} == {
        "open": 0,
        "suspect": 0,
        "lost": 0,
        "stale": 0,
    }
    assert traced.share == 100
    assert not traced.falls_short(100)
