"""Policies side by side: for the terminal, as data, as tables and as a page."""
