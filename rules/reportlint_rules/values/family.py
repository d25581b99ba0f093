"""The rules of the family, imported with it."""

from reportlint_rules.values.catalogue import TABLES as INDICATORS
from reportlint_rules.values.counts import impossible_count
from reportlint_rules.values.limits import implausible_value, impossible_value
from reportlint_rules.values.pairs import fine_above_coarse
from reportlint_rules.values.standards import value_misses_standard
from reportlint_rules.values.units import wrong_unit

__all__ = ["INDICATORS", "RULES"]

RULES = (impossible_value, fine_above_coarse, wrong_unit, implausible_value, value_misses_standard, impossible_count)
