"""Days of a range, counted right behind it: 9月8—12日四天."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.analysis import Analysis
from reportlint.finding import Checked, Finding, Message, Outcome, Related
from reportlint.moment import Precision
from reportlint.numerals import HAN_NUMERAL, whole_number
from reportlint.patterns import compiled
from reportlint.span import Span
from reportlint_rules.dates.years import year_of

#: 9月8—12日四天，, 10月14日至17日（共4天）, 6月17—19日，连续四天.
_DAYS_OF_IT = compiled(
    rf"(?:[（(]共|的|这|，连续)?(?P<number>\d{{1,2}}|[{HAN_NUMERAL}两]{{1,2}})(?P<days>天)(?=[，。；、）)]|的?时间|里|内|期间|(?<=续.天)[一-龥])"
)
#: In more than a working week the weekends may be left out.
_WORKING_WEEK = 5
#: A common year, where none is told.
_SOME_YEAR = 2023


def counted_days(analysis: Analysis) -> Iterator[Outcome]:
    """A number of days in apposition to a range of days."""
    for index, mention in enumerate(analysis.dates):
        if mention.end is None or mention.precision is not Precision.DAY or mention.titled:
            continue
        match = _DAYS_OF_IT.match(analysis.reading.text, mention.at.end)
        period = mention.period(year_of(analysis, index) or _SOME_YEAR) if match else None
        if match is None or period is None:
            continue
        at = analysis.span(Span(match.start("number"), match.end()))
        yield Checked(at)
        number, days = whole_number(match["number"]), period.days
        least = days - 2 * -(-days // 7) if days > _WORKING_WEEK else days
        if not least <= number <= days:
            yield Finding(
                at,
                Message(
                    f"{analysis.reading.slice(mention.place)}共 {days} 天，与“{match['number']}天”不符，请核对",
                    f"the range has {days} days, not {number}",
                ),
                (Related(analysis.span(mention.place), "起止时间"),),
            )
