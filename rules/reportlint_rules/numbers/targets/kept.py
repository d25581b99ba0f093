"""Verdicts whose figures stand beside them: 失业率6.1%，控制在5.5%以内; 低于4.5%的控制目标0.9个百分点; 完成率92%，提前完成任务."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportlint.analysis import Analysis
from reportlint.claims import CHANGES, Claim, Role
from reportlint.finding import Checked, Finding, Message, Outcome, Related
from reportlint.movements import lower_is_better
from reportlint.numbers import Bound, same_unit
from reportlint.patterns import compiled
from reportlint.phrase import clause_start
from reportlint_rules.numbers.figures import HUNDRED, show
from reportlint_rules.numbers.intervals import covers

_KEPT = compiled(
    r"(?:(?:[涨增升]幅|成功|有效|稳定|始终|持续|全部|均|都|也|已)*控制在(?:了)?(?:年度|全年|年初|上级|省定|市定|下达|批复|[一-龥]{0,4}(?:预算|指标|概算|任务|目标))?(?:的)?|(?:全部|均|都)在)$"
)
#: 优于35微克/立方米的国家二级标准: a verdict on the value before it.
_AGAINST = compiled(
    r"(?:均|都|也|已|仍|依然|继续|持续|稳定|明显|远|大幅|优|，|且|并)*(?P<verb>优于|好于|低于|高于|超过|超出|劣于)(?:了)?(?:国家)?(?:[一二]级标准|标准限值|标准)?（?$"
)
_STANDARD = compiled(r"(?:的|）)?[^，。；\d]{0,8}(?:标准|限值|考核(?:目标|值)|目标值|控制目标|约束值)|）")
_WITHIN = compiled(r"(?:的[一-龥]{0,6}(?:目标|指标|限额|红线|控制数|计划))?(?:以内|以下|之内)")
#: 低于4.5%的控制目标, 高于预期目标（6%）: what leads from result to target, and from target to how far apart they are.
_BEYOND = compiled(r"(?P<verb>高于|超过|超出|高出|低于|少于)(?:了)?[^，。；\d]{0,10}（?$")
_OF_TARGET = compiled(r"(?:以内)?的?[^，。；\d]{0,8}(?:目标|任务|计划|控制数|要求|预期)(?:值|线)?|）")
#: 比90%的年度目标高1.4个百分点: the verb behind.
_THAN = compiled(r"(?:比|较)[^，。；\d]{0,8}")
_VERB_LAST = compiled(r"的[^，。；\d]{0,8}目标值?(?P<verb>高|低|多|少)(?:出|了)?")
#: 未完成6000人的年度任务: a verdict that the result belies where it is the greater.
_NOT_DONE = compiled(
    r"(?:仍|还|尚|但)?(?:未能?完成|未达到|没有完成)(?:年初|省定|市定)?(?:下降|降低|减少|压减|增长|提高|增加)?$"
)
_THE_TASK = compiled(r"的[^，。；\d]{0,8}(?:任务|目标)")
_AIM = compiled(r"力争|确保|计划|预计|将|拟|争取|要求")
_RATE_OF_DONE = compiled(r"(?:完成率|完成进度|执行率|完成比例|完成任务的|完成目标的|完成计划的)(?:为|达|达到|仅)?$")
#: What standards limit.
_LIMITED = frozenset({"concentration", "noise", "percent"})
#: How far before the figures of a sentence the target may be named.
_SIGHT = 400
_ALL_DONE = compiled(
    r"，(?:已|均|全面|圆满|顺利|如期)*(?P<verdict>提前完成|超额完成|圆满完成|全面完成|全部完成)了?(?:了)?(?:全年|年度|年初|既定|目标|各项|上级|省定|市定)*(?:任务|目标|计划)"
)


def kept_within(analysis: Analysis) -> Iterator[Outcome]:
    """Every verdict of these shapes, with those that the figures belie."""
    text = analysis.reading.text
    for group in analysis.by_sentence:
        aims = text.find("目标", max(0, group[0].at.start - _SIGHT), group[-1].at.start) >= 0
        for index, claim in enumerate(group):
            before = group[index - 1] if index else None
            if before is not None and _is_kept(before, claim):
                yield Checked(before.quantity.span)
                if _above(before, claim):
                    yield _finding(
                        before, claim, f"写明控制在 {claim.quantity.text}以内，结果却是 {before.quantity.text}"
                    )
            judged = _judged(group[:index], claim) if claim.quantity.kind in _LIMITED else None
            if judged is not None and (against := _against(text, judged, claim)):
                yield Checked(judged.quantity.span)
                if against[1]:
                    yield _finding(judged, claim, f"{judged.quantity.text} 与“{against[0]}{claim.quantity.text}”不合")
            if before is not None and _is_missed(before, claim):
                yield Checked(before.quantity.span)
                one, other = before.quantity.value, claim.quantity.value
                if one < other if before.quantity.kind == "concentration" else one >= other:
                    yield _finding(
                        before, claim, f"写明未完成 {claim.quantity.text} 的任务，结果却是 {before.quantity.text}"
                    )
            if aims and index > 1:
                yield from _apart(text, *group[index - 2 : index + 1])
            if claim.quantity.unit.name == "%" and _RATE_OF_DONE.search(claim.lead) and not claim.planned:
                said = _ALL_DONE.match(text, claim.at.end)
                if said and claim.quantity.exact and _AIM.search(claim.lead) is None:
                    yield Checked(claim.quantity.span)
                    if claim.quantity.value < HUNDRED:
                        yield _finding(claim, None, f"写明“{said['verdict']}”，完成率却只有 {claim.quantity.text}")


def _is_kept(result: Claim, limit: Claim) -> bool:
    return (
        limit.clause - result.clause == 1
        and "在" in limit.lead
        and _KEPT.fullmatch(limit.lead) is not None
        and (limit.quantity.bound is Bound.AT_MOST or _WITHIN.match(limit.trail) is not None)
        and same_unit(result.quantity, limit.quantity)
        and result.quantity.bound is Bound.EXACT
        and (result.role not in CHANGES or (result.role is Role.UP and limit.lead[1] == "幅"))
        and result.role is not Role.BASE
        and not _AIM.search(result.lead)
    )


def _judged(before: Sequence[Claim], limit: Claim) -> Claim | None:
    """The figure of the limit's unit before it, past the changes and brackets that stand between."""
    for claim in reversed(before[-4:]):
        if claim.depth > limit.depth or claim.role in CHANGES:
            continue
        return claim if same_unit(claim.quantity, limit.quantity) and limit.beat - claim.beat <= 3 else None
    return None


