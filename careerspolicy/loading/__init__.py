"""From a policy file to a `Policy`: plain YAML, then conformity, construction and consistency."""
