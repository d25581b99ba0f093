"""The places of which the typo rules that run by default speak: a slip is told once."""

from __future__ import annotations

from functools import lru_cache

from reportlint.analysis import Analysis
from reportlint.span import Span
from reportlint_rules.typos.broken_word import misprinted
from reportlint_rules.typos.collocations import missed
from reportlint_rules.typos.doubled import doubled
from reportlint_rules.typos.improbable import sure
from reportlint_rules.typos.phrases import broken
from reportlint_rules.typos.words import slips


@lru_cache(maxsize=1)
def spoken(analysis: Analysis) -> tuple[Span, ...]:
    """What the lexicons and the surest looks of the language model tell."""
    return (
        *(at for at, _ in (*slips(analysis), *doubled(analysis))),
        *(slip.at for slip in broken(analysis)),
        *(miss.whole for miss in missed(analysis)),
        *(doubt.at for doubt in (*sure(analysis), *misprinted(analysis))),
    )
