"""Values: the catalogue, which figure belongs to which indicator, the rules on any figure."""

from __future__ import annotations

import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pandera.pandas as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import analysis, document
from reportlint.analysis import Analysis, Context
from reportlint.api import check_file
from reportlint.catalogue_file import catalogue_rows, read_catalogue
from reportlint.catalogue_schema import faults
from reportlint.errors import SettingsError
from reportlint.units import UNITS
from reportlint_rules.values import RULES
from reportlint_rules.values.catalogue import TABLES, catalogue, values
from reportlint_rules.values.growth import TABLE as GROWTH
from reportlint_rules.values.limits import impossible_value
from reportlint_rules.values.ratios import TABLE as RATIOS
from reportlint_rules.values.ratios import ratios
from reportlint_rules.values.standards import TABLE as STANDARDS
from reportlint_rules.values.standards import standards

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
        ("地区生产总值增长6.2%，投资12亿元。", [("地区生产总值增速", "6.2%")]),
        ("城镇居民人均可支配收入达到4.32万元。", [("城镇居民人均可支配收入", "4.32万元")]),
        (
            "人均预期寿命提高到79.2岁，PM2.5浓度35微克/立方米。",
            [("人均预期寿命", "79.2岁"), ("PM2.5", "35微克/立方米")],
        ),
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
    table.write_text("name,aliases\n合格率,\n", "utf-8")
    with pytest.raises(SettingsError, match="缺少列 unit"):
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


@pytest.mark.parametrize("path", TABLES, ids=os.path.basename)
def test_the_catalogue_is_sound(path: str) -> None:
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
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
            "context": pa.Column(str, required=False),
        },
        strict=True,
    ).validate(table, lazy=True)
    assert not table["source"].str.startswith(("general", "web", "seed")).any(), "a source that can be looked up"
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
        assert ratio.factor >= 1


def test_the_bounds_of_growth_are_sound() -> None:
    table = pd.read_csv(GROWTH, dtype=str, keep_default_na=False)
    assert (table["source"] != "").all()
    assert list(table["name"]) == sorted(table["name"])
    assert all(Decimal(row["plausible_min"]) < 0 < Decimal(row["plausible_max"]) for _, row in table.iterrows())


CHINESE = "名称,别名,单位,最小值,最大值,常见最小值,常见最大值,方向,来源\n"
#: A faulty row each, and what is said of it.
FAULTY = [
    ("生师比,,公斤力,1,100,,,,", "第 2 行“单位”公斤力 不是认得的单位"),
    ("生师比,,,1,甲,,,,", "第 2 行“最大值”甲 应为数字"),
    ("生师比,,,1,nan,,,,", "第 2 行“最大值”nan 应为数字"),
    ("生师比,,,200,100,,,,", "第 2 行“范围” 范围颠倒"),
    ("生师比,,,1,100,200,300,,", "第 2 行“范围” 范围颠倒"),
    (",师生比,,1,100,,,,", "第 2 行“名称” 不能空着"),
    ("生师比,,,1,100,,,随便,", "第 2 行“方向”随便 应为"),
    ("生师比,生师比,,1,100,,,,", "第 2 行“别名” 有别名与别的行重复"),
]


def own_catalogue(folder: Path, rows: str, verb: str = "extend", encoding: str = "utf-8") -> Path:
    (folder / "指标.csv").write_text(CHINESE + rows + "\n", encoding)
    (folder / "reportlint.toml").write_text(f'[catalogue]\n{verb} = "指标.csv"\n', "utf-8")
    report = folder / "总结.txt"
    report.write_text("小学生师比为180，抽检合格率101%。\n", "utf-8")
    return report


def impossible(report: Path) -> list[str]:
    result = check_file(report, select=["PV001"])
    return [report.read_text("utf-8")[slice(*found.span)] for found in result.diagnostics]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_configured_catalogue_extends_the_shipped_one(tmp_path: Path, encoding: str) -> None:
    report = own_catalogue(tmp_path, "生师比,,,1,100,5,40,越低越好,本单位", encoding=encoding)
    assert impossible(report) == ["180", "101%"]


def test_a_configured_catalogue_replaces_the_shipped_one(tmp_path: Path) -> None:
    assert impossible(own_catalogue(tmp_path, "生师比,,,1,100,5,40,,", "replace")) == ["180"]


@pytest.mark.parametrize(("row", "said"), FAULTY)
def test_pandera_finds_what_the_quick_reader_refuses(tmp_path: Path, row: str, said: str) -> None:
    report = own_catalogue(tmp_path, row)
    with pytest.raises(SettingsError) as refused:
        check_file(report)
    assert said in str(refused.value)
    assert "有 1 处错误" in str(refused.value)


def test_all_bad_cells_are_told_at_once(tmp_path: Path) -> None:
    report = own_catalogue(tmp_path, "\n".join(row for row, _ in FAULTY[:4]))
    with pytest.raises(SettingsError) as refused:
        check_file(report)
    for number, (_, said) in enumerate(FAULTY[:4], 2):
        assert said.replace("第 2 行", f"第 {number} 行") in str(refused.value)


def test_a_catalogue_that_is_not_there_is_named(tmp_path: Path) -> None:
    report = own_catalogue(tmp_path, "")
    (tmp_path / "指标.csv").unlink()
    with pytest.raises(SettingsError, match=r"指标\.csv"):
        check_file(report)


def test_a_good_catalogue_of_ones_own_loads_no_pandas(tmp_path: Path) -> None:
    report = own_catalogue(tmp_path, "生师比,,,1,100,5,40,,")
    code = "import sys; from reportlint.api import check_file; check_file(sys.argv[1]); print('pandas' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code, str(report)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


@pytest.mark.parametrize("path", TABLES, ids=os.path.basename)
def test_the_shipped_catalogue_passes_the_schema_of_the_users(path: str) -> None:
    assert not faults(catalogue_rows(path))


def test_the_standards_are_sound() -> None:
    table = pd.read_csv(STANDARDS, dtype=str, keep_default_na=False)
    day = pa.Check.str_matches(r"^$|^20\d\d-[01]\d-[0-3]\d$")
    pa.DataFrameSchema(
        {
            "indicator": pa.Column(str, pa.Check.isin({row.name for row in catalogue().indicators})),
            "body": pa.Column(str, pa.Check.isin(["空气", "水", "河流", "湖库"])),
            "limits": pa.Column(str, pa.Check.str_matches(r"^([ⅠⅡⅢⅣⅤ一二级]+:[\d.]+;?)+$")),
            "standard": pa.Column(str, pa.Check.str_startswith("GB ")),
            "valid_from": pa.Column(str, day),
            "valid_to": pa.Column(str, day),
            "source": pa.Column(str, pa.Check.str_length(min_value=1)),
        },
        strict=True,
        ordered=True,
    ).validate(table, lazy=True)
    keys = [(row.indicator, row.body, str(row.valid_from or "")) for row in standards()]
    assert keys == sorted(set(keys))
    for row in standards():
        assert list(row.limits.values()) in (sorted(row.limits.values()), sorted(row.limits.values(), reverse=True)), (
            row
        )
