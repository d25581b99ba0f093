"""NM120: targets and what was reached."""
