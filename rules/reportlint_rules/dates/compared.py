"""Periods compared with themselves: 2025年上半年……较2025年同期增长5.6%."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.analysis import Analysis
from reportlint.finding import Checked, Finding, Message, Outcome, Related
from reportlint.moment import Date, Precision
from reportlint.patterns import compiled
from reportlint.span import Span
from reportlint_rules.dates.years import dates_within, sentence_of

_WITH_ITSELF = compiled(
    r"[与同和比较](?P<year>20\d\d)年度?(?:同期|全年|底|末)?(?:相比|比较|对比)，?(?P<other>20\d\d)年(?!同期|底|初|\d|[上下]半年|[一二三四]季度|前)"
)
#: 较2025年同期, 与2025年上半年相比: what a figure is compared with.
_COMPARED = compiled(r"(?:较|比|与|同|和|低于|高于|好于|优于|超过)$")
_SAME_TIME = compiled(r"度?(?:的)?(?:同期|同时期|同一时期|同比期)")
_COMPARES = compiled(
    r"(?:的?[\d.]+[^，。；\d]{0,6}|的?[^，。；\d]{0,6})(?:相比|比较|对比|增长|下降|上升|减少|增加|提高|提升|降低|多|少|高|低|压降|压减|上涨|回落|下滑)"
)
#: What tells that no growth is meant: 与2025年同期发生的, 计划比.
_OTHERWISE = compiled(r"预算|计划|目标|任务|序时|规划")


def with_itself(analysis: Analysis) -> Iterator[Outcome]:
    """A year or a period compared with the same year."""
    text = analysis.reading.text
    for match in analysis.matches(_WITH_ITSELF):
        span = analysis.span(Span(*match.span("year")))
        yield Checked(span)
        if match["year"] == match["other"]:
            yield _itself(span, match["year"] + "年", Related(analysis.span(Span(*match.span("other"))), "同一年"))
    for index, mention in enumerate(analysis.dates if "同期" in text or "年" in text else ()):
        if mention.start.year is None or mention.end is not None or mention.titled:
            continue
        if not _COMPARED.search(text, max(0, mention.at.start - 2), mention.at.start):
            continue
        same_time = _SAME_TIME.match(text, mention.at.end)
        end = same_time.end() if same_time else mention.at.end
        if not _COMPARES.match(text, end):
            continue
        subject = _subject(analysis, index)
        year = _year_told(analysis, mention, subject)
        if year is None:
            continue
        span = analysis.span(mention.place)
        yield Checked(span)
        beside = Related(analysis.span(subject.place), "同一年") if subject else None
        wrong = year == mention.start.year
        if not same_time:
            wrong = (
                subject is not None
                and subject.dated
                and mention.precision > Precision.YEAR
                and subject.period(year) == mention.period(mention.start.year)
            )
        if wrong:
            yield _itself(span, text[slice(*mention.place)] + ("同期" if same_time else ""), beside)


def _subject(analysis: Analysis, index: int) -> Date | None:
    """The date whose figures are compared: the nearest one before it in its sentence that is no other side of a comparison."""
    text, mention = analysis.reading.text, analysis.dates[index]
    sentence = sentence_of(analysis, mention.at.start)
    found = None
    for other in dates_within(analysis, Span(sentence.start, mention.at.start)):
        if other.titled or other.named or other.precision is Precision.PLAN:
            continue
        if not _COMPARED.search(text, max(0, other.at.start - 2), other.at.start):
            found = other
    return found


def _year_told(analysis: Analysis, mention: Date, subject: Date | None) -> int | None:
    """The year of the figures: that of their date, else that of the report."""
    start = subject.at.end if subject else sentence_of(analysis, mention.at.start).start
    between = analysis.reading.text[start : mention.at.start]
    if _OTHERWISE.search(between) or "；" in between:
        return None
    if subject is not None and subject.points[-1].year is not None:
        return subject.points[-1].year
    if subject is not None and any(point.offset or point.following for point in subject.points):
        return None
    if subject is not None and subject.start.year is not None:
        return subject.start.year
    period = analysis.period
    results = period.results if period else None
    if period is None or results is None or period.planned(mention.at) or results.start.year != results.end.year:
        return None
    return results.end.year if period.issued is None or period.issued.year - results.end.year <= 1 else None


def _itself(span: Span, printed: str, beside: Related | None) -> Finding:
    return Finding(
        span,
        Message(f"{printed}与自己相比，请核对年份", f"{printed} is compared with itself"),
        (beside,) if beside else (),
    )
