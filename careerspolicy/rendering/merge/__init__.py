"""A merged policy as a file, and its certificate in words and as data."""
