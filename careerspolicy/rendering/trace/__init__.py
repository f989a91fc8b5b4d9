"""A trace in words, as data and as a page."""
