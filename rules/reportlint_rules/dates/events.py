"""DT006: something spoken of as past before it happened."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from reportlint.analysis import Analysis
from reportlint.finding import Checked, Finding, Message, Outcome, Severity
from reportlint.patterns import compiled
from reportlint.periods import ReportingPeriod
from reportlint.rule import rule
from reportlint.span import Span
from reportlint_rules.dates.period import grace
from reportlint_rules.dates.years import sentence_of

TABLE = Path(__file__).with_name("events.csv")


class Event(NamedTuple):
    """Something with a day before which nobody can have spoken of it as past: it began, was passed, or was first announced."""

    name: str
    kind: str
    happened: date


@lru_cache(maxsize=1)
def events() -> dict[str, Event]:
    """Every name and other name of an event."""
    found: dict[str, Event] = {}
    with TABLE.open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table):
            event = Event(row["name"], row["kind"], date.fromisoformat(row["happened"]))
            found.update(dict.fromkeys((row["name"], *filter(None, row["aliases"].split(";"))), event))
    return found


#: What follows a name, by kind, where the thing is spoken of as past: 党的二十大精神; 二十大代表 are elected before.
_PAST_AFTER = {
    "会议": compiled(
        r"(?:和[^，。；]{2,16})?(?:精神|报告|决定|决策部署|部署|以来|闭幕|召开后|胜利召开|提出|强调|指出)"
    ),
    "督察": compiled(r"[^，。；]{0,10}(?:反馈|交办|移交|转办|整改|通报|发现|进驻)"),
}
#: What leads to it: 贯彻实施《黄河保护法》, 扎实开展党纪学习教育.
_PAST_BEFORE = {
    "法规": compiled(r"(?:学习|宣传|贯彻|落实|实施|执行|依据|根据|按照|依照|宣贯|普及|解读)[^，。；]{0,20}$"),
    "活动": compiled(r"(?:开展|推进|组织|抓好|结合|深化|巩固|落实)[^，。；]{0,12}$"),
}
_AHEAD = compiled(
    r"迎|筹备|即将|将于|拟|计划|准备|备战|召开前|草案|立法|起草|制定|征求意见|下半年|下一步|明年|届时|谋划|启动前|做好.{0,8}准备|配合做好"
)


@rule(
    "DT006",
    "event-before-it-happened",
    severity=Severity.WARNING,
    bad=(
        "云屏县民政局2022年上半年工作总结\n认真学习贯彻⟦党的二十大⟧精神，举办宣讲12场。\n云屏县民政局\n2022年7月5日",
        "白岭市司法局2021年工作总结\n组织宣传《⟦黄河保护法⟧》，发放手册3000份。",
    ),
    good=(
        "云屏县民政局2022年上半年工作总结\n以实际行动迎接党的二十大胜利召开。\n云屏县民政局\n2022年7月5日",
        "白岭市司法局2022年工作总结\n组织宣传《黄河保护法》，发放手册3000份。",
        "云屏县民政局2022年工作总结\n认真学习贯彻党的二十大精神，举办宣讲12场。",
    ),
)
def event_before_it_happened(analysis: Analysis) -> Iterator[Outcome]:
    """写到了还没有发生的事。

    2022 年 10 月以前的文稿里不会有“学习贯彻党的二十大精神”。多半是套用了后来的稿子，或者标题、落款的年份写错了。
    会议、法规和学习教育的时间见数据文件 events.csv。

    “迎接”“筹备”“将”和下一步打算里的不报；没有落款日期的，报告期之后的一个月（全年的三个月）之内都算可能写稿的时间；看不出文稿时间的不核对。
    """
    period = analysis.period
    latest = latest_day(period) if period is not None else None
    if period is None or latest is None:
        return
    text, grams = analysis.reading.text, analysis.grams
    for name, event in events().items():
        if name[:2] not in grams or name[-2:] not in grams:
            continue
        for match in re.finditer(re.escape(name), text):
            at = Span(*match.span())
            if period.planned(at) or not _past(analysis, at, event):
                continue
            yield Checked(analysis.span(at))
            if event.happened > latest:
                yield Finding(
                    analysis.span(at),
                    Message(
                        f"{event.name}始于 {event.happened}，晚于文稿的时间（不晚于 {latest}），请核对内容或文稿的年份",
                        f"{event.happened} is later than this document, which is from {latest} or before",
                    ),
                )


def latest_day(period: ReportingPeriod) -> date | None:
    """The last day on which the document may have been written: that it bears, or some time after the period it covers."""
    if period.issued is not None:
        return max(period.issued, period.results.end) if period.results else period.issued
    if period.results is not None:
        return grace(period.results)
    return period.plan.end if period.plan else None


def _past(analysis: Analysis, at: Span, event: Event) -> bool:
    text = analysis.reading.text
    sentence = sentence_of(analysis, at.start)
    if _AHEAD.search(text, sentence.start, min(sentence.end, at.end + 20)):
        return False
    if event.kind in _PAST_AFTER:
        return _PAST_AFTER[event.kind].match(text, at.end) is not None
    return _PAST_BEFORE[event.kind].search(text, sentence.start, at.start) is not None
