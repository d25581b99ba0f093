"""NM107, NM109: changes, their values and their bases."""
