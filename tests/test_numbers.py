"""Numerals and quantities: values, units, bounds, and what is no quantity."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import analysis
from reportlint.numbers import Bound, Quantity, quantities
from reportlint.numerals import han_value


def found(text: str) -> list[tuple[str, str]]:
    return [(f"{q.value.normalize():f}", q.unit.name) for q in analysis(text).quantities]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("收入12.30亿元。", [("1230000000", "元")]),
        ("共１，２９７辆。", [("1297", "辆")]),
        ("抽测1,297辆。", [("1297", "辆")]),
        ("共二十六项，已完成十三项。", [("26", "项"), ("13", "项")]),
        ("约3.5万份，近1万余条。", [("35000", "份"), ("10000", "条")]),
        ("合格率百分之八十五。", [("85", "%")]),
        ("下降0.5个百分点。", [("0.5", "个百分点")]),
        ("浓度0.052mg/L，47μg/m³。", [("0.052", "mg/L"), ("47", "μg/m3")]),
        ("面积三万五千亩。", [("35000", "亩")]),
        ("增速为-3.2%。", [("-3.2", "%")]),
    ],
)
def test_a_quantity_is_read_with_value_and_unit(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "细颗粒物PM2.5和臭氧O3协同控制。",
        "执行GB3095标准。",
        "“1+7+18”品牌矩阵，“2+26”城市。",
        "机组2×66万千瓦。",
        "会议于10:25开始。",
        "三分之一的问题，统一部署，进一步推进，十分重要。",
        "一是压实责任，二是强化督导。",
        "2024年3月18日，上半年，1—5月，“十四五”时期。",
    ],
)
def test_names_formulas_and_dates_are_no_quantities(text: str) -> None:
    assert [q for q in analysis(text).quantities if not q.quoted] == []


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("共26项。", Bound.EXACT),
        ("共20余项。", Bound.MORE),
        ("约20项。", Bound.ABOUT),
        ("20项左右。", Bound.ABOUT),
        ("近20项。", Bound.LESS),
        ("不少于20项。", Bound.AT_LEAST),
        ("93%以上。", Bound.AT_LEAST),
        ("控制在35微克/立方米以内。", Bound.AT_MOST),
    ],
)
def test_words_around_a_number_bound_it(text: str, bound: Bound) -> None:
    assert [q.bound for q in analysis(text).quantities] == [bound]


def test_a_printed_decimal_is_an_interval_and_a_count_is_exact() -> None:
    rate, count = analysis("优良率12.3%，问题26个。").quantities
    assert (rate.low, rate.high) == (Decimal("12.25"), Decimal("12.35"))
    assert (count.low, count.high) == (26, 26)


def test_more_decimals_mean_a_finer_step() -> None:
    one, other = analysis("收入98.50万元，支出98.5万元。").quantities
    assert one.value == other.value
    assert one.step == Decimal(100) and other.step == Decimal(1000)


def test_ordinals_quotes_and_ranges_are_marked() -> None:
    by_text = {q.text: q for q in analysis("排名第3位，前5名，“6个100%”，3—5个，10%至15%。").quantities}
    assert by_text["3位"].ordinal
    assert by_text["5名"].ordinal
    assert by_text["100%"].quoted
    assert by_text["5个"].ranged
    assert by_text["10%"].ranged and by_text["15%"].ranged


@given(st.text(alphabet="零〇一二两三四五六七八九十百千万亿点", max_size=12))
def test_any_string_of_numerals_has_a_value_or_none(text: str) -> None:
    value = han_value(text)
    assert value is None or value >= 0


@given(st.integers(min_value=1, max_value=9999))
def test_spelling_a_number_and_reading_it_agree(number: int) -> None:
    digits = "零一二三四五六七八九"
    spelt, zero = "", False
    for power, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if digit:
            spelt += ("零" if zero and spelt else "") + digits[digit] + name
            zero = False
        else:
            zero = True
    assert han_value(spelt) == number


@given(st.text(max_size=80))
def test_quantities_never_fail_and_lie_inside_the_text(text: str) -> None:
    last = 0
    for quantity in quantities(text):
        assert isinstance(quantity, Quantity)
        assert last <= quantity.at.start < quantity.at.end <= len(text)
        assert text[quantity.at.start : quantity.at.end] == quantity.text
        last = quantity.at.end
