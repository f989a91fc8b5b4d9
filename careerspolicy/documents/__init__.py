"""What documents say, as values: the policy document and the provider access statement.

After evaluation and before views, which word them.
"""
