"""From a policy and facts to verdicts."""
