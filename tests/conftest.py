"""What holds for every test: no example of a law fails because the computer was busy.

The fixtures of `browser` come to every test that asks for them.
"""

from hypothesis import settings

settings.register_profile("no clock", deadline=None)
settings.load_profile("no clock")

pytest_plugins = ["browser"]
