"""Dates and periods as printed: 2024年6月27日, 1—5月, 上半年, 去年四季度, “十四五”.

A date is read, not judged: ``2月30日`` and ``6月—3月`` are mentions like any other, and what is wrong with them is for rules
to say. A mention gives its printed parts; which days it means is worked out with the year that the document speaks of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum
from typing import NamedTuple

from reportlint.numerals import han_value
from reportlint.span import Span


_MONTH_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def month_days(year: int, month: int) -> int:
    """How many days ``month`` of ``year`` has.

    >>> month_days(2023, 2), month_days(2024, 2), month_days(1900, 2)
    (28, 29, 28)
    """
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return _MONTH_DAYS[month - 1] + (leap and month == 2)


class Precision(IntEnum):
    """How finely a date is given; ordered from coarse to fine."""

    PLAN = 0
    YEAR = 1
    HALF = 2
    QUARTER = 3
    MONTH = 4
    TEN_DAYS = 5
    DAY = 6


class Period(NamedTuple):
    """The days from ``start`` to ``end``, both included."""

    start: date
    end: date

    def holds(self, other: Period) -> bool:
        """Whether ``other`` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: Period) -> bool:
        """Whether the two share a day."""
        return self.start <= other.end and other.start <= self.end

    @property
    def days(self) -> int:
        """How many days the period has: 182 for the first half of a leap year."""
        return (self.end - self.start).days + 1


class Weekday(NamedTuple):
    """``星期三`` beside a date: its place in the reading and its number, Monday being 1."""

    at: Span
    number: int


@dataclass(frozen=True, slots=True)
class Point:
    """One end of a mention, in the parts that are printed; nothing is checked.

    ``offset`` counts from the year the document speaks of (去年 -1, 明年 1); ``following`` says that 次年 counts from the other
    end instead. ``months`` are the first and last month of 上半年 or 三季度 (a 学年 runs from 9 to 20), ``days`` those of 上旬 or
    月底, ``span`` how many years a plan has.
    """

    at: Span
    year: int | None = None
    offset: int | None = None
    following: bool = False
    month: int | None = None
    day: int | None = None
    months: tuple[int, int] | None = None
    days: tuple[int, int] | None = None
    span: int = 1
    weekday: Weekday | None = None

    @property
    def dated(self) -> bool:
        """Whether the point says which year it is in."""
        return self.year is not None or self.offset is not None or self.following

    @property
    def precision(self) -> Precision:
        """The finest part that is printed."""
        if self.day is not None:
            return Precision.DAY
        if self.days is not None:
            return Precision.TEN_DAYS
        if self.month is not None:
            return Precision.MONTH
        if self.months is not None:
            return _WIDTHS.get(self.months[1] - self.months[0], Precision.HALF)
        return Precision.YEAR if self.span == 1 else Precision.PLAN

    @property
    def first_month(self) -> int:
        """The month it begins in: 7 for 三季度, 1 for a year."""
        return self.month or (self.months or (1,))[0]

    @property
    def possible(self) -> bool:
        """Whether some year has such a date; 2月29日 of a printed common year has none."""
        if self.month is not None and not 1 <= self.month <= 12:
            return False
        if self.day is None:
            return True
        return self.month is None or 1 <= self.day <= month_days(self.year or 2000, self.month)

    def period(self, year: int) -> Period | None:
        """The days meant, where the document speaks of ``year``; ``None`` for a date that does not exist.

        >>> str(Point(Span(0, 0), months=(1, 6)).period(2024).end)
        '2024-06-30'
        """
        own = self.year if self.year is not None else year + (self.offset or 0) + self.following
        if not self.possible:
            return None
        first, last = (self.month, self.month) if self.month else self.months or (1, 12)
        start_year, end_year = own + (first - 1) // 12, own + self.span - 1 + (last - 1) // 12
        if not (1 <= start_year and end_year <= 9999):
            return None
        first, last = (first - 1) % 12 + 1, (last - 1) % 12 + 1
        low, high = (self.day, self.day) if self.day else self.days or (1, 31)
        longest = month_days(end_year, last)
        if low > longest:
            return None
        return Period(date(start_year, first, low), date(end_year, last, min(high, longest)))


