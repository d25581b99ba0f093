"""TM012: bodies called by the name they had before a reform."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from reportlint.analysis import Analysis
from reportlint.files import beside, lines
from reportlint.finding import Finding, Message, Outcome, Severity
from reportlint.gathered import gathered, times
from reportlint.patterns import any_of, compiled
from reportlint.phrase import stretch
from reportlint.record import NamedTuple
from reportlint.rule import rule
from reportlint.span import Span

_YEAR = compiled(r"(?:19|20)\d\d(?=年|[-—–~～])")
#: What stands right before the name of a body: the place it belongs to, or nothing of the name.
_OF_PLACE = compiled(r"(?:[省市县州旗盟国我]|(?<![经开高新发园管景])区|^|[、，。；：“‘（(\s和与及由向同合对经])$")
#: Words that speak of what used to be.
_PAST = compiled(
    r"原|前身|更名|改名|改称|划转|组建|整合|合并|撤销|挂牌|并入|机构改革|转隶|职能|职责划入|历史|档案|旧|当时|时任|曾"
)
#: A document by its number: 县环保局〔2018〕12号.
_NUMBERED = compiled(r"[〔\[（(]?20\d\d|文件|第?\d+号")


class _Body(NamedTuple):
    now: str
    until: int


@lru_cache(maxsize=1)
def _bodies() -> dict[str, _Body]:
    rows = (line.split("\t") for line in lines(beside(__file__, "former_bodies.tsv")))
    return {row[0]: _Body(row[1], int(row[2])) for row in rows}


@lru_cache(maxsize=1)
def _any_body() -> re.Pattern[str]:
    return compiled(f"(?:{any_of(_bodies())})(?!门)")


@rule(
    "TM012",
    "former-body",
    severity=Severity.WARNING,
    triggers=(
        *("环保局", "环保厅", "环境保护", "国土局", "国土资源", "工商", "质监局", "质量技术监督局", "食药监局"),
        *(
            "食品药品监督管理局",
            "国税局",
            "国家税务局",
            "地税局",
            "地方税务局",
            "卫计",
            "卫生计生",
            "卫生和计划生育",
            "安监",
        ),
        *("安全生产监督管理局", "文广新局", "文化广电新闻出版局", "公安消防", "环境监察", "扶贫"),
        *("银监", "保监", "质检总局", "环保部", "医疗保险", "物价局", "法制办", "国家旅游局", "国家粮食局"),
    ),
    bad=(
        "云屏县2025年大气污染防治工作总结\n联合县⟦环保局⟧、县公安局开展夜间巡查26次。",
        "2026年，会同市⟦国税局⟧落实减税降费2.3亿元。",
    ),
    good=(
        "云屏县2025年大气污染防治工作总结\n联合县生态环境局、县公安局开展夜间巡查26次。",
        "2025年，移交原县环保局档案326卷。",
        "云屏县环境保护志\n2014年，县环保局开展专项检查26次。",
        "2025年，对照《云屏县国土资源局关于矿山复垦的意见》逐项核对，移交环境保护部门。",
    ),
)
def former_body(analysis: Analysis) -> Iterator[Outcome]:
    """机构用了改革前的旧名。

    2018 年、2023 年机构改革以后，环保局、国土资源局、国税局、工商局、卫计委、安监局、银监局等已经改名或者合并。近年的总结里还写旧名，多半是照抄往年的稿子。旧名、新名、
    最后一年和出处在 `former_bodies.tsv`。

    只在文稿的年份（标题里的，没有标题时同一句里的）晚于改革时才报；“原环保局”、《》里的文件名、文号、说到往年或机构改革的句子不报。各地新机构的名称不尽相同，
    请按当地的写。全文同一个旧名只报一次。
    """
    text = analysis.reading.text
    period = analysis.period
    about = None if period is None else period.year
    places: dict[str, list[Span]] = {}
    for match in _any_body().finditer(text):
        body = _bodies()[match[0]]
        first, last = stretch(text, *match.span())
        sentence = text[first:last]
        years = [int(year) for year in _YEAR.findall(sentence)]
        year = about or max(years, default=0)
        if year <= body.until or any(each <= body.until for each in years) or _PAST.search(sentence):
            continue
        before = text[max(0, match.start() - 3) : match.start()]
        titled = text.rfind("《", first, match.start()) > text.rfind("》", first, match.start())
        national = match[0].startswith("国") or match[0].endswith(("部", "会"))
        if titled or not (national or _OF_PLACE.search(before)) or _NUMBERED.match(text, match.end()):
            continue
        places.setdefault(match[0], []).append(analysis.span(Span(*match.span())))
    for former, spans in places.items():
        yield _named_anew(former, spans)


def _named_anew(former: str, spans: list[Span]) -> Finding:
    now = _bodies()[former].now
    return gathered(
        spans,
        Message(
            f"“{former}”{times(spans)}是机构改革前的名称，现在一般叫“{now}”，请按当地的名称改",
            f"{former} is the name before the reform; today it is usually {now}",
        ),
        None,
    )
