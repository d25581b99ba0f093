"""How figures are compared and shown: printed numbers as intervals, arithmetic as a person writes it."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from reportlint.claims import Claim
from reportlint.finding import Related
from reportlint.numbers import Quantity

HUNDRED = Decimal(100)


def show(value: Decimal, places: int | None = None) -> str:
    """A number as a person writes it: no exponent, no trailing zeros unless ``places`` asks for them.

    >>> show(Decimal("87.50")), show(Decimal(7) / 8 * 100, 1)
    ('87.5', '87.5')
    """
    if places is not None:
        value = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
        return f"{value:f}"
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def scaled(value: Decimal, like: Quantity) -> str:
    """``value`` in the magnitude and unit of ``like``: 3500000000 beside 12亿元 is 35亿元."""
    power = {"万": 4, "亿": 8, "万亿": 12, "千": 3, "百": 2}.get(like.magnitude, 0)
    return f"{show(value.scaleb(-power))}{like.magnitude}{like.unit.name}"


def places(quantity: Quantity) -> int:
    """How many decimals a percentage is printed with."""
    return max(0, -int(quantity.step.adjusted()))


def fits_rate(part: Quantity, whole: Quantity, rate: Quantity) -> bool:
    """Whether ``part / whole`` can be printed as ``rate``: rounded or truncated, from any values the figures stand for."""
    low, high = ratio(part, whole)
    return high * HUNDRED >= rate.value - rate.step / 2 and low * HUNDRED < rate.value + rate.step


def ratio(part: Quantity, whole: Quantity) -> tuple[Decimal, Decimal]:
    """The least and the greatest ratio that the two printed figures allow."""
    lows = (part.low if part.low is not None else Decimal(0), whole.low or whole.value)
    highs = (part.high if part.high is not None else part.value, whole.high or whole.value)
    least = Decimal("1e-9")
    return lows[0] / max(highs[1], least), highs[0] / max(lows[1], least)


def share_a_pair(one: str, other: str) -> bool:
    """Whether two neighbouring characters of ``one`` stand side by side in ``other`` too.

    >>> share_a_pair("新开工项目", "累计开工"), share_a_pair("开工", "工作开展")
    (True, False)
    """
    return any(one[place : place + 2] in other for place in range(len(one) - 1))


def related(claims: Iterable[Claim], message: str) -> tuple[Related, ...]:
    """The other places of a finding, all in the same part."""
    return tuple(Related(claim.quantity.span, message) for claim in claims)
