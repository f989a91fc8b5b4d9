"""The statement as a page, in Chromium: nobody is shut out, at a desk or on a telephone."""

from __future__ import annotations

import pytest
from browser import DESKTOP, PHONE, scrolls_sideways, violations
from school_files import AS_OF, YEAR, statement, trust_facts

from careerspolicy.views.provider_access import provider_access_view
from careerspolicy.writers.page import page


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
@pytest.mark.parametrize("name", ["900001", "900003", "independent"])
def test_nobody_is_shut_out(page_of, name, width):
    """axe-core finds nothing, in a draft with gaps either, and nothing scrolls sideways."""
    facts = trust_facts() if name.startswith("9") else None
    made = statement(name, of="impact", facts=facts, draft=True, year=YEAR, as_of=AS_OF)
    opened = page_of(page(provider_access_view(made)), width)
    assert violations(opened) == []
    assert not scrolls_sideways(opened)