@dataclass(frozen=True, slots=True)
class Date:
    """A mention of a day or of a period.

    ``at`` is its place in the reading, weekdays left out unless they stand inside; ``end`` is the other end of a range; ``cutoff``
    says that 截至 or 截止 stands before it, ``titled`` that it is part of a title in 《》, ``named`` that it is written as the name
    of a day (“6.15”, 12·4), ``listed`` that it goes on with the month of the date before (3月5日、8日).
    """

    at: Span
    start: Point
    end: Point | None = None
    cutoff: bool = False
    titled: bool = False
    named: bool = False
    listed: bool = False

    @property
    def points(self) -> tuple[Point, ...]:
        """One end, or both."""
        return (self.start,) if self.end is None else (self.start, self.end)

    @property
    def precision(self) -> Precision:
        """The coarser of the two ends' precisions."""
        return min(point.precision for point in self.points)

    @property
    def dated(self) -> bool:
        """Whether the mention says which year it is in."""
        return self.start.dated or (self.end is not None and self.end.dated)

    def bounds(self, year: int) -> tuple[Period, Period] | None:
        """The days of the first and of the last end, in the order printed; ``None`` where one does not exist.

        A range that runs past the turn of the year without saying so (11月至3月) ends in the year after.
        """
        if self.end is None:
            only = self.start.period(year)
            return only and (only, only)
        start, end = self.start, self.end
        if not start.dated and end.year is not None and end.month and start.month:
            # 11月至2024年3月: the year printed at the end tells the start's.
            start = replace(start, year=end.year - (start.month > end.month))
        first = start.period(year)
        if first is None:
            return None
        base = year if end.offset is not None else first.start.year
        last = end.period(base)
        if last and last.end < first.start and self.wraps:
            last = replace(end, year=base + 1).period(base)
        return last and (first, last)

    @property
    def wraps(self) -> bool:
        """Whether a range whose end comes earlier in the year than its start is meant to end in the year after.

        Heating seasons, school years and campaigns begin late in the year, and 4月—3月 is a full turn; 6月—3月 is nobody's season.
        """
        if self.end is None or self.end.dated:
            return False
        first, last = self.start.first_month, self.end.first_month
        return last < first and (first >= _LATE or last == first - 1)

    def period(self, year: int) -> Period | None:
        """All days meant, where the document speaks of ``year``; ``None`` for what does not exist or ends before it starts."""
        bounds = self.bounds(year)
        if bounds is None or bounds[1].end < bounds[0].start:
            return None
        return Period(bounds[0].start, bounds[1].end)


_HAN = "一二三四五六七八九十"
_RANGE = r"(?:至|到|[-—–―~]{1,2})"
_DAY = rf"(?:\d{{1,2}}|[{_HAN}]{{1,3}})"
_PARTS = {
    "上半年": (1, 6), "前半年": (1, 6), "下半年": (7, 12), "后半年": (7, 12), "全年": (1, 12), "前三季度": (1, 9), "前3季度": (1, 9),
    "前两季度": (1, 6), "学年": (9, 20), "年底": (12, 12), "年末": (12, 12), "年初": (1, 1),
}  # fmt: skip
_DAYS = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31), "中下旬": (11, 31), "上中旬": (1, 20), "初": (1, 10), "底": (21, 31), "末": (21, 31)}
_OFFSETS = {"今年": 0, "本年": 0, "去年": -1, "上年": -1, "上一年": -1, "前年": -2, "明年": 1, "来年": 1, "下一年": 1}
_PLANS = "一二三四五六"
#: The first month from which a range may run into the next year without saying so.
_LATE = 7
_WIDTHS = {0: Precision.MONTH, 2: Precision.QUARTER, 11: Precision.YEAR}

