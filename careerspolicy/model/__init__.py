"""The model: what a policy asks (`duty`), the policy around it, and a school's facts."""
