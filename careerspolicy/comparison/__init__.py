"""Policies held against each other: what each promises, where they differ, which asks more.

Stands on the solver, which decides what is stricter; between evaluation and views.
"""
