"""Small made-up lives: facts for cases of policies, for a solver's witnesses, for property tests.

Stands above evaluation, beside the solver and below cases. `people` holds the usual school and
pupil, `short_facts` fills in what short facts leave out, `values` passes or fails a condition,
`scenes` puts an obligation to the test, and `facts_yaml` writes facts as a file.
"""
