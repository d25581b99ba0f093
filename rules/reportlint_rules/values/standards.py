"""PV005: a value that does not meet the class or the standard it is said to meet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from reportlint.analysis import Analysis
from reportlint.day import date
from reportlint.files import beside
from reportlint.finding import Abstained, Checked, Finding, Message, Outcome, Severity
from reportlint.indicators import IndicatorValue
from reportlint.patterns import compiled
from reportlint.record import NamedTuple
from reportlint.rule import rule
from reportlint.span import Span
from reportlint.tables import rows
from reportlint_rules.values.catalogue import show, values
from reportlint_rules.values.limits import OTHER_STATISTIC

TABLE = beside(__file__, "standards.csv")
#: Words that tell what kind of water a value is of.
_LAKE = compiled(r"湖|水库|库区|库心|库湾|海子|坝前|湖库")
_RIVER = compiled(r"[河江溪川渠港沟涌]|干流|支流")


#: The same before the figures: 水质达到Ⅲ类，其中.
_SAID_BEFORE = compiled(
    r"(?:达到|达|符合|满足|优于|为|保持在?)(?:了|地表水|国家|水质|标准|《?地表水环境质量标准》?){0,6}(?P<name>Ⅰ|Ⅱ|Ⅲ|Ⅳ|Ⅴ|I{1,3}|IV|V)(?P<end>类)(?:水质|水体|水)?(?:标准|要求)?(?:以上)?[，：（](?:其中)?(?:主要(?:污染物|指标))?(?:[一-龥]{0,4}断面)?$"
)
_NOT_MET = compiled(r"[未不没]|目标|考核|应|要求|力争|确保|由|从|去年|上年|同期|超")
#: What joins further figures to the first one: 氨氮0.6mg/L、总磷….
_GOES_ON = compiled(r"[、，；]?(?:和|及|与)?(?:平均)?(?:浓度)?(?:分别)?(?:为)?")
#: Total nitrogen takes no part in the class of a river.
_UNJUDGED = "总氮"


class Limits(NamedTuple):
    """The greatest value of each class, best class first, for a kind of water or for air, and the days on which they hold."""

    indicator: str
    body: str
    limits: dict[str, Decimal]
    standard: str
    valid_from: date | None
    valid_to: date | None


@lru_cache(maxsize=1)
def standards() -> tuple[Limits, ...]:
    """Every row of the table."""
    return tuple(
        Limits(
            row["indicator"],
            row["body"],
            {name: Decimal(limit) for name, _, limit in (part.partition(":") for part in row["limits"].split(";"))},
            row["standard"],
            date.fromisoformat(row["valid_from"]) if row["valid_from"] else None,
            date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        )
        for row in rows(TABLE)
    )


#: What leads from a figure to the class it is said to be of: ，稳定达到地表水Ⅲ类标准.
_SAID = compiled(
    r"(?:，|、|（)?(?P<single>单项(?:评价|水质)?|该项)?(?:水质类别|水质|总体|全部|均|已|稳定|持续|首次|连续\d年|也|并|且|能够|能|可以|可){0,6}(?:(?:达到|达|符合|满足|优于|好于|为|属于?|保持在?|达标，达到|处于)(?:了)?|(?<=水质)|(?<=水质类别))"
    r"(?:《?地表水环境质量标准》?|《?环境空气质量标准》?|地表水|国家|环境|空气质量|空气|水质|标准|质量|的|（GB\s?\d+[—-]\d+）|GB\s?\d+[—-]\d+){0,8}“?"
    r"(?P<name>Ⅰ|Ⅱ|Ⅲ|Ⅳ|Ⅴ|I{1,3}|IV|V|一级|二级)(?P<end>类|标准|限值|浓度|质量|及以上|以上)"
)
_LATIN = {"I": "Ⅰ", "II": "Ⅱ", "III": "Ⅲ", "IV": "Ⅳ", "V": "Ⅴ"}
#: A mean over a year, to which the limits of the air are held.
_ANNUAL = compiled(r"全年|年均|年平均|年度|20\d\d年(?!\d|上|下|前|第|[一二三四1-9])")


@rule(
    "PV005",
    "value-misses-standard",
    severity=Severity.WARNING,
    triggers=("Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ", "Ⅴ", "I", "V", "一级", "二级"),
    bad=(
        "临河断面氨氮平均浓度为1.32毫克/升，达到⟦Ⅲ类⟧标准。",
        "2024年，全市PM2.5年均浓度为38微克/立方米，达到国家⟦二级标准⟧。",
        "澄心湖总磷平均浓度为0.064毫克/升，达到⟦Ⅲ类⟧标准。",
    ),
    good=(
        "临河断面氨氮平均浓度为0.92毫克/升，达到Ⅲ类标准。",
        "2024年，全市PM2.5年均浓度为34微克/立方米，达到国家二级标准。",
        "临河断面总磷平均浓度为0.064毫克/升，达到Ⅲ类标准。",
        "临河断面氨氮平均浓度为1.32毫克/升，未达到Ⅲ类标准。",
    ),
)
def value_misses_standard(analysis: Analysis) -> Iterator[Outcome]:
    """数值达不到所说的类别或标准。

    氨氮 1.32 毫克/升超过Ⅲ类的限值 1.0，只能算Ⅳ类；PM2.5 年均 38 微克/立方米超过二级标准的 35。不是数值写错，就是类别写错。

    总磷的限值河流与湖库不同，看不出是河是湖的，两种都达不到才报；空气标准按年份取（2026 年 3 月起 PM2.5 二级为 30），只核对全年的均值。
    数值比所说的类别好，不报：类别由最差的一项决定；写明“单项”的除外。类别写在前面的（达到Ⅲ类，其中氨氮……）一样核对。目标值、小时值、污水不核对。
    """
    text = analysis.reading.text
    heading: tuple[Span, re.Match[str]] | None = None
    for value in values(analysis):
        said = _SAID.match(text, value.claim.at.end)
        single = said is not None and said["single"] is not None
        if said is None:
            # 断面水质达到Ⅲ类，其中氨氮0.6mg/L、总磷0.1mg/L: the class is told first
            before = _SAID_BEFORE.search(text, max(0, value.name.start - 40), value.name.start)
            if before is not None and not _NOT_MET.search(text, max(0, before.start() - 12), before.start()):
                said = before
            elif heading is not None and _GOES_ON.fullmatch(text, heading[0].end, value.name.start):
                said = heading[1]
            heading = (value.claim.at, said) if said is not None and value.unit.kind == "concentration" else None
            if said is not None and value.indicator.name == _UNJUDGED:
                continue
        rows = [row for row in standards() if row.indicator == value.indicator.name] if said else []
        if said is None or not rows or value.target or value.base or value.inherited or not value.quantity.exact:
            continue
        found = value.canonical
        if found is None or OTHER_STATISTIC.search(value.words.partition("达")[0]):
            continue
        span = analysis.span(Span(said.start("name"), said.end("end")))
        name = _LATIN.get(said["name"], said["name"])
        rows = [row for row in _holding(analysis, value, rows) if name in row.limits]
        if not rows:
            yield Abstained(span, "看不出按哪个标准核对")
            continue
        yield Checked(span)
        least = value.indicator.direction == "higher"
        missed = all(found < row.limits[name] if least else found > row.limits[name] for row in rows)
        if missed or (single and not any(_class_of(row, found, least=least) == name for row in rows)):
            yield Finding(span, _message(value, name, rows[-1], found))


def _class_of(row: Limits, found: Decimal, *, least: bool) -> str:
    """The best class that ``found`` meets."""
    met = (name for name, limit in row.limits.items() if (found >= limit if least else found <= limit))
    return next(met, "")


def _holding(analysis: Analysis, value: IndicatorValue, rows: list[Limits]) -> list[Limits]:
    """The rows that may hold for the value: of the body of water its words speak of, of the standard of its year."""
    if rows[0].body != "空气":
        lake, river = _LAKE.search(value.words), _RIVER.search(value.words)
        if lake and not river:
            return [row for row in rows if row.body != "河流"]
        return [row for row in rows if row.body != "湖库"] if river and not lake else rows
    if not _ANNUAL.search(value.words):
        return []
    year = _year(analysis, value)
    if year is None:
        return []
    # A year belongs to the standard that held through most of it.
    middle = date(year, 7, 1)
    return [
        row
        for row in rows
        if (row.valid_from is None or row.valid_from <= middle) and (row.valid_to is None or middle <= row.valid_to)
    ]


def _year(analysis: Analysis, value: IndicatorValue) -> int | None:
    """The year of a value: the last one printed in its words, else the report's own."""
    at = value.claim.at
    years = [
        mention.start.year
        for mention in analysis.dates
        if at.start - len(value.words) <= mention.at.start < at.start and mention.start.year is not None
    ]
    return years[-1] if years else analysis.period.year if analysis.period else None


def _beside(row: Limits, name: str, found: Decimal, *, least: bool) -> str:
    if (found < row.limits[name]) == least:
        return "低于" if least else "超过"
    return "远好于"


def _message(value: IndicatorValue, name: str, row: Limits, found: Decimal) -> Message:
    unit = value.indicator.unit.name
    water = row.body != "空气"
    kind = f"{row.body}" if row.body in ("河流", "湖库") else ""
    least = value.indicator.direction == "higher"
    met = (f"{other}类" for other, limit in row.limits.items() if (found >= limit if least else found <= limit))
    fitting = next(met, "劣Ⅴ类") if water else ""
    shown = f"{name}类" if water else name
    return Message(
        f"{value.indicator.name} {value.quantity.text}，{_beside(row, name, found, least=least)}{kind}{shown}限值 {show(row.limits[name])}{unit}（{row.standard}）"
        + (f"，按这一项应为{fitting}" if fitting else "")
        + "，请核对",
        f"{value.quantity.text} does not keep the limit {show(row.limits[name])} of {name} in {row.standard}",
    )
