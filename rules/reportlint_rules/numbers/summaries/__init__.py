"""NM126: words that sum up figures."""
