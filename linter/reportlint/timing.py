"""When a figure is of: the period that its sentence, its paragraph or the title gives it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache

from reportlint.analysis import Analysis
from reportlint.claims import Claim
from reportlint.day import date
from reportlint.moment import Date, Period, Precision
from reportlint.patterns import compiled
from reportlint.record import NamedTuple
from reportlint.span import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re

#: The year of a document that names none: no report is of it, and it is a leap year, so that no limit is set too low.
SOME_YEAR = 2000
#: What turns a date into something to compare with: 较2019年, 2023年同期, 上年为.
_COMPARED = compiled(r"(?:较|比|与|同|和|对照|高于|低于|优于|好于|超过|是|相当于|（)$")
_OF_THEN = compiled(r"(?:度|底|末)?的?(?:同期|水平|基数|相比|基础|为基)")
_LAST_YEAR = compiled(r"去年|上一?年|前年")
#: Days of one event are no period; ranges and 截至 are.
_SPAN_OF_TIME = frozenset({Precision.YEAR, Precision.HALF, Precision.QUARTER, Precision.MONTH})


class Timing(NamedTuple):
    """The days a figure speaks of.

    ``at`` is where the reading says so; ``cutoff`` marks what was reached by a day (截至6月底), the period then running from the
    first day of that year; ``dated`` says whether the year is known, from the mention or its surroundings; ``near`` whether the
    figure's own sentence gives the period.
    """

    period: Period
    at: Span
    cutoff: bool = False
    dated: bool = True
    near: bool = True


def compares(text: str, mention: Date) -> bool:
    """Whether the date names what something is compared with, not the time of what follows it."""
    start, end = mention.at
    before = text[max(0, start - 3) : start]
    if mention.start.offset is not None and mention.start.offset < 0:
        return True
    return _COMPARED.search(before) is not None or _OF_THEN.match(text, end) is not None


def _tells_time(text: str, mention: Date) -> bool:
    """Whether figures after the mention may be of its days."""
    if mention.titled or mention.named or mention.listed or compares(text, mention):
        return False
    return mention.end is not None or mention.cutoff or mention.precision in _SPAN_OF_TIME


@lru_cache(maxsize=1)
def _telling(analysis: Analysis) -> tuple[tuple[Date, ...], list[int]]:
    """The dates that tell when something was, in order, and where each begins."""
    text = analysis.reading.text
    dates = tuple(date for date in analysis.dates if _tells_time(text, date))
    return dates, [date.at.start for date in dates]


@lru_cache(maxsize=1)
def _years(analysis: Analysis) -> tuple[list[int], list[int]]:
    """Where a year is printed among them, and which."""
    told = [
        (date.at.start, year)
        for date in _telling(analysis)[0]
        if (year := next((at.year for at in reversed(date.points) if at.year is not None and at.span == 1), None))
    ]
    return [start for start, _ in told], [year for _, year in told]


def mentions(analysis: Analysis, stretch: Span) -> Iterator[Date]:
    """The dates in ``stretch`` of the reading that tell when something was, in order."""
    dates, starts = _telling(analysis)
    index = bisect_left(starts, stretch.start)
    while index < len(dates) and dates[index].at.end <= stretch.end:
        yield dates[index]
        index += 1


def dates_in_rows(analysis: Analysis, joint: re.Pattern[str]) -> Iterator[list[Date]]:
    """The dates of the reading in order, those together between which nothing but ``joint`` stands."""
    text = analysis.reading.text
    row: list[Date] = []
    for mention in analysis.dates:
        if row and not joint.fullmatch(text, row[-1].at.end, mention.at.start):
            yield row
            row = []
        row.append(mention)
    if row:
        yield row


def mentions_back(analysis: Analysis, stretch: Span) -> Iterator[Date]:
    """The same, the last first: whoever wants the nearest need not go through all of a long sentence."""
    dates, starts = _telling(analysis)
    index = bisect_left(starts, stretch.end) - 1
    while index >= 0 and starts[index] >= stretch.start:
        if dates[index].at.end <= stretch.end:
            yield dates[index]
        index -= 1


def timing(analysis: Analysis, claim: Claim) -> Timing | None:
    """When ``claim`` is of: the last date before it in its sentence, else in its paragraph; ``None`` where nothing says."""
    start = analysis.sentences[claim.sentence].at.start
    found = _last(analysis, Span(start, claim.at.start))
    if found is not None:
        return timing_of(analysis, found)
    opening = analysis.reading.text.rfind("\n", 0, start) + 1
    found = _last(analysis, Span(opening, start))
    return timing_of(analysis, found, near=False) if found is not None else None


def _last(analysis: Analysis, stretch: Span) -> Date | None:
    return next(mentions_back(analysis, stretch), None)


def timing_of(analysis: Analysis, mention: Date, *, near: bool = True) -> Timing | None:
    """The days a mention means; ``None`` for days that do not exist."""
    year, known = year_at(analysis, mention)
    period = mention.period(year)
    if period is None:
        return None
    if mention.cutoff and mention.end is None:
        period = Period(date(period.end.year, 1, 1), period.end)
    return Timing(period, mention.at, mention.cutoff, known, near)


def year_at(analysis: Analysis, mention: Date) -> tuple[int, bool]:
    """The year that a mention without one is in, and whether anything tells it.

    The last year printed before it in the paragraph (2024年1—5月……，1—6月……), else the one the title announces.
    """
    opening = analysis.reading.text.rfind("\n", 0, mention.at.start) + 1
    starts, years = _years(analysis)
    last = bisect_left(starts, mention.at.start) - 1
    year = years[last] if last >= 0 and starts[last] >= opening else None
    if mention.start.year is not None or (mention.end is not None and mention.end.year is not None):
        return year or SOME_YEAR, True
    if year is not None and mention.start.offset is None:
        return year, True
    announced = analysis.period
    return (announced.year_at(mention.at), True) if announced is not None else (SOME_YEAR, False)
