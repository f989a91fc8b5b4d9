"""The shipped policies' own documents, which are not part of the project, are read whole.

They are read from the folder that CAREERSPOLICY_SOURCES names.
"""

import os
import re
from pathlib import Path

import pytest

from careerspolicy.loading import load_policy
from careerspolicy.tracing import load_document, trace
from careerspolicy.tracing.document import Clause, letters

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
def document(name):
    """The document of that name."""
    return load_document(Path(FOLDER) / f"{name}.md")


def test_a_document_has_as_many_units_as_a_reader_would_count(document):
    """Neither whole pages in one unit nor words in one each."""
    assert 150 <= sum(len(clause.sentences) for clause in document.clauses) <= 400


def test_every_word_belongs_to_one_part(name, document):
    """The letters of the file, without its marks, are those of the parts, once and in order."""
    text = (Path(FOLDER) / f"{name}.md").read_text("utf-8")
    unmarked = re.sub(r"\]\([^)]*\)", "]", text)  # a link's address is no word
    told = letters("".join(_words(document)))
    assert told == letters(re.sub(r"(?m)^- [a-z]\)", "", unmarked))


def _words(document):
    for part in document.parts:
        yield part.printed if isinstance(part, Clause) else ""
        yield part.text


def test_every_unit_of_a_shipped_policys_document_is_accounted_for(name, document):
    """Nothing is left open, and every place stands on the text that was reviewed."""
    traced = trace(load_policy(name), document, f"{name}.md")
    assert {key: traced.totals[key] for key in ("open", "suspect", "lost", "stale")} == {
        "open": 0,
        "suspect": 0,
        "lost": 0,
        "stale": 0,
    }
    assert traced.share == 100
    assert not traced.falls_short(100)
