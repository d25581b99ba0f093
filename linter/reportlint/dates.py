"""Dates and periods as printed: 2024年6月27日, 1—5月, 上半年, 去年四季度, “十四五”.

A date is read, not judged: ``2月30日`` and ``6月—3月`` are mentions like any other, and what is wrong with them is for rules
to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportlint.moment import Date, Point, Precision, Weekday
from reportlint.numerals import han_value, whole_number
from reportlint.patterns import compiled
from reportlint.span import Span

_HAN = "一二三四五六七八九十"
_RANGE = r"(?:至|到|[-—–―~]{1,2})"
_DAY = rf"(?:\d{{1,2}}|[{_HAN}]{{1,3}})"
_PARTS = {
    "上半年": (1, 6), "前半年": (1, 6), "下半年": (7, 12), "后半年": (7, 12), "全年": (1, 12), "前三季度": (1, 9), "前3季度": (1, 9),
    "前两季度": (1, 6), "学年": (9, 20), "年底": (12, 12), "年末": (12, 12), "年初": (1, 1),
}  # fmt: skip
_DAYS = {
    "上旬": (1, 10),
    "中旬": (11, 20),
    "下旬": (21, 31),
    "中下旬": (11, 31),
    "上中旬": (1, 20),
    "初": (1, 10),
    "底": (21, 31),
    "末": (21, 31),
}
_OFFSETS = {"今年": 0, "本年": 0, "去年": -1, "上年": -1, "上一年": -1, "前年": -2, "明年": 1, "来年": 1, "下一年": 1}
_PLANS = "一二三四五六"

#: Where a mention can begin, by its first characters; the rest of the grammar is tried only there.
_START = compiled(
    rf"[\d{_HAN}〇○零今去明次本来翌全上前下第](?:(?<=\d)(?<!\d\d)\d*(?=[年月季上下前第学一二三四至到、/.·•・‧—–―~-])"
    rf"|(?<=[{_HAN}〇○零])(?<![{_HAN}〇○零].)[{_HAN}〇○零]*(?=[年月季至到.·•・‧—–―~”时期规末以开收-])"
    rf"|(?<=[今去明次本来翌全])(?=年)|(?<=上)(?=[年半一])|(?<=前)(?=[年半\d{_HAN}两])|(?<=下)(?=[半一])|(?<=第)(?=[一二三四1-4]))"
)
_POINT = compiled(
    rf"""
    (?: (?:
          (?P<year> \d{{4}} ) (?: 年 (?!历史|来(?!看)|之久|的历史|左右|以上|多) | (?= 上半年 | 下半年 | 前三季度 | 第?[一二三四]季度 | {_RANGE}\d{{4}}(?:年|学年) | 学年 ) )
        | (?P<hanyear> [一二][九〇○零][〇○零一二三四五六七八九]{{2}} ) 年
        | (?P<following> (?<![首层多两每其名\d{_HAN}]) (?:次年|翌年) )
        | (?P<offset> 今年 | 去年 | (?<![以史晚早])上年(?![龄轻青]) | 上一年 | 前年(?!后) | 明年 | (?<![近未多])来年 | 下一年 | 本年(?!级|龄|轻) )
      ) (?P<degree> 度(?!假) )? (?: 同期 (?=\d{{1,2}}(?:月|{_RANGE}\d)|[一二三四]季度|上半年|前三季度) )?
    )?
    (?P<fine>
        (?P<month> \d{{1,2}} ) (?: 月份? (?!龄) | (?= {_RANGE}\d{{1,2}}月(?!龄) | 、\d{{1,2}}月(?!龄) ) )
        (?: (?P<day> \d{{1,2}} ) (?: 日 | 号(?!线|楼|院|门|机|文|令|公告|馆|井|坑|站|库) | (?= {_RANGE}\d{{1,2}}[日号] | 、\d{{1,2}}[日号] ) )
          | (?P<tail> 上中旬 | 中下旬 | [上中下]旬 | 月?[底末](?!端) | 初(?![{_HAN}]) )
        )?
      | (?P<hanmonth> 十[一二]? | [一二三四五六七八九] ) 月 (?: (?P<handay> [{_HAN}]{{1,3}} ) 日 | (?P<hantail> 份 | [上中下]旬 | [底末] ) | (?P<alone>) )
      | (?: (?<![一-龥]) | (?<=[年市县区省州]) ) 前 (?P<first> \d{{1,2}} | [{_HAN}两]{{1,2}} ) 个月
      | (?P<part> 上半年 | 下半年 | 前半年 | 后半年 | 全年 | 前[三3两]季度 | 学年 | 年?[底末初] ) 度?
      | 第? (?P<quarter> [一二三四1-4] ) (?: 季度 (?!报) | (?= {_RANGE}[二三四2-4]季度 ) )
    )?
    """,
    re.VERBOSE,
)
_ISO = compiled(
    r"(?P<year>\d{4})(?P<mark>[-/.])(?P<month>[01]?\d)(?P=mark)(?P<day>[0-3]?\d)(?!\d|(?P=mark)\d{1,2}(?!\d))"
)
#: 2025年9.30前: the year tells that no decimal is meant.
_DOTTED = compiled(
    r"(?P<year>(?:19|20)\d\d)年(?P<month>\d{1,2})\.(?P<day>\d{1,2})(?=前|之前|以前|后|起|[，。；）\n]|$)"
)
#: What makes digits a number of something: 合同编号为2024-02-31.
_LABELLED = compiled(r"(?:编号|代码|编码|批号|文号|字号|序号|型号|单号|号码|索引号)(?:为|是|：)?$")
_NAMED = compiled(
    rf"(?P<month>\d{{1,2}}|[{_HAN}]{{1,2}})(?:(?P<dot>[·•・‧])|\.)(?P<day>\d{{1,2}}|[{_HAN}]{{1,2}})(?![\d%万亿倍元.·])"
    r"(?(dot)|(?=”?(?:全国|国际|世界|全民|国家|中国|联合国)[一-龥]{2,9}(?:日|节)|”(?:[一-龥]{1,8}(?:日|节|活动|宣传|主题))))"
)
_END = compiled(rf"(?:\d{{1,2}}(?:时|:\d\d))?起?{_RANGE}(?=[\d{_HAN}今去上前明次翌第下])")
_END_DAY = compiled(rf"({_DAY})[日号]")
_ALSO = compiled(r"、(\d{1,2})(?:[日号]|(?=、\d{1,2}[日号]))")
_PLAN = compiled(r"十([一二三四五六])五(?=”|时期|期间|规划|末|以来|开局|收官)")
_WEEKDAYS = "一二三四五六日天"
_WEEKDAY = compiled(
    rf"(?:上午|下午|“?[一-龥]{{2,12}}[日节]”?(?:当天|当日)?)?[（(](?:[^（）()\n\d]{{1,12}}[，、])?[本下]?(?P<one>(?:星期|周|礼拜)[{_WEEKDAYS}])(?:上午|下午|晚上?)?(?=[）)，])"
    rf"|，?(?:(?P<two>星期[{_WEEKDAYS}])(?!至|到|—|、)|(?P<three>周[{_WEEKDAYS}])(?=[，。）（上下晚]))"
)
_WEEKDAYS_BOTH = compiled(
    rf"[（(]((?:星期|周|礼拜)[{_WEEKDAYS}])(?:至|到|—|-|~|、)((?:星期|周|礼拜)[{_WEEKDAYS}])[）)]"
)
_WEEKDAY_BEFORE = compiled(rf"(?<![每上下])((?:星期|周)[{_WEEKDAYS}])[（(]$")
_CUTOFF = compiled(r"(?:截至|截止)(?:到|至|目前[，（(]?)?$")
_NUMBERED = compiled(r"(?:^|[\n。；：，）])\d{1,2}\.$")
_TITLE = compiled(r"《[^《》\n]{1,80}》")


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
        cutoff = text.find("截", max(0, at - 6), at) >= 0 and _CUTOFF.search(text, max(0, at - 6), at) is not None
        if titled or cutoff:
            found = found._replace(titled=titled, cutoff=cutoff)
        yield found
        end = found.at.end
        for also in _also(text, found):
            yield also._replace(titled=titled)
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
        start, end = start._replace(months=(9, 12)), end._replace(months=(1, 8))
    both = _WEEKDAYS_BOTH.match(text, end.at.end)
    if both:
        start, end = (
            point._replace(weekday=Weekday(Span(*both.span(group)), _weekday(both[group])))
            for group, point in ((1, start), (2, end))
        )
    return Date(Span(start.at.start, end.at.end), start, end)


def _inside_number(text: str, at: int) -> bool:
    """Whether the digits at ``at`` go on with what stands before: 1.5月, GB3095-2012; ``1.2024年`` opens a numbered heading."""
    before = text[at - 1] if at else "\n"
    if before in ".,":
        return _NUMBERED.search(text[max(0, at - 4) : at]) is None
    return (before in "-/_" and text[max(0, at - 2) : at - 1].isalnum()) or (before.isascii() and before.isalpha())


def _named(match: re.Match[str]) -> Point | None:
    """“6.15”全国低碳日, 12·4, 六·五: month and day of a day's name."""
    numbers = [whole_number(part) for part in (match["month"], match["day"])]
    if not (1 <= numbers[0] <= 12 and 1 <= numbers[1] <= 31):
        return None
    return Point(Span(*match.span()), month=numbers[0], day=numbers[1])


