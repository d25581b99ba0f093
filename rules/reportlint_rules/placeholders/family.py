"""The rules of the family, imported with it."""

from reportlint_rules.placeholders.gaps import silent_deletion
from reportlint_rules.placeholders.marks import placeholder_mark
from reportlint_rules.placeholders.slots import drafting_note, placeholder_slot

RULES = (placeholder_mark, placeholder_slot, drafting_note, silent_deletion)
