"""Reports of findings: for the terminal, as data, as a page and as a workbook."""
