"""What holds for every test: no example of a law fails because the computer was busy.

The fixtures of `browser` come to every test that asks for them.
"""

import pytest
from hypothesis import settings

from careerspolicy import extras
from careerspolicy.errors import MissingExtra

settings.register_profile("no clock", deadline=None)
settings.load_profile("no clock")

pytest_plugins = ["browser"]


@pytest.fixture(scope="session")
def pdf_library():
    """What makes PDFs; a test that needs it skips where the system's library under it is absent."""
    try:
        return extras.load("weasyprint")
    except MissingExtra as error:
        pytest.skip(str(error))
