"""One file a format: each writes any view, and knows no result.

After `views`, of which only the values of `tree` are known here; before the command line.
"""