def _point(text: str, at: int) -> Point | None:
    digit = text[at].isdigit()
    iso = _ISO.match(text, at) if digit else None
    if iso and _LABELLED.search(text, max(0, at - 6), at):
        return None
    if iso and 1900 <= int(iso["year"]) <= 2100:
        return Point(Span(*iso.span()), int(iso["year"]), month=int(iso["month"]), day=int(iso["day"]))
    dotted = _DOTTED.match(text, at) if digit else None
    if dotted and 1 <= int(dotted["month"]) <= 12 and 1 <= int(dotted["day"]) <= 31:
        return Point(Span(*dotted.span()), int(dotted["year"]), month=int(dotted["month"]), day=int(dotted["day"]))
    plan = _PLAN.match(text, at) if text[at] == "十" else None
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
        if (not dated and part[0] == "年") or (part == "学年" and year is None):
            return None
        months = _PARTS[part]
    elif match["first"]:
        # 前10个月 are January to October; 开工前3个月 and 提前2个月 are not met here.
        months = (1, _number(match["first"]) or 0)
        if not 2 <= months[1] <= 12:
            return None
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
    if month is not None and not 1 <= month <= 12 and day is None and year is None and not tail:
        return None
    said = match.start("fine") - match.start() if match["fine"] and (offset is not None or following) else 0
    return Point(Span(*match.span()), year, offset, following, month, day, months, days, said=said)


def _number(printed: str | None) -> int | None:
    if not printed:
        return None
    return whole_number(printed)


def _complete(text: str, point: Point) -> bool:
    """Whether the point can stand alone: the first half of a range that did not come about (2022—, 5、) cannot."""
    last = text[point.at.end - 1]
    return (
        not last.isdigit()
        or point.precision is Precision.DAY
        or (point.month is not None and text[point.at.end] == "、")
    )


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
        point = _with_weekday(text, last._replace(at=Span(*also.span()), day=int(also[1]), weekday=None))
        point = point._replace(at=Span(also.start(1), also.end()))
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
        return point._replace(weekday=Weekday(Span(*match.span(group)), _weekday(match[group])))
    before = _WEEKDAY_BEFORE.search(text, max(0, point.at.start - 5), point.at.start)
    if before:
        return point._replace(weekday=Weekday(Span(*before.span(1)), _weekday(before[1])))
    return point
