"""Keyed ids of pupils, and their names beside the key: what keeps facts free of both.

Nothing here knows of files of pupils or of reports; readers ask for ids, commands for names.
"""

from careerspolicy.privacy.identities import Conflict, Identities
from careerspolicy.privacy.marks import MARKS, is_uln, is_upn, like_upn
from careerspolicy.privacy.names import Names

__all__ = ["MARKS", "Conflict", "Identities", "Names", "is_uln", "is_upn", "like_upn"]
