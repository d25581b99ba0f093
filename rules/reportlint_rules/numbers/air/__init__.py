"""NM106, NM119: days of good air, and the composite index."""
