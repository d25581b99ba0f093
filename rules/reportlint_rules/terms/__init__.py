"""TM: terms and their usage."""

from reportlint_rules import listed

__getattr__ = listed(__name__)
