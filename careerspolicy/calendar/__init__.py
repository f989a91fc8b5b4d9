"""Pure dates: the school calendar, durations, and dates that are known in part."""
