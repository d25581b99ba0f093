"""DT006: something spoken of as past before it happened."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from reportlint.analysis import Analysis
from reportlint.day import date
from reportlint.files import beside
from reportlint.finding import Checked, Finding, Message, Outcome, Related, Severity
from reportlint.moment import Precision
from reportlint.patterns import compiled
from reportlint.periods import ReportingPeriod
from reportlint.record import NamedTuple
from reportlint.rule import rule
from reportlint.span import Span, occurrences
from reportlint.tables import rows
from reportlint_rules.dates.period import grace
from reportlint_rules.dates.years import dates_within, sentence_of

TABLE = beside(__file__, "events.csv")


class Event(NamedTuple):
    """Something with a day before which nobody can have spoken of it as past: it began, was passed, or was first announced.

    ``ended`` is the last day of a meeting, ``effective`` the day from which a law holds.
    """

    name: str
    kind: str
    happened: date
    ended: date | None = None
    effective: date | None = None


@lru_cache(maxsize=1)
def events() -> dict[str, Event]:
    """Every name and other name of an event."""
    found: dict[str, Event] = {}
    for row in rows(TABLE):
        ended, effective = (date.fromisoformat(row[day]) if row[day] else None for day in ("ended", "effective"))
        event = Event(row["name"], row["kind"], date.fromisoformat(row["happened"]), ended, effective)
        found.update(dict.fromkeys((row["name"], *filter(None, row["aliases"].split(";"))), event))
    return found


#: What follows a name, by kind, where the thing is spoken of as past: 党的二十大精神; 二十大代表 are elected before.
_PAST_AFTER = {
    "会议": compiled(
        r"(?:和[^，。；]{2,16})?(?:精神|报告|决定|决策部署|部署|以来|闭幕|召开后|胜利召开|提出|强调|指出)"
    ),
    "普查": compiled(r"[^，。；]{0,6}(?:入户登记|正式登记|现场登记|普查登记|登记工作|结果|数据|公报)"),
    "督察": compiled(r"[^，。；]{0,10}(?:反馈|交办|移交|转办|整改|通报|发现|进驻)"),
}
#: What leads to it: 贯彻实施《黄河保护法》, 扎实开展党纪学习教育.
_PAST_BEFORE = {
    "法规": compiled(r"(?:学习|宣传|贯彻|落实|实施|执行|依据|根据|按照|依照|宣贯|普及|解读)[^，。；]{0,20}$"),
    "活动": compiled(r"(?:开展|启动|部署|推进|组织|抓好|结合|深化|巩固|落实)[^，。；]{0,12}$"),
}
#: What is the time of the deed: 2021年9月，组织学习…, not 2020年以来, 《2021年规划》 or 比2021年.
_SINCE = compiled(r"以来|起|至今|开始|后")
_DEED_NEAR = 40
#: 自2021年1月1日起施行的《民法典》; 《民法典》于2021年1月1日起施行.
_IN_FORCE = compiled(r"(?:起|开始)?(?:正式)?(?:施行|实施|生效)")
_IN_FORCE_BEFORE = compiled(r"(?:起|开始)?(?:正式)?(?:施行|实施|生效)的《?(?:中华人民共和国)?$")
_TO_FORCE = compiled(r"[》”]?(?:已|将)?(?:于|自|从)?$")
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
    text, grams = analysis.reading.text, analysis.grams
    for name, event in events().items():
        if name[:2] not in grams or name[-2:] not in grams:
            continue
        for at in occurrences(text, name):
            yield from _force(analysis, at, event)
            yield from _held(analysis, at, event)
            if (period is not None and period.planned(at)) or not _past(analysis, at, event):
                continue
            dated = _dated(analysis, at)
            limits = [day for day in (latest, dated[0] if dated else None) if day is not None]
            if event.kind == "活动" and period is not None and period.results is not None:
                limits.append(period.results.end)  # done in the time reported on, whenever the report was written
            if not limits:
                continue
            yield Checked(analysis.span(at))
            if event.happened > min(limits):
                yield Finding(
                    analysis.span(at),
                    Message(
                        f"{event.name}始于 {event.happened}，晚于这里说的时间（不晚于 {min(limits)}），请核对内容或年份",
                        f"{event.happened} is later than the time spoken of, {min(limits)} or before",
                    ),
                    (Related(dated[1], "时间"),) if dated and dated[0] == min(limits) else (),
                )


def _dated(analysis: Analysis, at: Span) -> tuple[date, Span] | None:
    """The last day of the time that the sentence gives to the deed, with the place of the date; ``None`` where it gives none."""
    text = analysis.reading.text
    sentence = sentence_of(analysis, at.start)
    if at.start - sentence.start > _DEED_NEAR:
        return None
    found = dates_within(analysis, Span(sentence.start, at.start))
    if len(found) != 1 or found[0].at.start != sentence.start or found[0].titled:
        return None
    mention = found[0]
    year = mention.points[-1].year or mention.start.year
    if year is None or _SINCE.match(text, mention.at.end) or mention.precision is Precision.PLAN:
        return None
    period = mention.period(year)
    return (period.end, analysis.span(mention.place)) if period else None


def _force(analysis: Analysis, at: Span, event: Event) -> Iterator[Outcome]:
    """The day from which a law is said to hold."""
    if event.effective is None:
        return
    text = analysis.reading.text
    for mention in dates_within(analysis, Span(max(0, at.start - 40), min(len(text), at.end + 20))):
        point = mention.start
        if point.year is None or mention.end is not None or point.month is None or point.day is None:
            continue
        behind = at.end <= mention.at.start and _TO_FORCE.fullmatch(text, at.end, mention.at.start)
        before = mention.at.end <= at.start and _IN_FORCE_BEFORE.fullmatch(text, mention.at.end, at.start)
        if not (before or (behind and _IN_FORCE.match(text, mention.at.end))):
            continue
        yield Checked(analysis.span(mention.place))
        days = mention.period(point.year)
        if days is None or days.start != event.effective:
            yield Finding(
                analysis.span(mention.place),
                Message(
                    f"《{event.name}》自 {event.effective} 起施行，请核对日期",
                    f"in force since {event.effective}; check the date",
                ),
                suggestion=f"{event.effective.year}年{event.effective.month}月{event.effective.day}日",
            )


#: 党的二十届三中全会于2024年7月召开; 2024年7月召开的党的二十届三中全会.
_TO_HELD = compiled(r"(?:会议)?，?(?:已|将)?(?:于|在|是)?$")
_HELD = compiled(r"[^，。；\d]{0,6}(?:召开|举行|开幕|闭幕)")
_HELD_BEFORE = compiled(
    r"，?(?:在北京|在京)?(?:胜利|隆重|顺利)?(?:召开|举行|闭幕)(?:的|了)?(?:中国共产党|党的)?(?:第)?$"
)


def _held(analysis: Analysis, at: Span, event: Event) -> Iterator[Outcome]:
    """The month or day in which a congress is said to have met."""
    if event.ended is None:
        return
    text = analysis.reading.text
    for mention in dates_within(analysis, Span(max(0, at.start - 24), min(len(text), at.end + 20))):
        point = mention.start
        if point.year is None or mention.end is not None or point.precision < Precision.MONTH:
            continue
        behind = at.end <= mention.at.start and _TO_HELD.fullmatch(text, at.end, mention.at.start)
        before = mention.at.end <= at.start and _HELD_BEFORE.fullmatch(text, mention.at.end, at.start)
        days = point.period(point.year)
        if days is None or not (before or (behind and _HELD.match(text, mention.at.end))):
            continue
        yield Checked(analysis.span(mention.place))
        if days.end < event.happened or event.ended < days.start:
            yield Finding(
                analysis.span(mention.place),
                Message(
                    f"{event.name}于 {event.happened} 至 {event.ended} 召开，请核对日期",
                    f"it met from {event.happened} to {event.ended}; check the date",
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
