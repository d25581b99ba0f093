"""NM117: one amount printed twice, in two units."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from reportlint.analysis import Analysis
from reportlint.finding import Checked, Finding, Message, Outcome, Related, Severity
from reportlint.numbers import Quantity
from reportlint.rule import rule
from reportlint_rules.numbers.figures import show

_OPEN = re.compile(r"（(?:即|约合|折合|合|约|相当于|折)?$")
_TOLERANCE = Decimal("0.01")


def _base(quantity: Quantity) -> tuple[Decimal, Decimal] | None:
    """The interval in base units, or ``None`` where the unit converts to nothing."""
    factor = quantity.unit.factor
    if factor is None or quantity.low is None or quantity.high is None:
        return None
    return quantity.low * factor, quantity.high * factor


@rule(
    "NM117",
    "amount-in-two-units",
    severity=Severity.WARNING,
    bad=("争取资金1.23亿元（⟦1230万元⟧）。", "新增林地20公顷（合⟦30亩⟧）。"),
    good=("争取资金1.23亿元（12300万元）。", "新增林地20公顷（合300亩）。", "争取资金1.23亿元（其中中央资金8000万元）。", "出口1.2亿美元（约8.6亿元）。"),
)
def amount_in_two_units(analysis: Analysis) -> Iterator[Outcome]:
    """同一数量用两种单位写出，数值不等。

    “1.23亿元（1230万元）”少了一个零；1公顷等于15亩，1平方公里等于1500亩。括号里只有换算后的数时才核对。

    外币折合人民币、括号里另说别的事（其中、含）的不核对；带“约”的按 1% 以内的误差放过。
    """
    text = analysis.reading.text
    for one, other in zip(analysis.quantities, analysis.quantities[1:], strict=False):
        between = text[one.at.end : other.at.start]
        if not _OPEN.fullmatch(between) or text[other.at.end : other.at.end + 1] != "）" or one.kind != other.kind:
            continue
        first, second = _base(one), _base(other)
        if first is None or second is None or one.unit.base != other.unit.base:
            continue
        yield Checked(other.span)
        slack = max(abs(first[1]), abs(second[1])) * _TOLERANCE
        if first[0] - slack > second[1] or second[0] - slack > first[1]:
            assert other.unit.factor is not None and one.unit.factor is not None
            should = one.value * one.unit.factor / other.unit.factor
            power = {"万": 4, "亿": 8}.get(other.magnitude, 0)
            yield Finding(
                other.span,
                Message(
                    f"{one.text}＝{show(should.scaleb(-power).normalize() if should else should)}{other.magnitude}{other.unit.name}，与括号里的 {other.text} 不等，请核对",
                    f"{one.text} is not {other.text}",
                ),
                (Related(one.span, "同一数量"),),
            )
