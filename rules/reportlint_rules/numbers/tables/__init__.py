"""NM122: tables, their sums and what the text tells of them."""
