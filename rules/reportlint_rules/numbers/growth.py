"""NM107, NM109: a change that its own value and base contradict."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from reportlint.analysis import Analysis
from reportlint.claims import CHANGES, Claim, Role
from reportlint.finding import Checked, Finding, Message, Outcome, Related, Severity
from reportlint.rule import rule
from reportlint.span import Span
from reportlint_rules.numbers.binding import by_sentence
from reportlint_rules.numbers.figures import HUNDRED, same_unit, scaled, show

_RISE = re.compile(r"增长|增加|提高|提升|上升|增至|升至|升到|增到|上涨|扩大|多|高|增收|增幅")
_FALL = re.compile(r"下降|减少|降低|回落|降至|降到|减至|压减|压缩|缩短|缩减|下滑|收窄|缩小|下调|减收|降幅|少|低")
_BASE_WORD = re.compile(r"上年|去年|同期|年初|上月|上季|前年|20\d\d年|年末|年底|由|从|原来|原|基数")
_FLAT = re.compile(r"[^，；。]{0,4}?(?:基本)?持平")
_RESTATED = re.compile(r"同口径|可比|剔除|扣除|还原|不变价|实际增长|名义|口径|年均|平均每年|累计")
_RATE_WORD = re.compile(r"率|占比|比重|比例|覆盖面|满意度|贡献度")
#: A base that compares what was just said, without a subject of its own.
_BARE_BASE = re.compile(r"(?:，|而|（)?(?:明显|大幅|稍|略)?(?:同比|较|比|与|和|低于|高于|优于|上年|去年|同期|年初|前年|20\d\d年)")
#: A change without a subject of its own.
_BARE_CHANGE = re.compile(
    r"(?:同比|环比|实际|即|也就是|共|净|，|比[^，；]{0,9}|较[^，；]{0,9})*(?:增长|增加|提高|提升|上升|多|高|扩大|下降|减少|降低|回落|压减|压降|压缩|缩短|缩减|下滑|收窄|缩小|少|低|改善|好转|反弹|恶化|变差|增收|减收)"
    r"(?:了|为|达|达到|约|幅度为)?|(?:同比|，)*(?:增幅|降幅|涨幅|增速)(?:为|达|达到|约)?"
)
_TINY = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class Growth:
    """A value, the base it is compared with, and the changes said to lie between them."""

    value: Claim
    base: Claim
    changes: tuple[Claim, ...]


def _is_value(claim: Claim, base: Claim) -> bool:
    return (
        same_unit(claim.quantity, base.quantity)
        and claim.quantity.exact
        and not claim.quantity.ordinal
        and claim.role not in CHANGES
        and claim.role is not Role.BASE
    )


def _plain_base(claim: Claim) -> bool:
    quantity = claim.quantity
    if claim.role is not Role.BASE or not quantity.exact or quantity.ordinal or quantity.quoted or quantity.kind in ("time", "level", "rank"):
        return False
    return quantity.value > 0 and (quantity.unit.name != "" or quantity.step < 1 or quantity.value > 1)


def growths(analysis: Analysis) -> Iterator[Growth]:
    """Every value whose base is printed in the same sentence, with the changes that follow.

    Two shapes: 由B…到V，变化C and V，较上年同期的B…变化C. The value is the nearest figure of the base's unit on the side that the
    shape asks for; where another such figure stands as near, none is taken.
    """
    for group in by_sentence(analysis.claims):
        bases = [index for index, claim in enumerate(group) if _plain_base(claim)]
        for position, index in enumerate(bases):
            base = group[index]
            stop = bases[position + 1] if position + 1 < len(bases) else len(group)
            moved = base.cue is not None and base.cue.word in ("由", "从")
            bare = moved or _BARE_BASE.match(base.lead) is not None
            value = _after(group[index + 1 : stop], base) if moved else _before(group[:index], base) if bare else None
            if value is None:
                continue
            start = group.index(value) if moved else index
            yield Growth(value, base, tuple(_changes(group[start + 1 : stop], base)))


def _after(following: Sequence[Claim], base: Claim) -> Claim | None:
    for claim in following:
        if claim.clause > base.clause:
            return None
        if _is_value(claim, base) and claim.role is Role.VALUE:
            return claim
    return None


def _before(preceding: Sequence[Claim], base: Claim) -> Claim | None:
    """The figure that the base is the base of: the last one, in this clause or the one before."""
    for claim in reversed(preceding):
        if base.clause - claim.clause > 2 or claim.depth > base.depth:
            return None
        if claim.depth < base.depth and base.clause - claim.clause > 1:
            return None
        if _is_value(claim, base):
            listed = any(other is not claim and other.clause == claim.clause and _is_value(other, base) for other in preceding)
            return None if listed else claim
        if claim.role is Role.BASE:
            return None
    return None


def _changes(following: Sequence[Claim], base: Claim) -> Iterator[Claim]:
    """The changes said of the pair: those that come before any other figure of the base's unit or another subject."""
    last = base.clause
    for claim in following:
        if claim.clause - last > 1:
            return
        last = claim.clause
        if claim.role not in CHANGES or not claim.quantity.exact or claim.planned or not _BARE_CHANGE.fullmatch(claim.lead):
            return
        if claim.quantity.kind in ("percent", "point") or same_unit(claim.quantity, base.quantity):
            yield claim
        else:
            return


