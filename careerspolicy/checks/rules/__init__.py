"""The rules, by what they look at; each is a function of a case that yields what it finds."""
