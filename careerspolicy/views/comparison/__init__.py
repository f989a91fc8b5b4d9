"""Policies side by side, and what else one comparison comes to."""
