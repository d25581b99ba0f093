"""DT010: the name of a part of the year or of a month that its own dates contradict."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from reportlint.analysis import Analysis
from reportlint.finding import Checked, Finding, Message, Outcome, Related, Severity
from reportlint.moment import Period, Precision
from reportlint.patterns import compiled
from reportlint.rule import rule
from reportlint.span import Span

#: Any year serves to tell the days of a part of it.
_SOME_YEAR = 2023
#: 下半年（8—12月）计划, 再完成.
_STILL_AHEAD = compiled(r"份?[）)]，?(?:我[局县市区]|将|再|计划|拟|力争|预计|还|继续)")
_CLOSE = compiled(r"份?[）)]")


@rule(
    "DT010",
    "period-name-mismatch",
    severity=Severity.WARNING,
    triggers=(
        *("末（", "底（", "末(", "底(", "日（", "天（", "日(", "天(", "决算", "年是", "年，是"),
        *("季度（", "半年（", "旬（", "季度(", "半年(", "旬(", "季度即", "半年即"),
        *("其中", "，即", "也就是"),
        *("旬的", "截至"),
    ),
    bad=(
        "上半年（⟦1—7月⟧），全县规模以上工业增加值增长6.2%。",
        "三季度（⟦7—10月⟧）新登记经营主体2316户。",
        "5月上旬（⟦5月12日⟧），县防指组织防汛演练。",
        "一季度末（⟦4月30日⟧），全县贷款余额86.2亿元。",
        "7月16日夜间普降暴雨，次日（⟦7月18日⟧）启动应急响应。",
        "三年行动（2024—2026年）进展顺利。2025年是三年行动的⟦第三年⟧。",
    ),
    good=(
        "上半年（1—6月），全县规模以上工业增加值增长6.2%。",
        "三季度（7—9月）新登记经营主体2316户。",
        "5月中旬（5月12日），县防指组织防汛演练。",
        "一季度（3月），县防指组织防汛演练。",
        "一季度末（3月31日），全县贷款余额86.2亿元。",
        "7月16日夜间普降暴雨，次日（7月17日）启动应急响应。",
    ),
)
def period_name_mismatch(analysis: Analysis) -> Iterator[Outcome]:
    """括号里的月份、日子与前面说的时段不符。

    上半年是 1—6 月，三季度是 7—9 月，上旬是 1—10 日。“上半年（1—7月）”不是月份写错，就是时段写错。

    “一季度末（4月30日）”“7月16日……次日（7月18日）”、三年行动（2024—2026年）里“2025年是第三年”、当年没过完就公开当年的决算，也报。

    括号里只说其中一个月、一天（一季度（3月））的不报，超出去的才报；几个月连着写的，应当正好是那个时段，全年除外。
    """
    yield from _among_parts(analysis)
    yield from _day_outside(analysis)
    if analysis.holds(_NAMED):
        from reportlint_rules.dates import named

        yield from named.end_of_part(analysis)
        yield from named.next_day(analysis)
        yield from named.year_of_plan(analysis)
        yield from named.final_accounts(analysis)
    if analysis.holds(_UP_TO_PART):
        from reportlint_rules.dates import named

        yield from named.reached(analysis)
    text = analysis.reading.text
    found = analysis.dates
    starts = [mention.at.start for mention in found]
    for opening in analysis.matches(_PART_BEFORE):
        index = bisect_right(starts, opening.end() - 1)
        if not 0 < index < len(found):
            continue
        name, inner = found[index - 1], found[index]
        bracketed = "（" in opening[0] or "(" in opening[0]
        if name.at.end > opening.start() + 2 or inner.at.start != opening.end():
            continue
        if bracketed and not _CLOSE.match(text, inner.at.end):
            continue
        if name.end is not None or inner.dated and not name.dated:
            continue
        year = name.start.year or _SOME_YEAR
        told = name.start.period(year)
        bounds = inner.bounds(year)
        if told is None or bounds is None or not (name.start.months or name.start.days):
            continue
        if bounds[1].end < bounds[0].start:
            continue
        span = analysis.span(inner.place)
        yield Checked(span)
        whole = inner.end is not None and name.start.months is not None and inner.precision is Precision.MONTH
        shown = Period(bounds[0].start, bounds[1].end)
        if told.holds(shown) and shown.end == told.end and _STILL_AHEAD.match(text, inner.at.end):
            continue  # 下半年（8—12月）再完成: what is left of it
        if not told.holds(shown) or (whole and shown != told):
            yield Finding(
                span,
                Message(
                    f"{text[name.at.start : name.at.end]}是 {_named(told, months=name.start.months is not None)}，与括号里的{text[inner.at.start : inner.at.end]}不符，请核对",
                    f"{text[name.at.start : name.at.end]} is not {text[inner.at.start : inner.at.end]}",
                ),
                (Related(analysis.span(name.place), "时段"),),
            )


#: What points of time with a name and a date hold: 一季度末（, 次日（, 2025年是, 年度决算.
_NAMED = compiled(
    r"[末底日天][（(](?<=[度年].[（(]|[次翌当同一二][日天][（(])|决算|年，?[是为系][^，。；\n\d]{0,32}第[一二三四五六七八九十]年"
)
#: 截至7月底，上半年.
_UP_TO_PART = compiled(r"截至(?:20\d\d年)?\d{1,2}月[^，。；]{0,3}，?[^，。；\d]{0,12}(?:半年|季度|全年)")
#: 6月上旬（15日）.
_DAY_OF_TEN = compiled(r"旬[（(](?P<day>\d{1,2})日[）)]")


def _day_outside(analysis: Analysis) -> Iterator[Outcome]:
    """A day in brackets that the ten days before it do not hold."""
    text = analysis.reading.text
    for match in _DAY_OF_TEN.finditer(text):
        index = bisect_right(analysis.date_starts, match.start()) - 1
        name = analysis.dates[index] if index >= 0 else None
        if name is None or name.end is not None or name.at.end != match.start() + 1 or not name.start.days:
            continue
        span = analysis.span(Span(match.start("day"), match.end("day") + 1))
        yield Checked(span)
        first, last = name.start.days
        if not first <= int(match["day"]) <= last:
            yield Finding(
                span,
                Message(
                    f"{text[slice(*name.at)]}是 {first} 日至 {last} 日，与括号里的{match['day']}日不符，请核对",
                    f"{match['day']} is none of {text[slice(*name.at)]}",
                ),
                (Related(analysis.span(name.place), "时段"),),
            )


_AMONG = compiled(r"其中，?$")


def _among_parts(analysis: Analysis) -> Iterator[Outcome]:
    """一季度共审核1.86万笔。其中4月份…: a month told as part of a period that does not hold it."""
    text = analysis.reading.text
    for index, inner in enumerate(analysis.dates[1:], 1):
        if inner.precision is not Precision.MONTH or not _AMONG.search(
            text, max(0, inner.at.start - 4), inner.at.start
        ):
            continue
        whole = analysis.dates[index - 1]
        if whole.precision not in (Precision.QUARTER, Precision.HALF) or "\n" in text[whole.at.end : inner.at.start]:
            continue
        if whole.titled or (inner.dated and not whole.dated) or inner.at.start - whole.at.end > _FAR_PART:
            continue
        year = whole.start.year or _SOME_YEAR
        outer, part = whole.period(year), inner.period(year)
        if outer is None or part is None:
            continue
        span = analysis.span(inner.place)
        yield Checked(span)
        if not outer.holds(part):
            yield Finding(
                span,
                Message(
                    f"{text[slice(*inner.at)]}不在{text[slice(*whole.at)]}里，请核对",
                    f"{text[slice(*inner.at)]} is no part of {text[slice(*whole.at)]}",
                ),
                (Related(analysis.span(whole.place), "时段"),),
            )


#: How far, in code points, a part stands from its period.
_FAR_PART = 60
#: Where a part of the year or of a month opens a bracket.
_PART_BEFORE = compiled(r"(?<=[季半旬])(?:度|年度?)?(?:[（(](?:即|指|为)?|，?(?:即|也就是)|(?<=旬)的)(?=\d)")


def _named(period: Period, *, months: bool) -> str:
    if months:
        return f"{period.start.month}—{period.end.month}月"
    return f"{period.start.month}月{period.start.day}日—{period.end.day}日"
