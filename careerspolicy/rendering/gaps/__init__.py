"""A policy held against the law, in words and as data; and the page of the law."""
