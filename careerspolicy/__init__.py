"""Careers policies of English schools and trusts as data: load one, hold it to facts, ask why.

The public names, which stand in `__init__.pyi`, and nothing else. Each is imported when it is first
used, so that importing the package costs next to nothing.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
