"""NM109: the change of a rate given in % where it is 百分点, or the other way about."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.analysis import Analysis
from reportlint.claims import CHANGES
from reportlint.finding import Checked, Finding, Message, Outcome, Related, Severity
from reportlint.patterns import compiled
from reportlint.rule import rule
from reportlint.span import Span
from reportlint_rules.numbers.figures import HUNDRED, show
from reportlint_rules.numbers.growth.bases import Figure
from reportlint_rules.numbers.growth.changes import Change
from reportlint_rules.numbers.growth.comparisons import Growth, growths
from reportlint_rules.numbers.growth.rule import restated
from reportlint_rules.numbers.intervals import covers, difference, interval, percent_of

_RATE = compiled(r"率|占比|比重|比例|覆盖面|满意度|贡献度")
#: Rates whose own growth is a matter of course, or that count something else: 增长率, 利率, 完成率 (may grow by a fifth).
_NO_RATE = compiled(r"增长率|增速|增幅|降幅|利率|费率|汇率|完成率")
#: What is never a percentage: its changes are counted in %, not in points.
_ABSOLUTE = frozenset({"concentration", "money", "mass", "area", "length", "volume", "energy", "count"})


@rule(
    "NM109",
    "percent-for-points",
    severity=Severity.WARNING,
    bad=(
        "治理率达到57.8%，比上年末的50.0%提高⟦7.8%⟧。",
        "空气质量优良率79%，同比上升⟦12.7%⟧。",
        "PM2.5平均浓度36微克/立方米，同比下降⟦7.7个百分点⟧。",
    ),
    good=(
        "治理率达到57.8%，比上年末的50.0%提高7.8个百分点。",
        "治理率达到57.8%，比上年末的50.0%增长15.6%。",
        "PM2.5平均浓度36微克/立方米，同比下降7.7%。",
        "房地产投资34.26亿元，同比下降12.0%，降幅较一季度的15.4%收窄3.4个百分点（去年同期38.91亿元）。",
        "全市共有规上企业120家，开工率95%，工业产值同比增长12.7%。",
    ),
)
def percent_for_points(analysis: Analysis) -> Iterator[Outcome]:
    """率的增减应当用“百分点”。

    两个百分数相减得到百分点：从 50% 到 57.8% 是提高 7.8 个百分点，不是提高 7.8%（那是 15.6%）。上期数印在句子里时以计算为准，算出来确是百分点的报 error；
    没有印上期数，率后面紧跟“同比上升 x%”的，提示核对。浓度、金额、件数的增减反过来用百分比，不用百分点。

    增长率、增速本身的比较另当别论，不报。
    """
    seen: set[Span] = set()
    for growth in growths(analysis):
        seen.update(change.figure.quantity.span for change in growth.changes)
        known = growth.value or growth.base
        if known is None or restated(analysis, growth):
            continue
        for change in growth.changes:
            unit = change.figure.unit
            if known.unit.name == "%" and unit.name == "%" and change.movement.word != "是":
                yield Checked(change.figure.quantity.span)
                yield from _rate(growth, known, change)
            elif known.unit.kind in _ABSOLUTE and unit.kind == "point" and _no_rate_near(growth):
                if "%" in analysis.reading.text[known.quantity.at.end : change.figure.quantity.at.start]:
                    continue  # 销售12万辆，增长2.2%，回落12.2个百分点: the points are those of the growth
                yield Checked(change.figure.quantity.span)
                yield _percent(change, known)
    if "百分" in analysis.reading.text:
        yield from _bare(analysis, seen)
    if analysis.holds(_ABOVE):
        yield from _beyond(analysis, seen)


#: 高于全市平均水平1.2%: by how much one rate is above another.
_ABOVE = compiled(r"(?:[高低]于|高出|[优好]于)[^，。；\d]{2,16}\d{1,2}(?:\.\d{1,2})?%(?!的|以)")
_ABOVE_LEAD = compiled(r"(?:且|并|均|也|都|明显|分别|大幅)*(?:[高低]于|高出|[优好]于)[^，。；\d]{2,16}$")
_HIGH, _APART, _TIMES = 40, 10, 5


def _beyond(analysis: Analysis, seen: set[Span]) -> Iterator[Outcome]:
    """满意率98.6%，高于全市平均水平1.2%: so much less than the rate is no rate of the same thing, but how far apart the two are."""
    for group in analysis.by_sentence:
        for rate, apart in zip(group, group[1:], strict=False):
            one, other = rate.quantity, apart.quantity
            if (
                one.unit.name == other.unit.name == "%"
                and other.exact
                and other.span not in seen
                and apart.clause - rate.clause == 1
                and _ABOVE_LEAD.fullmatch(apart.lead)
                and _RATE.search(rate.lead)
                and not _SPEED.search(rate.lead)
                and "目标" not in apart.lead
                and one.value >= _HIGH
                and other.value <= _APART
                and other.value * _TIMES < one.value
                and not apart.trail.startswith(("的", "以"))
            ):
                yield Checked(other.span)
                yield Finding(
                    other.span,
                    Message(
                        f"{one.text} 与另一个率相差多少，应当用百分点：“{other.text}”疑为“{show(other.value)}个百分点”，请核对",
                        f"two rates lie apart by percentage points: “{other.text}”",
                    ),
                    (Related(one.span, "比率"),),
                    severity=Severity.WARNING,
                )


#: What changes by a percentage, right before the word that says so.
_OF_ABSOLUTE = compiled(
    r"(浓度|收入|产值|总额|产量|投资额|案件数?|警情数?|投诉量|信访量|起数|件数|人数|数量|时间|时限|时长)(?:同比|环比|按年|较(?:上年|去年|20\d\d年)(?:同期)?|比(?:上年|去年|20\d\d年)(?:同期)?|平均|持续|累计)*(?:下降|上升|增长|增加|提高|减少|降低|压缩|压减|缩短|改善)了?$"
)
_SPEED = compiled(r"增速|涨幅|降幅|增幅|幅度|程度|系数|权重|份额|达标|贡献|水平|预期|目标|高于|低于")


def _bare(analysis: Analysis, seen: set[Span]) -> Iterator[Outcome]:
    """PM2.5浓度同比下降3.2个百分点: a change in points of what is no percentage, its value not printed."""
    for claim in analysis.claims:
        if claim.quantity.kind != "point" or claim.quantity.span in seen or claim.role not in CHANGES:
            continue
        match = _OF_ABSOLUTE.search(claim.lead)
        if match is None or _RATE.search(claim.lead) or _SPEED.search(claim.lead):
            continue
        yield Checked(claim.quantity.span)
        yield Finding(
            claim.quantity.span,
            Message(
                f"“{match[1]}”不是百分数，它的增减用百分比，不用百分点，请核对“{claim.quantity.text}”",
                f"{match[1]} is no percentage: its change is counted in %, not in points",
            ),
        )


def _rate(growth: Growth, known: Figure, change: Change) -> Iterator[Finding]:
    """A rate's change printed in %."""
    printed = change.figure.quantity
    if growth.value is None or growth.base is None:
        told = _is_relative(growth, known, change) or _of_a_count(growth, change)
        if printed.exact and not known.claim.planned and _is_rate(known) and not told:
            yield _points(change, known, sure=False)
        return
    value, base = growth.value.quantity, growth.base.quantity
    points = difference(value, base)
    relative = percent_of(points, interval(base))
    if not covers(points, printed):
        return
    if not covers(relative, printed):
        yield _points(change, growth.value, sure=True)
    elif (
        base.value
        and abs(value.value - base.value) == printed.value
        and (abs(printed.value / base.value * HUNDRED - printed.value) > printed.step / 2 or _is_rate(growth.value))
    ):
        # 94.8% against 93.0%: 1.8 to the last place, while 1.94% would be the growth of the rate. Near 100% the two print alike,
        # and a difference of rates is what is meant.
        yield _points(change, growth.value, sure=False)


