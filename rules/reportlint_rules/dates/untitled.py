"""What a text whose title tells no period says of its own day: figures up to a later one, replies asked for by an earlier one."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.analysis import Analysis
from reportlint.finding import Checked, Finding, Message, Outcome, Related
from reportlint.patterns import compiled
from reportlint_rules.dates.stale import ASKED, BY_THEN

#: 完成2025年各项目标任务, 2025年工作要点: the year that a plan is for.
_PLANNED_YEAR = compiled(
    r"(?P<year>20\d\d)年度?(?:各项|主要|重点|全年|工作|预期|经济社会发展){0,3}(?:目标任务|目标|任务|要点|工作计划|工作方案|实施方案)"
)


def asked_a_year_before(analysis: Analysis) -> Iterator[Outcome]:
    """A reply on the plan of a year that is asked for by a month of the year before it, the only date of that year."""
    text = analysis.reading.text
    planned = {int(match["year"]) for match in analysis.matches(_PLANNED_YEAR)}
    for mention in analysis.dates if len(planned) == 1 else ():
        point = mention.start
        if mention.end or mention.titled or point.month is None or point.month > _FIRST_HALF:
            continue
        if point.year is None or point.year + 1 not in planned or text.count(f"{point.year}年") > 1:
            continue
        if not BY_THEN.match(text, mention.at.end) or not ASKED.search(
            text, max(0, mention.at.start - 24), mention.at.start
        ):
            continue
        span = analysis.span(mention.place)
        yield Checked(span)
        yield Finding(
            span,
            Message(
                f"说的是 {point.year + 1} 年的打算，要求的期限却在 {point.year} 年 {point.month} 月，请核对年份",
                f"due in {point.year}-{point.month:02} for the plan of {point.year + 1}",
            ),
        )


#: A plan is handed down about the turn of the year.
_FIRST_HALF = 6
#: 县统计局，2024年1月20日。 and the same on a line of its own, with nothing behind it.
_SIGNS = compiled(r"(?:局|委|办|院|府|厅|处|中心|站|队|校|司|部|室|会|公司)[，,\s]{0,4}$|\n[ \t\u3000]*$")


def cut_off_later(analysis: Analysis) -> Iterator[Outcome]:
    """A day under a text without a title's period that lies before the day up to which its figures are."""
    text, found = analysis.reading.text, analysis.dates
    last = found[-1] if found else None
    if last is None or last.end or last.start.year is None or last.start.day is None:
        return
    if text[last.at.end :].strip("。 \n\u3000") or not _SIGNS.search(text, max(0, last.at.start - 8), last.at.start):
        return
    signed = last.period(last.start.year)
    for mention in found[:-1]:
        if not mention.cutoff or mention.start.year is None or mention.start.month is None:
            continue
        until = mention.period(mention.start.year)
        if signed is None or until is None:
            continue
        span = analysis.span(last.place)
        yield Checked(span)
        if signed.end < until.start:
            yield Finding(
                span,
                Message(
                    f"文稿的日期 {signed.end} 早于数据截至的{text[slice(*mention.place)]}，请核对年份",
                    f"signed on {signed.end}, with figures up to {until.end}",
                ),
                (Related(analysis.span(mention.place), "截至"),),
            )
            return
