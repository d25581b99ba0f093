"""PV001, PV004: values outside what can be and what is likely."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from decimal import Decimal

from reportlint.analysis import Analysis
from reportlint.claims import CHANGES, Claim, Role
from reportlint.finding import Checked, Finding, Message, Outcome, Related, Severity
from reportlint.indicators import IndicatorValue
from reportlint.patterns import compiled
from reportlint.rule import rule
from reportlint_rules.numbers.figures import HUNDRED, fits_rate
from reportlint_rules.values.catalogue import catalogue, show, values, within
from reportlint_rules.values.growth import growths
from reportlint_rules.values.ratios import Ratio, mean, ratio_values
from reportlint_rules.values.scales import off_scale
from reportlint_rules.values.units import misprinted_unit

#: How many times outside the plausible range a value must lie to be called a slip. Decibels and composite indices, which are
#: no ratio scales, are held to the range itself.
_FAR = {
    "concentration": Decimal(2),
    "percent": Decimal(2),
    "other": Decimal(3),
    "noise": Decimal(1),
    "none": Decimal(1),
    "time": Decimal(1),
    "mass": Decimal(2),
    "money": Decimal(2),
    "area": Decimal(3),
}
#: The same for kinds not listed.
_OTHER_KIND = Decimal(2)
#: Kinds whose targets are levels like the results (失业率控制在5.5%以内), not limits of another statistic.
_AIMED_ALIKE = frozenset({"percent", "money", "mass"})
#: Other statistics than the one the plausible range is for: peaks, hours, days, waste water.
OTHER_STATISTIC = compiled(
    r"小时(?!滑动|平均第)|瞬时|峰值|最高|最大(?!8)|最低|最小|极值|单日|当日|日均(?!值?第)|(?:治理|整治|改造|修复)前|一度|沙尘|超标|爆表|事故|泄漏|进水|出水|排放|废水|尾水|污水|总排|渗滤|原液|黑臭|焊接|车间|室内|井下|尿|血|点位|农户|某"
)
#: 新生入学率102.3%（毛入学率口径）.
_OTHER_BASIS = compiled(r"[（(][^（）()]{0,12}(?:毛入学|口径)")
_EXTREME = compiled(r"最[高低大多少]|封顶|上限")


@rule(
    "PV001",
    "impossible-value",
    severity=Severity.ERROR,
    bad=(
        "全市空气质量优良率⟦101%⟧，同比提高2.3个百分点。",
        "抽检蔬菜样品420批次，合格率⟦120%⟧。",
        "断面水质pH值为⟦15⟧，其余指标达到Ⅲ类标准。",
        "上半年SO2平均浓度为⟦-5微克/立方米⟧。",
    ),
    good=(
        "全市空气质量优良率100%，同比提高2.3个百分点。",
        "全年招商引资到位资金完成率120%。",
        "小学学龄儿童毛入学率102.3%，巩固率100%。",
        "断面水质pH值为7.5，合格率同比提高101个位次。",
    ),
)
def impossible_value(analysis: Analysis) -> Iterator[Outcome]:
    """指标取了不可能的值。

    优良率、合格率、覆盖率是部分与全体之比，不会超过 100%；pH 在 0 到 14 之间；浓度不会是负数。多半是多按了一位，或者把变化量写成了结果。

    完成率、增长率、毛入学率、拨备覆盖率等本来就可以超过 100%，不报；“提高 120%”是变化，不是指标的值。
    """
    for value in values(analysis):
        indicator, shown = value.indicator, value.quantity.text
        low, high = indicator.hard_min, indicator.hard_max
        if (low is None and high is None) or value.unit.name not in (*indicator.units, indicator.unit.name):
            continue
        found = value.canonical
        if found is None or value.inherited:
            continue
        span = value.quantity.span
        yield Checked(span)
        if (
            not within(found, low, high)
            and not _over_fulfilled(analysis, value)
            and not _OTHER_BASIS.match(analysis.reading.text, value.claim.at.end)
        ):
            limits = _limits(low, high)
            yield Finding(
                span,
                Message(
                    f"{indicator.name}不可能是 {shown}（{limits}），请核对数值",
                    f"{indicator.name} cannot be {shown}; limits: {low}, {high}",
                ),
            )
    if "占比" in analysis.grams:
        yield from _more_than_all(analysis)


#: 占比达118%: a part of something, no measure of one thing by another (债务占GDP, 占上年, 占计划).
_PART_OF = compiled(r"(?:所占比[例重]|占比)(?:为|已?达到?|约|高达|是|升至|提高到)?$")
_BY_ANOTHER = compiled(
    r"GDP|生产总值|债务|负债|贷款|存款|依存|相当|计划|目标|任务|预算|进度|应|上年|去年|同期|序时|增[长加量幅]|毛"
)


def _more_than_all(analysis: Analysis) -> Iterator[Outcome]:
    """Shares of more than the whole."""
    for claim in analysis.claims:
        quantity = claim.quantity
        if quantity.unit.name != "%" or not quantity.exact or claim.planned or claim.role in CHANGES:
            continue
        if not _PART_OF.search(claim.lead) or _BY_ANOTHER.search(claim.lead):
            continue
        yield Checked(quantity.span)
        if quantity.value > HUNDRED and not _fits_counts(analysis, claim):
            yield Finding(
                quantity.span,
                Message(
                    f"占比不可能是 {quantity.text}（部分不会多于全体），请核对数值",
                    f"a share cannot be {quantity.text}: no part is more than the whole",
                ),
            )


def _over_fulfilled(analysis: Analysis, value: IndicatorValue) -> bool:
    """Whether two counts of the sentence give the rate: 计划60个，实际开工66个，开工率110%."""
    if value.indicator.unit.kind != "percent" or value.quantity.value <= HUNDRED:
        return False
    return _fits_counts(analysis, value.claim)


#: How many figures away the counts of a rate are looked for: every pair of them may be its own.
_NEAR = 40


def _fits_counts(analysis: Analysis, rate: Claim) -> bool:
    first, last = (bisect_left(analysis.claim_starts, place) for place in analysis.sentences[rate.sentence].at)
    own = bisect_left(analysis.claim_starts, rate.at.start)
    first, last = max(first, own - _NEAR), min(last, own + _NEAR)
    mine = [claim.quantity for claim in analysis.claims[first:last]]
    pairs = ((one, other) for one in mine for other in mine if one.kind == other.kind == "count" and one is not other)
    return any(other.value > 0 and fits_rate(one, other, rate.quantity) for one, other in pairs)


def _limits(low: Decimal | None, high: Decimal | None) -> str:
    if low is None or high is None:
        return f"不会低于 {show(low)}" if low is not None else f"不会高于 {show(high or Decimal())}"
    return f"应在 {show(low)} 到 {show(high)} 之间"


@rule(
    "PV004",
    "implausible-value",
    severity=Severity.WARNING,
    bad=(
        "全年PM2.5平均浓度为⟦350微克/立方米⟧，同比下降4.1%。",
        "临河断面总磷平均浓度为⟦5.2毫克/升⟧，达到Ⅲ类标准。",
        "立案查处环境违法案件26起，罚款⟦260亿元⟧。",
    ),
    good=(
        "全年PM2.5平均浓度为35微克/立方米，同比下降4.1%。",
        "受沙尘影响，PM10小时浓度最高达950微克/立方米。",
        "立案查处环境违法案件26起，罚款260万元。",
        "污水处理厂进水化学需氧量平均浓度为280毫克/升。",
        "临河断面总磷平均浓度为0.052毫克/升，达到Ⅲ类标准。",
    ),
)
def implausible_value(analysis: Analysis) -> Iterator[Outcome]:
    """指标的值远离常见范围。

    全国各城市的 PM2.5 年均浓度都在几到一百微克，写成 350 多半是点错了小数点，或者漏了小数点。范围见指标目录，超出一倍以上才报。
    罚款与立案数、资金与户数人数、产量与面积写在一句里的，核对平均每案、每户、每亩是多少（ratios.csv）：差一万倍，多半是“元”“万元”“亿元”写错了。
    生产总值、财政收入等写了增幅的，核对增幅（growth.csv）。
    产值、总投资一类总额只有几元、几十元，多半漏了“万”“亿”；“占总数的102%”、同一处夜间比昼间还吵，也提示核对。
    目录里没有的“某某率”超过 100% 也提示核对；增长率、完成率、利用率一类本来就可以超过的，目录里注明，不报。

    小时值、日均值、最大值、沙尘天气、污水处理厂进出水和企业排放，与年均值、地表水不是一回事，不报；目标值、限值不报。
    """
    for value in values(analysis):
        indicator = value.indicator
        low, high = indicator.plausible_min, indicator.plausible_max
        found = value.canonical
        if (
            (low is None and high is None)
            or found is None
            or (value.target and indicator.unit.kind not in _AIMED_ALIKE)
            or value.inherited
            or (_EXTREME if indicator.unit.kind == "money" else OTHER_STATISTIC).search(value.words)
        ):
            continue
        span = value.quantity.span
        if not within(found, indicator.hard_min, indicator.hard_max) or misprinted_unit(value):
            continue
        yield Checked(span)
        if not within(found, low, high, _FAR.get(indicator.unit.kind, _OTHER_KIND)) and not value.quantity.ranged:
            yield Finding(span, _unlikely(value, found))
    for ratio, above, below in ratio_values(analysis):
        span = above.quantity.span
        yield Checked(span)
        each = mean(ratio, above, below)
        if not within(each, ratio.plausible_min, ratio.plausible_max, ratio.factor):
            yield Finding(span, _unlikely_mean(ratio, each), (Related(below.quantity.span, "除以"),))
    yield from _unknown_rates(analysis)
    yield from off_scale(analysis)
    for name, low, high, claim in growths(analysis):
        yield Checked(claim.quantity.span)
        change = claim.quantity.value if claim.role is Role.UP else -claim.quantity.value
        # What is aimed at keeps within the bounds; results leave them in years out of the common.
        if not within(change, low, high, Decimal(1) if claim.planned else _FAR["percent"]):
            yield Finding(
                claim.quantity.span,
                Message(
                    f"{name}一年增减 {claim.quantity.text}，远离常见范围（{show(low)}%—{show(high)}%），请核对小数点",
                    f"{name} changed by {claim.quantity.text}, far outside the usual {show(low)}% to {show(high)}%",
                ),
            )


#: A rate in front of its figure: 公交准点率189%.
_RATE_NAME = compiled(
    r"(?P<name>[一-龥]{1,8}率)(?:均|已|都|也)?(?:达到了?|达|为|是|约|控制在|保持在|稳定在|高达|提高到|提升到|提升至|提高至|上升到|不低于|超过)?(?:约|近)?$"
)


#: Why it may exceed a hundred: 主要是回收了部分往年残留.
_EXPLAINED = compiled(r"往年|历年|结转|上年度?(?:的|未)|口径|主要是|原因是|跨年|含[一-龥]{0,6}(?:年|补)")


def _unknown_rates(analysis: Analysis) -> Iterator[Outcome]:
    """Rates that no catalogue knows, above a hundred per cent."""
    high = [claim for claim in analysis.claims if claim.quantity.unit.name == "%" and claim.quantity.value > HUNDRED]
    if not high:
        return
    bound = {value.claim for value in values(analysis)}
    known = catalogue(analysis.context.indicators, only_own=analysis.context.only_own)
    for claim in high:
        if claim in bound or claim.role in CHANGES or claim.role is Role.BASE:
            continue
        said = _RATE_NAME.search(claim.lead)
        if said is None or any(known.named(said["name"][at:]) for at in range(len(said["name"]) - 1)):
            continue
        sentence = analysis.sentences[claim.sentence].at
        if _fits_counts(analysis, claim) or _EXPLAINED.search(analysis.reading.text, sentence.start, sentence.end):
            continue
        yield Checked(claim.quantity.span)
        yield Finding(
            claim.quantity.span,
            Message(
                f"{said['name']}一般不超过 100%，这里是 {claim.quantity.text}，请核对",
                f"{said['name']} of {claim.quantity.text} exceeds 100%",
            ),
        )


def _unlikely_mean(ratio: Ratio, each: Decimal) -> Message:
    usual = f"{show(ratio.plausible_min)}—{show(ratio.plausible_max)} {ratio.unit}"
    shown = show(each.quantize(Decimal(1) if each >= 100 else Decimal("0.01")))
    return Message(
        f"{ratio.name}合 {shown} {ratio.unit}，远离常见范围（{usual}），请核对“元”“万元”“亿元”",
        f"{ratio.name}: {shown} {ratio.unit} each, far outside the usual {usual}; check the magnitude",
    )


def _unlikely(value: IndicatorValue, found: Decimal) -> Message:
    indicator, shown = value.indicator, value.quantity.text
    low, high, unit = indicator.plausible_min, indicator.plausible_max, indicator.unit.name
    meant = next(
        (moved for power in (-1, 1, -2, 2, -3, 3) if within(moved := found.scaleb(power), low, high)),
        None,
    )
    guess = f"，是否应为 {show(meant)}{unit}" if meant is not None else ""
    usual = f"{show(low) if low is not None else ''}—{show(high) if high is not None else ''}{unit}"
    return Message(
        f"{indicator.name} {shown} 远离常见范围（{usual}）{guess}，请核对小数点和单位",
        f"{indicator.name} of {shown} is far outside the usual range of {usual}; check the decimal point and the unit",
    )
