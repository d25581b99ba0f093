"""What a change must be, when value and base are printed: printed figures as intervals."""

from __future__ import annotations

from decimal import Decimal

from reportlint.numbers import Quantity
from reportlint_rules.numbers.figures import HUNDRED
from reportlint_rules.numbers.growth.bases import Figure
from reportlint_rules.numbers.growth.changes import Change

_TINY = Decimal("1e-9")
Interval = tuple[Decimal, Decimal]


def interval(quantity: Quantity) -> Interval:
    """The closed interval of a figure that has both ends, as all that comparisons bind do."""
    assert quantity.low is not None and quantity.high is not None
    return quantity.low, quantity.high


def difference(value: Quantity, base: Quantity) -> Interval:
    """The least and greatest value − base that the printed figures allow."""
    (low, high), (least, most) = interval(value), interval(base)
    return low - most, high - least


def ratio(value: Interval, base: Interval) -> Interval:
    """The least and greatest quotient of two intervals, the second positive."""
    ends = [one / max(other, _TINY) for one in value for other in base]
    return min(ends), max(ends)


def covers(bounds: Interval, printed: Quantity) -> bool:
    """Whether a change of that size can be printed so; the sign is judged apart, and truncation is allowed for."""
    low, high = bounds
    least, most = sorted((abs(low), abs(high)))
    if low <= 0 <= high:
        least = Decimal(0)
    cut = printed.step / 2 if printed.kind == "fold" else printed.step  # nobody cuts 2.9倍 down to 2倍
    return most >= printed.value - printed.step / 2 and least < printed.value + cut


def expected(value: Figure, base: Figure, change: Change) -> Interval | None:
    """What the change should be, in its own unit; ``None`` where value and base do not determine it."""
    unit, ends = change.figure.unit, (interval(value.quantity), interval(base.quantity))
    share = unit.kind in ("percent", "fold")
    if share and change.movement.word == "是":
        part = ends[0]
    elif share and not (base.unit.kind == "percent" and unit.kind == "percent"):
        part = difference(value.quantity, base.quantity)
    elif (unit.name == base.unit.name and unit.kind != "percent") or (
        unit.kind == "point" and base.unit.kind == "percent"
    ):
        whole = (value.quantity, base.quantity, change.figure.quantity)
        if unit.kind == "point" and all(one.step == 1 for one in whole):
            apart = value.quantity.value - base.quantity.value  # 由38%提高到45%: whole numbers are taken at their word
            return apart, apart
        return difference(value.quantity, base.quantity)
    else:
        return None
    return percent_of(part, ends[1]) if unit.kind == "percent" else ratio(part, ends[1])


def percent_of(part: Interval, whole: Interval) -> Interval:
    """``part`` in per cent of ``whole``."""
    low, high = ratio(part, whole)
    return low * HUNDRED, high * HUNDRED
