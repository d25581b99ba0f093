"""Numbers of documents that are not of the year in which these were issued: 2024年11月印发的《……办法》（……〔2025〕31号）."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from reportlint.analysis import Analysis
from reportlint.finding import Checked, Finding, Message, Outcome, Related
from reportlint.moment import Precision
from reportlint.patterns import compiled
from reportlint.span import Span

_NUMBERED = compiled(r"[〔\[](?P<year>20\d\d)[〕\]]\s?\d{1,5}\s?号")
#: What stands between the day of issue and the number: 2024年11月印发的《……办法》（和政办发.
_ISSUED = compiled(
    r"[，、]?(?:由)?[一-龥、]{0,16}?(?:联合)?(?:印发|下发|出台|颁布|发布|公布|发出|转发|批准|批复)(?:实施|施行|了)?(?:的|了)?"
    r"[^。；《》\n]{0,6}《[^《》\n]{2,60}》[^。；《》\n]{0,4}[（(][一-龥]{2,12}$"
)
#: Numbers are given when a document is signed: one of December may come out in January.
_LATE = 2


def numbered_later(analysis: Analysis) -> Iterator[Outcome]:
    """The number behind a title whose day of issue is told before it."""
    text = analysis.reading.text
    for match in analysis.matches(_NUMBERED):
        index = bisect_right(analysis.date_starts, match.start()) - 1
        while index >= 0 and analysis.dates[index].titled:
            index -= 1
        mention = analysis.dates[index] if index >= 0 else None
        if mention is None or mention.end or mention.start.year is None or mention.precision < Precision.YEAR:
            continue
        if not _ISSUED.fullmatch(text, mention.at.end, match.start()):
            continue
        span = analysis.span(Span(*match.span()))
        yield Checked(span)
        year, issued = int(match["year"]), mention.start.year
        month = mention.start.month
        late = month is None or month <= _LATE or mention.precision is Precision.YEAR
        if year > issued or year < issued - late:
            yield Finding(
                span,
                Message(
                    f"{issued}年印发的文件，字号却是{year}年的，请核对",
                    f"issued in {issued}, numbered in {year}",
                ),
                (Related(analysis.span(mention.place), "时间"),),
            )
