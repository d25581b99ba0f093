"""DT003: dates that do not belong to the period the report is about."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.analysis import Analysis
from reportlint.day import date
from reportlint.finding import Checked, Finding, Message, Outcome, Severity
from reportlint.moment import Date, Period, Precision, month_days
from reportlint.patterns import compiled
from reportlint.periods import Outlook, ReportingPeriod, announcements
from reportlint.rule import rule
from reportlint.span import Span
from reportlint_rules.dates.signed import signed_early, stated_otherwise
from reportlint_rules.dates.stale import (
    MOST_OF_A_YEAR,
    asked_too_late,
    closed,
    dated_back,
    foreseen,
    gone_by,
)
from reportlint_rules.dates.years import COMPARED, dates_within, sentence_of, year_before, year_of

_AHEAD = compiled(
    r"将(?!近|已)|拟|计划|预计|力争|争取|确保|预期|目标|下半年|下一步|明年|届时|年内|年底|即将|准备|有望|有待|尚待|待(?=完成|整改|建|批|开工)|需要?(?=完成|整改|落实)|前完成|规划|有效期[至到限为]|期限|到期|截止日期|要求|安排"
)
#: What makes a date a deadline, a beginning or a day of reckoning: 9月底前, 9月1日起, 截至8月31日年满6周岁.
_DEADLINE = compiled(r"(?:(?:之前|以前|前)(?!已(?!经?[发公]))|起|开始|施行|生效|实施|止|年满|未?满\d)")
_UNTIL = compiled(r"(?<!截)(?<!截止)(?:到|至|从|自|有效期|期限)$")
#: 三季度为用水高峰: what is so every year.
_EVERY_YEAR = compiled(
    r"(?:历来|一般|通常|往往|仍|才)?(?:为|是|系|属)[^，。；\d]{0,10}(?:高峰|旺季|淡季|低谷|汛期|窗口|高发|多发|集中期|生产期|主产|采暖期|供暖期|休渔期)"
)
#: The date's own clause and the one after it: further on, a sentence of results may well come to what is to be.
_NEAR = compiled(r"，?[^，]*(?:，[^，]*)?")
_FIGURE = compiled(r"\d")
_DONE = compiled(
    r"了|已|启动|成功|妥善|有效应对|转移|处置|发生|完成|召开|开展|印发|举办|组织|通过|出台|实现|累计|获|荣获|同比|增长|下降|达|为|共|查处|办结|受理|发放|建成"
)
#: How a paragraph that speaks of a whole period goes on after naming it.
_OPENS = compiled(r"以来|，|我|全[市县区省州局]")
_SHORTEST_OPENING = 20
#: 20224年: a digit too many.
_FIVE_DIGITS = compiled(r"(?P<year>[12](?<![\d.].)(?:(?<=2)0|(?<=1)9)\d{3})年(?!历史|前|以前)")
#: 2205年6月, 2210年以来: no slip of a target year.
_FAR_YEAR = compiled(
    r"(?P<year>2(?<![\d.].)[2-9]\d\d)年(?=\d{1,2}月|[上下]半年|以来|度|底|全|，|[一二三四]季度|年?度?(?:工作)?(?:总结|计划|报告|要点|情况|述职))"
)
#: 较2025年同期: a year that something is set against.
_COMPARED_YEAR = compiled(r"[较比与同和于过]20\d\d年?")
#: How far around a date words are looked at.
_SIGHT = 150


@rule(
    "DT003",
    "date-outside-period",
    severity=Severity.WARNING,
    bad=(
        "云屏县民政局2024年上半年工作总结\n一、主要工作\n⟦1—9月⟧，全县累计发放低保金1260万元，同比增长3.2%。",
        "白岭市水利局2023年工作总结\n一、⟦2022年⟧工作回顾\n全年完成水利投资3.2亿元。",
        "青禾县教育局2023年上半年工作总结\n截至⟦2032年6月底⟧，全县共有幼儿园46所。",
        "云屏县民政局2024年工作总结\n现将我局⟦2023年⟧工作情况汇报如下：\n全县共有低保对象3120户。",
        "2025年上半年，新收民商事案件2863件，较⟦2025年⟧同期的2710件增长5.6%。",
        "云屏县民政局2024年工作总结\n截至⟦2025年3月底⟧，全县共有低保对象3120户。\n云屏县民政局\n2025年1月8日",
    ),
    good=(
        "云屏县民政局2024年上半年工作总结\n一、主要工作\n1—5月，全县累计发放低保金760万元。截至7月5日，新增养老床位60张。",
        "白岭市水利局2023年工作总结和2024年工作计划\n一、2023年工作回顾\n全年完成水利投资3.2亿元。\n二、2024年工作计划\n9月底前完成灌区改造。",
        "青禾县教育局2023年上半年工作总结\n三期工程9月底前全部建成，可新增学位1200个。",
        "青禾县教育局2023年上半年工作总结\n现将2023年工作情况汇报如下：\n新建学校3所。",
        "2025年上半年，新收民商事案件2863件，较2024年同期的2710件增长5.6%。",
        "青禾县教育局2023年工作总结\n根据《青禾县教育设施布局规划（2021—2035年）》，新建学校3所。",
    ),
)
def date_outside_period(analysis: Analysis) -> Iterator[Outcome]:
    """日期不在报告期内。

    标题说的是上半年，正文却有 1—9 月的成绩；标题是 2023 年，小标题还是“2022 年工作回顾”；截至日期比落款还晚；2025 年的情况，落款却在 2024 年；打算里的期限已经过去；2025年上半年与“2025年同期”相比；2023 写成了 2032。
    这些多半是套用旧稿没有改净，或者数字键按串了位。

    计划、目标、期限里的日期不报（“9月底前完成”“到2027年”）；1—5月的数据写进上半年总结、数据统计到次月，都是常事，不报；
    《》里的年份、与往年的比较、历史沿革不报。只报很有把握的。
    """
    yield from _not_this_age(analysis)
    if next(analysis.matches(_COMPARED_YEAR), None) is not None:
        from reportlint_rules.dates.compared import with_itself

        yield from with_itself(analysis)
    yield from _transposed(analysis)
    yield from closed(analysis)
    period = analysis.period
    if (period is None or period.issued is None) and _asks_or_ends(analysis):
        from reportlint_rules.dates import untitled

        yield from untitled.asked_a_year_before(analysis)
        if period is None:
            yield from untitled.cut_off_later(analysis)
    if period is None:
        return
    if period.issued is not None:
        yield from asked_too_late(analysis, period.issued)
    if period.results is not None:
        yield from _headings(analysis, period)
        yield from stated_otherwise(analysis, period)
    yield from _opening(analysis, period)
    yield from dated_back(analysis, period)
    yield from gone_by(analysis, period)
    yield from foreseen(analysis, period)
    yield from signed_early(analysis, period)
    yield from _bodies(analysis, period)


def _asks_or_ends(analysis: Analysis) -> bool:
    """Whether a text asks for a reply, or gives figures up to a day and ends in one."""
    text = analysis.reading.text
    if any(asked in text for asked in ("前报送", "前上报", "前反馈", "前提交", "前将")):
        return True
    last = analysis.dates[-1] if analysis.dates else None
    return (
        last is not None and not text[last.at.end :].strip("。 \n\u3000") and any(one.cutoff for one in analysis.dates)
    )


def _not_this_age(analysis: Analysis) -> Iterator[Outcome]:
    """2205年6月: a year no report speaks of."""
    text = analysis.reading.text
    for match in (*_FAR_YEAR.finditer(text), *_FIVE_DIGITS.finditer(text)):
        span = analysis.span(Span(*match.span("year")))
        yield Checked(span)
        yield Finding(
            span,
            Message(f"{match['year']}年不会写进工作报告，多半是数字按串了位，请核对", "no report speaks of that year"),
        )


#: The first year that is looked at as a transposed one: 2032 for 2023.
_TRANSPOSED = 2030


def _transposed(analysis: Analysis) -> Iterator[Outcome]:
    """2032年3月，启动…: a deed in a year whose last two digits are those of another year of the document, the other way round."""
    years = {mention.start.year for mention in analysis.dates if mention.start.year is not None}
    for mention in analysis.dates:
        year = mention.start.year
        if year is None or year < _TRANSPOSED or mention.titled or mention.end is not None:
            continue
        other = year // 100 * 100 + year % 10 * 10 + year % 100 // 10
        if (
            other not in years
            or other >= _TRANSPOSED
            or mention.start.month is None
            or not _is_result(analysis, mention)
        ):
            continue
        span = analysis.span(mention.place)
        yield Checked(span)
        yield Finding(
            span,
            Message(f"{year}年的事不会已经发生，是否应为 {other}年，请核对", f"{year} lies ahead; is {other} meant?"),
        )


def _headings(analysis: Analysis, period: ReportingPeriod) -> Iterator[Outcome]:
    """Titles and headings whose years do not go together: 2023年工作总结及2023年工作计划, 一、2022年工作回顾."""
    results = period.results
    assert results is not None
    whole_year = results.start.month == 1 and results.end.month == 12 and results.start.year == results.end.year
    for at, titled in _heading_lines(analysis, period):
        for mention, outlook in announcements(analysis.reading.text, at, dates_within(analysis, at)):
            year = mention.start.year
            planning = mention.precision is Precision.PLAN
            if year is None or planning or mention.end is not None or (titled and outlook is Outlook.BACK):
                continue
            if outlook is Outlook.BACK:
                fitting = set(range(results.start.year, results.end.year + 1))
                if "工作报告" in analysis.reading.slice(at):
                    fitting.add(results.end.year + 1)  # a work report is named for the year it is given in
            elif titled or period.plan is None:
                fitting = {results.end.year + 1} if whole_year else {results.end.year, results.end.year + 1}
            else:
                fitting = {period.plan.start.year}
            span = analysis.span(mention.place)
            yield Checked(span)
            if year not in fitting:
                yield _slip(analysis, mention, period, sorted(fitting))


def _heading_lines(analysis: Analysis, period: ReportingPeriod) -> Iterator[tuple[Span, bool]]:
    """The title and the main headings, with whether each is the title."""
    if period.at.size:
        yield period.at, True
    for heading in period.headings:
        if heading.level <= 1:
            yield heading.at, False


def _slip(analysis: Analysis, mention: Date, period: ReportingPeriod, fitting: list[int]) -> Finding:
    printed = analysis.reading.slice(mention.place)
    years = "、".join(f"{year}年" for year in fitting)
    title = analysis.reading.slice(period.at)
    return Finding(
        analysis.span(mention.place),
        Message(
            f"这里写的是{printed}，按标题“{title}”应为{years}，请核对年份",
            f"the title speaks of {', '.join(map(str, fitting))}, this of {mention.start.year}",
        ),
    )


def _opening(analysis: Analysis, period: ReportingPeriod) -> Iterator[Outcome]:
    """A first paragraph that begins with another year than the title: 2022年，全局…… under 2023年工作总结."""
    text = analysis.reading.text
    start = text.find("\n", period.at.end) + 1
    while start and (end := text.find("\n", start)) - start < _SHORTEST_OPENING and end >= 0:
        start = end + 1
    end = text.find("\n", start)
    within = dates_within(analysis, Span(start, end if end >= 0 else len(text)))
    if not start or not within or within[0].at.start != start or not period.at.size:
        return
    first = within[0]
    if period.planned(first.at) and period.results is not None:
        return
    if (
        first.end
        or first.start.year is None
        or first.precision > Precision.QUARTER
        or not _OPENS.match(text, first.at.end)
        or (text.startswith("以来", first.at.end) and first.start.months)
    ):
        return
    covered = [span for span in (period.results, period.plan) if span]
    own = {year for span in covered for year in range(span.start.year, span.end.year + 1)}
    yield Checked(analysis.span(first.place))
    if first.start.year not in own and all(
        mention.start.year == first.start.year or not mention.dated for mention in within
    ):
        yield _slip(analysis, first, period, sorted(own))


def _bodies(analysis: Analysis, period: ReportingPeriod) -> Iterator[Outcome]:
    """Results dated after the period, after the day of issue, or a year off."""
    for index, mention in enumerate(analysis.dates):
        if (
            mention.titled
            or mention.named
            or mention.precision <= Precision.YEAR
            or _is_school_year(mention)
            or period.at.holds(mention.at)
        ):
            continue
        if period.planned(mention.at) or not _is_result(analysis, mention):
            continue
        year = year_of(analysis, index)
        bounds = mention.bounds(year) if year is not None else None
        if bounds is None:
            continue
        yield Checked(analysis.span(mention.place))
        reason = _reason(analysis, index, mention, period, bounds)
        if reason:
            yield Finding(analysis.span(mention.place), reason)


def _is_school_year(mention: Date) -> bool:
    """2024—2025学年 is spoken of while it runs."""
    return mention.start.months is not None and mention.start.months[0] == 9


def _is_result(analysis: Analysis, mention: Date) -> bool:
    """Whether the words around say that something was done by then, and none that it is to be."""
    text = analysis.reading.text
    sentence = sentence_of(analysis, mention.at.start)
    before = text[max(sentence.start, mention.at.start - _SIGHT) : mention.at.start].rpartition("；")[2]
    after = text[mention.at.end : min(sentence.end, mention.at.end + _SIGHT)].partition("；")[0]
    if _EVERY_YEAR.match(after):
        return False
    near = _NEAR.match(after)
    if _DEADLINE.match(after) or _AHEAD.search(before) or COMPARED.search(before) or (near and _AHEAD.search(near[0])):
        return False
    if not mention.cutoff and (_UNTIL.search(before) or before.count("（") > before.count("）")):
        return False
    return (
        mention.cutoff
        or _DONE.search(after) is not None
        or (mention.end is not None and _FIGURE.search(after) is not None)
    )


def _reason(
    analysis: Analysis, index: int, mention: Date, period: ReportingPeriod, bounds: tuple[Period, Period]
) -> Message | None:
    """Why the days of ``bounds`` cannot be meant, or ``None``."""
    reached = _reached(mention, bounds[1])
    issued, results = period.issued, period.results
    if issued is not None and reached > issued and (mention.cutoff or mention.start.year is not None):
        return Message(f"这个日期晚于文稿的日期 {issued}，请核对", f"later than the date the document bears, {issued}")
    if results is None:
        return None
    carried = None if mention.dated else year_before(analysis, index)
    # 2024—2025学年: 10月 is that of the first of its years.
    elsewhere = mention.start.year is None and carried is None and results.start.year < results.end.year
    if (
        reached > max(issued or grace(results), results.end)
        and carried in (None, results.end.year)
        and not (elsewhere and reached.month >= results.start.month)
    ):
        return Message(
            f"报告期到 {results.end} 为止，这里已写到之后，请核对",
            f"the report covers the time up to {results.end}; this lies after it",
        )
    if _is_stale(analysis, mention, results, bounds):
        return Message(
            f"报告期到 {results.end} 为止，这里仍是上一年的同一时段，是否沿用了旧稿",
            f"the report covers the time up to {results.end}; this is the same time of the year before",
        )
    return None


def grace(results: Period) -> date:
    """Up to when figures are taken along where the document bears no date: a month after part of a year, three after a whole one."""
    months = results.end.month + (1 if results.days < MOST_OF_A_YEAR else 3)
    year, month = results.end.year + (months - 1) // 12, (months - 1) % 12 + 1
    return date(year, month, month_days(year, month))


def _is_stale(analysis: Analysis, mention: Date, results: Period, bounds: tuple[Period, Period]) -> bool:
    """Whether a mention is the report's own period, or its last day, put a year back: 截至2023年6月底 in the first half of 2024."""
    if mention.start.year is None or bounds[1].end != _year_earlier(results.end):
        return False
    if mention.cutoff:
        # The end of the year before is where every report's own figures start from.
        return results.end.month != 12
    if bounds[0].start != _year_earlier(results.start):
        return False
    text = analysis.reading.text
    sentence = sentence_of(analysis, mention.at.start)
    paragraph = Span(text.rfind("\n", 0, mention.at.start) + 1, sentence.end)
    return not text[sentence.start : mention.at.start].strip() and all(
        other.start.year in (None, mention.start.year) and other.start.offset != 0
        for other in dates_within(analysis, paragraph)
    )


def _reached(mention: Date, last: Period) -> date:
    """The earliest day up to which a mention must reach: 1—9月 surely runs into September."""
    point = mention.points[-1]
    return last.end.replace(day=1) if point.precision in (Precision.HALF, Precision.QUARTER) else last.start


def _year_earlier(day: date) -> date:
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)
