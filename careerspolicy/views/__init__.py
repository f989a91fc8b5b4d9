"""Results seen by people and programs: each as one tree of values, in `tree`, for every writer."""
