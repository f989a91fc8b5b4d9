"""Mappings: what becomes of the columns of a system's export, or of a school's own spreadsheet.

`shipped/` has one file for each system whose headings a public source shows; a school's own has
the same schema.
"""
