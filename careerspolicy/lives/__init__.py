"""Small made-up lives: facts for cases of policies, for a solver's witnesses, for property tests.

Stands above evaluation and below solver and cases. `people` holds the usual school and pupil, fills
in what short facts leave out and writes facts as a file; `values` passes or fails a condition;
`scenes` puts an obligation to the test.
"""
