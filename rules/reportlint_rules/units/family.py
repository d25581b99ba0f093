"""The rules of the family, imported with it."""

from reportlint_rules.units.bare import figure_without_unit, letter_in_figure, malformed_figure
from reportlint_rules.units.notation import odd_unit, unit_two_ways
from reportlint_rules.units.shares import share_in_wrong_unit

RULES = (unit_two_ways, odd_unit, figure_without_unit, letter_in_figure, malformed_figure, share_in_wrong_unit)