#: Where a mention can begin; the rest of the grammar is tried only there.
_START = re.compile(rf"\d+|[{_HAN}〇○零]+|[今去上前明次本来翌下全第]")
_POINT = re.compile(
    rf"""
    (?: (?:
          (?P<year> \d{{4}} ) (?: 年 (?!历史|来(?!看)|之久|的历史|左右|以上|多) | (?= 上半年 | 下半年 | 前三季度 | 第?[一二三四]季度 | {_RANGE}\d{{4}}(?:年|学年) | 学年 ) )
        | (?P<hanyear> [一二][九〇○零][〇○零一二三四五六七八九]{{2}} ) 年
        | (?P<following> (?<![首层多两每其名\d{_HAN}]) (?:次年|翌年) )
        | (?P<offset> 今年 | 去年 | (?<![以史晚早])上年(?![龄轻青]) | 上一年 | 前年(?!后) | 明年 | (?<![近未多])来年 | 下一年 | 本年(?!级|龄|轻) )
      ) (?P<degree> 度(?!假) )? (?: 同期 (?=\d{{1,2}}(?:月|{_RANGE}\d)|[一二三四]季度|上半年|前三季度) )?
    )?
    (?:
        (?P<month> \d{{1,2}} ) (?: 月份? (?!龄) | (?= {_RANGE}\d{{1,2}}月(?!龄) | 、\d{{1,2}}月(?!龄) ) )
        (?: (?P<day> \d{{1,2}} ) (?: 日 | 号(?!线|楼|院|门|机|文|令|公告|馆|井|坑|站|库) | (?= {_RANGE}\d{{1,2}}[日号] | 、\d{{1,2}}[日号] ) )
          | (?P<tail> 上中旬 | 中下旬 | [上中下]旬 | 月?[底末](?!端) | 初(?![{_HAN}]) )
        )?
      | (?P<hanmonth> 十[一二]? | [一二三四五六七八九] ) 月 (?: (?P<handay> [{_HAN}]{{1,3}} ) 日 | (?P<hantail> 份 | [上中下]旬 | [底末] ) | (?P<alone>) )
      | (?P<part> 上半年 | 下半年 | 前半年 | 后半年 | 全年 | 前[三3两]季度 | 学年 | 年?[底末初] ) 度?
      | 第? (?P<quarter> [一二三四1-4] ) (?: 季度 (?!报) | (?= {_RANGE}[二三四2-4]季度 ) )
    )?
    """,
    re.VERBOSE,
)
_ISO = re.compile(r"(?P<year>\d{4})(?P<mark>[-/.])(?P<month>[01]?\d)(?P=mark)(?P<day>[0-3]?\d)(?!\d|(?P=mark)\d{1,2}(?!\d))")
_NAMED = re.compile(
    rf"(?P<month>\d{{1,2}}|[{_HAN}]{{1,2}})(?:(?P<dot>[·•・‧])|\.)(?P<day>\d{{1,2}}|[{_HAN}]{{1,2}})(?![\d%万亿倍元.·])"
    r"(?(dot)|(?=”?(?:全国|国际|世界|全民|国家|中国|联合国)[一-龥]{2,9}(?:日|节)|”(?:[一-龥]{1,8}(?:日|节|活动|宣传|主题))))"
)
_END = re.compile(rf"(?:\d{{1,2}}(?:时|:\d\d))?{_RANGE}(?=[\d{_HAN}今去上前明次翌第下])")
_END_DAY = re.compile(rf"({_DAY})[日号]")
_ALSO = re.compile(r"、(\d{1,2})(?:[日号]|(?=、\d{1,2}[日号]))")
_PLAN = re.compile(r"十([一二三四五六])五(?=”|时期|期间|规划|末|以来|开局|收官)")
_WEEKDAYS = "一二三四五六日天"
_WEEKDAY = re.compile(
    rf"(?:上午|下午)?[（(](?:[^（）()\n\d]{{1,12}}[，、])?(?P<one>(?:星期|周|礼拜)[{_WEEKDAYS}])(?:上午|下午|晚上?)?(?=[）)，])"
    rf"|，?(?:(?P<two>星期[{_WEEKDAYS}])(?!至|到|—|、)|(?P<three>周[{_WEEKDAYS}])(?=[，。）（上下晚]))"
)
_WEEKDAYS_BOTH = re.compile(rf"[（(]((?:星期|周|礼拜)[{_WEEKDAYS}])(?:至|到|—|-|~|、)((?:星期|周|礼拜)[{_WEEKDAYS}])[）)]")
_WEEKDAY_BEFORE = re.compile(rf"(?<![每上下])((?:星期|周)[{_WEEKDAYS}])[（(]$")
_CUTOFF = re.compile(r"(?:截至|截止)(?:到|至|目前[，（(]?)?$")
_TITLE = re.compile(r"《[^《》\n]{1,80}》")


