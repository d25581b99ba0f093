"""Rates taken of another figure than the one they name: 发放500份、回收有效问卷476份，满意405份，占有效问卷的81%; 不捕率 of those arrested."""

from __future__ import annotations

from collections.abc import Sequence

from reportlint.claims import Claim
from reportlint.patterns import compiled
from reportlint_rules.numbers.figures import fits_rate
from reportlint_rules.numbers.named_rates import named_rate

_OF = compiled(
    r"占(?:全部|全市|全县|全区|全校|全镇|本级)?([一-龥]{2,10}?)(?:总数|总量|总额|人数|数量?)?的(?:比例为|比重为|约)?"
)
#: What stands between a name and its figure.
_TO_FIGURE = compiled(r"(?:为|有|共|共有|达|达到|已|现有|总数|总量|合计|共计|数量?){1,4}$")
_TOO_SHORT = 2


def of_another(counts: Sequence[Claim], before: Sequence[Claim], rate: Claim) -> tuple[Claim, Claim] | None:
    """The part and the whole that the rate names, where it is that of the part and another of ``counts`` instead."""
    if rate.planned or not rate.quantity.exact:
        return None
    spelt = _named(counts, rate)
    pair = spelt or named_rate(before, rate)
    if pair is None or fits_rate(pair[0].quantity, pair[1].quantity, rate.quantity):
        return None
    part, whole = pair
    value = part.quantity.value
    rest = whole.quantity.value - value
    others = [
        claim
        for claim in counts
        if claim is not part
        and claim is not whole
        and claim.quantity.kind == whole.quantity.kind
        and claim.quantity.value > value
        and claim.quantity.exact
        and (spelt or claim.quantity.value == rest)
        and fits_rate(part.quantity, claim.quantity, rate.quantity)
    ]
    # Two of a name leave open which is meant. Where the rate does not spell its whole, other figures may well be it (上线率 of those who sat
    # the examination, not of those who entered), but never the rest of the whole: 不捕率 of those arrested.
    return pair if len(others) == 1 else None


def _named(counts: Sequence[Claim], rate: Claim) -> tuple[Claim, Claim] | None:
    """占专任教师的: the one figure of that name, and the one right before the rate."""
    said = _OF.fullmatch(rate.lead)
    if said is None or len(said[1]) < _TOO_SHORT or not counts:
        return None
    part = counts[-1]
    if rate.clause - part.clause > 1 or not part.countable:
        return None
    wholes = [
        claim
        for claim in counts[:-1]
        if (_TO_FIGURE.sub("", claim.lead).endswith(said[1]) or claim.trail.startswith(said[1]))
        and claim.quantity.kind == part.quantity.kind
    ]
    if len(wholes) != 1 or wholes[0].planned or not 0 < part.quantity.value < wholes[0].quantity.value:
        return None
    return part, wholes[0]
