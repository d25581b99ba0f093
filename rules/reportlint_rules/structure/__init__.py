"""ST: the structure of a report."""

from reportlint_rules import listed

__getattr__ = listed(__name__)
