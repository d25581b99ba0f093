"""Reports that say otherwise than their titles what they tell of: 现将2023年工作情况…, or a day under them that lies before it."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.analysis import Analysis
from reportlint.finding import Checked, Finding, Message, Outcome, Related
from reportlint.moment import Date, Precision
from reportlint.patterns import compiled
from reportlint.periods import Outlook, ReportingPeriod, announcements
from reportlint.span import Span
from reportlint_rules.dates.years import dates_within

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


#: 现将2023年工作情况汇报如下; 我向大会报告2022年度…的审计情况，请予审议.
_STATED = compiled(
    r"(?:现将|现就|现对|下面，?(?:我)?将?就?|我?(?:受[^，。；\n]{2,20}委托，)?(?:现在)?，?我?(?:代表[^，。；\n]{2,20}，?)?向[^，。；\n]{2,24}(?:报告|汇报))"
    r"(?P<what>[^，。；：\n]{4,60})"
)
_TELLS = compiled(r"(?:总结|汇报|报告|通报|述职|说明|介绍)[^，。；：\n]{0,6}(?:如下|$)|情况$|情况(?:作|做)?如下|如下")
#: Where in the text an opening is looked for.
_FAR = 1200


def stated_otherwise(analysis: Analysis, period: ReportingPeriod) -> Iterator[Outcome]:
    """A year or part of a year in the opening formula that is not the title's."""
    results = period.results
    if results is None or not period.at.size:
        return
    text = analysis.reading.text
    title = [item.mention for item in period.announced if item.outlook is Outlook.BACK]
    if len(title) != 1 or title[0].end is not None:
        return
    start = period.at.end
    for match in _STATED.finditer(text, start, min(len(text), start + _FAR)):
        at = Span(*match.span("what"))
        if _TELLS.search(text, *at) is None:
            continue
        spoken = [
            item.mention for item in announcements(text, at, dates_within(analysis, at)) if item.outlook is Outlook.BACK
        ]
        if len(spoken) != 1 or not _comparable(spoken[0], title[0]):
            continue
        yield from _compared(analysis, period, title[0], spoken[0])
        return


def _comparable(mention: Date, title: Date) -> bool:
    monthly = mention.precision is title.precision is Precision.MONTH
    return (
        mention.end is None
        and not mention.titled
        and not mention.cutoff
        and (monthly or mention.precision in (Precision.YEAR, Precision.HALF, Precision.QUARTER))
    )


def _compared(analysis: Analysis, period: ReportingPeriod, title: Date, said: Date) -> Iterator[Outcome]:
    results = period.results
    assert results is not None
    year = said.start.year
    told = said.period(year if year is not None else results.end.year)
    named = {point.year for mention in dates_within(analysis, period.at) for point in mention.points} - {None}
    if told is None or year in named - {title.start.year} or said.start.offset is not None:
        return
    span = analysis.span(said.place)
    yield Checked(span)
    own = title.period(period.year)
    if own is None or told in (own, results) or _covers(told.start.year, results.start.year, said, title):
        return
    yield Finding(
        span,
        Message(
            f"标题说的是{analysis.reading.slice(title.place)}，这里却是{analysis.reading.slice(said.place)}，请核对",
            f"the title speaks of {analysis.reading.slice(title.place)}",
        ),
        (Related(analysis.span(title.place), "标题"),),
    )


def _covers(year: int, results: int, said: Date, title: Date) -> bool:
    """Whether the opening only names the year of which the title names a part: 2024年工作情况 under 2024年上半年."""
    return year == results and said.precision is Precision.YEAR and title.precision is not Precision.YEAR
