"""Weekdays of two days that no year brings together: 10月8日（周三）……，10月15日（周二）."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.analysis import Analysis
from reportlint.finding import Abstained, Checked, Finding, Message, Outcome, Related, Severity
from reportlint.moment import Point
from reportlint.patterns import compiled
from reportlint.span import Span
from reportlint_rules.dates.years import sentence_of

_WEEKDAYS = "一二三四五六日"
#: A leap year.
_SOME_YEAR = 2024


def beside(analysis: Analysis, index: int, first: Point | None, point: Point) -> Iterator[Outcome]:
    """The weekday of ``point``, whose year is untold, against that of ``first``, the beginning of its range, or of the day before it."""
    assert point.weekday is not None
    span = analysis.span(point.weekday.at)
    other = first or _sibling(analysis, index)
    if other is None or other.weekday is None:
        yield Abstained(span, "看不出是哪一年，无法核对星期")
        return
    yield Checked(span)
    yield from _against(analysis, other, point)


def _sibling(analysis: Analysis, index: int) -> Point | None:
    """The day with a weekday told before date ``index`` in its sentence: both lie in one year, whichever it is."""
    start = sentence_of(analysis, analysis.dates[index].at.start).start
    for other in reversed(analysis.dates[max(0, index - 2) : index]):
        point = other.points[-1]
        if other.at.start >= start and point.weekday is not None and point.possible and not other.start.dated:
            return point
    return None


#: From January on, and from March on, the weekdays of a common and of a leap year go the same way.
_HALF_A_YEAR = 180


def _against(analysis: Analysis, one: Point, point: Point) -> Iterator[Finding]:
    """What the weekday of the one makes of the other's."""
    assert one.weekday is not None and point.weekday is not None
    apart = set()
    for year in (_SOME_YEAR - 1, _SOME_YEAR):
        first, last = one.period(year), point.period(year)
        if first is None or last is None or not 0 <= (days := (last.start - first.start).days) <= _HALF_A_YEAR:
            return
        apart.add((one.weekday.number + days - 1) % 7 + 1)
    if point.weekday.number in apart:
        return
    printed = analysis.reading.slice(point.weekday.at)
    right = printed[:-1] + _WEEKDAYS[min(apart) - 1]
    before = analysis.reading.slice(one.place)
    yield Finding(
        analysis.span(point.weekday.at),
        Message(
            f"{before}如果是{analysis.reading.slice(one.weekday.at)}，{point.month}月{point.day}日就是{right}，不是{printed}，请核对",
            f"by the weekday of {before} this one is a {right}",
        ),
        (Related(analysis.span(one.weekday.at), "前一个星期"),),
        severity=Severity.WARNING,
    )


#: 3日、10日、17日、24日四个周三: days of one month that all fall on one weekday.
_ALL_ON_ONE = compiled(
    rf"(?P<days>\d{{1,2}}日(?:[、和及]\d{{1,2}}日){{2,4}})(?:[一-龥]{{0,3}}?)(?:[两三四五]个|都是|均为|均是)(?:周|星期)[{_WEEKDAYS}]"
)


def on_one_weekday(analysis: Analysis) -> Iterator[Outcome]:
    """Days that are said to fall on one weekday and are not whole weeks apart, but for one of them."""
    for match in analysis.matches(_ALL_ON_ONE):
        days = [
            Span(*one.span()) for one in compiled(r"\d{1,2}日").finditer(match[0], 0, match.end("days") - match.start())
        ]
        numbers = [int(match[0][day.start : day.end - 1]) for day in days]
        yield Checked(analysis.span(Span(*match.span("days"))))
        rests = [number % 7 for number in numbers]
        common = max(rests, key=rests.count)
        if numbers != sorted(numbers) or rests.count(common) != len(rests) - 1 or len(rests) < 3:
            continue
        wrong = days[next(index for index, rest in enumerate(rests) if rest != common)]
        yield Finding(
            analysis.span(Span(match.start() + wrong.start, match.start() + wrong.end)),
            Message(
                f"{match['days']}不会都是同一个星期几，请核对{match[0][slice(*wrong)]}",
                "these days are not whole weeks apart",
            ),
            severity=Severity.WARNING,
        )
