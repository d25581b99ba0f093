"""Slips of the hand in a printed number: one digit typed wrong, or two neighbours swapped.

Where the words leave it open what a figure is made of, arithmetic that comes out but for one such slip speaks for itself: of a thousand
numbers of three digits chance hits upon thirty.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from enum import Enum


class Slip(Enum):
    """What happened to the digits."""

    DIGIT = "digit"
    SWAP = "swap"


#: Digits of which one may be wrong without others of their kind being as near.
ENOUGH_DIGITS = 3


def slip_between(printed: Decimal, meant: Decimal, step: Decimal, enough: int = ENOUGH_DIGITS) -> Slip | None:
    """The one slip that makes ``printed`` of ``meant``, both to the last place ``step``; ``None`` where it takes more than one.

    Of fewer digits than ``enough`` a wrong one tells nothing.

    >>> slip_between(Decimal("147.5"), Decimal("174.5"), Decimal("0.1")), slip_between(Decimal(62), Decimal(64), Decimal(1))
    (<Slip.SWAP: 'swap'>, None)
    >>> slip_between(Decimal("6.83"), Decimal("5.83"), Decimal("0.01"))
    <Slip.DIGIT: 'digit'>
    """
    one, other = _digits(printed, step), _digits(meant, step)
    if len(one) != len(other) or len(one) < 2:
        return None
    apart = [place for place, (left, right) in enumerate(zip(one, other, strict=True)) if left != right]
    if len(apart) == 1:
        return Slip.DIGIT if len(one) >= enough else None
    if len(apart) == 2 and apart[1] - apart[0] == 1:
        first, second = apart
        return Slip.SWAP if (one[first], one[second]) == (other[second], other[first]) else None
    return None


def _digits(value: Decimal, step: Decimal) -> str:
    return str(int((value / step).quantize(Decimal(1), rounding=ROUND_HALF_UP))) if value >= 0 else ""
