"""Values: the catalogue, which figure belongs to which indicator, the rules on any figure."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pandas as pd
import pandera.pandas as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import analysis, document
from reportlint.analysis import Analysis, Context
from reportlint.errors import SettingsError
from reportlint.indicators import read_catalogue
from reportlint.units import UNITS
from reportlint_rules.values import RULES
from reportlint_rules.values.catalogue import TABLE, catalogue, values
from reportlint_rules.values.limits import impossible_value
from reportlint_rules.values.ratios import TABLE as RATIOS
from reportlint_rules.values.ratios import ratios

LIMITS = ["hard_min", "plausible_min", "plausible_max", "hard_max"]
HEADER = "name,aliases,unit,units,direction,hard_min,hard_max,plausible_min,plausible_max,statistic,source\n"
PIECES = [
    *("PM2.5", "PM10", "CO", "pH", "合格率", "优良率", "氨氮", "浓度", "第90百分位", "立案26起", "罚款260亿元"),
    *("分别", "为", "达到", "同比下降", "上年的", "、", "，", "。", "（", "）", "\n"),
    *("35", "101%", "-5", "1.0", "8.3", "微克/立方米", "毫克/升", "%", "万亩"),
]


def bound(text: str) -> list[tuple[str, str]]:
    return [(value.indicator.name, value.quantity.text) for value in values(analysis(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PM2.5平均浓度同比下降5%，为32微克/立方米。", [("PM2.5", "32微克/立方米")]),
        ("PM2.5、PM10平均浓度分别为35、62微克/立方米。", [("PM2.5", "35"), ("PM10", "62微克/立方米")]),
        ("PM10、PM2.5分别下降19.4%、14.9%。", []),
        ("细颗粒物（PM2.5）浓度35微克/立方米。", [("PM2.5", "35微克/立方米")]),
        (
            "二氧化氮平均浓度由20微克/立方米降至19微克/立方米。",
            [("二氧化氮", "20微克/立方米"), ("二氧化氮", "19微克/立方米")],
        ),
        (
            "PM10浓度为61微克/立方米，较上年同期的66微克/立方米下降7.6%。",
            [("PM10", "61微克/立方米"), ("PM10", "66微克/立方米")],
        ),
        ("臭氧日最大8小时平均第90百分位数为148微克/立方米，同比降低4微克/立方米。", [("臭氧", "148微克/立方米")]),
        ("CO第95百分位浓度为1.1毫克/立方米。", [("一氧化碳", "1.1毫克/立方米")]),
        ("二氧化碳排放量32万吨，COD浓度18毫克/升。", [("化学需氧量", "18毫克/升")]),
        ("优良率提高1.2个百分点，达到85.6%。", [("优良天数比例", "85.6%")]),
        ("抽检420批次，合格率98.2%，33批次不合格。", [("合格率", "98.2%")]),
        ("出厂水合格率、管网水合格率分别为100%、99%。", [("合格率", "100%"), ("合格率", "99%")]),
        ("PM2.5监测点位46个，满意率调查覆盖98%的群众。", []),
        ("断面水质pH值为7.5。", [("pH", "7.5")]),
        ("毛入学率102.3%。", [("毛入学率", "102.3%")]),
        ("优良率力争达到88%。", [("优良天数比例", "88%")]),
    ],
)
def test_a_figure_is_bound_to_its_indicator(text: str, expected: list[tuple[str, str]]) -> None:
    assert bound(text) == expected


def test_targets_and_earlier_values_are_told_from_results() -> None:
    target, base = (
        values(analysis(text))[-1]
        for text in ("优良率力争达到88%。", "PM10为61微克/立方米，较上年同期的66微克/立方米下降。")
    )
    assert target.target
    assert not target.base
    assert base.base
    assert not base.target


def test_a_value_converts_to_the_indicators_unit() -> None:
    old, water = (
        values(analysis(text))[0] for text in ("PM2.5浓度为0.035毫克/立方米。", "氨氮浓度为0.52毫克/立方米。")
    )
    assert old.canonical == Decimal(35)
    assert water.canonical is None


def test_the_users_rows_replace_and_add(tmp_path: Path) -> None:
    table = tmp_path / "own.csv"
    table.write_text(HEADER + "合格率,,%,%,higher,0,90,,,,本单位\n上座率,,%,%,higher,0,100,,,,本单位\n", "utf-8")
    context = Context(indicators=tuple(read_catalogue(table)))
    found = Analysis(document("合格率95%，上座率120%，优良率101%。"), context)
    assert [finding.span.start for finding in impossible_value.findings(found)] == [3, 10, 18]


@pytest.mark.parametrize("row", ["合格率,,公斤力,%,higher,0,100,,,,", "合格率,,%,%,higher,零,100,,,,"])
def test_a_row_that_cannot_be_used_is_named(tmp_path: Path, row: str) -> None:
    table = tmp_path / "own.csv"
    table.write_text(HEADER + row + "\n", "utf-8")
    with pytest.raises(SettingsError, match="第 2 行"):
        list(read_catalogue(table))


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    table = tmp_path / "own.csv"
    table.write_text("name,unit\n合格率,%\n", "utf-8")
    with pytest.raises(SettingsError, match="aliases"):
        list(read_catalogue(table))


@given(st.decimals(0, 100, places=1))
def test_a_rate_up_to_a_hundred_is_never_impossible(rate: Decimal) -> None:
    assert not list(impossible_value.findings(analysis(f"全年抽检合格率为{rate}%。")))


@given(st.decimals(Decimal("100.1"), 999, places=1))
def test_a_rate_above_a_hundred_is_always_impossible(rate: Decimal) -> None:
    assert len(list(impossible_value.findings(analysis(f"全年抽检合格率为{rate}%。")))) == 1


@given(st.lists(st.sampled_from(PIECES), max_size=20).map("".join))
def test_rules_point_inside_any_text(text: str) -> None:
    found = analysis(text)
    for rule in RULES:
        for finding in rule.findings(found):
            assert 0 <= finding.span.start < finding.span.end <= len(text)


def test_the_catalogue_is_sound() -> None:
    table = pd.read_csv(TABLE, dtype=str, keep_default_na=False)
    number = pa.Check.str_matches(r"^$|^-?\d+(\.\d+)?$")
    known = pa.Check(lambda unit: unit in UNITS or not unit, element_wise=True)
    pa.DataFrameSchema(
        {
            "name": pa.Column(str, pa.Check.str_length(min_value=1), unique=True),
            "aliases": pa.Column(str),
            "unit": pa.Column(str, known),
            "units": pa.Column(
                str,
                pa.Check(
                    lambda units: all(unit in UNITS for unit in filter(None, units.split(";"))), element_wise=True
                ),
            ),
            "direction": pa.Column(str, pa.Check.isin(["higher", "lower", "none"])),
            **{limit: pa.Column(str, number) for limit in LIMITS},
            "statistic": pa.Column(str),
            "source": pa.Column(str, pa.Check.str_length(min_value=1)),
        },
        strict=True,
    ).validate(table, lazy=True)
    assert list(table["name"]) == sorted(table["name"])
    for _, row in table.iterrows():
        limits = [Decimal(row[limit]) for limit in LIMITS if row[limit]]
        assert limits == sorted(limits), row["name"]


def test_no_name_means_two_indicators() -> None:
    names = [name for indicator in catalogue().indicators for name in (indicator.name, *indicator.aliases)]
    assert len(names) == len(set(names))


def test_the_ratios_are_sound() -> None:
    table = pd.read_csv(RATIOS, dtype=str, keep_default_na=False)
    assert (table["source"] != "").all()
    for ratio in ratios():
        assert ratio.unit in UNITS
        assert ratio.per <= set(UNITS)
        assert Decimal(0) < ratio.plausible_min < ratio.plausible_max
