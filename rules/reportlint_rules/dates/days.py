"""DT005: a commemoration day with the wrong date."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache

from reportlint.analysis import Analysis
from reportlint.day import date
from reportlint.files import beside
from reportlint.finding import Abstained, Checked, Finding, Message, Outcome, Severity
from reportlint.moment import Date, Point
from reportlint.patterns import compiled
from reportlint.record import NamedTuple
from reportlint.rule import rule
from reportlint.span import Span
from reportlint.tables import rows
from reportlint_rules.dates.years import dates_within, sentence_of, year_of

_TABLE = beside(__file__, "days.csv")


#: Days whose date no rule gives: last year's is easily taken along.
_ANNOUNCED_YEARLY = frozenset({"全国低碳日"})


class Day(NamedTuple):
    """A commemoration day: its ``dates`` as (month, day) by year, 0 standing for every year; empty where none can be told."""

    name: str
    dates: dict[int, tuple[int, int]]

    def on(self, year: int | None) -> tuple[int, int] | None:
        """Month and day in ``year``, if known."""
        return self.dates.get(0) or (self.dates.get(year) if year is not None else None)

    def moved(self, month: int, day: int) -> bool:
        """Whether the day fell on this date in some year, though the date is announced anew each year."""
        return self.name in _ANNOUNCED_YEARLY and (month, day) in self.dates.values()


@lru_cache(maxsize=1)
def days() -> dict[str, Day]:
    """Every name and other name of a commemoration day."""
    found: dict[str, Day] = {}
    for row in rows(_TABLE):
        day = found.setdefault(row["name"], Day(row["name"], {}))
        if row["date"]:
            month, number = map(int, row["date"].split("-"))
            day.dates[int(row["year"] or 0)] = (month, number)
        found.update(dict.fromkeys(filter(None, row["aliases"].split(";")), day))
    return found


#: What may stand between a date and the day it is: 6月5日（星期三）是第53个世界环境日.
_TO_NAME = compiled(
    r"(?:（[^（）\n]{1,8}）)?[”’]?(?:当天|当日)?(?P<linked>，?(?:是|为|系|迎来|适逢|恰逢|正值|即|又逢)(?:我国|全国|今年|一年一度)?的?)?(?:第[\d一二三四五六七八九十百]{1,4}[个次届])?(?P<quote>[“‘（]?)(?:“?六五”?)?"
)
#: What may stand between the name of a day and its date: 世界环境日（6月5日）.
_TO_DATE = compiled(r"[”’]?(?:当天|当日)?(?:[（(](?:每年|今年)?的?|(?:是|为|定于|定为|在)(?:每年|今年)?的?)(?=$)")
#: How far, in code points, and how many names away the name of a day may stand.
_NEAR, _FEW = 10, 4
#: An event held for a day may be held on another one: 6月3日世界环境日主题宣传活动.
_EVENT = compiled(
    r"[”’]?(?:系列|主题|宣传|活动|现场|启动|启动仪式|集中|专场|文艺|广场|开放|实践|公益|纪念|志愿|科普|知识|法治|晚会|进|主会场|分会场|湖北|省|市|县|区|前(?!后)|之际|来临|将至|临近|到来|后|慰问|走访|座谈|专题|义诊|咨询)"
)
#: What tells that the date is not that of the day: 6月20日七一慰问, 世界环境日前后.
_NOT_THE_DAY = compiled(r"[”’]?(?:前|之际|来临|将至|临近|到来|后|慰问|走访|晚会|文艺)")
_WEEK = 7
#: What follows a festival where the date is its own: 节 names so many things that are held around it.
_THE_DAY = compiled(r"[”’]?(?:当天|当日|这天|这一天|[，。；）)\n]|$)")


@rule(
    "DT005",
    "commemoration-day",
    severity=Severity.WARNING,
    bad=(
        "充分利用“6.5”世界环境日、“⟦5.23⟧”国际生物多样性日开展集中宣传。",
        "2023年，组织开展“⟦6.15⟧”全国低碳日集中宣传活动。",
        "⟦6月15日⟧是国际禁毒日，各中学同步开展警示教育。",
        "世界水日（⟦3月21日⟧）当天，组织河长巡河。",
    ),
    good=(
        "2022年，组织开展“6.15”全国低碳日集中宣传活动。",
        "6月3日，县生态环境局提前举办六五环境日主题宣传活动。",
        "6月4日世界环境日主题宣传活动在市民广场举行。",
        "组织开展“12.4”国家宪法日系列普法活动。",
    ),
)
def commemoration_day(analysis: Analysis) -> Iterator[Outcome]:
    """纪念日的日期不对。

    “6.15”是 2022 年的全国低碳日，照抄到 2023 年的计划里就错了：全国低碳日逐年公布，每年不同；其他日子固定，抄错一位就成了别的日子。

    只核对紧挨着的日期和名称（“6.5”世界环境日、6月5日是世界环境日、世界环境日（6月5日））；“6月3日举办世界环境日活动”是活动的日期，不报。
    同一句里写到全国低碳日、日期又恰是往年那一天的，也报；看不出年份时不核对全国低碳日。
    """
    names = list(_names(analysis)) if analysis.dates else []
    yield from _eves(analysis, names)
    if "农历" in analysis.reading.text:
        from reportlint_rules.dates.lunar import lunar_days

        yield from lunar_days(analysis)
    for day, at, index, close in _meetings(analysis, names):
        mention = analysis.dates[index]
        point = mention.start
        if point.month is None or point.day is None or not day.dates:
            continue
        span = analysis.span(mention.place)
        year = year_of(analysis, index)
        right = day.on(year)
        if right is None:
            yield Abstained(span, f"不知道这一年的{day.name}是哪一天")
            continue
        yield Checked(span)
        if _within_holidays(analysis, mention, day, right):
            continue
        if right != (point.month, point.day) and (close or day.moved(point.month, point.day)):
            yield _misplaced(span, analysis.reading.slice(at), point, right, None if 0 in day.dates else year)


#: Festivals with days off around them: 春节（2月1日）假期, 为春节假期调休上班日.
_LONG_HOLIDAYS = frozenset({"春节", "国庆节", "劳动节", "清明节", "端午节", "中秋节", "元旦节"})
_HOLIDAY = compiled(r"[）)”’]?(?:[小长]*假|期间|放假|调休|黄金周)")


def _within_holidays(analysis: Analysis, mention: Date, day: Day, right: tuple[int, int]) -> bool:
    """Whether one of the days off around a festival is meant."""
    return (
        day.name in _LONG_HOLIDAYS
        and _HOLIDAY.match(analysis.reading.text, mention.at.end) is not None
        and _apart(mention.start, *right) <= _WEEK
    )


#: 9月8日教师节前夕: some days before the day itself.
_EVE = compiled(r"[”’]?(?:前夕|来临之际|到来之际|前一天|前一日|前后)")
#: 2024年4月15日，围绕国家宪法日开展活动: the activity is held for the day.
_FOR = compiled(
    r"[，、]?[一-龥]{0,10}?(?:围绕|借助|利用|抓住|结合|依托|以|借|趁|在|迎接|庆祝|纪念|值)(?:第[\d一二三四五六七八九十]{1,4}[个次届])?[“‘]?(?:\d{1,2}[·.]\d{1,2})?[”’]?"
)
_HELD_FOR = compiled(
    r"[”’]?(?:这一)?(?:契机|为主题|为契机|宣传|开展|活动|主题|组织|集中|期间|当天|之际|为载体|为抓手|，)"
)
_ON_THE_DAY = compiled(r"[”’]?(?:期间|当天|前后)")
#: How many days before or after the day an activity is held for it.
_EVE_DAYS, _AROUND, _ABOUT = 45, 62, 12


def _eves(analysis: Analysis, names: Sequence[tuple[Span, Day]]) -> Iterator[Outcome]:
    """Days before or around another day that lie after it or far off: 9月20日教师节前夕, 4月15日，围绕国家宪法日开展宣传."""
    text = analysis.reading.text
    for at, day in names:
        yield from _eve_in_brackets(analysis, at, day)
        sentence = sentence_of(analysis, at.start)
        for mention in dates_within(analysis, Span(max(sentence.start, at.start - 2 * _NEAR - 10), at.start))[-1:]:
            point = mention.start
            if (
                mention.end
                or mention.titled
                or mention.named
                or point.month is None
                or point.day is None
                or not point.possible
            ):
                continue
            eve = _EVE.match(text, at.end)
            close = not text[mention.at.end : at.start].strip("，（“‘ ") or _TO_NAME.fullmatch(
                text, mention.at.end, at.start
            )
            held = _FOR.fullmatch(text, mention.at.end, at.start) and _HELD_FOR.match(text, at.end)
            right = (
                day.on(year_of(analysis, bisect_left(analysis.date_starts, mention.at.start))) if day.dates else None
            )
            if right is None or not ((eve and close) or held):
                continue
            span = analysis.span(mention.place)
            yield Checked(span)
            early = (_some_day(*right) - _some_day(point.month, point.day)).days
            early = (early + 182) % 365 - 182
            if eve and close and eve[0].lstrip("”’") != "前后":
                wrong = not 0 <= early <= _EVE_DAYS
            else:
                near = _ON_THE_DAY.match(text, at.end) is not None
                wrong = abs(early) > (_AROUND if not near else _ABOUT)
            if wrong:
                yield _misplaced(span, analysis.reading.slice(at), point, right, None)


#: 国庆节前夕（9月28日）, 教师节前后（9月6日至12日）.
_EVE_OPENS = compiled(r"[”’]?(?P<eve>前夕|来临之际|到来之际|前一天|前一日|前后)[（(]")


def _eve_in_brackets(analysis: Analysis, at: Span, day: Day) -> Iterator[Outcome]:
    """Days in brackets behind the eve of a day that lie after it or far off: 国庆节前夕（10月28日）."""
    opens = _EVE_OPENS.match(analysis.reading.text, at.end)
    if opens is None:
        return
    index = bisect_left(analysis.date_starts, opens.end())
    mention = analysis.dates[index] if index < len(analysis.dates) else None
    if mention is None or mention.at.start != opens.end() or mention.named:
        return
    right = day.on(year_of(analysis, index)) if day.dates else None
    point = mention.start
    if right is None or point.month is None or point.day is None or not point.possible:
        return
    span = analysis.span(mention.place)
    yield Checked(span)
    early = (_some_day(*right) - _some_day(point.month, point.day)).days
    early = (early + 182) % 365 - 182
    before = opens["eve"] != "前后"
    if not 0 <= early <= _EVE_DAYS if before else abs(early) > _AROUND:
        yield _misplaced(span, analysis.reading.slice(at), point, right, None)


def _some_day(month: int, day: int) -> date:
    """A day of some leap year."""
    return date(2024, month, day)


def _misplaced(span: Span, name: str, point: Point, right: tuple[int, int], year: int | None) -> Finding:
    fixed, of = (f" {year} 年", f" of {year}") if year else ("", "")
    return Finding(
        span,
        Message(
            f"{name}{fixed}是{right[0]}月{right[1]}日，不是{point.month}月{point.day}日，请核对",
            f"{name}{of} is on {right[0]:02}-{right[1]:02}, not {point.month:02}-{point.day:02}",
        ),
        suggestion=f"{right[0]}月{right[1]}日",
    )


def _meetings(analysis: Analysis, names: Sequence[tuple[Span, Day]]) -> Iterator[tuple[Day, Span, int, bool]]:
    """Dates that speak of a day: the day, the place of its name, the number of the date, and whether the two stand side by side.

    Those that do not are given only for days that move from year to year.
    """
    for index, mention in enumerate(analysis.dates if names else ()):
        if mention.end is not None or mention.start.day is None or mention.titled:
            continue
        near = bisect_left(names, mention.at.start - _NEAR, key=lambda item: item[0].end)
        for at, day in names[near : near + _FEW]:
            close = _before_name(analysis, mention, at, day) or _after_name(analysis, mention, at)
            if close or (0 not in day.dates and sentence_of(analysis, mention.at.start).holds(at)):
                yield day, at, index, close
                break


def _names(analysis: Analysis) -> Iterator[tuple[Span, Day]]:
    """Every name of a day in the reading, the longest where several end together."""
    text, grams = analysis.reading.text, analysis.grams
    longest: dict[int, tuple[Span, Day]] = {}
    for name, day in days().items():
        if name[-2:] not in grams or name[:2] not in grams:
            continue
        at = text.find(name)
        while at >= 0:
            end = at + len(name)
            if end not in longest or longest[end][0].start > at:
                longest[end] = (Span(at, end), day)
            at = text.find(name, end)
    yield from (longest[end] for end in sorted(longest))


def _before_name(analysis: Analysis, mention: Date, name: Span, day: Day) -> bool:
    text = analysis.reading.text
    if not 0 <= name.start - mention.at.end <= 2 * _NEAR:
        return False
    between = _TO_NAME.fullmatch(text, mention.at.end, name.start)
    if between is None:
        return False
    if mention.named or between["linked"] is not None:
        # 1月26日为春节假期调休上班日: one of the days around it; “6·26”国际禁毒日期间 is the day all the same
        return (mention.named and day.name not in _LONG_HOLIDAYS) or _HOLIDAY.match(text, name.end) is None
    if text[name.end - 1] in "节旦":
        return _THE_DAY.match(text, name.end) is not None
    event = _EVENT.match(text, name.end)
    if event is None:
        return True
    # 6月15日世界环境日系列宣传活动: no activity of the day itself is held a week off
    return 0 in day.dates and not _NOT_THE_DAY.match(text, name.end) and _apart(mention.start, *day.dates[0]) > _WEEK


def _apart(point: Point, month: int, day: int) -> int:
    """How many days lie between two days of a year, the shorter way round."""
    if point.month is None or point.day is None or not point.possible:
        return 0
    days = abs((_some_day(point.month, point.day) - _some_day(month, day)).days)
    return min(days, 366 - days)


def _after_name(analysis: Analysis, mention: Date, name: Span) -> bool:
    if not 0 <= mention.at.start - name.end <= _NEAR:
        return False
    return _TO_DATE.fullmatch(analysis.reading.text, name.end, mention.at.start) is not None
