"""The rules of the family, imported with it."""

from reportlint_rules.units.notation import odd_unit, unit_two_ways

RULES = (unit_two_ways, odd_unit)
