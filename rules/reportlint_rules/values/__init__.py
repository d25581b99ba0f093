"""PV: values that an indicator cannot have, or hardly can."""

from reportlint_rules import listed

__getattr__ = listed(__name__)
