"""The rules of the family, imported with it."""

from reportlint_rules.typos.broken_word import broken_word
from reportlint_rules.typos.collocations import broken_collocation
from reportlint_rules.typos.doubled import doubled_word
from reportlint_rules.typos.improbable import improbable_character
from reportlint_rules.typos.measure_slips import misprinted_measure_word
from reportlint_rules.typos.measures import missing_measure_word
from reportlint_rules.typos.mistaken import mistaken_character
from reportlint_rules.typos.phrases import broken_set_phrase
from reportlint_rules.typos.unlikely import doubtful_character, unlikely_character
from reportlint_rules.typos.words import confusable_word

RULES = (
    confusable_word,
    broken_set_phrase,
    missing_measure_word,
    unlikely_character,
    doubtful_character,
    improbable_character,
    broken_collocation,
    doubled_word,
    broken_word,
    misprinted_measure_word,
    mistaken_character,
)
