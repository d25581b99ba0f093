"""RS: leftovers of web pages and markup."""

from reportlint_rules import listed

__getattr__ = listed(__name__)