def _is_relative(growth: Growth, known: Figure, change: Change) -> bool:
    """Whether the points are told beside it, and the % is what they come to: 95.6%，提高4.1个百分点，增幅4.5%."""
    for points in growth.changes:
        if points.figure.unit.kind != "point" or not points.figure.quantity.exact or growth.value is not known:
            continue
        (low, high), (least, most) = interval(known.quantity), interval(points.figure.quantity)
        base = (low - most, high - least) if points.movement.sign > 0 else (low + least, high + most)
        if base[0] > 0 and covers(percent_of((least, most), base), change.figure.quantity):
            return True
    return False


def _is_rate(figure: Figure) -> bool:
    return _RATE.search(figure.lead) is not None and not _NO_RATE.search(figure.lead)


def _of_a_count(growth: Growth, change: Change) -> bool:
    """Whether the % is that of a count and its Δ: 优良率76.2%，优良天数138天，增加18天，增长15.0%."""
    for delta in growth.changes:
        if delta.figure.unit.kind in ("percent", "point") or not delta.figure.quantity.exact:
            continue
        part = interval(delta.figure.quantity)
        for other in growth.others:
            if other.unit.name == delta.figure.unit.name:
                low, high = interval(other.quantity)
                wholes = ((low - part[1], high - part[0]), (low + part[0], high + part[1]))
                if any(whole[0] > 0 and covers(percent_of(part, whole), change.figure.quantity) for whole in wholes):
                    return True
    return False


def _no_rate_near(growth: Growth) -> bool:
    """Whether no percentage stands before the change that its points could belong to."""
    return growth.base is not None or not any(other.unit.kind == "percent" for other in growth.others)


def _points(change: Change, value: Figure, *, sure: bool) -> Finding:
    printed = change.figure.quantity
    return Finding(
        printed.span,
        Message(
            f"{value.quantity.text} 是比率，它的增减应当用百分点：“{printed.text}”疑为“{show(printed.value)}个百分点”，请核对",
            f"{value.quantity.text} is a rate; “{printed.text}” probably means percentage points",
        ),
        (Related(value.quantity.span, "比率"),),
        severity=Severity.ERROR if sure else Severity.WARNING,
    )


def _percent(change: Change, value: Figure) -> Finding:
    printed = change.figure.quantity
    return Finding(
        printed.span,
        Message(
            f"{value.quantity.text} 不是百分数，它的增减用百分比，不用百分点，请核对“{printed.text}”",
            f"{value.quantity.text} is no percentage: its change is counted in %, not in points",
        ),
        (Related(value.quantity.span, "本期"),),
    )
