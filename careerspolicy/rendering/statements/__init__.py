"""Documents to publish, worded: the policy, and the provider access statement."""
