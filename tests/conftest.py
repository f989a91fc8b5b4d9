"""What holds for every test: no example of a law fails because the computer was busy."""

from hypothesis import settings

settings.register_profile("no clock", deadline=None)
settings.load_profile("no clock")
