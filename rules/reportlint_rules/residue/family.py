"""The rules of the family, imported with it."""

from reportlint_rules.residue.pages import markup_residue, web_page_residue

RULES = (web_page_residue, markup_residue)
