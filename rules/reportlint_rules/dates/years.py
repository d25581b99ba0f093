"""Which year a date without one means: shared by every rule that must know."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from reportlint.analysis import Analysis
from reportlint.moment import Date
from reportlint.patterns import compiled
from reportlint.span import Span

#: What makes a year the other side of a comparison: 较2022年, 与去年同期相比.
COMPARED = compiled(r"(?:较|比|与|同|和|于|对比|相比|高出|低于|高于|好于|优于)$")

#: How many dates back a year is looked for.
_BACK = 8


def sentence_of(analysis: Analysis, offset: int) -> Span:
    """The sentence that holds ``offset`` of the reading."""
    return analysis.sentences[max(0, bisect_right(analysis.sentence_starts, offset) - 1)].at


def dates_within(analysis: Analysis, at: Span) -> tuple[Date, ...]:
    """The dates that begin inside ``at``."""
    first, last = (bisect_left(analysis.date_starts, place) for place in at)
    return analysis.dates[first:last]


def year_before(analysis: Analysis, index: int) -> int | None:
    """The year that a date earlier in the sentence of date ``index`` has set: 2023年启动，6月完成."""
    found = analysis.dates
    sentence = sentence_of(analysis, found[index].at.start)
    for number in range(index - 1, max(-1, index - 1 - _BACK), -1):
        other = found[number]
        if other.at.start < sentence.start:
            return None
        point = other.points[-1]
        if (
            other.titled
            or point.span > 1
            or COMPARED.search(analysis.reading.text, max(0, other.at.start - 3), other.at.start)
        ):
            continue
        if point.year is not None:
            return point.year
        if point.offset is not None and analysis.period is not None:
            return analysis.period.year_at(other.at) + point.offset
    return None


def year_of(analysis: Analysis, index: int) -> int | None:
    """The year in which date ``index`` lies: its own, that of its sentence, or that of its section; ``None`` where nothing says."""
    mention = analysis.dates[index]
    if mention.start.year is not None:
        return mention.start.year
    if mention.start.dated:
        return analysis.period.year_at(mention.at) if analysis.period else None
    carried = year_before(analysis, index)
    if carried is not None:
        return carried
    return analysis.period.year_at(mention.at) if analysis.period else None


def possible_years(analysis: Analysis, mention: Date, carried: int | None) -> frozenset[int]:
    """Every year the document gives reason to think a date without one may lie in: those of its section, or up to its issue."""
    years = {carried} if carried is not None else set()
    period = analysis.period
    if period is not None:
        span = period.plan if period.planned(mention.at) and period.plan else period.results
        years |= {period.year} if span is None else set(range(span.start.year, span.end.year + 1))
        if period.issued is not None:
            days = mention.period(period.issued.year)
            if days is None or days.start <= period.issued or period.planned(mention.at):
                years.add(period.issued.year)
    return frozenset(year + (mention.start.offset or 0) + mention.start.following for year in years)


#: Ranges told in words: 自2025年6月起，至2025年9月底结束; 自2023年7月选派到村至2025年7月.
_STRETCH_FROM = compiled(r"(?:自|从)$")
#: What stands between the two ends; 从6月底提前到3月底 moves one day.
_STRETCH_TO = compiled(
    r"(?![^。；]{0,16}(?:提前|提早|调整|改[到至]|追溯|倒|推迟|延期|延长|顺延))(?:\d{1,2}时(?:\d{1,2}分)?)?[^。；：，、\d（）“”]{0,14}?(?:起|开始|启动)?，?(?:一直|持续|延续){0,2}(?:至|到)"
)
#: How far, in code points, the two ends stand from each other.
_STRETCH_FAR = 22


def stretch(analysis: Analysis, index: int) -> Date | None:
    """The range that date ``index`` and the one behind it are the ends of, if words say so: none that is printed as one mention."""
    found = analysis.dates
    if index + 1 >= len(found):
        return None
    one, other = found[index], found[index + 1]
    if one.end or other.end or one.titled or one.named or other.named or other.at.start - one.at.end > _STRETCH_FAR:
        return None
    text = analysis.reading.text
    if not _STRETCH_FROM.search(text, max(0, one.at.start - 1), one.at.start):
        return None
    if not _STRETCH_TO.fullmatch(text, one.at.end, other.at.start):
        return None
    return Date(Span(one.at.start, other.at.end), one.start, other.start)