def _against(text: str, result: Claim, limit: Claim) -> tuple[str, bool] | None:
    """浓度38微克/立方米，优于35微克/立方米的标准: what the second says of the first, and whether it is wrong."""
    if limit.clause == result.clause:
        return None
    lead = text[clause_start(text, limit.at.start, "，；。\n") : limit.at.start]
    said = _AGAINST.fullmatch(lead)
    if said is None or _STANDARD.match(text, limit.at.end) is None:
        return None
    if not same_unit(result.quantity, limit.quantity) or result.quantity.bound is not Bound.EXACT:
        return None
    if result.role in CHANGES or result.role is Role.BASE or _AIM.search(result.lead):
        return None
    verb, value, edge = said["verb"], result.quantity.value, limit.quantity.value
    lower = result.quantity.kind != "percent" or lower_is_better(result.lead) is True
    below = verb == "低于" or (verb in ("优于", "好于") and lower) or (verb == "劣于" and not lower)
    return verb, value > edge if below else value < edge


def _is_missed(result: Claim, target: Claim) -> bool:
    return (
        target.clause - result.clause == 1
        and ("未" in target.lead or "没" in target.lead)
        and _NOT_DONE.fullmatch(target.lead) is not None
        and _THE_TASK.match(target.trail) is not None
        and same_unit(result.quantity, target.quantity)
        and result.quantity.exact
        and (
            result.role is target.role
            if result.role in CHANGES
            else result.quantity.kind in ("count", "money", "area", "mass", "length", "concentration")
            and target.role not in CHANGES
            and (lower_is_better(result.lead) is True) == _fewer(result)
        )
    )


def _fewer(result: Claim) -> bool:
    """Whether less of what is measured is more done: a concentration, but not its fall."""
    return result.quantity.kind == "concentration" and result.role not in CHANGES


def _above(result: Claim, limit: Claim) -> bool:
    return result.quantity.low is not None and result.quantity.low > limit.quantity.value


def _apart(text: str, result: Claim, target: Claim, gap: Claim) -> Iterator[Outcome]:
    """低于4.5%的控制目标0.7个百分点: which way and how far the result is from the target."""
    lead = text[clause_start(text, target.at.start, "，；。\n") : target.at.start]
    between = text[target.at.end : gap.at.start]
    said = _BEYOND.fullmatch(lead) if _OF_TARGET.fullmatch(between) else None
    said = said or (_VERB_LAST.fullmatch(between) if _THAN.fullmatch(lead) else None)
    if said is None:
        return
    if "目标" not in lead and "目标" not in text[target.at.end : gap.at.start]:
        return
    points = result.quantity.kind == "percent" and gap.quantity.kind == "point"
    if not (points or same_unit(result.quantity, gap.quantity)) or not same_unit(result.quantity, target.quantity):
        return
    if not (result.quantity.exact and gap.quantity.exact) or target.quantity.bound is Bound.ABOUT:
        return
    apart = result.quantity.value - target.quantity.value
    loose = (result.quantity.step + target.quantity.step) / 2
    low, high = apart - loose, apart + loose
    yield Checked(gap.quantity.span)
    up = said["verb"] in ("高于", "超过", "超出", "高出", "高", "多")
    if (up and high < 0) or (not up and low > 0) or not covers((low, high) if up else (-high, -low), gap.quantity):
        actual = show(abs(apart))
        yield _finding(
            gap,
            target,
            f"{result.quantity.text} 与目标 {target.quantity.text} 相差 {actual}，与“{said['verb']}…{gap.quantity.text}”不符",
        )


def _finding(claim: Claim, other: Claim | None, why: str) -> Finding:
    return Finding(
        claim.quantity.span,
        Message(f"{why}，请核对", "the verdict contradicts its own figures"),
        (Related(other.quantity.span, "目标"),) if other is not None else (),
    )
