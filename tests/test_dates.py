"""Dates: the grammar, what a mention means, what the title announces, the table of days, the rules on any text."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pandera.pandas as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import ROOT, analysis
from reportlint.dates import dates
from reportlint.moment import Precision, month_days
from reportlint_rules.dates import RULES
from reportlint_rules.dates.calendar import wrong_weekday
from reportlint_rules.dates.days import days
from reportlint_rules.dates.events import events
from reportlint_rules.dates.seasons import season_mismatch, seasons

EVENTS = ROOT / "rules" / "reportlint_rules" / "dates" / "events.csv"
DAYS = ROOT / "rules" / "reportlint_rules" / "dates" / "days.csv"
SEASONS = ROOT / "rules" / "reportlint_rules" / "dates" / "seasons.csv"
ANNIVERSARIES = ROOT / "rules" / "reportlint_rules" / "dates" / "anniversaries.csv"
MARKS = "0123456789年月日号至到—-~./·、（）()“”《》〇零一二三四五六七八九十今去上明次前第季度半旬底末初星期周截至 \n，。全国日节学"


def mentions(text: str) -> list[str]:
    return [text[found.at.start : found.at.end] for found in dates(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("于2024年6月27日召开", ["2024年6月27日"]),
        ("发布日期：2024-02-30", ["2024-02-30"]),
        ("2024/2/30和2024.2.3", ["2024/2/30", "2024.2.3"]),
        ("二〇二四年三月十八日、二○二四年、二零二四年六月", ["二〇二四年三月十八日", "二○二四年", "二零二四年六月"]),
        ("6月27号、6月底、6月中下旬、7月初", ["6月27号", "6月底", "6月中下旬", "7月初"]),
        ("上半年、前三季度、一季度、第二季度、3季度", ["上半年", "前三季度", "一季度", "第二季度", "3季度"]),
        ("2024年1—5月，1-5月份，1至5月，1月至5月", ["2024年1—5月", "1-5月份", "1至5月", "1月至5月"]),
        ("2022—2023年、2022-2023学年", ["2022—2023年", "2022-2023学年"]),
        ("2023年11月至2024年3月，10月至次年3月", ["2023年11月至2024年3月", "10月至次年3月"]),
        ("今年1—5月比上年同期1—5月、去年底", ["今年1—5月", "上年同期1—5月", "去年底"]),
        ("6月9日（星期一）至13日（星期五）", ["6月9日（星期一）至13日"]),
        ("3月5日、8日、12日三次", ["3月5日", "8日", "12日"]),
        ("“十四五”时期，谋划“十五五”", ["十四五", "十五五"]),
        ("6.5世界环境日、“6.15”全国低碳日、12·4宪法日", ["6.5", "6.15", "12·4"]),
        ("“六.五”世界环境日", ["六.五"]),
        ("1.2024年工作总结", ["2024年"]),
        ("2024年7月1日0时至7日24时", ["2024年7月1日0时至7日"]),
        ("1、2月份", ["1", "2月份"]),
        ("13月5日、2月30日", ["13月5日", "2月30日"]),
    ],
)
def test_a_date_is_found_in_every_notation(text: str, expected: list[str]) -> None:
    assert mentions(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "历时3年、5个月、28天、10余年、24小时",
        "投资2.30亿元，增长6.5%，占1.5",
        "13月龄、6月龄儿童",
        "有2000年历史、近2000年来",
        "60岁以上年龄、层次年轻、前年后",
        "合同编号为2024-02-31",
        "GB3095-2012、4-31号楼、3—5家、20—30日内",
        "开通5号线、第4.31条",
        "一月一调度，三月一小结",
        "电话0791-2024198",
        "完成6.5万人次、6.5节水",
    ],
)
def test_a_quantity_is_no_date(text: str) -> None:
    assert mentions(text) == []


def test_a_mention_hides_its_numbers_and_no_others() -> None:
    found = analysis("截至 6 月 27 日，2024年1—5月投资2.30亿元，历时3年，5个月完成26项。").quantities
    assert [quantity.text for quantity in found] == ["2.30亿元", "3年", "5个月", "26项"]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2024年", "2024-01-01", "2024-12-31"),
        ("上半年", "2024-01-01", "2024-06-30"),
        ("去年下半年", "2023-07-01", "2023-12-31"),
        ("前三季度", "2024-01-01", "2024-09-30"),
        ("2月底", "2024-02-21", "2024-02-29"),
        ("2023年2月下旬", "2023-02-21", "2023-02-28"),
        ("1—5月", "2024-01-01", "2024-05-31"),
        ("11月至次年3月", "2024-11-01", "2025-03-31"),
        ("11月至3月", "2024-11-01", "2025-03-31"),
        ("11月至2024年3月", "2023-11-01", "2024-03-31"),
        ("2022—2023学年", "2022-09-01", "2023-08-31"),
        ("“十四五”期间", "2021-01-01", "2025-12-31"),
        ("一至三季度", "2024-01-01", "2024-09-30"),
        ("去年12月至今年3月", "2023-12-01", "2024-03-31"),
        ("年初", None, None),
        ("2024年年底", "2024-12-01", "2024-12-31"),
        ("2023年2月29日", None, None),
        ("6月—3月", None, None),
        ("2025—2021年", None, None),
    ],
)
def test_what_a_mention_means_in_2024(text: str, start: str | None, end: str | None) -> None:
    found = list(dates(text))
    period = found[0].period(2024) if found else None
    assert (period and str(period.start), period and str(period.end)) == (start, end)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("2024年3月18日（星期一）", [1]),
        ("2024年3月18日，星期二，晴", [2]),
        ("星期三（3月18日）", [3]),
        ("2月10日（星期六，农历正月初一）", [6]),
        ("12月4日（国家宪法日，星期三）", [3]),
        ("5月22日国际生物多样性日（星期三）", [3]),
        ("6月9日至13日（星期一至星期五）", [1, 5]),
        ("3月18日（周日）", [7]),
        ("3月18日周一鸣到任，每周二接访", []),
        ("3月18日、19日（星期一、星期二）", []),
    ],
)
def test_a_weekday_belongs_to_its_date(text: str, numbers: list[int]) -> None:
    assert [point.weekday.number for found in dates(text) for point in found.points if point.weekday] == numbers


def test_precision_and_marks_of_a_mention() -> None:
    found = list(dates("《2023年工作要点》截至6月底，“6.5”世界环境日"))
    assert [mention.precision for mention in found] == [Precision.YEAR, Precision.TEN_DAYS, Precision.DAY]
    assert [(mention.titled, mention.cutoff, mention.named) for mention in found] == [
        (True, False, False),
        (False, True, False),
        (False, False, True),
    ]


@pytest.mark.parametrize(
    ("title", "year", "results", "plan"),
    [
        ("云屏县民政局2023年上半年工作总结", 2023, ("2023-01-01", "2023-06-30"), None),
        ("2024年工作总结及2025年工作计划", 2024, ("2024-01-01", "2024-12-31"), ("2025-01-01", "2025-12-31")),
        ("2023年上半年工作总结和下半年工作措施", 2023, ("2023-01-01", "2023-06-30"), ("2023-07-01", "2023-12-31")),
        ("关于2025年1—9月工作情况的报告", 2025, ("2025-01-01", "2025-09-30"), None),
        ("2025年云屏县政府工作报告", 2024, ("2024-01-01", "2024-12-31"), ("2025-01-01", "2025-12-31")),
        ("2022—2023学年工作总结", 2023, ("2022-09-01", "2023-08-31"), None),
        ("云屏县2025年水利工作要点", 2025, None, ("2025-01-01", "2025-12-31")),
        (
            "关于2024年预算执行情况和2025年预算草案的报告",
            2024,
            ("2024-01-01", "2024-12-31"),
            ("2025-01-01", "2025-12-31"),
        ),
    ],
)
def test_the_title_announces_a_period(
    title: str, year: int, results: tuple[str, str] | None, plan: tuple[str, str] | None
) -> None:
    period = analysis(f"{title}\n\n各项工作稳步推进，取得明显成效。").period
    assert period is not None
    assert period.year == year
    assert (period.results and tuple(map(str, period.results))) == results
    assert (period.plan and tuple(map(str, period.plan))) == plan


def test_a_text_without_title_or_date_announces_nothing() -> None:
    assert analysis("各项工作稳步推进，取得明显成效。").period is None
    assert analysis("在2024年全县教育工作会议上的报告\n\n一、过去一年工作回顾").period is None


def test_the_date_of_issue_is_that_of_signature_or_page() -> None:
    text = "云屏县民政局上半年工作总结\n\n{}一、主要工作\n完成26项任务，其余按序时推进。\n\n{}"
    signed = analysis(text.format("", "云屏县民政局\n2024年7月4日")).period
    stamped = analysis(text.format("发布日期：2024-07-17 10:25\n", "")).period
    assert signed is not None
    assert signed.issued == date(2024, 7, 4)
    assert str(signed.results and signed.results.end) == "2024-06-30"
    assert stamped is not None
    assert stamped.issued == date(2024, 7, 17)


def test_sections_that_look_ahead_speak_of_the_plans_year() -> None:
    found = analysis(
        "云屏县民政局2024年工作总结及2025年工作打算\n一、2024年工作情况\n全年。\n二、2025年工作打算\n全年。"
    )
    assert found.period is not None
    assert [
        found.period.year_at(mention.at) for mention in found.dates if found.reading.slice(mention.at) == "全年"
    ] == [2024, 2025]


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_every_day_reads_back_in_every_notation(day: date) -> None:
    y, m, d = day.year, day.month, day.day
    for printed in (f"{y}年{m}月{d}日", f"{y}-{m:02}-{d:02}", f"{y}/{m}/{d}", f"{y}.{m}.{d}"):
        found = next(dates(f"于{printed}印发"))
        assert found.period(2000) == (day, day)


@given(st.dates(date(1990, 1, 1), date(2050, 12, 31)), st.integers(0, 6))
def test_a_weekday_is_reported_when_and_only_when_it_is_wrong(day: date, shift: int) -> None:
    printed = "一二三四五六日"[(day + timedelta(shift)).weekday()]
    text = f"定于{day.year}年{day.month}月{day.day}日（星期{printed}）召开会议。"
    assert bool(list(wrong_weekday.findings(analysis(text)))) == (shift != 0)


@given(st.one_of(st.text(st.sampled_from(MARKS), max_size=60), st.text(max_size=60)))
def test_any_text_gives_mentions_in_order_inside_it(text: str) -> None:
    end = 0
    for found in dates(text):
        assert end <= found.at.start < found.at.end <= len(text)
        assert all(found.at.holds(point.at) for point in found.points)
        assert found.at.holds(found.place)
        found.period(2024)
        found.period(1)
        found.period(9999)
        end = found.at.end


@given(st.lists(st.text(st.sampled_from(MARKS + "工作总结计划局办"), max_size=40), max_size=8).map("\n".join))
def test_rules_point_inside_any_text(text: str) -> None:
    found = analysis(text)
    for rule in RULES:
        for finding in rule.findings(found):
            assert 0 <= finding.span.start < finding.span.end <= len(text)


def test_the_table_of_days_is_sound() -> None:
    table = pd.read_csv(DAYS, dtype=str, keep_default_na=False)
    pa.DataFrameSchema(
        {
            "name": pa.Column(str, pa.Check.str_matches(r".*[日节]$")),
            "aliases": pa.Column(str, pa.Check.str_matches(r"^$|^[一-龥0-9“”]+(;[一-龥0-9“”]+)*$")),
            "year": pa.Column(str, pa.Check.str_matches(r"^$|^20\d\d$")),
            "date": pa.Column(str, pa.Check.str_matches(r"^$|^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")),
            "source": pa.Column(str, pa.Check.str_length(min_value=1)),
        },
        strict=True,
        unique=["name", "year"],
    ).validate(table, lazy=True)
    assert list(table["name"]) == sorted(table["name"])
    for _, row in table.iterrows():
        month, day = map(int, row["date"].split("-")) if row["date"] else (1, 1)
        assert day <= month_days(int(row["year"] or 2024), month)
    aliases = [
        alias for row in set(table["aliases"] + "|" + table["name"]) for alias in row.split("|")[0].split(";") if alias
    ]
    assert len(aliases) == len(set(aliases))
    assert not set(aliases) & set(table["name"])


def test_the_table_of_seasons_is_sound() -> None:
    table = pd.read_csv(SEASONS, dtype=str, keep_default_na=False)
    month = pa.Column(str, pa.Check.str_matches(r"^(0[1-9]|1[0-2])$"))
    pa.DataFrameSchema(
        {
            "name": pa.Column(str, pa.Check.str_matches(r"^[一-龥]{2,12}$")),
            "aliases": pa.Column(str, pa.Check.str_matches(r"^$|^[一-龥《》“”]+(;[一-龥《》“”]+)*$")),
            "kind": pa.Column(str, pa.Check.isin(["季节", "学期", "活动", "考试", "节日"])),
            "first": month,
            "last": month,
            "since": pa.Column(str, pa.Check.str_matches(r"^$|^(19|20)\d\d$")),
            "source": pa.Column(str, pa.Check.str_length(min_value=1)),
        },
        strict=True,
        unique=["name"],
    ).validate(table, lazy=True)
    assert list(table["name"]) == sorted(table["name"])
    names = [name for row in table["name"] + ";" + table["aliases"] for name in row.split(";") if name]
    assert len(names) == len(set(names))
    assert not [name for name in names if not any(word in name for word in season_mismatch.triggers)]


def test_a_season_may_run_past_the_turn_of_the_year() -> None:
    heating = seasons()["采暖期"]
    assert [month for month in range(1, 13) if not heating.holds(month)] == [7, 8]


def test_a_day_that_moves_is_known_by_year() -> None:
    day = days()["全国低碳日"]
    assert (day.on(2022), day.on(2023), day.on(2031), day.on(None)) == ((6, 15), (7, 12), None, None)
    assert days()["世界环境日"].on(None) == (6, 5)


def test_headings_of_markdown_open_and_close_sections() -> None:
    found = analysis(
        "# 云屏县民政局2024年工作总结和2025年工作计划\n\n## 2024年工作情况\n\n全年。\n\n## 2025年工作计划\n\n全年。\n\n## 附注\n\n全年。\n",
        ".md",
    )
    assert found.period is not None
    years = [found.period.year_at(mention.at) for mention in found.dates if found.reading.slice(mention.at) == "全年"]
    assert years == [2024, 2025, 2024]


def test_the_table_of_events_is_sound() -> None:
    table = pd.read_csv(EVENTS, dtype=str, keep_default_na=False)
    pa.DataFrameSchema(
        {
            "name": pa.Column(str, pa.Check.str_length(min_value=3), unique=True),
            "aliases": pa.Column(str),
            "kind": pa.Column(str, pa.Check.isin(["会议", "法规", "活动", "督察", "普查"])),
            "happened": pa.Column(str, pa.Check.str_matches(r"^20\d\d-[01]\d-[0-3]\d$")),
            "ended": pa.Column(str, pa.Check.str_matches(r"^$|^20\d\d-[01]\d-[0-3]\d$")),
            "effective": pa.Column(str, pa.Check.str_matches(r"^$|^20\d\d-[01]\d-[0-3]\d$")),
            "source": pa.Column(str, pa.Check.str_length(min_value=1)),
        },
        strict=True,
        ordered=True,
    ).validate(table, lazy=True)
    assert list(table["name"]) == sorted(table["name"])
    assert all(event.happened.year >= 2012 for event in events().values())
    assert all(event.effective is None or event.effective >= event.happened for event in events().values())


def test_the_table_of_anniversaries_is_sound() -> None:
    table = pd.read_csv(ANNIVERSARIES, dtype=str, keep_default_na=False)
    pa.DataFrameSchema(
        {
            "name": pa.Column(str, pa.Check.str_length(min_value=2)),
            "aliases": pa.Column(str),
            "kind": pa.Column(str, pa.Check.isin(["周年", "第"])),
            "year": pa.Column(str, pa.Check.str_matches(r"^(1[89]|20)\d\d$")),
            "source": pa.Column(str, pa.Check.str_length(min_value=4)),
        },
        strict=True,
        ordered=True,
        unique=["name", "kind"],
    ).validate(table, lazy=True)
    assert list(table["name"]) == sorted(table["name"])
    for kind, rows in table.groupby("kind"):
        names = [name for _, row in rows.iterrows() for name in (row["name"], *filter(None, row["aliases"].split(";")))]
        assert len(names) == len(set(names)), kind
