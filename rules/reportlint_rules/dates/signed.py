"""Reports signed before what they tell: the summary of 2025 with 2024年10月11日 under it."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.analysis import Analysis
from reportlint.finding import Checked, Finding, Message, Outcome
from reportlint.patterns import compiled
from reportlint.periods import ReportingPeriod

#: The year a title looks back on.
_TOLD = compiled(
    r"(?P<year>20\d\d)年(?!(?:(?!情况|总结|汇报|回顾|述职).){0,20}(?:计划|要点|打算|思路|方案|安排|任务|预算|实施))[^，。]{0,16}?(?:总结|情况|汇报|回顾|述职)"
)


def signed_early(analysis: Analysis, period: ReportingPeriod) -> Iterator[Outcome]:
    """The day under a report that lies before the year in its title, or before half of the time it tells of."""
    issued = period.issued
    told = _TOLD.search(analysis.reading.text, period.at.start, period.at.end)
    if issued is None or told is None:
        return
    results = period.results
    early = issued.year < int(told["year"])
    if results is not None and results.start.year == int(told["year"]):
        early = early or issued < results.start + (results.end - results.start) / 2
    for mention in reversed(analysis.dates):
        point = mention.start
        if (point.year, point.month, point.day) != (issued.year, issued.month, issued.day) or mention.end:
            continue
        span = analysis.span(mention.place)
        yield Checked(span)
        if early:
            yield Finding(
                span,
                Message(
                    f"说的是{told['year']}年的事，文稿的日期却是 {issued}，请核对年份",
                    f"a report on {told['year']} that bears the date {issued}",
                ),
            )
        return
