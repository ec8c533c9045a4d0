"""Learning-rate schedules, seen before they are trained with."""
