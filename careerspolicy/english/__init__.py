"""English from the shape: noun phrases, the parts of a promise, and whole sentences.

The one place that words what a policy says; between the policy model and everything that is read.
"""
