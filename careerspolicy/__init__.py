"""careerspolicy: careers policies as data, evaluated against a school's facts."""