def dates(text: str) -> Iterator[Date]:
    """Every mention of a date or period in the reading ``text``, in order; mentions do not overlap.

    >>> [text[d.at.start : d.at.end] for text in ["2023年1—5月，比去年同期的3年多28天"] for d in dates(text)]
    ['2023年1—5月', '去年']
    """
    titles = [Span(*match.span()) for match in _TITLE.finditer(text)] if "《" in text else []
    title = end = 0
    for start in _START.finditer(text):
        at = start.start()
        if at < end:
            continue
        found = _mention(text, at)
        if found is None:
            continue
        while title < len(titles) and titles[title].end <= at:
            title += 1
        titled = title < len(titles) and titles[title].start < at
        cutoff = _CUTOFF.search(text, max(0, at - 6), at) is not None
        if titled or cutoff:
            found = replace(found, titled=titled, cutoff=cutoff)
        yield found
        end = found.at.end
        for also in _also(text, found):
            yield replace(also, titled=titled)
            end = also.at.end


def _mention(text: str, at: int) -> Date | None:
    """The mention that begins at ``at``, with the other end where it is a range."""
    if text[at].isdigit() and _inside_number(text, at):
        return None
    named = _NAMED.match(text, at)
    if named and (point := _named(named)):
        return Date(point.at, point, named=True)
    start = _point(text, at)
    if start is None:
        return None
    start = _with_weekday(text, start)
    end = _range_end(text, start)
    if end is None:
        return Date(start.at, start) if _complete(text, start) else None
    end = _with_weekday(text, end)
    if end.months == _PARTS["学年"] and start.months is None:
        # 2022—2023学年 is one school year, from September to August.
        start, end = replace(start, months=(9, 12)), replace(end, months=(1, 8))
    both = _WEEKDAYS_BOTH.match(text, end.at.end)
    if both:
        start, end = (
            replace(point, weekday=Weekday(Span(*both.span(group)), _weekday(both[group]))) for group, point in ((1, start), (2, end))
        )
    return Date(Span(start.at.start, end.at.end), start, end)


def _inside_number(text: str, at: int) -> bool:
    """Whether the digits at ``at`` go on with what stands before: 1.5月, GB3095-2012; ``1.2024年`` opens a numbered heading."""
    before = text[at - 1] if at else "\n"
    if before in ".,":
        return re.search(r"(?:^|[\n。；：，）])\d{1,2}\.$", text[max(0, at - 4) : at]) is None
    return before in "-/_" and text[max(0, at - 2) : at - 1].isalnum() or (before.isascii() and before.isalpha())


def _named(match: re.Match[str]) -> Point | None:
    """“6.15”全国低碳日, 12·4, 六·五: month and day of a day's name."""
    numbers = [int(han_value(part) or 0) if part[0] in _HAN else int(part) for part in (match["month"], match["day"])]
    if not (1 <= numbers[0] <= 12 and 1 <= numbers[1] <= 31):
        return None
    return Point(Span(*match.span()), month=numbers[0], day=numbers[1])


def _point(text: str, at: int) -> Point | None:
    iso = _ISO.match(text, at)
    if iso and 1900 <= int(iso["year"]) <= 2100:
        return Point(Span(*iso.span()), int(iso["year"]), month=int(iso["month"]), day=int(iso["day"]))
    plan = _PLAN.match(text, at)
    if plan and not (at and text[at - 1] in _HAN):
        return Point(Span(*plan.span()), 2001 + 5 * (_PLANS.index(plan[1]) + 1), span=5)
    match = _POINT.match(text, at)
    if match is None or match.end() == at or (at and text[at - 1] in _HAN and text[at] in _HAN):
        return None
    return _from_match(match)


