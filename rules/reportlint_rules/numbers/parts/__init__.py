"""NM102: parts and their totals."""
