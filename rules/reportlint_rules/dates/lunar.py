"""Days of the lunar calendar beside the festival they are, or beside their day of the other calendar: 10月6日（农历八月十六）."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache

from reportlint.analysis import Analysis
from reportlint.day import date
from reportlint.files import beside
from reportlint.finding import Checked, Finding, Message, Outcome, Related
from reportlint.patterns import any_of, compiled
from reportlint.span import Span
from reportlint.tables import rows
from reportlint_rules.dates.days import days
from reportlint_rules.dates.years import year_of

_TABLE = beside(__file__, "lunar.csv")
_MONTHS = ("正", "二", "三", "四", "五", "六", "七", "八", "九", "十", "冬", "腊")
_HAN = "一二三四五六七八九十"
_LUNAR = compiled(
    rf"农历的?(?:[一-龥]{{2}}年)?(?P<at>(?P<month>[正一二三四五六七八九十冬腊]|十[一二])月(?P<day>初[{_HAN}]|[二廿]?十[一二三四五六七八九]|廿[一二三四五六七八九]|[二三]?十|[1-3]?\d日?))"
)


@lru_cache(maxsize=1)
def _festivals() -> dict[str, tuple[int, int]]:
    """Month and day of each festival, in the lunar calendar."""
    return {row["name"]: (int(row["month"]), int(row["day"])) for row in rows(_TABLE)}


def lunar_days(analysis: Analysis) -> Iterator[Outcome]:
    """Every lunar day that the festival or the day beside it contradicts."""
    text = analysis.reading.text
    names = any_of(_festivals())
    before = compiled(rf"(?P<name>{names})”?(?:（|，)?(?:即|是|为|在)?(?:每年的?)?$")
    behind = compiled(
        rf"日?(?:）|，|、)?(?:即|是|为|正值|恰逢|适逢|也是|又是)?(?:我国|中国|传统|民间|中华民族|的){{0,3}}(?:佳节|节日)?“?(?P<name>{names})"
    )
    for match in analysis.matches(_LUNAR):
        told = (_month(match["month"]), _number(match["day"]))
        span = analysis.span(Span(*match.span("at")))
        name = before.search(text, max(0, match.start() - 12), match.start()) or behind.match(text, match.end())
        if name is not None:
            yield Checked(span)
            if told != (right := _festivals()[name["name"]]):
                related = Related(analysis.span(Span(*name.span("name"))), "节日")
                yield _wrong(span, match["at"], f"{name['name']}是农历{_shown(*right)}", right, related)
            continue
        index = bisect_left(analysis.date_starts, match.start()) - 1
        mention = analysis.dates[index] if index >= 0 else None
        if (
            mention is None
            or mention.end
            or mention.titled
            or text[mention.at.end : match.start()] not in ("（", "，", "")
        ):
            continue
        year, point = year_of(analysis, index), mention.start
        period = point.period(year) if year is not None and point.month and point.day else None
        days_of_year = _lunar(period.start) if period else None
        if days_of_year is None:
            continue
        yield Checked(span)
        if told != days_of_year:
            solar = text[slice(*mention.place)]
            related = Related(analysis.span(mention.place), "公历")
            yield _wrong(span, match["at"], f"{year}年的{solar}是农历{_shown(*days_of_year)}", days_of_year, related)


def _wrong(span: Span, printed: str, why: str, right: tuple[int, int], related: Related) -> Finding:
    return Finding(
        span,
        Message(f"{why}，不是{printed}，请核对", f"the lunar day is {right[0]:02}-{right[1]:02}"),
        (related,),
        suggestion=_shown(*right),
    )


#: Every lunar month has so many days at least.
_SURE = 29


def _lunar(day: date) -> tuple[int, int] | None:
    """The lunar month and day of ``day``, where a festival of the same month tells."""
    for name, (month, number) in _festivals().items():
        held = days()[name].on(day.year) if name in days() and 0 not in days()[name].dates else None
        if held is None:
            continue
        own = number + (day - date(day.year, *held)).days
        if 1 <= own <= _SURE:
            return month, own
    return None


def _month(printed: str) -> int:
    if printed in ("正", "冬", "腊"):
        return _MONTHS.index(printed) + 1
    return _HAN.index(printed) + 1 if printed in _HAN else 10 + _HAN.index(printed[-1]) + 1


def _number(printed: str) -> int:
    """The day of the month: 初五, 十五, 廿三, 二十, 三十, 15日."""
    printed = printed.rstrip("日")
    if printed.isdigit():
        return int(printed)
    if printed[0] == "初":
        return _HAN.index(printed[1]) + 1
    if printed in ("二十", "三十"):
        return 20 if printed[0] == "二" else 30
    last = 0 if printed[-1] == "十" else _HAN.index(printed[-1]) + 1
    return (20 if printed[0] in "廿二" else 10) + last


def _shown(month: int, day: int) -> str:
    """八月十五 for 8 and 15."""
    if day <= 10:
        number = f"初{_HAN[day - 1]}"
    elif day in (20, 30):
        number = f"{_HAN[day // 10 - 1]}十"
    else:
        number = ("十", "廿")[day // 20] + (_HAN[day % 10 - 1] if day % 10 else "")
    return f"{_MONTHS[month - 1]}月{number}"
