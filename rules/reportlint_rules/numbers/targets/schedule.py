"""How far a plan has come against how much of the year has gone: 占年度计划的46.3%，实现“双过半”; 截至9月底完成70.3%，高于序时进度3.7个百分点."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from decimal import Decimal

from reportlint.analysis import Analysis
from reportlint.claims import Claim
from reportlint.finding import Checked, Finding, Message, Outcome, Related
from reportlint.moment import month_days
from reportlint.patterns import compiled
from reportlint.phrase import clause_start
from reportlint.span import Span
from reportlint.timing import mentions_back, timing_of
from reportlint_rules.numbers.figures import HUNDRED, show

_HALF = compiled(
    r"，(?:已|均|也|都|顺利|如期|圆满|提前|全面|成功|总体)*(?:实现|做到|完成)了?(?:时间|任务|[“”‘’、，双完成进度收入支出])*过半"
)
_AHEAD = r"快于|高于|超出|超过|超前于?|超|领先于?|优于"
_PACE = compiled(
    rf"，(?:已|均|也|都|总体|整体|明显|略|稍|远|大幅)*(?P<verb>{_AHEAD}|慢于|低于|落后于?|滞后于?)了?(?:全[市省县年]|年度|同期)?(?:序时|时序)(?:进度)?(?:要求|目标)?(?:近|约)?(?:(?P<gap>\d{{1,2}}(?:\.\d{{1,2}})?)个百分点|(?=[，。；]))"
)
_THAN = compiled(
    r"，(?:比|较)(?:全年|年度)?(?:序时|时序)(?:进度)?(?:要求|目标)?(?:要)?(?P<verb>快|高|超|慢|低|滞后|落后)(?:出|了)?(?P<gap>\d{1,2}(?:\.\d{1,2})?)个百分点"
)
_BEHIND = "慢低落滞"
#: What makes a percentage one of a plan done.
_OF_PLAN = compiled(
    r"(?:占|完成|实现|达到?|为)[^，。；]{0,16}(?:计划|任务|预算|目标)[^，。；]{0,14}的$|(?:支付|执行|完成|支出|拨付|投资|开工|到位|收入|进)[一-龥]{0,4}[率度](?:为|达到?|是)?$"
)
#: How far a month's share of the year may have been rounded: 58.3% is printed 58%.
_ROUNDED = Decimal("0.35")
#: How far from the calendar a schedule lies that is one of its own.
_OWN_SCHEDULE = 10


def schedules(analysis: Analysis) -> Iterator[Outcome]:
    """Every such verdict right behind its percentage, with those that the percentage belies."""
    text = analysis.reading.text
    if "过半" in analysis.grams:
        for match in analysis.matches(_HALF):
            rate = _rate(analysis, match.start())
            if rate is not None:
                yield Checked(rate.quantity.span)
                if rate.quantity.value < HUNDRED / 2:
                    yield _finding(rate, f"写明“过半”，完成的却只有 {rate.quantity.text}", "less than a half")
    if "序时" in analysis.grams or "时序" in analysis.grams:
        for pattern in (_PACE, _THAN):
            for match in pattern.finditer(text):
                rate = _rate(analysis, match.start())
                gone = _gone(analysis, rate) if rate is not None else None
                if rate is not None and gone is not None:
                    yield from _pace(analysis, match, rate, gone)


def _rate(analysis: Analysis, place: int) -> Claim | None:
    """The percentage of a plan that ends at ``place``."""
    index = bisect_left(analysis.claim_starts, place) - 1
    claim = analysis.claims[index] if index >= 0 else None
    if claim is None or claim.at.end != place or claim.quantity.unit.name != "%" or not claim.quantity.exact:
        return None
    text = analysis.reading.text
    lead = text[clause_start(text, claim.at.start, "，；。\n") : claim.at.start]
    return claim if _OF_PLAN.search(lead) else None


def _gone(analysis: Analysis, rate: Claim) -> Decimal | None:
    """How much of the year has gone at the end of the months that the percentage is of, in per cent."""
    text = analysis.reading.text
    sentence = analysis.sentences[rate.sentence].at
    for mention in mentions_back(analysis, Span(sentence.start, rate.at.start)):
        when = timing_of(analysis, mention)
        if when is None:
            continue
        (start, end), months = when.period, when.period.end.month
        # 三季度末 is the end of what went before, too.
        since = 1 if text[mention.at.end : mention.at.end + 1] in ("末", "底") else start.month
        if since == start.day == 1 and start.year == end.year and months < 12:
            return Decimal(months) * HUNDRED / 12 if end.day == month_days(end.year, months) else None
    return None


def _pace(analysis: Analysis, match: re.Match[str], rate: Claim, gone: Decimal) -> Iterator[Outcome]:
    behind = match["verb"][0] in _BEHIND
    value, step = rate.quantity.value, rate.quantity.step
    rounded = _ROUNDED if gone % 1 else Decimal(0)
    gap = Decimal(match["gap"]) if match["gap"] else None
    apart = gone - value if behind else value - gone
    meant = value + gap if behind and gap is not None else value - (gap or 0)
    if gap is not None and meant != gone and (not meant % 5 or abs(meant - gone) > _OWN_SCHEDULE):
        return  # 9月底要求达到80%: a schedule of its own
    yield Checked(rate.quantity.span)
    shown = f"{show(gone, 1)}%"
    if apart < -rounded - step / 2:
        # A schedule may be set ahead of the calendar, so that more than the calendar asks for can still be too little.
        if not behind or gap is not None:
            yield _finding(
                rate,
                f"到 {show(gone * 12 / HUNDRED)} 月底的序时进度是 {shown}，{rate.quantity.text} 与“{match['verb']}序时进度”不符",
                f"{shown} of the year has gone",
            )
    elif gap is not None:
        slack = (step + Decimal(1).scaleb(min(0, int(gap.as_tuple().exponent)))) / 2 + rounded
        if abs(apart - gap) > slack:
            span = analysis.span(Span(match.start("gap"), match.end()))
            yield Finding(
                span,
                Message(
                    f"到 {show(gone * 12 / HUNDRED)} 月底的序时进度是 {shown}，{rate.quantity.text} 与它相差 {show(abs(apart), 1)}个百分点，请核对",
                    f"{shown} of the year has gone, {show(abs(apart), 1)} points from {rate.quantity.text}",
                ),
                (Related(rate.quantity.span, "数值"),),
            )


def _finding(rate: Claim, chinese: str, english: str) -> Finding:
    return Finding(rate.quantity.span, Message(f"{chinese}，请核对", f"{rate.quantity.text}: {english}"))
