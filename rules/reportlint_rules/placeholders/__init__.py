"""PH: what a template or a drafter left open."""

from reportlint_rules import listed

__getattr__ = listed(__name__)
