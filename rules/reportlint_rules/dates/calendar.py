"""DT001, DT002, DT004: dates that the calendar contradicts."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.analysis import Analysis
from reportlint.finding import Checked, Finding, Message, Outcome, Severity
from reportlint.moment import Date, Point, Weekday, month_days
from reportlint.patterns import around, compiled
from reportlint.rule import rule
from reportlint.span import Span
from reportlint_rules.dates.years import possible_years, stretch, year_before, year_of

_WEEKDAYS = "一二三四五六日"
#: Any year serves to see whether a range runs backwards; a leap year lets 2月29日 pass.
_SOME_YEAR = 2024


@rule(
    "DT001",
    "impossible-date",
    severity=Severity.ERROR,
    bad=(
        "整改方案已于⟦2月30日⟧前报送市委督查室。",
        "经县政府常务会议研究，⟦2023年2月29日⟧印发实施方案。",
        "核查组于4月25日至⟦31日⟧进驻我市。",
        "发布日期：⟦2024-06-31⟧",
        "当日⟦上午15时⟧30分，召开河长制联席会议。",
    ),
    good=(
        "整改方案已于2月28日前报送市委督查室。",
        "2024年2月29日，县政府常务会议审议通过实施方案。",
        "核查组于4月25日至30日进驻我市，对31家企业开展检查。",
        "服务13个月以上的驻村干部共5人，最长的已满31个月。",
    ),
)
def impossible_date(analysis: Analysis) -> Iterator[Outcome]:
    """日历上没有的日期。

    4、6、9、11 月没有 31 日，2 月没有 30 日，平年没有 2 月 29 日，一年没有 13 月。多半是抄错、改漏，或者把截止日期顺手写成了 31 日。

    没有 24:60 这个时刻，也没有“上午15时”“凌晨17时”。

    “13个月”“31天”是时间长度，不是日期。没有写年份的 2 月 29 日，只有同一句或标题里的年份是平年时才报。
    """
    for index, mention in enumerate(analysis.dates):
        for point in mention.points:
            if (point.day is None and point.month is None) or mention.named or _is_number(analysis, mention):
                continue
            severity = Severity.ERROR
            if point.possible and point.month == 2 and point.day == 29 and point.year is None:
                point, severity = _leap_day(analysis, index, point)
            yield Checked(analysis.span(point.place))
            if not point.possible and not _QUOTED_SLIP.search(
                analysis.reading.text, max(0, point.at.start - _SLIP_WORDS), point.at.start
            ):
                yield Finding(analysis.span(point.place), _why(point), severity=severity)
    text = analysis.reading.text
    for match in around(_LONG_DAY, _LONG_NUMBER, text, 2, 1) if analysis.may_match(_LONG_NUMBER) else ():
        span = analysis.span(Span(*match.span()))
        yield Checked(span)
        yield Finding(span, Message(f"日历上没有“{match[0]}”，请核对", f"there is no {match[0]}"))
    for match in around(_DOTTED_RANGE, _DOTTED_DAYS, text, 12, 2) if analysis.may_match(_DOTTED_RANGE) else ():
        for one in ("first", "last"):
            month, number = map(int, match[one].split("."))
            if 1 <= month <= 12 and number >= 1 and number > month_days(_SOME_YEAR, month):
                point = Point(Span(*match.span(one)), month=month, day=number)
                yield Checked(analysis.span(point.at))
                yield Finding(analysis.span(point.at), _why(point))
    yield from _wrong_times(analysis)


#: 误写为“11月31日”: a slip that is told of, not made.
_SLIP_WORDS = 6
_QUOTED_SLIP = compiled(r"误(?:写|印|作|录|登|标|填)?(?:为|成|作)“?\Z")
#: 1月026日, 14月份: a digit too many.
_LONG_DAY = compiled(r"(?<![\d.])(?:\d{1,2}月\d{3,4}日(?!均)|1[3-9]月份)")
_LONG_NUMBER = compiled(r"月(?:\d{3,4}日|份)")
#: 统计时间：9.1—9.31; （6.1—6.31）: days written with a point, told by their range.
_DOTTED_RANGE = compiled(
    r"(?:(?:时间|期间|周期|日期|时段|区间)(?:为|是|：|自|从)?|（)(?P<first>\d{1,2}\.\d{1,2})(?:[-—–~至]|--|——)(?P<last>\d{1,2}\.\d{1,2})(?=[，。；）\n]|$)"
)
_DOTTED_DAYS = compiled(r"\d\.\d{1,2}[-—–~至]{1,2}\d{1,2}\.\d{1,2}(?!\d)")
_OF_DAY = r"(?:\d日|当[日天晚]|[)）]|上午|下午|凌晨|中午|晚上?|早上?|今[日天]|于|时间(?:为|是|：|:))"
#: A time of day, with what each has in it: 当日15时30分, 6月8日上午9时, 22:30, 5月18日8:30至28:00; 历时25时, 比例1:60 are none.
_CLOCKS = (
    (
        compiled(
            rf"(?:{_OF_DAY}|(?<![历共计用达约时])(?=\d{{2}}时(?:发车|前|起|整|开[始行]|至|止))(?<!\d))(?P<time>(?P<hour>\d{{1,2}})(?:时(?!间|长|段|限|效|许可|空)(?:(?P<minute>\d{{1,2}})分)?(?!钟)))"
        ),
        compiled(r"\d时(?![间长段限效空]|许可)"),
    ),
    (
        compiled(
            rf"(?:{_OF_DAY}|(?<=[:：][0-5]\d[至到—–~-]))(?P<time>(?P<hour>\d{{1,2}})[:：](?P<minute>\d{{2}}))(?![\d:：.%])"
        ),
        compiled(r"\d[:：]\d\d(?![\d:：.%])"),
    ),
)

#: The hours that each part of the day can have, on a clock of twelve hours or of 24.
_HOURS = {
    **dict.fromkeys(("上午", "早上", "早晨", "清晨", "今早"), range(13)),
    "凌晨": (*range(7), 12),
    "中午": (*range(10, 15), 1, 2),
    "下午": (*range(1, 8), *range(12, 21)),
    "傍晚": (*range(4, 9), *range(16, 21)),
    **dict.fromkeys(("晚上", "晚间", "夜间", "深夜", "当晚"), (*range(13), *range(17, 25))),
}
#: 上午15时30分, 下午9:30; 上午10余时 and 上午12小时 are no times of day.
_PART_OF_DAY = compiled(
    rf"(?P<part>{'|'.join(_HOURS)})(?:的|约|近|大约)?(?P<hour>\d{{1,2}})(?:时(?![间长段限效差空])|点(?!位|多?个|[名人])|[:：][0-5]\d(?!\d))"
)
_PART_ENDS = compiled(r"[午晨早上间夜晚][的约近]?\d")


def _wrong_times(analysis: Analysis) -> Iterator[Outcome]:
    """Times with an hour beyond 24 or a minute beyond 59, and hours of another part of the day."""
    text = analysis.reading.text
    for pattern, core in _CLOCKS:
        for clock in around(pattern, core, text, 8, 12) if analysis.may_match(pattern) else ():
            if int(clock["hour"]) > 24 or int(clock["minute"] or 0) > 59:
                yield Finding(
                    analysis.span(Span(*clock.span("time"))),
                    Message(f"没有 {clock['time']} 这个时刻，请核对", f"there is no {clock['time']} on the clock"),
                )
    for said in around(_PART_OF_DAY, _PART_ENDS, text, 3, 8) if analysis.may_match(_PART_OF_DAY) else ():
        hour = int(said["hour"])
        if hour > 24:
            continue  # told above
        span = analysis.span(Span(said.start(), said.end()))
        yield Checked(span)
        if hour not in _HOURS[said["part"]]:
            sure = hour > 12
            yield Finding(
                span,
                Message(f"{said['part']}没有{hour}时，请核对", f"{hour} o'clock is not in that part of the day"),
                severity=None if sure else Severity.WARNING,
            )


#: 对2023年至2020年各年度账目逐年倒查: meant to run backwards.
_BACKWARDS = compiled(r"倒查|追溯|倒排|倒推|回溯|逆推|倒序")
#: A number that merely looks like a date: 图号为2023-02-30.
_NUMBERED = compiled(r"(?:编号|图号|文号|批号|合同号|单号|案号|房号|代码|编码|序号|版本|型号|号)[为是：:]?$")


def _is_number(analysis: Analysis, mention: Date) -> bool:
    return _NUMBERED.search(analysis.reading.text, max(0, mention.at.start - 6), mention.at.start) is not None


def _leap_day(analysis: Analysis, index: int, point: Point) -> tuple[Point, Severity]:
    """A 2月29日 without a year, put into the one its sentence or, less surely, the title speaks of."""
    carried = analysis.dates[index].start.year or year_before(analysis, index)
    year = carried or year_of(analysis, index)
    if year is None or (
        carried is None
        and any(month_days(other, 2) == 29 for other in possible_years(analysis, analysis.dates[index], None))
    ):
        return point, Severity.ERROR
    return point._replace(year=year), Severity.ERROR if carried else Severity.WARNING


def _why(point: Point) -> Message:
    if point.month is None or not 1 <= point.month <= 12:
        return Message(f"一年没有 {point.month} 月，请核对日期", f"there is no month {point.month}; check the date")
    if point.day == 0:
        return Message("日期不会是 0 日，请核对", "there is no day 0; check the date")
    last = month_days(point.year or _SOME_YEAR, point.month)
    year = f"{point.year} 年 " if point.year and point.month == 2 else ""
    return Message(
        f"{year}{point.month} 月只有 {last} 天，没有 {point.day} 日，请核对日期",
        f"month {point.month}{f' of {point.year}' if year else ''} has {last} days, so there is no day {point.day}; check the date",
    )


@rule(
    "DT002",
    "wrong-weekday",
    severity=Severity.ERROR,
    bad=(
        "2024年3月18日（⟦星期二⟧）上午，县长到县医院调研。",
        "定于2025年9月17日⟦星期四⟧召开第三次全体会议。",
    ),
    good=(
        "2024年3月18日（星期一）上午，县长到县医院调研。",
        "2025年6月9日（星期一）至6月20日（星期五），督查组到各单位检查。",
        "每周二为局长接待日，2024年3月18日起执行。",
        "3月18日（星期二），督查组到各单位检查。",
    ),
)
def wrong_weekday(analysis: Analysis) -> Iterator[Outcome]:
    """日期与星期对不上。

    写明了年月日，星期就是定数。对不上时，不是星期写错，就是日期写错，会议通知里尤其要命。

    没有写年份的日期，按同一句、标题、落款里出现的年份逐个核对，与哪一年都不符才报；全文看不出年份的不核对。
    """
    if analysis.holds(_ONE_WEEKDAY):
        from reportlint_rules.dates.weekdays import on_one_weekday

        yield from on_one_weekday(analysis)
    for index, mention in enumerate(analysis.dates):
        for place, point in enumerate(mention.points):
            if point.weekday is None and place == len(mention.points) - 1:
                point = _with_later_weekday(analysis, mention, point)
            if point.weekday is None or not point.possible:
                continue
            span = analysis.span(point.weekday.at)
            years = _years(analysis, index, mention, place)
            actual = {year: weekday for year in sorted(years) if (weekday := _actual(point, year))}
            if not actual:
                from reportlint_rules.dates.weekdays import beside

                yield from beside(analysis, index, mention.start if place else None, point)
                continue
            yield Checked(span)
            if point.weekday.number not in actual.values():
                yield _mismatch(analysis, point, *min(actual.items()))


#: 24日四个周三.
_ONE_WEEKDAY = compiled(rf"日[一-龥]{{0,3}}(?:[两三四五]个|都是|均为|均是)(?:周|星期)[{_WEEKDAYS}]")
#: 4月15日为全民国家安全教育日，恰逢星期三.
_LATER_WEEKDAY = compiled(
    rf"(?:[^。；\d（\n]{{0,24}}，(?:恰逢|正值|适逢|恰是|正好是|当天是|当日是|又是)|(?:是|为|恰逢|正值|适逢))(?P<day>星期[{_WEEKDAYS}])"
)


def _with_later_weekday(analysis: Analysis, mention: Date, point: Point) -> Point:
    """The point with the weekday that its sentence gives it further on."""
    if point.day is None or mention.titled:
        return point
    match = _LATER_WEEKDAY.match(analysis.reading.text, mention.at.end)
    if match is None:
        return point
    return point._replace(weekday=Weekday(Span(*match.span("day")), _WEEKDAYS.index(match["day"][-1]) + 1))


def _years(analysis: Analysis, index: int, mention: Date, place: int) -> frozenset[int]:
    """The years in which one end of a mention may lie."""
    explicit = mention.points[place].year or (mention.start.year if place else None)
    if explicit is not None:
        return frozenset({explicit, explicit + 1} if place and mention.wraps else {explicit})
    carried = year_before(analysis, index)
    if carried is not None and not mention.start.dated:
        return frozenset({carried})
    return possible_years(analysis, mention, carried)


def _actual(point: Point, year: int) -> int | None:
    """The weekday on which ``point`` falls in ``year``, Monday being 1."""
    period = point._replace(year=year, offset=None, following=False).period(year)
    return period.start.isoweekday() if period else None


def _mismatch(analysis: Analysis, point: Point, year: int, weekday: int) -> Finding:
    assert point.weekday is not None
    printed = analysis.reading.slice(point.weekday.at)
    right = printed[:-1] + _WEEKDAYS[weekday - 1]
    day = f"{year}年{point.month}月{point.day}日"
    return Finding(
        analysis.span(point.weekday.at),
        Message(
            f"{day}是{right}，不是{printed}，请核对日期和星期",
            f"{day} is a {right}, not a {printed}; check both date and weekday",
        ),
        suggestion=right,
    )


_YEAR = compiled(r"\d{4}年")
#: 14时至11时, 17:30—14:00.
_HOURS_RANGE = compiled(
    r"(?:时|分|[:：]\d\d)(?:许|整)?(?:至|到|[-—–~～])(?:[-—–~～]|当[日天]|同日|[上下]午|凌晨|早上|晚上?)?\d{1,2}[时:：]"
)
_RELATIVE = compiled(r"[今去明前当本上次]年|同年")


@rule(
    "DT004",
    "reversed-range",
    severity=Severity.ERROR,
    bad=(
        "⟦2024年5月10日至5月2日⟧，全县开展燃气安全集中排查。",
        "⟦6月—3月⟧累计开展夜间巡查120次。",
        "专项行动自⟦2025年6月起，至2025年3月底⟧结束。",
        "印发《⟦2025—2021年⟧基层卫生能力提升行动方案》。",
    ),
    good=(
        "2024年5月2日至5月10日，全县开展燃气安全集中排查。",
        "11月—3月为供暖期，全市集中供热面积1200万平方米。",
        "2023年12月25日至1月5日，局机关开展年终考核。",
        "本水文年自7月1日至6月30日。",
    ),
)
def reversed_range(analysis: Analysis) -> Iterator[Outcome]:
    """起止时间颠倒。

    “5月10日至5月2日”“2025—2021年”，结束在开始之前，两头有一头写错了。

    下半年开始、上半年结束的（11月至3月供暖期、9月至6月学年），理解为跨年；恰好转满一年的（7月1日至6月30日）也不报；写了“次年”的按次年算。
    """
    if analysis.holds(_HOURS_RANGE):
        from reportlint_rules.dates.clocks import clocks_in_range

        for outcome in clocks_in_range(analysis):
            yield outcome._replace(severity=Severity.WARNING) if isinstance(outcome, Finding) else outcome
    for index, mention in enumerate(analysis.dates):
        mention = stretch(analysis, index) or mention
        if mention.end is None or not all(point.possible for point in mention.points):
            continue
        said = analysis.reading.text[max(0, mention.at.start - 2) : mention.at.end]
        if _RELATIVE.search(said) and _YEAR.search(said):
            continue  # 2010年底到今年上半年: of which year it is said elsewhere
        year = mention.start.year or _SOME_YEAR
        bounds = mention.bounds(year)
        if bounds is None:
            continue
        span = analysis.span(mention.place)
        yield Checked(span)
        first, last = bounds
        if last.end < first.start and not _BACKWARDS.search(analysis.reading.text, mention.at.end, mention.at.end + 16):
            yield Finding(
                span,
                Message(
                    f"结束时间（{analysis.reading.slice(mention.end.place)}）早于开始时间（{analysis.reading.slice(mention.start.place)}），请核对起止时间",
                    "the range ends before it begins; check both ends",
                ),
            )
