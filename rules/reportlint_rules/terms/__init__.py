"""TM: terms and their usage."""

from reportlint_rules.terms.usage import cutoff_verb, inspection_term, same_period_word

RULES = (cutoff_verb, same_period_word, inspection_term)
