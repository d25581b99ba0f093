"""Points of time told by a name and by a date: 一季度末（4月30日）, 次日（7月18日）, 2025年是三年行动的第三年."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from reportlint.analysis import Analysis
from reportlint.day import date
from reportlint.finding import Checked, Finding, Message, Outcome, Related
from reportlint.moment import Precision
from reportlint.numerals import whole_number
from reportlint.patterns import compiled
from reportlint.span import Span
from reportlint_rules.dates.years import sentence_of

_END_OF = compiled(
    r"(?:第?(?P<quarter>[一二三四1-4])季度|(?P<half>上半年)|(?P<year>(?<![上下去前半])年|下半年))(?:末|底)[（(]即?(?:20\d\d年)?(?P<at>(?P<month>\d{1,2})月(?:\d{1,2}日|底|末)?)[）)]"
)


def end_of_part(analysis: Analysis) -> Iterator[Outcome]:
    """The month in brackets behind the end of a quarter, of half a year, of a year."""
    for match in analysis.matches(_END_OF):
        quarter = whole_number(match["quarter"]) if match["quarter"] else 2 if match["half"] else 4
        span = analysis.span(Span(*match.span("at")))
        yield Checked(span)
        if int(match["month"]) != quarter * 3:
            name = match[0][: match[0].find("末" if "末" in match[0] else "底") + 1]
            yield Finding(
                span,
                Message(
                    f"{name}在 {quarter * 3} 月，与括号里的{match['at']}不符，请核对",
                    f"{name} is in month {quarter * 3}",
                ),
            )


_NEXT = compiled(
    r"(?P<name>次日|翌日|第二天|当日|当天|同日|前一日|前一天)[（(](?P<at>(?P<month>\d{1,2})月(?P<day>\d{1,2})日)[）)]"
)
_APART = {"次日": 1, "翌日": 1, "第二天": 1, "前一日": -1, "前一天": -1}
#: Sight, in code points, back to the day that is counted from.
_FAR = 60


def next_day(analysis: Analysis) -> Iterator[Outcome]:
    """次日（7月18日） behind 7月16日: the one date before it in the sentence is not the day that is meant."""
    for match in analysis.matches(_NEXT):
        index = bisect_left(analysis.date_starts, match.start()) - 1
        if index < 0:
            continue
        since = analysis.dates[index]
        low = max(sentence_of(analysis, match.start()).start, match.start() - _FAR)
        last = since.points[-1]
        if (
            since.at.start < low
            or since.titled
            or since.named
            or last.precision is not Precision.DAY
            or last.month is None
        ):
            continue
        years = (last.year,) if last.year is not None else (2023, 2024)
        told = {
            (day.month, day.day)
            for year in years
            if (period := last.period(year)) is not None
            for day in (date.fromordinal(period.start.toordinal() + _APART.get(match["name"], 0)),)
        }
        span = analysis.span(Span(*match.span("at")))
        yield Checked(span)
        if told and (int(match["month"]), int(match["day"])) not in told:
            month, day = max(told)
            yield Finding(
                span,
                Message(
                    f"{match['name']}应为 {month} 月 {day} 日，与括号里的{match['at']}不符，请核对",
                    f"{match['name']} is {month}-{day}",
                ),
                (Related(analysis.span(since.place), "时间"),),
            )


_NTH_YEAR = compiled(
    r"(?P<first>20\d\d)(?:年)?[—－–\-至到~～](?P<last>20\d\d)年?[）)][^\n]{0,60}?(?<!\d)(?P<now>20\d\d)年，?(?:是|为|系|作为)[^，。；\n\d]{0,20}?(?:行动|计划|规划|攻坚|方案|工程|活动)[^，。；\n\d]{0,8}?的?(?P<at>第(?P<number>[一二三四五六七八九十])年)"
)


def year_of_plan(analysis: Analysis) -> Iterator[Outcome]:
    """2025年是三年行动的第三年, where the years of the plan stand in brackets before it."""
    for match in analysis.matches(_NTH_YEAR):
        first, last, now = (int(match[name]) for name in ("first", "last", "now"))
        span = analysis.span(Span(*match.span("at")))
        yield Checked(span)
        if first <= now <= last and whole_number(match["number"]) != now - first + 1:
            yield Finding(
                span,
                Message(
                    f"{first} 年是第一年，{now} 年是第 {now - first + 1} 年，与“{match['at']}”不符，请核对",
                    f"{now} is year {now - first + 1} of {first}-{last}",
                ),
                (Related(analysis.span(Span(match.start("first"), match.end("last"))), "起止时间"),),
            )


_FINAL = compiled(
    r"(?P<at>(?P<year>20\d\d)年度?)(?:部门|单位|财政|县级|市级|区级|省级|本级){0,3}决算(?:公开|报告|草案|信息)?[^，。；、\n\d]{0,8}(?:于|在)(?P<same>20\d\d)年(?P<month>\d{1,2})月"
)


def final_accounts(analysis: Analysis) -> Iterator[Outcome]:
    """The final accounts of a year that came out before it was over."""
    for match in analysis.matches(_FINAL):
        span = analysis.span(Span(*match.span("at")))
        yield Checked(span)
        if int(match["same"]) < int(match["year"]) or (match["same"] == match["year"] and int(match["month"]) < 12):
            yield Finding(
                span,
                Message(
                    f"{match['year']} 年还没有结束，{match['same']} 年 {match['month']} 月不会有这一年的决算，请核对",
                    f"no final accounts of {match['year']} in {match['same']}-{match['month']}",
                ),
            )


#: 截至7月底，上半年累计实现收入8.6亿元: nothing between the part and the deed but whose it is.
_REACHED = compiled(
    r"截至(?P<at>(?:20\d\d年)?(?P<month>\d{1,2})月(?P<end>底|末|\d{1,2}日)?)，?(?:(?:全|我)[市县区局省州镇乡校院]|[一-龥]{2,6}[市县区镇局])?"
    r"(?P<part>上半年|前三季度|第?[一二三]季度|全年)(?:(?:全|我)[市县区局省州镇乡校院])?(?:累计|共计?)?"
    r"(?:实现|完成|接待|发放|查处|办理|受理|新增|建成|拨付|支出|检查|排查|组织|开展|举办|召开|培训|投入|处置|签约|引进|造林)"
    r"(?![^，。；\d]{0,12}(?:的|任务|目标|计划|占))[^，。；、\d]{0,16}\d"
)
_LAST_MONTHS = {"上半年": 6, "前三季度": 9, "全年": 12, "一季度": 3, "二季度": 6, "三季度": 9}


def reached(analysis: Analysis) -> Iterator[Outcome]:
    """截至7月底，上半年实现…: results of a part of the year up to a day that is not its last month's."""
    for match in analysis.matches(_REACHED):
        month, last = int(match["month"]), _LAST_MONTHS[match["part"].removeprefix("第")]
        span = analysis.span(Span(*match.span("at")))
        yield Checked(span)
        # 截至11月底，全年累计: up to now; 截至7月5日，上半年: when the figures were taken.
        early = month < last != 12
        late = month > last and (not match["end"] or match["end"] in "底末" or int(match["end"][:-1]) > _LATE_DAY)
        if early or late:
            yield Finding(
                span,
                Message(
                    f"{match['part']}到 {last} 月底为止，这里截至{match['at']}，请核对",
                    f"{match['part']} ends with month {last}, the cutoff is {match['at']}",
                ),
                (Related(analysis.span(Span(*match.span("part"))), "时段"),),
            )


#: Up to this day of the month after, the figures of a part of the year are still being taken.
_LATE_DAY = 20
