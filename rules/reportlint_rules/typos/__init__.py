"""TY: wrong, missing and doubled characters."""

from reportlint_rules import listed

__getattr__ = listed(__name__)
