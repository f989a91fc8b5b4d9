"""Which promise asks more: relations between obligations, decided by a solver, with witnesses.

Stands on the evaluator: what a solver answers is shown only once the evaluator has agreed.
`relations` holds what to call; `docs/stricter-than.md` tells the idea and its limits.
"""
