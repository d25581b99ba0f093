"""Which year a date without one means: shared by every rule that must know."""

from __future__ import annotations

import re
from bisect import bisect_right

from reportlint.analysis import Analysis
from reportlint.dates import Date

#: What makes a year the other side of a comparison: 较2022年, 与去年同期相比.
COMPARED = re.compile(r"(?:较|比|与|同|和|于|对比|相比|高出|低于|高于|好于|优于)$")


def year_before(analysis: Analysis, index: int) -> int | None:
    """The year that a date earlier in the sentence of date ``index`` has set: 2023年启动，6月完成."""
    found = analysis.dates
    starts = [sentence.at.start for sentence in analysis.sentences]
    sentence = analysis.sentences[bisect_right(starts, found[index].at.start) - 1]
    for other in reversed(found[:index]):
        if other.at.start < sentence.at.start:
            return None
        point = other.points[-1]
        if other.titled or point.span > 1 or COMPARED.search(analysis.reading.text, max(0, other.at.start - 3), other.at.start):
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
    """Every year the document gives reason to think a date without one may lie in."""
    years = {carried} if carried is not None else set()
    period = analysis.period
    if period is not None:
        years.add(period.year)
        years |= {span.start.year for span in (period.results, period.plan) if span}
        years |= {period.issued.year} if period.issued else set()
    return frozenset(year + (mention.start.offset or 0) + mention.start.following for year in years)
