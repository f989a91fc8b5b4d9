"""From verdicts to words and documents."""
