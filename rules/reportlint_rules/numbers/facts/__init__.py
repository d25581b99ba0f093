"""NM114, LG: what is stated twice, in one document or in two."""
