"""The rules of the family, imported with it."""

from reportlint_rules.punctuation.days import point_in_a_day
from reportlint_rules.punctuation.lists import comma_in_a_list, stop_between_quotes
from reportlint_rules.punctuation.marks import doubled_mark
from reportlint_rules.punctuation.pairs import nested_same_mark, unbalanced_mark
from reportlint_rules.punctuation.width import mixed_width, stray_space

RULES = (
    unbalanced_mark,
    nested_same_mark,
    doubled_mark,
    mixed_width,
    stray_space,
    stop_between_quotes,
    point_in_a_day,
    comma_in_a_list,
)
