"""Rates taken of the rest of their whole: 不捕率 of those arrested, 节约率 of the price instead of the budget."""

from __future__ import annotations

from collections.abc import Sequence

from reportlint.claims import Claim
from reportlint_rules.numbers.figures import fits_rate
from reportlint_rules.numbers.rates.named_rates import named_rate


def of_the_rest(counts: Sequence[Claim], before: Sequence[Claim], rate: Claim) -> tuple[Claim, Claim] | None:
    """The part and the whole that the rate's name tells, where it is that of the part and the rest of the whole, printed among ``counts``.

    Any other figure that gives the rate may be what it is of: 上线率 of those who sat the examination, not of those who entered.
    """
    pair = None if rate.planned or not rate.quantity.exact else named_rate(before, rate)
    if pair is None or fits_rate(pair[0].quantity, pair[1].quantity, rate.quantity):
        return None
    part, whole = pair
    rest = whole.quantity.value - part.quantity.value
    fits = any(
        claim is not part
        and claim.quantity.kind == whole.quantity.kind
        and claim.quantity.exact
        and claim.quantity.value == rest > 0
        and fits_rate(part.quantity, claim.quantity, rate.quantity)
        for claim in counts
    )
    return pair if fits else None
