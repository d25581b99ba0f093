"""NM116: means, and how much each."""