def _bounds(growth: Growth) -> tuple[Decimal, Decimal]:
    """The least and greatest difference value − base that the printed figures allow."""
    value, base = growth.value.quantity, growth.base.quantity
    assert value.low is not None and value.high is not None and base.low is not None and base.high is not None
    return value.low - base.high, value.high - base.low


def _relative(growth: Growth) -> tuple[Decimal, Decimal]:
    low, high = _bounds(growth)
    base = growth.base.quantity
    assert base.low is not None and base.high is not None
    ends = [low / max(base.low, _TINY), low / max(base.high, _TINY), high / max(base.low, _TINY), high / max(base.high, _TINY)]
    return min(ends) * HUNDRED, max(ends) * HUNDRED


def _covers(low: Decimal, high: Decimal, change: Claim) -> bool:
    """Whether a change of that size can be printed so; the sign is judged apart, and truncation is allowed for."""
    printed = change.quantity
    least, most = sorted((abs(low), abs(high)))
    if low <= 0 <= high:
        least = Decimal(0)
    return most >= printed.value - printed.step / 2 and least < printed.value + printed.step


def _exact_difference(growth: Growth, change: Claim) -> bool:
    low, high = _bounds(growth)
    return _covers(low, high, change)


def direction(claim: Claim, growth: Growth) -> int:
    """+1 where the words say up, −1 where they say down, 0 where they leave it open."""
    if claim.role is Role.UP:
        return 1
    if claim.role is Role.DOWN:
        return -1
    if growth.value.quantity.kind == "percent":
        return 1 if claim.role is Role.BETTER else -1
    if growth.value.quantity.kind == "concentration":
        return -1 if claim.role is Role.BETTER else 1
    return 0


def _percent_of_percent(growth: Growth, change: Claim) -> bool:
    return growth.value.quantity.kind == "percent" and change.quantity.kind == "percent"


