"""Days and periods in the parts they are printed in, and which days they mean.

Nothing is checked here: ``2月30日`` and ``6月—3月`` are held like any other date. Which days are meant is worked out with the year
that the document speaks of.
"""

from __future__ import annotations

from enum import IntEnum

from reportlint.day import date
from reportlint.record import NamedTuple
from reportlint.span import Span

#: The first month from which a range may run into the next year without saying so.
_LATE = 7
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


_WIDTHS = {0: Precision.MONTH, 2: Precision.QUARTER, 11: Precision.YEAR}


class Point(NamedTuple):
    """One end of a mention, in the parts that are printed; nothing is checked.

    ``offset`` counts from the year the document speaks of (去年 -1, 明年 1); ``following`` says that 次年 counts from the other
    end instead. ``months`` are the first and last month of 上半年 or 三季度 (a 学年 runs from 9 to 20), ``days`` those of 上旬 or
    月底, ``span`` how many years a plan has; ``said`` is how many characters 今年 or 去年 takes before the rest.
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
    said: int = 0
    weekday: Weekday | None = None

    @property
    def place(self) -> Span:
        """What a finding points at: the date without 今年 or 去年 before it."""
        return Span(self.at.start + self.said, self.at.end)

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
        if start_year < 1 or end_year > 9999:
            return None
        first, last = (first - 1) % 12 + 1, (last - 1) % 12 + 1
        low, high = (self.day, self.day) if self.day else self.days or (1, 31)
        longest = month_days(end_year, last)
        if low > longest:
            return None
        return Period(date(start_year, first, low), date(end_year, last, min(high, longest)))


class Date(NamedTuple):
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
    def place(self) -> Span:
        """What a finding points at: the mention without 今年 or 去年 before it."""
        return Span(self.start.place.start, self.at.end)

    @property
    def points(self) -> tuple[Point, ...]:
        """One end, or both."""
        return (self.start,) if self.end is None else (self.start, self.end)

    @property
    def precision(self) -> Precision:
        """The coarser of the two ends' precisions."""
        first = self.start.precision
        return first if self.end is None else min(first, self.end.precision)

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
            start = start._replace(year=end.year - (start.month > end.month))
        first = start.period(year)
        if first is None:
            return None
        base = year if end.offset is not None else first.start.year
        last = end.period(base)
        if last and last.end < first.start and self.wraps:
            last = end._replace(year=base + 1).period(base)
        return last and (first, last)

    @property
    def wraps(self) -> bool:
        """Whether a range whose end comes earlier in the year than its start is meant to end in the year after.

        Heating seasons, school years and campaigns begin late in the year, and 4月—3月 is a full turn; 6月—3月 is nobody's season.
        """
        if self.end is None or self.end.dated:
            return False
        first, last = self.start.first_month, self.end.first_month
        turn = last == first - 1 and self.start.day in (None, 1)
        if last == first - 1 and not turn and self.end.day is not None and self.end.day != (self.start.day or 0) - 1:
            return False  # 8月20日至7月31日 is no season of eleven months
        return last < first and (first >= _LATE or turn)

    def period(self, year: int) -> Period | None:
        """All days meant, where the document speaks of ``year``; ``None`` for what does not exist or ends before it starts."""
        bounds = self.bounds(year)
        if bounds is None or bounds[1].end < bounds[0].start:
            return None
        return Period(bounds[0].start, bounds[1].end)
