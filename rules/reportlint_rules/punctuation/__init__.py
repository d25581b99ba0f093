"""PN: punctuation, its pairs and its width."""

from reportlint_rules import listed

__getattr__ = listed(__name__)
