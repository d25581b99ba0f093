"""NM106: good days, valid days, their rate and the calendar."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from reportlint.analysis import Analysis
from reportlint.claims import Claim, Role
from reportlint.document import BlockKind
from reportlint.finding import Checked, Finding, Message, Outcome, Related, Severity
from reportlint.grid import grids
from reportlint.moment import Period, month_days
from reportlint.patterns import compiled
from reportlint.record import NamedTuple
from reportlint.rule import rule
from reportlint.span import Span
from reportlint.timing import SOME_YEAR, timing, timing_of
from reportlint_rules.numbers.air.air import OF_AIR, Kind, Record, records
from reportlint_rules.numbers.figures import HUNDRED, show

#: Words that make a passage of days something other than one period of one place.
_LONG = compiled(
    r"近[两二三四五六七八九十\d]{1,4}年|[两三四五六七八九十\d]{1,4}年(?:来|间|累计|共)|十[二三四五六]五|自20\d\d年|20\d\d年以来|连续|各县|各区|平均(?:优良|每)|县均|区均|年均优良天|蓝天白云天"
)
#: Days may have been left out of the denominator.
_LEFT_OUT = compiled(r"剔除|扣除|去除|停测|缺测|沙尘|检修|维护|停电|故障|无效|异常")
#: How many days a monitoring station may lack within a period, and how many a report may run behind what its title announces.
_MISSING = 15
_LAG = 45
_DAYS_HEAD = compiled(r"天数|^(?:优|良|优良|轻度|中度)(?:污染)?[(（]天[)）]")
_MONTH_LABEL = compiled(r"(?:20\d\d年)?(\d{1,2})月份?")
#: The longest period whose days are counted as good or not.
_LONGEST = 366
_FAR = Decimal(3)
#: How far a change of rate may be from the change of days it goes with, in points.
_LOOSE = Decimal("1.5")


class Calendar(NamedTuple):
    """How many days a figure's period has at most, and whether its own sentence says which period that is."""

    days: int
    near: bool

    @classmethod
    def of(cls, period: Period, *, dated: bool, near: bool) -> Calendar:
        """The calendar of ``period``, leap years considered where its year is not known."""
        return cls(_most_days(period, dated=dated), near)

    @property
    def missing(self) -> int:
        """How many days may lack: stations fail, and reports run behind what their title announces."""
        return min(_MISSING, max(3, self.days // 8)) if self.near else _LAG


def _calendars(analysis: Analysis, record: Record, first: Claim) -> list[Calendar]:
    """The periods a figure may be of: the one its sentence gives, else every one of the paragraph and the title's."""
    start = analysis.sentences[first.sentence].at.start
    found = timing(analysis, first)
    if found is not None and found.near and not record.base:
        return [Calendar.of(found.period, dated=found.dated, near=True)]
    opening = analysis.reading.text.rfind("\n", 0, start) + 1
    begin, end = (bisect_left(analysis.date_starts, place) for place in (opening, first.at.start))
    near = [mention for mention in analysis.dates[begin:end] if not mention.titled]
    timings = [told for mention in near if (told := timing_of(analysis, mention)) is not None]
    calendars = [
        Calendar.of(each.period, dated=False, near=False) for each in timings if _LONGEST >= each.period.days > 1
    ]
    announced = analysis.period
    if announced is not None and announced.results is not None and not announced.planned(first.at):
        calendars.append(Calendar.of(announced.results, dated=not record.base, near=False))
    return calendars


def _most_days(period: Period, *, dated: bool) -> int:
    """How many days the period has at most, where the year may not be known."""
    start, end = period
    if dated or (start.month, start.day) == (2, 29) or (end.month, end.day) == (2, 29):
        return period.days
    leap = Period(start.replace(year=SOME_YEAR), end.replace(year=SOME_YEAR + end.year - start.year))
    return max(period.days, leap.days)


@rule(
    "NM106",
    "good-days-mismatch",
    severity=Severity.WARNING,
    bad=(
        "2023年上半年，县城区空气质量优良天数为⟦186天⟧。",
        "全年有效监测天数364天，优良天数313天，优良率为⟦88.0%⟧。",
        "2025年1—9月，优良天数236天，优良天数比率为⟦83.2%⟧。",
    ),
    good=(
        "2024年一季度，县城区空气质量优良天数为91天。",
        "全年有效监测天数364天，优良天数313天，优良率为86.0%。",
        "截至6月18日，优良天数115天，优良率68.5%。",
        "1—6月共181天，剔除沙尘影响天数7天，优良天数为153天，优良天数比例为87.9%。",
        "近三年全县优良天数累计976天。",
    ),
)
def good_days_mismatch(analysis: Analysis) -> Iterator[Outcome]:
    """优良天数、优良率与日历对不上。

    优良天数不会比这段时间的日历天数还多（平年上半年 181 天，闰年 182 天）；优良率等于优良天数除以有效监测天数，有效天数又不多于日历天数。
    三个数由不同的人填，改了一个忘了另一个，一算就知道。

    没有印有效天数时，按“日历天数减去缺测的若干天”都试一遍，有一个合得上就不报；扣除沙尘、停测的，分母可以更小。目标值、几年累计、
    各县平均、断面的优良率不核对。天数超过日历的报 error。
    """
    yield from _tabled(analysis)
    yield from _all_but(analysis)
    yield from _of_year(analysis)
    for record in records(analysis):
        claims = sorted((claim for kind in record.figures.values() for claim in kind), key=lambda claim: claim.at)
        if not claims or not (OF_AIR | {Kind.RATE, Kind.MORE_DAYS}) & record.figures.keys():
            continue
        start = analysis.sentences[claims[0].sentence].at.start
        words = analysis.reading.text[start : claims[-1].at.end]
        if _LONG.search(words) or any(claim.planned for claim in claims):
            continue
        yield from _check(analysis, record, words)


def _tabled(analysis: Analysis) -> Iterator[Outcome]:
    """A table by months in which a month has more days than the calendar gives it."""
    if not any(block.kind is BlockKind.CELL for block in analysis.document.blocks):
        return
    year = analysis.period.year if analysis.period is not None else SOME_YEAR
    for grid in grids(analysis.document):
        heads = [column for column in grid.columns() if _DAYS_HEAD.search(grid.text(0, column))]
        for row in range(1, len(grid.rows)) if heads else ():
            month = _MONTH_LABEL.fullmatch(grid.label(row))
            if month is None or not 1 <= int(month[1]) <= 12:
                continue
            most = month_days(year, int(month[1]))
            for number in filter(None, (grid.number(row, column) for column in heads)):
                yield Checked(number.span)
                if number.value > most:
                    yield Finding(
                        number.span,
                        Message(
                            f"{month[1]}月最多 {most} 天，写成了 {number.text}，请核对",
                            f"the month has {most} days at most",
                        ),
                        severity=Severity.ERROR,
                    )


#: 优良天数328天，占全年的89.9%: of all the days of a year.
_OF_YEAR = compiled(
    r"(?<!\d)(?P<days>[1-3]?\d{1,2})天，占(?:全年|当年|全年总)(?:总?天数)?的?(?:比例|比重)?(?:为|达)?(?P<rate>\d{1,2}(?:\.\d{1,2})?)[%％]"
)


def _of_year(analysis: Analysis) -> Iterator[Outcome]:
    text = analysis.reading.text
    for match in analysis.matches(_OF_YEAR):
        place = bisect_right(analysis.sentence_starts, match.start()) - 1
        start = analysis.sentences[place].at.start
        if _LEFT_OUT.search(text, start, match.start()) or "有效" in text[start : match.start()]:
            continue
        days, rate = Decimal(match["days"]), Decimal(match["rate"])
        step = Decimal(1).scaleb(-len(match["rate"].partition(".")[2]))
        at = analysis.span(Span(match.start("rate"), match.end()))
        yield Checked(at)
        if not any(-step / 2 <= days * HUNDRED / whole - rate < step for whole in (365, 366)):
            yield Finding(
                at,
                Message(
                    f"{match['days']}÷365＝{show(days * HUNDRED / 365, 1)}%，与写明的 {match['rate']}% 不符，请核对",
                    f"{match['days']} of 365 days are {show(days * HUNDRED / 365, 1)}%",
                ),
            )


#: 除5天轻度污染外，其余26天均为优良: two numbers of days that are the whole period.
_BUT = compiled(r"除(?P<bad>\d{1,3})天[^，。；\d]{0,16}外，其余(?:的)?(?P<good>\d{1,3})天")


def _all_but(analysis: Analysis) -> Iterator[Outcome]:
    """Days left out and the rest, which are more than the calendar has."""
    text = analysis.reading.text
    for match in _BUT.finditer(text) if "除" in text else ():
        place = bisect_left(analysis.claim_starts, match.start("good"))
        claim = next((one for one in analysis.claims[place : place + 1] if one.at.start == match.start("good")), None)
        found = timing(analysis, claim) if claim is not None else None
        if claim is None or found is None or not found.near:
            continue
        most = _most_days(found.period, dated=found.dated)
        total = int(match["bad"]) + int(match["good"])
        yield Checked(claim.quantity.span)
        if total > most:
            yield Finding(
                claim.quantity.span,
                Message(
                    f"{match['bad']}天＋{match['good']}天＝{total}天，这段时间最多 {most} 天，请核对",
                    f"{total} days in a period that has at most {most}",
                ),
                severity=Severity.ERROR,
            )


def _check(analysis: Analysis, record: Record, words: str) -> Iterator[Outcome]:
    good, rate = record.one(Kind.GOOD), record.one(Kind.RATE)
    of_air = any(kind in record.figures for kind in (Kind.GOOD, Kind.FINE, Kind.RATE)) or "监测天数" in words
    for claim in (*record.figures.get(Kind.GOOD, ()), *record.figures.get(Kind.VALID, ())) if of_air else ():
        calendars = _calendars(analysis, record, claim)
        if not calendars or not claim.quantity.exact or claim.quantity.step != 1:
            continue
        most = max(calendar.days for calendar in calendars)
        yield Checked(claim.quantity.span)
        if claim.quantity.value > most:
            yield _too_many(claim, most)
            return
    yield from _check_sum(analysis, record)
    yield from _check_steps(analysis, record)
    if rate is None or record.good is None or not rate.quantity.exact or record.good != int(record.good):
        return
    if good is not None and not good.quantity.exact:
        return
    denominators = _denominators(analysis, record, rate, words)
    if denominators is None:
        return
    yield Checked(rate.quantity.span)
    if not _fits(record.good, rate, denominators):
        yield _wrong_rate(record, rate, denominators)
        return
    yield from _check_change(record, rate, denominators)


def _check_sum(analysis: Analysis, record: Record) -> Iterator[Outcome]:
    """Good days and days of every grade of pollution together are not more than the calendar has."""
    grades = [*record.figures.get(Kind.GRADE, ()), *record.figures.get(Kind.POLLUTED, ())]
    if not record.figures.get(Kind.GRADE) or record.good is None or record.figures.get(Kind.POLLUTED):
        return
    calendars = _calendars(analysis, record, grades[-1])
    if not calendars or not all(claim.quantity.exact and claim.sentence == grades[0].sentence for claim in grades):
        return
    most = max(calendar.days for calendar in calendars)
    total = record.good + sum((claim.quantity.value for claim in grades), Decimal(0))
    yield Checked(grades[-1].quantity.span)
    if total > most:
        yield Finding(
            grades[-1].quantity.span,
            Message(
                f"优良 {show(record.good)} 天加各级污染天数共 {show(total)} 天，这段时间最多 {most} 天，请核对",
                f"the days add up to {show(total)}, the period has at most {most}",
            ),
            severity=Severity.ERROR,
        )


def _check_steps(analysis: Analysis, record: Record) -> Iterator[Outcome]:
    """优良天数增加11天，优良率提高8个百分点: without days or rate, the calendar alone tells about how much it comes to."""
    days, points = record.one(Kind.MORE_DAYS), record.one(Kind.MORE_POINTS)
    if days is None or points is None or Kind.RATE in record.figures or Kind.GOOD in record.figures:
        return
    calendars = _calendars(analysis, record, days)
    if len({calendar.days for calendar in calendars}) != 1 or not (days.quantity.exact and points.quantity.exact):
        return
    if "优良" not in days.lead or points.quantity.kind == "percent" or points.clause - days.clause not in (1, 2):
        return
    step = days.quantity.value * HUNDRED / calendars[0].days
    same_way = (days.role in (Role.UP, Role.BETTER)) == (points.role in (Role.UP, Role.BETTER))
    yield Checked(points.quantity.span)
    if not same_way or abs(step - points.quantity.value) > _LOOSE * 2:
        yield Finding(
            points.quantity.span,
            Message(
                f"优良天数变化 {days.quantity.text}，约合 {show(step, 1)} 个百分点，与写明的 {points.quantity.text} 不符，请核对",
                f"{days.quantity.text} are about {show(step, 1)} points, the text says {points.quantity.text}",
            ),
            (Related(days.quantity.span, "天数增减"),),
        )


def _denominators(analysis: Analysis, record: Record, rate: Claim, words: str) -> range | None:
    """Every number of days that the rate may be out of; ``None`` where nothing tells."""
    good = record.good
    printed = [int(claim.quantity.value) for claim in record.figures.get(Kind.VALID, ()) if claim.quantity.exact]
    polluted = record.one(Kind.POLLUTED)
    left_out = _LEFT_OUT.search(words) is not None
    if good is not None and polluted is not None and not printed and polluted.sentence == rate.sentence:
        printed = [int(good + polluted.quantity.value)]
    if printed:
        low = max(min(printed) - (_LAG if left_out else 0), int(good or 1))
        return range(low, max(low, *printed) + 1)
    first = record.one(Kind.GOOD) or rate
    calendars = _calendars(analysis, record, first)
    if not calendars or (Kind.OTHER in record.figures and not left_out):
        return None
    low = min(calendar.days - (calendar.missing if not left_out else _LAG) for calendar in calendars)
    graded = sum((claim.quantity.value for claim in record.figures.get(Kind.GRADE, ())), good or Decimal(1))
    high = max(calendar.days for calendar in calendars)
    return range(min(max(low, int(graded)), high), high + 1)


def _fits(good: Decimal, rate: Claim, denominators: range) -> bool:
    """Whether the good days out of so many can be printed as the rate, rounded or truncated.

    Between the most and the fewest valid days any rate will do: it may be a mean over stations.
    """
    printed = rate.quantity
    low, high = good * HUNDRED / max(denominators), good * HUNDRED / min(denominators)
    return high >= printed.value - printed.step / 2 and low < printed.value + printed.step


def _check_change(record: Record, rate: Claim, denominators: range) -> Iterator[Outcome]:
    """Days and rate must move together: 17 days out of 168 are 10 points."""
    days, points = record.one(Kind.MORE_DAYS), record.one(Kind.MORE_POINTS)
    if record.base or record.good is None or days is None or points is None:
        return
    if not (days.quantity.exact and points.quantity.exact) or points.quantity.kind == "percent":
        return
    if not (rate.at.end <= points.at.start and points.clause - rate.clause <= 2):
        return
    up, rise = days.role in (Role.UP, Role.BETTER), points.role in (Role.UP, Role.BETTER)
    earlier = record.good - (days.quantity.value if up else -days.quantity.value)
    step = points.quantity.value if rise else -points.quantity.value
    yield Checked(points.quantity.span)
    low, high = min(denominators), max(denominators) + 1
    changes = [rate.quantity.value - earlier * HUNDRED / span for span in (low, high)]
    if not min(changes) - _LOOSE <= step <= max(changes) + _LOOSE:
        shown = show(abs(days.quantity.value * HUNDRED / high), 1)
        yield Finding(
            points.quantity.span,
            Message(
                f"优良天数变化 {days.quantity.text}，约合 {shown} 个百分点，与写明的 {points.quantity.text} 不符，请核对",
                f"{days.quantity.text} are about {shown} points, the text says {points.quantity.text}",
            ),
            (Related(days.quantity.span, "天数增减"), Related(rate.quantity.span, "优良率")),
        )


def _too_many(claim: Claim, most: int) -> Finding:
    return Finding(
        claim.quantity.span,
        Message(
            f"这段时间最多 {most} 天，写成了 {claim.quantity.text}，请核对",
            f"the period has at most {most} days, the text says {claim.quantity.text}",
        ),
        severity=Severity.ERROR,
    )


def _wrong_rate(record: Record, rate: Claim, denominators: range) -> Finding:
    good = record.good or Decimal(0)
    low, high = min(denominators), max(denominators)
    printed = rate.quantity
    places = max(1, -int(printed.step.adjusted()))
    if low == high:
        actual = good * HUNDRED / high
        shown = f"{show(good)}÷{high}＝{show(actual, places)}%"
    else:
        actual = min((good * HUNDRED / days for days in (low, high)), key=lambda value: abs(value - printed.value))
        least = (good * HUNDRED / high).quantize(printed.step, ROUND_FLOOR)
        most = min(HUNDRED, (good * HUNDRED / low).quantize(printed.step, ROUND_CEILING))
        shown = f"优良 {show(good)} 天、有效天数 {low}—{high} 天，优良率应在 {show(least)}%—{show(most)}% 之间"
    others: list[Related] = [
        Related(claim.quantity.span, kind.value)
        for kind in (Kind.GOOD, Kind.VALID, Kind.FINE, Kind.FAIR, Kind.POLLUTED)
        for claim in record.figures.get(kind, ())
    ]
    return Finding(
        Span(*printed.span),
        Message(f"{shown}，与写明的 {printed.text} 不符，请核对", f"{shown}: the text says {printed.text}"),
        tuple(others),
        severity=Severity.ERROR if abs(actual - printed.value) > _FAR else Severity.WARNING,
    )
