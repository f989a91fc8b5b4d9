"""What lint found, in words, as data and as SARIF."""
