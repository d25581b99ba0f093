"""PV002: a part of the dust heavier than the whole of it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise

from reportlint.analysis import Analysis
from reportlint.claims import CHANGES
from reportlint.finding import Checked, Finding, Message, Outcome, Related, Severity
from reportlint.indicators import IndicatorValue
from reportlint.patterns import compiled
from reportlint.rule import rule
from reportlint_rules.values.catalogue import show, values

#: How far, in code points, the second name may stand from the first value.
_NEAR = 60
_FINE, _COARSE = "PM2.5", "PM10"
#: What may stand between the value of one and the name of the other, changes left out, when both are of one place and time.
_SAME_PLACE = compiled(
    r"(?:同比|环比|较?(?:上年|去年)(?:同期)?|当月|当日|当期|下降|上升|改善|升高|降低|增长|持平|分别|而|其中|年?平均|均值|浓度|均|也|为|，|；|、|。|和|及|与|微克/立方米|可吸入颗粒物|细颗粒物|[（）]|\s)*"
)


@rule(
    "PV002",
    "fine-above-coarse",
    severity=Severity.ERROR,
    bad=(
        "上半年PM2.5平均浓度⟦68微克/立方米⟧，PM10平均浓度54微克/立方米。",
        "PM10、PM2.5平均浓度分别为41微克/立方米、⟦53微克/立方米⟧。",
    ),
    good=(
        "上半年PM2.5平均浓度34微克/立方米，PM10平均浓度58微克/立方米。",
        "PM2.5平均浓度68微克/立方米，去年同期PM10平均浓度54微克/立方米。",
        "1月PM2.5平均浓度68微克/立方米，7月PM10平均浓度54微克/立方米。",
        "西城区PM2.5平均浓度48微克/立方米，东城区PM10平均浓度46微克/立方米。",
    ),
)
def fine_above_coarse(analysis: Analysis) -> Iterator[Outcome]:
    """PM2.5 高于 PM10。

    PM2.5 是 PM10 的一部分，同一地点、同一时段的 PM2.5 浓度不可能高于 PM10。多半是两个数写颠倒了。

    地点不同、时段不同（去年同期、另一个月）的不比较。
    """
    found = [value for value in values(analysis) if value.indicator.name in (_FINE, _COARSE)]
    for one, other in pairwise(found):
        if one.indicator is other.indicator or not _together(analysis, one, other):
            continue
        fine, coarse = (one, other) if one.indicator.name == _FINE else (other, one)
        low, high = fine.canonical, coarse.canonical
        if low is None or high is None or not (fine.quantity.exact and coarse.quantity.exact):
            continue
        yield Checked(fine.quantity.span)
        if low > high:
            yield Finding(
                fine.quantity.span,
                Message(
                    f"PM2.5 是 PM10 的一部分，{show(low)} 不可能大于 PM10 的 {show(high)}，两个数是否写颠倒了",
                    f"PM2.5 is part of PM10 and cannot exceed it: {show(low)} > {show(high)}; are the two figures swapped?",
                ),
                (Related(coarse.quantity.span, "PM10"),),
            )


def _together(analysis: Analysis, one: IndicatorValue, other: IndicatorValue) -> bool:
    """Whether two values in reading order are of one place and time."""
    if one.base != other.base or one.target != other.target or one.claim.paragraph != other.claim.paragraph:
        return False
    text = analysis.reading.text
    if other.name.start < one.claim.at.start:
        return True
    at = one.claim.at.end
    pieces = []
    if other.name.start - at > _NEAR:
        return False
    first, last = (bisect_left(analysis.claim_starts, place) for place in (at, other.name.start))
    for claim in analysis.claims[first:last]:
        if claim.role not in CHANGES:
            return False
        pieces.append(text[at : claim.at.start])
        at = claim.at.end
    pieces.append(text[at : other.name.start])
    return all(_SAME_PLACE.fullmatch(piece) for piece in pieces)
