"""The rules of the family, imported with it."""

from reportlint_rules.terms.drafting import drafting_verb
from reportlint_rules.terms.former import former_body
from reportlint_rules.terms.laws import misnamed_law
from reportlint_rules.terms.names import name_two_ways
from reportlint_rules.terms.nearwords import near_word
from reportlint_rules.terms.pleonasms import pleonasm
from reportlint_rules.terms.quoted import quoted_two_ways
from reportlint_rules.terms.rights import right_or_power
from reportlint_rules.terms.series import series_order
from reportlint_rules.terms.slogans import set_formula
from reportlint_rules.terms.usage import cutoff_verb, inspection_term, same_period_word
from reportlint_rules.terms.whose import not_ours

RULES = (
    cutoff_verb,
    same_period_word,
    inspection_term,
    name_two_ways,
    quoted_two_ways,
    pleonasm,
    drafting_verb,
    series_order,
    right_or_power,
    near_word,
    set_formula,
    former_body,
    not_ours,
    misnamed_law,
)
