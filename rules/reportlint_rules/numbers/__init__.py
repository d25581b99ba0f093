"""NM: figures that must agree with each other."""

from reportlint_rules import listed

__getattr__ = listed(__name__)