@rule(
    "NM107",
    "growth-mismatch",
    severity=Severity.WARNING,
    bad=(
        "总磷平均浓度0.052mg/L，较去年同期的0.064mg/L下降⟦3.7%⟧。",
        "办理时限由20个工作日⟦增加⟧到12个工作日。",
        "信访总量156件，比上年同期的183件减少27件，下降⟦24.8%⟧。",
        "二氧化硫平均浓度8微克/立方米，与上年同期的11微克/立方米⟦持平⟧。",
    ),
    good=(
        "总磷平均浓度0.052mg/L，较去年同期的0.054mg/L下降3.7%。",
        "处理能力由2.5万吨提高到3.5万吨，增长40%。",
        "PM2.5平均浓度29.3微克/立方米，上年同期为30微克/立方米，下降2.7%。",
        "治理率达到57.8%，比上年末的50.0%提高7.8个百分点。",
    ),
)
def growth_mismatch(analysis: Analysis) -> Iterator[Outcome]:
    """增减幅度与前后两个数不符。

    本期数、上期数都印在句子里，增减多少、升还是降、是否持平，一算就知道。按印出的位数把每个数当作一个区间来算，四舍五入和去尾造成的差别不报。

    上期数没有写出来的不核对；“同口径”“剔除”“年均”另有基数，不核对；“改善”“反弹”只在知道指标高好还是低好时才判断方向。
    """
    for growth in growths(analysis):
        words = analysis.reading.text[min(growth.value.at.start, growth.base.at.start) - 12 : growth.base.at.end + 30]
        if _RESTATED.search(words):
            continue
        yield from _check_direction(analysis, growth)
        for change in growth.changes:
            if _percent_of_percent(growth, change):
                continue
            yield Checked(change.quantity.span)
            low, high = _relative(growth) if change.quantity.kind == "percent" else _bounds(growth)
            sign = direction(change, growth)
            # A printed Δ is another base for the percentage: 减少27件，下降14.8% may hold among themselves.
            if not _covers(low, high, change) and not _fits_delta(growth, change):
                yield _wrong_size(growth, change)
            elif (sign > 0 and high < 0) or (sign < 0 and low > 0):
                yield _wrong_way(analysis, growth, change)


def _fits_delta(growth: Growth, change: Claim) -> bool:
    if change.quantity.kind != "percent":
        return False
    base = growth.base.quantity
    for other in growth.changes:
        if other is not change and same_unit(other.quantity, base):
            share = other.quantity.value / base.value * HUNDRED
            if abs(share - change.quantity.value) < change.quantity.step:
                return True
    return False


def _check_direction(analysis: Analysis, growth: Growth) -> Iterator[Outcome]:
    """由B下降到V, and 持平, where no size is printed."""
    value, base = growth.value.quantity, growth.base.quantity
    low, high = _bounds(growth)
    between = growth.value.lead if growth.value.at.start > growth.base.at.start else ""
    rise, fall = _RISE.search(between), _FALL.search(between)
    if bool(rise) != bool(fall):
        yield Checked(value.span)
        match = rise or fall
        assert match is not None
        if (rise and high < 0) or (fall and low > 0):
            start = growth.value.at.start - len(between) + match.start()
            yield _turned(analysis, Span(start, start + len(match[0])), growth)
    flat = _FLAT.match(analysis.reading.text, growth.base.at.end)
    if flat and growth.value.at.start < growth.base.at.start:
        yield Checked(base.span)
        if (low > 0 or high < 0) and "基本" not in flat[0]:
            yield Finding(
                analysis.span(Span(flat.end() - 2, flat.end())),
                Message(
                    f"{value.text} 与 {base.text} 不等，不是持平，请核对",
                    f"{value.text} and {base.text} differ; not 持平 (level)",
                ),
                (Related(value.span, "本期"), Related(base.span, "上期")),
            )


def _turned(analysis: Analysis, at: Span, growth: Growth) -> Finding:
    value, base = growth.value.quantity, growth.base.quantity
    word = analysis.reading.text[at.start : at.end]
    truth = "上升" if value.value > base.value else "下降"
    return Finding(
        analysis.span(at),
        Message(
            f"从 {base.text} 到 {value.text} 是{truth}，与“{word}”相反，请核对",
            f"from {base.text} to {value.text} is a {'rise' if truth == '上升' else 'fall'}, the text says “{word}”",
        ),
        (Related(base.span, "上期"), Related(value.span, "本期")),
        severity=Severity.ERROR,
    )


def _wrong_way(analysis: Analysis, growth: Growth, change: Claim) -> Finding:
    assert change.cue is not None
    start = change.at.start - len(change.lead) + change.lead.rfind(change.cue.word)
    return _turned(analysis, Span(start, start + len(change.cue.word)), growth)


