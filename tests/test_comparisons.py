"""Comparisons: which value, base and changes a sentence binds, and that right arithmetic is never objected to."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import reportlint
import reportlint_rules.numbers as numbers
from conftest import analysis
from reportlint.patterns import compiled
from reportlint_rules.numbers.growth.comparisons import growths
from reportlint_rules.numbers.growth.points import percent_for_points
from reportlint_rules.numbers.growth.rule import growth_mismatch

DATA = Path(numbers.__file__).parent
ENGINE = Path(reportlint.__file__).parent / "data"


def rows(name: str) -> list[list[str]]:
    (place,) = {*DATA.rglob(name), *ENGINE.glob(name)}
    lines = place.read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize(
    ("name", "allowed"),
    [
        ("movements.tsv", {"up", "down", "better", "worse"}),
        ("rank_moves.tsv", {"up", "down"}),
        ("polarity.tsv", {"lower", "higher"}),
    ],
)
def test_a_word_list_says_one_thing_of_each_word_and_where_it_is_from(name: str, allowed: set[str]) -> None:
    words = [row[0] for row in rows(name)]
    assert words == sorted(set(words))
    assert all(len(row) == 3 and row[1] in allowed and row[2] for row in rows(name))


@pytest.mark.parametrize("name", ["share_classes.tsv", "exclusives.tsv", "classes.tsv"])
def test_a_classification_has_two_members_or_more_and_a_source(name: str) -> None:
    found = rows(name)
    assert len({row[0] for row in found}) == len(found)
    for members, source, *_ in found:
        assert len(members.split()) > 1
        assert source
        assert all(compiled(member) for member in members.split())


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("事故由24起下降到18起，下降25%。", [("18起", "24起", ["25%"])]),
        ("事故18起，上年同期为24起，同比减少6起，下降25%。", [("18起", "24起", ["6起", "25%"])]),
        (
            "浓度29微克/立方米，同比下降6.5%（上年同期为31微克/立方米）。",
            [("29微克/立方米", "31微克/立方米", ["6.5%"])],
        ),
        ("占比在上年68.5%的基础上提高4.2个百分点，达到72.7%。", [("72.7%", "68.5%", ["4.2个百分点"])]),
        ("收入6.9亿元，是上年同期2.3亿元的3倍。", [("6.9亿元", "2.3亿元", ["3倍"])]),
        (
            "死亡9人、受伤12人，比上年同期（10人、16人）分别下降10%和25%。",
            [("9人", "10人", ["10%"]), ("12人", "16人", ["25%"])],
        ),
        ("完成100万元，为预算200万元的50%，比上年增加20万元，增长25%。", [("100万元", None, ["20万元", "25%"])]),
        (
            "9月份均价4.6元，8月份为5.0元，环比下跌8.0%；上年同期为4.0元，同比上涨15%。",
            [("4.6元", "5.0元", ["8.0%"]), ("4.6元", "4.0元", ["15%"])],
        ),
        ("超过上年全年的17亿元，同比增长31%。", []),
        ("全县约120家，比上年的100家增长20%。", []),
    ],
)
def test_a_change_is_bound_to_its_value_and_base(text: str, bound: list[tuple[str, str | None, list[str]]]) -> None:
    found = [
        (
            growth.value.quantity.text if growth.value else "",
            growth.base.quantity.text if growth.base else None,
            [change.figure.quantity.text for change in growth.changes],
        )
        for growth in growths(analysis(text))
        if growth.changes
    ]
    assert found == bound


@given(st.integers(2, 5000), st.integers(1, 5000), st.integers(0, 2))
def test_growth_that_was_computed_from_the_printed_figures_is_never_reported(
    base: int, value: int, places: int
) -> None:
    share = (abs(Decimal(value) - base) / base * 100).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    words = "增加" if value >= base else "减少"
    text = f"全市受理案件{value}件，比上年同期的{base}件{words}{abs(value - base)}件，幅度为{share}%；由{base}件{words}到{value}件。"
    assert not list(growth_mismatch.findings(analysis(text)))


@given(st.integers(1, 999), st.integers(1, 999))
def test_points_between_two_printed_rates_are_never_reported(base: int, value: int) -> None:
    one, other = Decimal(value).scaleb(-1), Decimal(base).scaleb(-1)
    text = f"全市合格率为{one}%，比上年的{other}%{'提高' if one >= other else '下降'}{abs(one - other)}个百分点。"
    found = analysis(text)
    assert not [*growth_mismatch.findings(found), *percent_for_points.findings(found)]
