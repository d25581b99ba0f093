"""ST: the structure of a report."""

from reportlint_rules.structure.breaks import cut_sentence

RULES = (cut_sentence,)
