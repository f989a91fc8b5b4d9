"""YAML with the place of every value, and JSON Schema errors in plain English; knows no policy."""
