"""From reports to what people and programs read: text, JSON, CSV.

After evaluation, before the command line. Nothing here prints: each module answers with text, or
with tables for the command line to print at the terminal's width.
"""
