"""When a figure is of: the period named before it, and its words without that."""

from __future__ import annotations

from bisect import bisect_left

from reportlint.analysis import Analysis
from reportlint.moment import Date, Period
from reportlint.patterns import compiled
from reportlint.span import Span

_FILLER = compiled(
    r"全[市县区省州国镇乡]|我[市县区省州局]|市本级|累计|共计|共|完成|实现|达到|达|分别|平均|当月|均|约|已|为|是|有|的|了|则|末|底|同期|每[一-龥]{1,2}|，|（|）"
)
#: A year that nothing says is taken as one and the same throughout.
_ANY_YEAR = 2001


#: How far back a date can still be the one that a figure is of.
_REACH = 300


def _mentions(analysis: Analysis, at: Span) -> list[Date]:
    """The dates named before ``at`` in its sentence."""
    dates = analysis.dates
    last = bisect_left(analysis.date_starts, at.start)
    floor = max(0, at.start - _REACH)
    start = max(floor, *(analysis.reading.text.rfind(mark, floor, at.start) + 1 for mark in "。；\n"))
    found = []
    while last and dates[last - 1].at.start >= start:
        last -= 1
        found.append(dates[last])
    return found[::-1]


def spell(analysis: Analysis, at: Span) -> Period | None:
    """The period that a figure at ``at`` is of, as the last date before it in its sentence says."""
    mentions = _mentions(analysis, at)
    if not mentions:
        return None
    year = next((point.year for date in reversed(mentions) for point in date.points if point.year is not None), None)
    if year is None:
        year = analysis.period.year_at(at) if analysis.period is not None else _ANY_YEAR
    return mentions[-1].period(year)


def is_before(one: Period | None, other: Period | None) -> bool:
    """Whether ``one`` is the earlier of two periods of about the same length."""
    return (
        one is not None
        and other is not None
        and one.end < other.end
        and abs(one.days - other.days) <= max(3, one.days // 10)
    )


def subject(analysis: Analysis, at: Span, lead: str) -> str:
    """The words ``lead`` that lead to the figure at ``at``, but for dates and for words that every report has."""
    start = at.start - len(lead)
    text = analysis.reading.text
    kept = []
    for date in _mentions(analysis, at):
        if date.at.end > start:
            kept.append(text[start : date.at.start])
            start = date.at.end
    kept.append(text[start : at.start])
    return _FILLER.sub("", "".join(kept))
