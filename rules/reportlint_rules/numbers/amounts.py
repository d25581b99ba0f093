"""NM117: one amount printed twice, in two units."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from reportlint.analysis import Analysis
from reportlint.finding import Checked, Finding, Message, Outcome, Related, Severity
from reportlint.numbers import Quantity
from reportlint.patterns import compiled
from reportlint.record import NamedTuple
from reportlint.rule import rule
from reportlint.span import Span
from reportlint.units import UNITS, Unit
from reportlint_rules.numbers.figures import show

#: Words that say the next figure is the same amount.
_SAME = r"(?:亦?即|也就是|约?折?合(?!计)|折算(?:为|后为|后)?|换算(?:为|后为|后)?|相当于|约|折|小写|大写|金额)"
_OPEN = compiled(rf"[整正]?（{_SAME}{{0,2}}：?(?:人民币|RMB)?[¥￥]?")
_AFTER_COMMA = compiled(rf"[整正]?，?(?!约){_SAME}(?:人民币)?[¥￥]?")
_CLOSED = compiled(r"[整正]?(?:人民币|左右)?）")
_STOPPED = compiled(r"[整正]?(?:人民币|左右)?(?:[，。；、）\n]|$)")
_TOLERANCE = Decimal("0.01")


class _Amount(NamedTuple):
    """An amount: its place in the reading, its text, interval and value in base units, how it is printed."""

    at: Span
    text: str
    low: Decimal
    high: Decimal
    value: Decimal
    unit: Unit
    magnitude: str
    spelt: bool


def _from_quantity(quantity: Quantity, text: str) -> _Amount | None:
    """``None`` where the unit converts to nothing; a bare number after ¥ is 元."""
    unit = quantity.unit
    if not unit.name and text[quantity.at.start - 1 : quantity.at.start] in ("¥", "￥"):
        unit = UNITS["元"]
    if unit.factor is None or quantity.low is None or quantity.high is None:
        return None
    factor = unit.factor
    return _Amount(
        quantity.at,
        quantity.text,
        quantity.low * factor,
        quantity.high * factor,
        quantity.value * factor,
        unit,
        quantity.magnitude,
        quantity.han,
    )


def _same(text: str, one: _Amount, other: _Amount) -> bool:
    """Whether the words say that the second is the first in another unit."""
    between = text[one.at.end : other.at.start]
    alike = (one.unit, one.magnitude, one.spelt) == (other.unit, other.magnitude, other.spelt)
    if alike or one.unit.base != other.unit.base or len(between) > 16:
        return False
    if _OPEN.fullmatch(between):
        return _CLOSED.match(text, other.at.end) is not None
    return _AFTER_COMMA.fullmatch(between) is not None and _STOPPED.match(text, other.at.end) is not None


@rule(
    "NM117",
    "amount-in-two-units",
    severity=Severity.WARNING,
    bad=(
        "争取资金1.23亿元（⟦1230万元⟧）。",
        "新增林地20公顷（合⟦30亩⟧）。",
        "捐款人民币叁拾陆万元整（小写：⟦630000元⟧）。",
        "项目总投资2.8亿元，即⟦2800万元⟧。",
    ),
    good=(
        "争取资金1.23亿元（12300万元）。",
        "新增林地20公顷（合300亩）。",
        "争取资金1.23亿元（其中中央资金8000万元）。",
        "出口1.2亿美元（约8.6亿元）。",
    ),
)
def amount_in_two_units(analysis: Analysis) -> Iterator[Outcome]:
    """同一数量用两种单位写出，数值不等。

    “1.23亿元（1230万元）”少了一个零；1公顷等于15亩，1平方公里等于1500亩；大写金额与小写金额不同。括号里只有换算后的数，或者写明“即”“折合”的才核对。

    外币折合人民币、括号里另说别的事（其中、含）的不核对；带“约”的放宽，其余允许 1% 以内的误差。
    """
    text = analysis.reading.text
    amounts = [amount for quantity in analysis.quantities if (amount := _from_quantity(quantity, text))]
    for one, other in pairwise(amounts):
        if not _same(text, one, other):
            continue
        span = analysis.span(other.at)
        yield Checked(span)
        slack = max(abs(one.high), abs(other.high)) * _TOLERANCE
        if one.low - slack > other.high or other.low - slack > one.high:
            yield Finding(
                span,
                Message(
                    f"{one.text}＝{_shown(one.value, other)}，与后面的 {other.text} 不等，请核对",
                    f"{one.text} is not {other.text}",
                ),
                (Related(analysis.span(one.at), "同一数量"),),
            )


def _shown(value: Decimal, like: _Amount) -> str:
    """An amount in base units in the unit and magnitude of another."""
    factor = like.unit.factor
    assert factor is not None  # amounts convert, or they are none
    power = {"万": 4, "亿": 8}.get(like.magnitude, 0)
    scaled = (value / factor).scaleb(-power)
    return f"{show(scaled.quantize(Decimal('0.0001')))}{like.magnitude}{like.unit.name}"
