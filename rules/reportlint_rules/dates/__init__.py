"""DT: dates that cannot be, or cannot be meant."""

from reportlint_rules import listed

__getattr__ = listed(__name__)
