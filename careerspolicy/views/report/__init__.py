"""The evaluation report: every finding, grouped by what a careers leader asks."""
