"""NM103: rates and the counts they are of."""
