"""PH: what a template or a drafter left open."""

from reportlint_rules.placeholders.gaps import silent_deletion
from reportlint_rules.placeholders.marks import placeholder_mark
from reportlint_rules.placeholders.slots import drafting_note, placeholder_slot

RULES = (placeholder_mark, placeholder_slot, drafting_note, silent_deletion)
