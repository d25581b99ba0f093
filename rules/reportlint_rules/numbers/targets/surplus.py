"""By how much a result passes its target or falls short of it: 目标50亿元，实际57.5亿元，超额完成15%; 任务280个，完成266个，还差14个."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportlint.analysis import Analysis
from reportlint.claims import CHANGES, Claim, Role
from reportlint.finding import Checked, Finding, Message, Outcome, Related
from reportlint.numbers import Quantity, same_unit
from reportlint.patterns import compiled
from reportlint_rules.numbers.figures import HUNDRED, scaled, show
from reportlint_rules.numbers.intervals import Interval, covers, interval, percent_of

_GOAL = r"(?:目标|任务|计划|预算|指标|进度)"
_BEYOND = compiled(
    rf"(?:，|已|并|实际|共)*(?:超额(?:完成|实现)?|超(?:出|过|额)?(?:年度|全年|年初|既定|省定|市定|预定)?{_GOAL}{{1,2}}(?:数|任务)?|比(?:年度|全年|年初)?{_GOAL}(?:任务|数)?(?:多|超|增加|多完成)[一-龥]{{0,2}}?)(?:完成|了|约)*$"
)
_SHORT = compiled(
    rf"(?:，|仍|还|尚|但|与)*(?:(?:距|距离|离|比|与)(?:完成)?(?:年度|全年|年初|既定|省定|市定)?{_GOAL}(?:任务|数)?(?:要求)?(?:还|尚|仍|相)?(?:差|缺|少|欠)|(?:还|尚|仍)(?:差|欠)|短收|欠收|未完成|欠完成)(?:了|约)*$"
)
_IS_GOAL = compiled(r"目标|任务|计划|预算|指标|年初确定|下达|应完成")
_RESULT = compiled(r"^(?:截至)?[一-龥]{0,6}?(?:实际|完成|已|全年|新增|累计|共|建成|实现|入库|签约|到位)")
_LIMIT = compiled(r"控制在$")
_ACTUAL = compiled(r"^实际[一-龥]{0,8}$")
_SAID_MET = compiled(
    r"，(?:圆满|全面|如期|顺利|超额|已|均|较好)*(?:完成|实现|达到)了?[^，。；]{0,8}(?:目标|任务|要求|指标)"
)
_SAID_DONE = compiled(r"，(?:圆满|如期|顺利|超额|提前|全面)+(?:完成|实现)(?=[，。；]|$)")
_GOAL_BEHIND = compiled(r"(?:以上)?的?(?:年度|全年)?(?:目标|任务|要求)")
_AT_MOST = compiled(r"以内|以下|不超过|不高于|控制在|左右")
#: What a change of an earlier period is measured from is no target.
_EARLIER = compiled(r"上年|去年|同期|同比|环比|20\d\d年")


def surpluses(analysis: Analysis) -> Iterator[Outcome]:
    """Every such distance from a target, with those that the two figures belie."""
    text = analysis.reading.text
    for group in analysis.by_sentence:
        for index, claim in enumerate(group):
            if index > 1 and claim.lead and claim.quantity.exact:
                yield from _distance(group, index)
            if index and _LIMIT.search(group[index - 1].lead) and _ACTUAL.match(claim.lead):
                yield from _over_limit(text, group[index - 1], claim)
            if index and claim.role in (Role.UP, Role.DOWN) and "实际" in claim.lead:
                yield from _change_short(text, group[index - 1], claim)


def _distance(group: Sequence[Claim], index: int) -> Iterator[Outcome]:
    claim = group[index]
    beyond = _BEYOND.fullmatch(claim.lead) is not None
    if not beyond and not _SHORT.fullmatch(claim.lead):
        return
    pair = _pair(group, index)
    if pair is None:
        return
    target, result = pair
    printed = claim.quantity
    goal, reached = _goal(target.quantity), interval(result.quantity)
    apart: Interval = reached[0] - goal[1], reached[1] - goal[0]
    if not beyond:
        apart = -apart[1], -apart[0]
    if printed.unit.name == "%":
        if target.quantity.kind == "percent":
            return
        bounds = percent_of(apart, goal)
    elif same_unit(printed, target.quantity):
        bounds = apart
    else:
        return
    yield Checked(printed.span)
    if bounds[1] < 0 or not covers(bounds, printed):
        yield _mismatch(target, result, printed)


def _goal(target: Quantity) -> Interval:
    """What the target stands for: a round number is meant as it is, a budget of 37.5亿元 has been rounded."""
    round_sum = len(target.value.normalize().as_tuple().digits) < 3
    return (target.value, target.value) if round_sum or target.kind in ("count", "area") else interval(target)


def _pair(group: Sequence[Claim], index: int) -> tuple[Claim, Claim] | None:
    """The target and the result right before the figure, in whichever order."""
    claim = group[index]
    near = [
        one
        for one in group[max(0, index - 4) : index]
        if one.quantity.kind not in ("percent", "point")
        and not one.mean
        and one.role not in CHANGES
        and one.role is not Role.BASE
    ]
    if len(near) < 2 or claim.clause - near[-1].clause > 2 or claim.depth != near[-1].depth:
        return None
    one, other = near[-2:]
    if not same_unit(one.quantity, other.quantity) or other.clause - one.clause > 2:
        return None
    for target, result in ((one, other), (other, one)):
        goal = (
            target.planned
            or _IS_GOAL.search(target.lead)
            or compiled(r"的?(?:年度|全年)?(?:目标|任务)").match(target.trail)
        )
        if not goal or result.planned or _IS_GOAL.search(result.lead) or _EARLIER.search(target.lead + result.lead):
            continue
        exact = target.quantity.exact and result.quantity.exact and target.quantity.value > 0
        if exact and not (result.subset or target.subset) and _RESULT.match(result.lead):
            return target, result
    return None


def _over_limit(text: str, limit: Claim, result: Claim) -> Iterator[Outcome]:
    """排放总量控制在2.1万吨以内，实际排放2.3万吨，圆满完成目标."""
    if (
        not same_unit(limit.quantity, result.quantity)
        or not result.quantity.exact
        or result.clause - limit.clause != 1
        or not _SAID_MET.match(text, result.at.end)
    ):
        return
    yield Checked(result.quantity.span)
    if result.quantity.value > limit.quantity.value:
        yield Finding(
            result.quantity.span,
            Message(
                f"写明控制在 {limit.quantity.text}，结果却是 {result.quantity.text}，又写完成了目标，请核对",
                "the verdict contradicts its own figures",
            ),
            (Related(limit.quantity.span, "目标"),),
        )


def _change_short(text: str, target: Claim, result: Claim) -> Iterator[Outcome]:
    """目标是下降5%以上，实际下降4.2%，超额完成: of two changes of one way the target's is the smaller where it is met."""
    if (
        target.role is not result.role
        or not same_unit(target.quantity, result.quantity)
        or result.clause - target.clause != 1
        or not (_IS_GOAL.search(target.lead) or "要求" in target.lead or _GOAL_BEHIND.match(target.trail))
        or _EARLIER.search(target.lead)
        or _AT_MOST.search(target.lead + target.trail)
        or not result.quantity.exact
        or not (_SAID_MET.match(text, result.at.end) or _SAID_DONE.match(text, result.at.end))
    ):
        return
    yield Checked(result.quantity.span)
    if result.quantity.value < target.quantity.value:
        way = "上升" if result.role is Role.UP else "下降"
        yield Finding(
            result.quantity.span,
            Message(
                f"目标是{way} {target.quantity.text}，实际只{way} {result.quantity.text}，却写完成了目标，请核对",
                "the verdict contradicts its own figures",
            ),
            (Related(target.quantity.span, "目标"),),
        )


def _mismatch(target: Claim, result: Claim, printed: Quantity) -> Finding:
    gap = abs(result.quantity.value - target.quantity.value)
    if printed.unit.name == "%":
        shown = f"{result.quantity.text} 比目标 {target.quantity.text} 相差 {show(gap / target.quantity.value * HUNDRED, 1)}%"
    else:
        shown = f"{result.quantity.text} 与目标 {target.quantity.text} 相差 {scaled(gap, printed)}"
    return Finding(
        printed.span,
        Message(f"{shown}，与写明的 {printed.text} 不符，请核对", f"{shown}: the text says {printed.text}"),
        (Related(target.quantity.span, "目标"), Related(result.quantity.span, "本期")),
    )
