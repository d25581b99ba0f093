"""UN: how units are written."""

from reportlint_rules import listed

__getattr__ = listed(__name__)