def _wrong_size(growth: Growth, change: Claim) -> Finding:
    value, base, printed = growth.value.quantity, growth.base.quantity, change.quantity
    difference = abs(value.value - base.value)
    if printed.kind == "percent":
        places = max(1, len(printed.text.rstrip("%").partition(".")[2]))
        actual = f"{show(difference / base.value * HUNDRED, places)}%"
        shown = f"（{value.text}－{base.text}）÷{base.text}，幅度应为 {actual}"
    else:
        actual = f"{show(difference)}{printed.unit.name}" if printed.kind == "point" else scaled(difference, printed)
        shown = f"{value.text} 与 {base.text} 相差 {actual}"
    return Finding(
        printed.span,
        Message(f"{shown}，与写明的 {printed.text} 不符，请核对", f"{shown}: the text says {printed.text}"),
        (Related(value.span, "本期"), Related(base.span, "上期")),
    )


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
        "全市共有规上企业120家，开工率95%，工业产值同比增长12.7%。",
    ),
)
def percent_for_points(analysis: Analysis) -> Iterator[Outcome]:
    """率的增减应当用“百分点”。

    两个百分数相减得到百分点：从 50% 到 57.8% 是提高 7.8 个百分点，不是提高 7.8%（那是 15.6%）。上期数印在句子里时以计算为准，算出来确是百分点的报 error；
    没有印上期数，率后面紧跟“同比上升 x%”的，提示核对。浓度、金额、件数的增减反过来用百分比，不用百分点。

    增长率、增速本身的比较另当别论，不报。
    """
    decided: set[Span] = set()
    for growth in growths(analysis):
        for change in growth.changes:
            if not _percent_of_percent(growth, change):
                continue
            decided.add(change.quantity.span)
            yield Checked(change.quantity.span)
            relative = _relative(growth)
            if not _covers(*relative, change):
                yield _points(change, growth.value, sure=_covers(*_bounds(growth), change))
    for group in by_sentence(analysis.claims):
        for value, change in zip(group, group[1:], strict=False):
            if change.quantity.span in decided or change.role not in CHANGES or not _bare_comparison(change, value):
                continue
            if _is_rate(value) and change.quantity.unit.name == "%" and change.quantity.exact:
                yield Checked(change.quantity.span)
                yield _points(change, value, sure=False)
            elif value.quantity.kind in ("concentration", "money") and change.quantity.kind == "point":
                yield Checked(change.quantity.span)
                yield _percent(change, value)


_COMPARISON = re.compile(
    r"(?:，|、)?(?:同比|环比|较上年(?:同期)?|比上年(?:同期)?|较去年(?:同期)?|比去年(?:同期)?|较20\d\d年(?:同期)?|比20\d\d年(?:同期)?|同期相比|与上年同期相比)*"
    r"(?:提高|上升|提升|下降|降低|增长|增加|减少|回落|改善)了?"
)


def _bare_comparison(change: Claim, value: Claim) -> bool:
    """Whether the change has no subject of its own and so speaks of the figure before it."""
    return (
        change.clause - value.clause <= 1
        and change.depth == value.depth
        and _COMPARISON.fullmatch(change.lead) is not None
        and not change.planned
        and not value.planned
    )


def _is_rate(value: Claim) -> bool:
    return (
        value.quantity.unit.name == "%"
        and value.role not in CHANGES
        and _RATE_WORD.search(value.lead) is not None
        and not re.search(r"增长率|增速|增幅|利率|费率|汇率|完成率", value.lead)
    )


def _points(change: Claim, value: Claim, *, sure: bool) -> Finding:
    printed = change.quantity
    return Finding(
        printed.span,
        Message(
            f"{value.quantity.text} 是比率，它的增减应当用百分点：“{printed.text}”疑为“{show(printed.value)}个百分点”，请核对",
            f"{value.quantity.text} is a rate; “{printed.text}” probably means percentage points",
        ),
        (Related(value.quantity.span, "比率"),),
        severity=Severity.ERROR if sure else Severity.WARNING,
    )


def _percent(change: Claim, value: Claim) -> Finding:
    return Finding(
        change.quantity.span,
        Message(
            f"{value.quantity.text} 不是百分数，它的增减用百分比，不用百分点，请核对“{change.quantity.text}”",
            f"{value.quantity.text} is no percentage: its change is counted in %, not in points",
        ),
        (Related(value.quantity.span, "本期"),),
    )
