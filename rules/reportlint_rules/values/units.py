"""PV003: a value in a unit that cannot be meant."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from reportlint.analysis import Analysis
from reportlint.finding import Checked, Finding, Message, Outcome, Severity
from reportlint.indicators import IndicatorValue
from reportlint.rule import rule
from reportlint_rules.values.catalogue import show, values, within

_WIDE = Decimal(3)


#: Kinds of unit that say what was measured; a bare number says nothing.
_TELLING = frozenset(
    {"concentration", "deposition", "noise", "percent", "area", "length", "mass", "volume", "energy", "power"}
)


def misprinted_unit(value: IndicatorValue) -> bool:
    """Whether the unit cannot be meant: it measures something else, or makes absurd a figure that is fine in the usual unit.

    0.035毫克/立方米 of PM2.5 is an old way to print 35微克/立方米; 35毫克/立方米 is a slip.
    """
    indicator, unit = value.indicator, value.unit
    if value.inherited or unit.name in indicator.units or unit.name == indicator.unit.name:
        return False
    if unit.kind not in _TELLING or indicator.unit.kind not in _TELLING:
        return False
    low, high = indicator.plausible_min, indicator.plausible_max
    if unit.kind == indicator.unit.kind == "percent":
        # 婴儿死亡率2.6%: what is told in ‰ printed with %; 0.26% would be another way to say it
        converted = value.canonical
        return converted is not None and within(value.quantity.value, low, high) and not within(converted, low, high)
    as_usual = within(value.quantity.value, low, high, _WIDE)
    converted = value.canonical
    return converted is None or (not within(converted, low, high, _WIDE) and as_usual)


@rule(
    "PV003",
    "wrong-unit",
    severity=Severity.WARNING,
    bad=(
        "PM2.5平均浓度为⟦35毫克/立方米⟧，同比下降4.1%。",
        "一氧化碳平均浓度⟦1.0微克/立方米⟧，臭氧平均浓度148微克/立方米。",
        "临河断面氨氮平均浓度为⟦0.52毫克/立方米⟧。",
    ),
    good=(
        "PM2.5平均浓度为0.035毫克/立方米，同比下降4.1%。",
        "一氧化碳平均浓度1.0毫克/立方米，臭氧平均浓度148微克/立方米。",
        "临河断面氨氮平均浓度为0.52毫克/升。",
        "PM2.5、PM10平均浓度分别为35、62微克/立方米。",
    ),
)
def wrong_unit(analysis: Analysis) -> Iterator[Outcome]:
    """指标用错了单位。

    一氧化碳以毫克/立方米计，其他空气污染物以微克/立方米计，水里的污染物以毫克/升计。单位写串，数值就差了一千倍。
    人口出生率、死亡率以‰计，写成%就差了十倍；处理能力以立方米计，写成“米”就不是一回事。

    换算以后合理的不报：PM2.5 旧时写作 0.035 毫克/立方米。
    """
    for value in values(analysis):
        if value.indicator.unit.kind not in _TELLING or value.unit.kind not in _TELLING:
            continue
        span = value.quantity.span
        yield Checked(span)
        if misprinted_unit(value):
            usual = value.indicator.unit.name
            converted = value.canonical
            reason = f"合 {show(converted)}{usual}，" if converted is not None else ""
            yield Finding(
                span,
                Message(
                    f"{value.indicator.name} {value.quantity.text}：{reason}不合常理，这项指标以{usual}计，请核对单位",
                    f"{value.indicator.name} is given in {usual}; {value.quantity.text} cannot be meant",
                ),
            )
