"""Days gained or lost that the two days do not show: 约定6月30日完工，实际6月10日完工，提前10天."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from decimal import Decimal

from reportlint.analysis import Analysis
from reportlint.finding import Checked, Finding, Message, Outcome, Related
from reportlint.moment import Date, Period, Precision
from reportlint.numerals import HAN_NUMERAL, whole_number
from reportlint.patterns import compiled
from reportlint.span import Span
from reportlint_rules.dates.years import dates_within, sentence_of, year_of

_EARLY = compiled(
    rf"(?P<way>提前|提早|推迟|延后|延误|延迟|滞后|逾期|超期)(?:了|完成|完工|竣工|交付)?(?P<about>近|约|整整)?(?P<number>\d{{1,3}}|[{HAN_NUMERAL}两半]{{1,3}})(?P<more>多|余)?(?P<unit>天|日|个多月|个半月|个月|周)(?P<some>[多余])?(?!以?[上内])"
)
_WAYS = compiled(r"(?:提前|提早|推迟|延后|延误|延迟|滞后|逾期|超期)")
#: What makes a day the one that was meant: 合同约定6月30日, 原定于6月30日, 6月30日的计划工期.
_MEANT = compiled(
    r"(?:计划|原定|约定|规定|应于|应在|要求|目标|限期|期限|时限|到期日?|截止日?|承诺|预定|既定|节点|合同工期|合同)[^，。；]{0,8}$"
)
_MEANT_BEHIND = compiled(
    r"(?:之?前)?(?:的)?[^，。；\d]{0,6}(?:的?(?:计划|要求|期限|时限|节点|目标|约定|规定|承诺)|(?<!实)到期)"
)
_DONE_BEFORE = compiled(r"(?:实际|已于|已在|最终|提前于|正式)[^，。；]{0,8}$")
#: How far, in code points, the days gained stand behind the second date, and that behind the first.
_FAR, _APART = 36, 40
_SOME_YEAR = 2023
#: More days than this apart, the years untold, the two may lie in different ones.
_SAME_YEAR = 150


def gained(analysis: Analysis) -> Iterator[Outcome]:
    """提前10天 beside the day that was meant and the one that it came to."""
    text = analysis.reading.text
    for match in analysis.matches(_EARLY):
        sentence = sentence_of(analysis, match.start())
        near = dates_within(analysis, Span(max(sentence.start, match.start() - _FAR - _APART - 12), match.start()))[-3:]
        if len(near) < 2:
            continue
        two = near[-2:]
        if any(other.end or other.titled or other.named or other.precision < Precision.MONTH for other in two):
            continue
        one, other = two
        if match.start() - other.at.end > _FAR or other.at.start - one.at.end > _APART:
            continue
        if "；" in text[one.at.end : match.start()] or _WAYS.search(text, one.at.end, match.start()):
            continue
        meant = [_is_meant(text, mention) for mention in two]
        if meant[0] == meant[1]:
            continue
        due, done = two if meant[0] else two[::-1]
        spans = _days(analysis, due, done)
        if spans is None:
            continue
        at = Span(match.start("way"), match.end())
        yield Checked(analysis.span(at))
        low, high = (spans[0].start - spans[1].end).days, (spans[0].end - spans[1].start).days
        if not match["way"].startswith("提"):
            low, high = -high, -low
        if not _fits(match, low, high):
            apart = f"相差 {abs(low)} 天" if low == high else f"相差 {abs(low)} 天到 {abs(high)} 天"
            if max(low, high) < 0:
                apart = "先后颠倒"
            yield Finding(
                analysis.span(at),
                Message(
                    f"{text[slice(*due.at)]}与{text[slice(*done.at)]}{apart}，与“{match[0]}”不符，请核对",
                    f"the two dates are {abs(low)} to {abs(high)} days apart, not {match['number']}{match['unit']}",
                ),
                (Related(analysis.span(due.place), "时间"), Related(analysis.span(done.place), "实际")),
            )


def _is_meant(text: str, mention: Date) -> bool:
    """Whether the date is the one that was meant, not the one that it came to."""
    low = max(0, mention.at.start - 16)
    if _DONE_BEFORE.search(text, low, mention.at.start):
        return False
    return (
        _MEANT.search(text, low, mention.at.start) is not None
        or _MEANT_BEHIND.match(text, mention.at.end, mention.at.end + 16) is not None
    )


def _days(analysis: Analysis, due: Date, done: Date) -> tuple[Period, Period] | None:
    """The days meant by both, put into one year where only one of them tells it."""
    first, second = sorted((due, done))
    years = {mention.start.year for mention in (due, done)} - {None}
    known = first.start.year or second.start.year
    if known is None:
        index = bisect_left(analysis.date_starts, first.at.start)
        known = year_of(analysis, index) or _SOME_YEAR
    spans = [mention.period(mention.start.year or known) for mention in (due, done)]
    if (
        spans[0] is None
        or spans[1] is None
        or any(mention.start.offset or mention.start.following for mention in (due, done))
    ):
        return None
    told = len(years) == 2 or due.start.year is not None and done.start.year is not None
    if not told and abs((spans[0].start - spans[1].start).days) > _SAME_YEAR:
        return None
    return spans[0], spans[1]


def _fits(match: re.Match[str], low: int, high: int) -> bool:
    """Whether some number of days from ``low`` to ``high`` can be meant by the length."""
    printed = match["number"]
    number = Decimal("0.5") if printed == "半" else Decimal(whole_number(printed) or 0)
    if not number:
        return True
    unit = match["unit"]
    slack = Decimal(1)
    if "月" in unit:
        number, slack = (number + (Decimal("0.5") if "半" in unit else 0)) * Decimal("30.4"), Decimal(17)
    elif unit == "周":
        number, slack = number * 7, Decimal(3)
    least, most = number - slack, number + slack
    if match["more"] or match["some"] or "多" in unit or match["about"] in ("近", "约"):
        least, most = least * Decimal("0.7"), most * Decimal("1.6")
    return low <= most and high >= least