def _from_match(match: re.Match[str]) -> Point | None:
    year = int(match["year"]) if match["year"] else None
    if match["hanyear"]:
        year = int(han_value(match["hanyear"].replace("○", "〇")) or 0)
    if year is not None and not 1900 <= year <= 2100:
        return None
    offset = _OFFSETS[match["offset"]] if match["offset"] else None
    following = match["following"] is not None
    dated = year is not None or offset is not None or following
    months = days = None
    if match["part"]:
        part = match["part"] if match["part"] in _PARTS else f"年{match['part'][-1]}"
        if not dated and part[0] == "年" or part == "学年" and year is None:
            return None
        months = _PARTS[part]
    elif match["quarter"]:
        number = "一二三四1234".index(match["quarter"]) % 4
        months = (3 * number + 1, 3 * number + 3)
    tail = match["tail"] or match["hantail"] or ""
    if tail and tail != "份":
        days = _DAYS[tail.removeprefix("月")]
    month = _number(match["month"] or match["hanmonth"])
    day = _number(match["day"] or match["handay"])
    if match["alone"] is not None and not dated:
        # 三月 by itself may be three months or the month of a song; 三月底, 三月五日 and 二〇二四年三月 are dates.
        return None
    if month is not None and not 1 <= month <= 12 and day is None and year is None:
        return None
    return Point(Span(*match.span()), year, offset, following, month, day, months, days)


def _number(printed: str | None) -> int | None:
    if not printed:
        return None
    return int(printed) if printed[0].isdigit() else int(han_value(printed) or 0)


def _complete(text: str, point: Point) -> bool:
    """Whether the point can stand alone: the first half of a range that did not come about (2022—, 5、) cannot."""
    last = text[point.at.end - 1]
    return not last.isdigit() or point.precision is Precision.DAY or (point.month is not None and text[point.at.end] == "、")


def _range_end(text: str, start: Point) -> Point | None:
    """The other end of a range that begins with ``start``."""
    after = start.weekday.at.end if start.weekday else start.at.end
    if start.weekday and text[after : after + 1] in ("）", ")"):
        after += 1
    mark = _END.match(text, after)
    if mark is None:
        return None
    at = mark.end()
    if start.day is not None:
        day = _END_DAY.match(text, at)
        if day:
            return Point(Span(*day.span()), start.year, start.offset, start.following, start.month, _number(day[1]))
    end = _point(text, at)
    if end is None or not _complete(text, end) or end.span > 1:
        return None
    if not end.dated and start.precision <= Precision.YEAR:
        return None
    return end if _same_kind(start, end) else None


def _same_kind(start: Point, end: Point) -> bool:
    """Whether two points can be the ends of one range: 2022年至2023年, 1月至6月, not 2022年—3月."""
    coarse = (Precision.PLAN, Precision.YEAR)
    return end.months == _PARTS["学年"] or (start.precision in coarse) == (end.precision in coarse)


def _also(text: str, found: Date) -> Iterator[Date]:
    """Further days of the same month: 3月5日、8日、12日."""
    last = found.points[-1]
    if last.day is None or last.month is None or found.named:
        return
    at = found.at.end
    while also := _ALSO.match(text, at):
        point = _with_weekday(text, replace(last, at=Span(*also.span()), day=int(also[1]), weekday=None))
        point = replace(point, at=Span(also.start(1), also.end()))
        yield Date(point.at, point, listed=True)
        at = also.end()


def _weekday(printed: str) -> int:
    return min(_WEEKDAYS.index(printed[-1]) + 1, 7)


def _with_weekday(text: str, point: Point) -> Point:
    """The point with the weekday printed right after it, or before it: 星期三（3月5日）."""
    if point.day is None or _WEEKDAYS_BOTH.match(text, point.at.end):
        return point
    match = _WEEKDAY.match(text, point.at.end)
    if match:
        group = "one" if match["one"] else "two" if match["two"] else "three"
        return replace(point, weekday=Weekday(Span(*match.span(group)), _weekday(match[group])))
    before = _WEEKDAY_BEFORE.search(text, max(0, point.at.start - 5), point.at.start)
    if before:
        return replace(point, weekday=Weekday(Span(*before.span(1)), _weekday(before[1])))
    return point
