"""DT009: a length of time that its own dates contradict."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from reportlint.analysis import Analysis
from reportlint.day import date
from reportlint.finding import Checked, Finding, Message, Outcome, Related, Severity
from reportlint.moment import Date, Period, Precision
from reportlint.numerals import HAN_NUMERAL, han_value, whole_number
from reportlint.patterns import compiled
from reportlint.rule import rule
from reportlint.span import Span
from reportlint_rules.dates.workdays import hundred_days, too_many_working_days, working_days
from reportlint_rules.dates.years import dates_within, sentence_of, stretch, year_of

_LENGTH = rf"(?P<about>近|约|大约|超过|逾|不到|不足)?(?P<number>\d{{1,4}}|[{HAN_NUMERAL}两半]{{1,3}})(?P<more>多|余)?(?P<unit>天|日|个多月|个半月|个月|周|年|个星期)(?P<half>半)?(?:[零又](?P<rest>\d{{1,2}}|[{HAN_NUMERAL}两]{{1,2}})个月)?(?P<some>[多余])?(?!以?[上内])"
_LASTING = r"(?:历时|为期|会期|工期|总工期|建设工期|耗时|用时|为时|公示期|连续(?:安全|平稳|稳定|无故障)?(?:运行|生产|作业)?|持续|利用|滞留|闲置|(?<![利使费采启])用)(?:时间)?(?:共|共计|为|是|了|总计|期限为?|达|长达)?"
#: What is done day by day: on no more days than there are.
_DONE = r"(?:走访|蹲点|驻村|驻点|考察|整治|集训|培训|调研|巡察|督[导查察]|检查|值守|封闭|演练|展[出览]|军训|休假|出差|住院|学习|普查|暗访|奋战|巡查|治疗|留观|开展|举办|举行|运行|施工|作业|降[雨水雪]|行程|驻村|任职|支教|援[疆藏青]|停[电水业产]|监测|开放)"
#: 历时3个月 behind the dates; 走访16天; 放假调休，共7天.
_BEHIND = compiled(
    rf"(?:止)?[）)]?(?:[^，。；（\n\d]{{0,8}}(?:假期|长假)[^。；（\n\d]{{0,8}}?，?[^，。；（\n\d]{{0,4}}(?=\d{{1,2}}天)|[^。；（\n]{{0,24}}?(?:{_LASTING}|放假(?:调休)?，?共(?:计)?)|[^。；（\n]{{25,48}}?，(?:历时|耗时)(?:共|共计|了|约)?|[（(]?(?:含首尾)?，?共(?:计)?(?=\d{{1,3}}(?:[天日年]|个月)[，。；、）])|(?P<term>(?:止)?[，（])(?:租赁?期|任期|聘期|有效期|期限|服务期|合同期)(?:限)?(?:为|共)?|(?P<done>，?[^，。；（\n\d每各]{{0,14}}{_DONE}(?:了|共)?(?=(?:\d{{1,3}}天|[\d{HAN_NUMERAL}]{{1,2}}年整?)[，。；]))|(?:底|末)?，?(?:这|的)?(?P<come>(?=(?:\d{{1,2}}|[{HAN_NUMERAL}两]{{1,2}})(?:年|个月)[间来里时]))){_LENGTH}"
)
#: 为期5天（3月1日至3月4日）, 会期2天，会议时间为10月15日至16日.
_BEFORE = compiled(
    rf"{_LASTING}{_LENGTH}的?[^，。；（\n\d]{{0,12}}[（，]?(?:[一-龥]{{0,4}}时间(?:为|是|：)?|自|从|于|定于|即){{0,3}}$"
)
#: 任期五年（2021年9月至2024年9月）, 贷款期限三年，自2023年5月至2025年5月.
_TERM = compiled(
    rf"(?:期限|任期|聘期|租期|[服履][务行]期|试用期|有效期|保质期|质保期|保修期|贷款期|借款期|合同期|建设期|挂职|周期)(?:限)?(?:为|是|共)?{_LENGTH}(?:[（(]|，?(?:即|自|从))(?:即|自|从)?$"
)
#: Days gone by, of which the first may not count.
_ELAPSED = compiled(r"时|滞留|闲置")
#: What makes the length one of something else: 分三期, 每天, 累计.
_PARTED = compiled(
    r"分[别两二三四五六\d]|每[天期批周次年月]|累计|间断|轮流|工作日|停工|暂停|停赛|扣除|不含|节假日|两期|三期|多批|阶段|合同|保修|质保|剩余|缩短|提前|延长|计划工期"
)
_BEGINS = compiled(
    r"[^，。；、\d]{0,6}(?:开工|动工|启动|进场|开始|入院|出发|启程|受理|立案|奠基|开建|进驻|入驻|开班|开幕|开营|起)(?:建设|实施|施工|[一-龥]{2,6})?(?P<lasting>，_LASTING_LENGTH)?[，、]?(?:至|到|已|并)?(?:于|在)?".replace(
        "_LASTING_LENGTH", _LASTING + _LENGTH
    )
)
_ENDS = compiled(
    r"[^，。；\d]{0,8}(?:完工|竣工|结束|建成|完成|通车|贯通|封顶|投用|投产|交付|验收|办结|审结|结案|出院|返回|返程|收官|闭幕|撤离|离开|结业|结营|止|为止)"
)


@rule(
    "DT009",
    "duration-mismatch",
    severity=Severity.WARNING,
    triggers=(
        "历时",
        "为期",
        "会期",
        "工期",
        "耗时",
        "滞留",
        "闲置",
        "用时",
        "为时",
        "放假",
        "，共",
        "含首尾",
        "年间",
        "年来",
        "年时间",
        "公示期",
        "连续",
        "持续",
        "时间开展",
        "时间集中",
        "工作日",
        "百日",
        *(
            f"{before}{number}天"
            for before in ("日", "日的", "日这", "（共")
            for number in "两三四五六七八九十23456789"
        ),
        *(
            "期限",
            "任期",
            "聘期",
            "租期",
            "务期",
            "行期",
            "试用期",
            "有效期",
            "保质期",
            "质保期",
            "保修期",
            "款期",
            "合同期",
            "建设期",
            "挂职",
        ),
        "年（",
        "年(",
        "年行动",
        "年攻坚",
        "年规划",
        "年计划",
        "个月来",
        "年里",
        *("天，", "天。", "天；", "全程", "时长", "租期"),
        *("提前", "推迟", "延后", "延期", "逾期", "超期", "滞后", "延迟"),
    ),
    bad=(
        "举办为期⟦5天⟧（3月1日至3月4日）的村会计培训班。",
        "从4月1日起至4月30日止，开展为期⟦两个月⟧的燃气安全整治。",
        "泵站工程于2023年3月开工、2023年9月完工，历时⟦3个月⟧。",
        "合同约定6月30日完工，实际于6月10日通过验收，⟦提前10天⟧。",
        "自2023年7月选派到村至2025年7月，⟦三年⟧来，协调帮扶资金212万元。",
    ),
    good=(
        "举办为期4天（3月1日至3月4日）的村会计培训班。",
        "从4月1日起至5月31日止，开展为期两个月的燃气安全整治。",
        "泵站工程于2023年3月开工、2023年9月完工，历时6个月。",
        "合同约定6月30日完工，实际于6月10日通过验收，提前20天。",
        "6月3日至6月28日，分四期举办培训班，每期为期5天。",
        "3月4日至3月15日，开展为期10天的集中巡查，周末不安排。",
    ),
)
def duration_mismatch(analysis: Analysis) -> Iterator[Outcome]:
    """写明的天数、月数与起止日期对不上。

    “为期5天（3月1日至3月4日）”首尾都算也只有 4 天。不是天数写错，就是日期写错。

    “提前10天”也与计划、实际两个日子核对。

    “历时”首尾算不算都可以，只算工作日、按月数算时差一个月，都不报；“近”“余”一类约数差一倍以上才报；分期分批的不核对。
    """
    text = analysis.reading.text
    found = analysis.dates
    yield from hundred_days(analysis)
    yield from too_many_working_days(analysis)
    if not analysis.grams.isdisjoint(_GAINED):
        from reportlint_rules.dates.early import gained

        yield from gained(analysis)
    if analysis.holds(_CLOCKED):
        from reportlint_rules.dates.clocks import clocks_apart

        yield from clocks_apart(analysis)
    if analysis.holds(_DAYS_BESIDE):
        from reportlint_rules.dates.counted import counted_days

        yield from counted_days(analysis)
    for index, mention in enumerate(found):
        mention = stretch(analysis, index) or mention
        yield from _years_between(analysis, mention)
        bounds = _bounds(analysis, index, mention)
        end = mention.at.end
        if bounds is None and index + 1 < len(found):
            bounds, end = _from_two(analysis, index)
            if bounds is None:
                yield from _until(analysis, index)
        if bounds is None:
            continue
        sentence = sentence_of(analysis, mention.at.start)
        match = _BEHIND.match(text, end, sentence.end) or (
            _BEFORE.search(text, max(sentence.start, mention.at.start - 40), mention.at.start)
            if end == mention.at.end
            else _lasting(analysis, index)
        )
        if match is not None and match.start() == end:
            between = dates_within(analysis, Span(end, match.start("number")))
            if any(other.start.month is not None for other in between if other.at.start >= mention.at.end):
                continue  # 3月1日至5日开展A，4月1日至30日开展B，为期30天
        term = (
            _TERM.search(text, max(sentence.start, mention.at.start - 24), mention.at.start) if match is None else None
        )
        match = match or term
        come = term is not None or match is not None and match.groupdict().get("come") is not None
        if match is None or (
            term is None
            and _PARTED.search(text, *((mention.at.start, match.end()) if come or end > mention.at.end else sentence))
        ):
            continue
        if match["unit"] in _SHORT and _VAGUE.search(text, mention.at.start, mention.at.end + 1):
            continue  # 10月底至11月初 are some days, not two months
        last = next(group for group in ("rest", "half", "unit") if match[group])
        at = Span(match.start("number"), match.end(last) + (len("个月") if last == "rest" else 0))
        yield Checked(analysis.span(at))
        days = (bounds[1].end - bounds[0].start).days + 1
        if match.groupdict().get("term") and text.startswith("的", match.end()):
            continue  # 任期三年的村干部: not the term told before
        if match.groupdict().get("done") and (
            whole_number(match["number"]) * _DAYS[match["unit"]] <= days + (45 if match["unit"] == "年" else 0)
        ):
            continue  # on some of the days, perhaps
        sure = year_of(analysis, index) is not None
        if not _fits(match, bounds, surely=sure, elapsed=_ELAPSED.search(match[0]) is not None or end > mention.at.end):
            inside = at.end <= end and at.start >= mention.at.end
            yield Finding(
                analysis.span(at),
                Message(
                    f"从{_day(bounds[0].start, sure)}到{_day(bounds[1].end, sure)}共 {days} 天，与“{text[at.start : at.end]}”不符，请核对"
                    if mention.start.precision is Precision.DAY
                    else f"起止时间与“{text[at.start : at.end]}”不符，请核对",
                    f"the dates span {days} days, not {text[at.start : at.end]}",
                ),
                (Related(analysis.span(mention.at if inside else Span(mention.at.start, end)), "起止时间"),),
            )


def _day(day: date, year: bool) -> str:
    """A day as the message names it; its year only where the text tells one."""
    return f" {day} " if year else f" {day.month} 月 {day.day} 日"


#: 11时40分结束，历时3小时40分钟.
_CLOCKED = compiled(r"[历用耗全时持共](?:[时程长续][^，。；\d]{0,4}|计|(?<=共))\d{1,2}(?:\.\d)?(?:个?小时|分钟)")
#: 12日四天, 17日（共4天）.
_DAYS_BESIDE = compiled(rf"日(?:[（(]共|的|这|，连续)?[\d{HAN_NUMERAL}两]{{1,2}}天")
_GAINED = ("提前", "提早", "推迟", "延后", "延误", "延迟", "滞后", "逾期", "超期")
#: 2021年至2024年的六年间; 三年行动（2021—2025年）.
_SPAN_OF_YEARS = compiled(rf"，?的?(?:这)?(?P<number>\d{{1,2}}|[{HAN_NUMERAL}两]{{1,2}})(?P<years>年(?=间|来|时间|里))")
_YEARS_NAMED = compiled(
    rf"(?<![\d{HAN_NUMERAL}第前后])(?P<number>\d{{1,2}}|[{HAN_NUMERAL}两]{{1,2}})(?P<years>年)"
    r"(?:(?:行动|攻坚|计划|规划)[一-龥]{0,6}”?》?)?[（(]$"
)


def _years_between(analysis: Analysis, mention: Date) -> Iterator[Outcome]:
    """从2018年到2023年，八年间: a number of years beside its first and last."""
    if mention.end is None or mention.precision is not Precision.YEAR or not (mention.start.year and mention.end.year):
        return
    if mention.end.year < mention.start.year:
        return
    text = analysis.reading.text
    match = _SPAN_OF_YEARS.match(text, mention.at.end) or _YEARS_NAMED.search(
        text, max(0, mention.at.start - 24), mention.at.start
    )
    if match is None:
        return
    at = Span(match.start("number"), match.end("years"))
    yield Checked(analysis.span(at))
    number = whole_number(match["number"])
    apart = mention.end.year - mention.start.year
    if number and number not in (apart, apart + 1):
        yield Finding(
            analysis.span(at),
            Message(
                f"从 {mention.start.year} 年到 {mention.end.year} 年首尾都算是 {apart + 1} 年，请核对",
                f"{apart + 1} years, both counted",
            ),
            (Related(analysis.span(mention.place), "起止时间"),),
        )


def _bounds(analysis: Analysis, index: int, mention: Date) -> tuple[Period, Period] | None:
    if mention.end is None or not all(point.possible for point in mention.points):
        return None
    fine = {point.precision for point in mention.points}
    if not fine <= {Precision.DAY, Precision.MONTH, Precision.TEN_DAYS}:
        return None
    if len(fine) > 1 and fine != {Precision.MONTH, Precision.TEN_DAYS}:
        return None
    year = year_of(analysis, index)
    bounds = mention.bounds(year if year is not None else _SOME_YEAR)
    return bounds if bounds and bounds[0].start <= bounds[1].end else None


def _from_two(analysis: Analysis, index: int) -> tuple[tuple[Period, Period] | None, int]:
    """于2023年3月开工、2023年9月完工: two dates that begin and end one thing, and where the words on the second one stop."""
    text = analysis.reading.text
    one, other = analysis.dates[index], analysis.dates[index + 1]
    nothing = None, 0
    if one.end or other.end or one.precision is not other.precision or one.precision < Precision.MONTH:
        return nothing
    if _BEGINS.fullmatch(text, one.at.end, other.at.start) is None:
        return nothing
    ends = _ENDS.match(text, other.at.end)
    year = one.start.year or year_of(analysis, index)
    if ends is None or (year is None and (one.precision is not Precision.DAY or other.dated)):
        return nothing
    # without a year any will do: the two days are months apart at most
    first = one.start.period(year or _SOME_YEAR)
    last = other.start.period(other.start.year or year or _SOME_YEAR)
    if first is None or last is None or last.end < first.start:
        return nothing
    return (first, last), ends.end()


def _lasting(analysis: Analysis, index: int) -> re.Match[str] | None:
    """The length told between the two dates: 5月11日进驻，为期一个月，6月11日结束."""
    between = analysis.dates[index].at.end, analysis.dates[index + 1].at.start
    match = _BEGINS.fullmatch(analysis.reading.text, *between)
    return match if match is not None and match["lasting"] else None


#: 自2024年1月1日起施行的《办法》，有效期5年，至……: what stands between the two days of a term.
_TERM_UNTIL = compiled(
    rf"起[^。；\d]{{0,24}}?(?:有效期|租赁?期|任期|聘期|服务期|合同期|保质期|质保期|期限)(?:限)?(?:为|是)?{_LENGTH}，?(?:有效|即|截止|延续)?(?:至|到)"
)


def _until(analysis: Analysis, index: int) -> Iterator[Outcome]:
    """A term beside its first and its last day: 自2024年1月1日起施行，有效期5年，至2028年12月31日."""
    one, other = analysis.dates[index], analysis.dates[index + 1]
    if one.end or other.end or min(one.precision, other.precision) < Precision.DAY:
        return
    match = _TERM_UNTIL.fullmatch(analysis.reading.text, one.at.end, other.at.start)
    first, last = (point.period(point.year) if point.year else None for point in (one.start, other.start))
    if match is None or first is None or last is None or last.end < first.start:
        return
    at = Span(match.start("number"), match.end("unit"))
    yield Checked(analysis.span(at))
    if not _fits(match, (first, last), surely=True, elapsed=False):
        yield Finding(
            analysis.span(at),
            Message(
                f"从 {first.start} 到 {last.end} 与“{analysis.reading.slice(at)}”不符，请核对",
                f"the term runs from {first.start} to {last.end}, which is not {analysis.reading.slice(at)}",
            ),
            (Related(analysis.span(Span(one.at.start, other.at.end)), "起止时间"),),
        )


_YEARS_OR_SO = 300
_VAGUE = compiled(r"月[底初末]")
_SHORT = frozenset(("天", "日", "周", "个星期"))
#: A common year, where none is told.
_SOME_YEAR = 2023
#: How many days each unit stands for.
_DAYS = {
    "天": Decimal(1),
    "日": Decimal(1),
    "周": Decimal(7),
    "个星期": Decimal(7),
    "个月": Decimal("30.4"),
    "年": Decimal(365),
}


def _fits(match: re.Match[str], bounds: tuple[Period, Period], *, surely: bool, elapsed: bool) -> bool:
    """Whether the length can be meant, counting both ends or not, all days or working days; ``surely`` where the year is known,
    ``elapsed`` where the days gone by are meant (历时), not those on which something is held (为期).
    """
    printed = match["number"]
    number = Decimal(printed) if printed.isdigit() else Decimal("0.5") if printed == "半" else han_value(printed)
    if not number:
        return True
    if match["half"] or "半" in match["unit"]:
        number += Decimal("0.5")
    if match["rest"]:
        number += Decimal(whole_number(match["rest"])) / 12  # 2年零6个月
    first, last = bounds
    days = (last.end - first.start).days + 1
    monthly = first.start.day == 1 and first.days > 1
    unit = _DAYS[match["unit"].replace("多", "").replace("半", "")]
    length = number * unit
    if match["more"] or match["some"] or "多" in match["unit"]:
        return length * Decimal("0.85") <= days <= length * 2 + unit
    if match["about"]:
        return length / 2 <= days <= length * 2
    if match.groupdict().get("come") is not None and unit > 100:
        return abs(days - length) <= _YEARS_OR_SO  # 三年来 may count the years that were begun
    if monthly:
        return abs(days - Decimal("30.4") - length) <= 46 if unit > 7 else abs(days - length) <= 62
    if unit == 1:
        least = days - elapsed
        if not surely and number < least:
            # the weekdays are not known: 10 working days lie within 12 days, or within 14
            return days - 2 * -(-days // 7) <= number <= days - 2 * (days // 7)
        return least <= number <= days or number == working_days(first.start, last.end)
    if unit == 7:
        return length - 3 <= days <= length + 1
    return abs(days - length) <= (17 if unit < 100 else 50)
