"""Lengths of time that are told in working days, or by the name of a campaign: 共7个工作日, 百日攻坚."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from reportlint.analysis import Analysis
from reportlint.day import date, timedelta
from reportlint.finding import Checked, Finding, Message, Outcome, Related
from reportlint.moment import Date, Period, Precision
from reportlint.numerals import HAN_NUMERAL, whole_number
from reportlint.patterns import compiled
from reportlint.span import Span
from reportlint_rules.dates.years import sentence_of

_WORKING_DAYS = compiled(rf"(?P<number>\d{{1,3}}|[{HAN_NUMERAL}两]{{1,3}})个工作日")
#: What parts the days from their range: 5月6日至5月10日，共7个工作日; 公示7个工作日（5月6日至5月10日）.
_SAID_BEHIND = compiled(r"[）)]?[，（(]?(?:共计?|合计|总计|为期|公示期?|历时|计)?(?:为|是)?")
_SAID_BEFORE = compiled(r"(?:的公示)?(?:[（(]|，(?=[即自从时]))(?:即|自|从|时间为?|：)*")
_HUNDRED = compiled(r"百日(?:安全|攻坚|会战|行动|整治|大战|专项|冲刺|竞赛|提升|清零|集中){1,4}”?(?:活动|行动)?[（(]$")
#: How long a campaign of a hundred days may last.
_LEAST, _MOST = 60, 150
#: A common year, where none is told.
_SOME_YEAR = 2023


def working_days(first: date, last: date) -> int:
    """How many days from Monday to Friday there are from ``first`` to ``last``, both included.

    >>> working_days(date(2024, 3, 4), date(2024, 3, 15))
    10
    """
    return sum((first + timedelta(offset)).isoweekday() < 6 for offset in range(min(400, (last - first).days + 1)))


def too_many_working_days(analysis: Analysis) -> Iterator[Outcome]:
    """More working days than the range beside them has days at all."""
    text, found = analysis.reading.text, analysis.dates
    if "个工作日" not in text:
        return
    for match in _WORKING_DAYS.finditer(text):
        place = bisect_right(analysis.date_starts, match.start())
        before, behind = (found[n] if 0 <= n < len(found) else None for n in (place - 1, place))
        if before is not None and _SAID_BEHIND.fullmatch(text, before.at.end, match.start()):
            mention = before
        elif behind is not None and _SAID_BEFORE.fullmatch(text, match.end(), behind.at.start):
            mention = behind
        else:
            continue
        shown = _days_of(mention)
        number = whole_number(match["number"])
        if shown is None or not number:
            continue
        span = analysis.span(Span(*match.span()))
        yield Checked(span)
        if number > shown.days:
            yield Finding(
                span,
                Message(
                    f"起止时间一共只有 {shown.days} 天，不会有 {number} 个工作日，请核对",
                    f"{number} working days in {shown.days} days",
                ),
                (Related(analysis.span(mention.place), "起止时间"),),
            )


def hundred_days(analysis: Analysis) -> Iterator[Outcome]:
    """百日攻坚（6月1日至7月1日）: a campaign of a hundred days that lasts a month."""
    text = analysis.reading.text
    if "百日" not in text:
        return
    for mention in analysis.dates:
        if mention.end is None or mention.precision is not Precision.DAY:
            continue
        match = _HUNDRED.search(text, max(0, mention.at.start - 20), mention.at.start)
        shown = _days_of(mention) if match else None
        if match is None or shown is None or "阶段" in text[slice(*sentence_of(analysis, mention.at.start))]:
            continue
        span = analysis.span(Span(match.start(), match.start() + 2))
        yield Checked(span)
        if not _LEAST <= shown.days <= _MOST:
            yield Finding(
                span,
                Message(f"起止时间是 {shown.days} 天，与“百日”相差太多，请核对", f"{shown.days} days are no hundred"),
                (Related(analysis.span(mention.place), "起止时间"),),
            )


def _days_of(mention: Date) -> Period | None:
    """The days from one end of a range to the other."""
    if mention.end is None or mention.precision is not Precision.DAY or not all(p.possible for p in mention.points):
        return None
    bounds = mention.bounds(mention.start.year or _SOME_YEAR)
    if bounds is None or bounds[1].end < bounds[0].start:
        return None
    return Period(bounds[0].start, bounds[1].end)
