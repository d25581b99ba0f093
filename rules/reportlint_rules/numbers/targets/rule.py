"""NM120: a target said to be met or beaten beside a result that is worse."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from reportlint.analysis import Analysis
from reportlint.claims import CHANGES, Claim, Role
from reportlint.finding import Checked, Finding, Message, Outcome, Related, Severity
from reportlint.movements import ends_in_change, lower_is_better
from reportlint.numbers import Bound, same_unit
from reportlint.patterns import compiled
from reportlint.phrase import clause_start
from reportlint.record import NamedTuple
from reportlint.rule import rule
from reportlint_rules.numbers.targets.kept import kept_within
from reportlint_rules.numbers.targets.surplus import surpluses

_GOAL = r"(?:目标|任务|要求|指标|计划|考核值?|预期|控制数|控制线|红线|时序进度)"
_SCOPE = r"(?:年度|全年|年初|省定|国定|市定|县定|国家|省级|市级|省里|上级|既定|预定|预期|下达的?|确定的?|规定的?|考核|控制|年末|时序|进度|序时|半年|季度|“?十[二三四五六]五”?|规划|预算|省政府|市政府|县政府|省市?)"
_VERDICT = r"(?P<verdict>超额完成|超额实现|优于|好于|完成|实现|达到|超过|高于|超出|突破|低于|少于|小于)"
_ADVERB = r"(?:均|也|都|已|并|且|提前|明显|大幅|略|稍|全面|圆满|顺利|仍|远|整体|总体|如期|一举|持续|继续){0,4}"
#: 优于30微克/立方米的年度目标: what leads to the target.
_LEADS = compiled(
    rf"{_ADVERB}{_VERDICT}了?(?P<words>(?:{_SCOPE}|{_GOAL}|[值的为]|不低于|不高于|不超过|下降|降低|减少|增长|提高|压减|上涨|涨幅|改善|新增|完成|建设|力争|达到){{0,8}})[（]?$"
)
_OF_GOAL = compiled(rf"(?:以内|以下|以上|左右|之内)?(?:的|）)?[^，。；、\d]{{0,10}}?{_GOAL}")
#: 优于省定目标: a verdict on a target printed before.
_ON_EARLIER = compiled(
    rf"[，；]{_ADVERB}{_VERDICT}了?(?P<words>(?:{_SCOPE}|建设|[一-龥]{{0,4}}?(?=任务|目标|计划)){{0,5}}){_GOAL}(?:任务|目标|值|要求){{0,2}}(?=[，。；])"
)
_BARE = compiled(rf"[，；]{_ADVERB}(?P<verdict>超额完成|超额实现)(?P<words>)了?(?=[，。；])")
#: What every verdict on a target stands in one sentence with.
_SPEAKS_OF_GOALS = compiled(rf"{_GOAL}|超额完成|超额实现")
_IS_GOAL = compiled(r"目标|任务|计划|指标|下达|要求")
_AIM = compiled(r"力争|确保|计划|预计|将|拟|要求|目标|任务|争取(?=达到|完成|实现)|有望")
#: 完成目标的105.6%: the figure before is no target said to be met, but what a rate is taken of.
_TAKEN_OF_BOTH = compiled(r"[、和及与][^，。；]{1,24}的(?:约)?\d[\d.]*%")
_TAKEN_OF = compiled(r"[^，。；\d]{0,10}的$")
_MORE = frozenset({"超额完成", "超额实现", "超过", "高于", "超出", "突破"})
_LESS = frozenset({"低于", "少于", "小于"})

#: What is counted, and so more of it is more done.
_COUNTED = frozenset({"count", "money", "area", "length", "mass"})


class Judged(NamedTuple):
    """A result, the target it is held against, and the verdict on it."""

    result: Claim
    target: Claim
    verdict: str


def verdicts(analysis: Analysis) -> Iterator[Judged]:
    """Every result that is said to meet, beat or stay below a printed target."""
    text = analysis.reading.text
    for group in analysis.by_sentence:
        if len(group) < 2:
            continue
        sentence = analysis.sentences[group[0].sentence].at
        if not _SPEAKS_OF_GOALS.search(text, *sentence):
            continue
        for index, target in enumerate(group):
            match = _LEADS.fullmatch(_lead(text, target))
            if match is None or not _is_target(text, group, index, match):
                continue
            result = _result(group[:index], target, bracketed=not target.lead)
            if result is not None:
                yield Judged(result, target, match["verdict"])
        for match in chain(*(each.finditer(text, *sentence) for each in (_ON_EARLIER, _BARE))):
            before = [claim for claim in group if claim.at.end <= match.start()]
            pair = _earlier(before, match)
            if pair is not None:
                yield Judged(*pair, match["verdict"])


def _lead(text: str, claim: Claim) -> str:
    """The words that lead to a figure, those before the bracket where it stands alone in one: 优于年度目标（33微克/立方米）."""
    if claim.lead or text[claim.at.start - 1 : claim.at.start] != "（":
        return claim.lead
    return text[clause_start(text, claim.at.start) : claim.at.start]


def _is_target(text: str, group: Sequence[Claim], index: int, match: re.Match[str]) -> bool:
    """Whether the figure is a target: the word stands before or after it, and no rate is taken of it."""
    target = group[index]
    after = _OF_GOAL.match(target.trail)
    named = compiled(_GOAL).search(match["words"]) is not None
    if (
        not (after or named)
        or target.quantity.bound is Bound.ABOUT
        or target.quantity.ranged
        or target.quantity.ordinal
    ):
        return False
    if match["words"].endswith("的") and target.quantity.kind == "percent" and match["verdict"] == "完成":
        return False
    taken = index + 1 < len(group) and _TAKEN_OF.fullmatch(text, target.at.end, group[index + 1].at.start) is not None
    # 完成年度任务120公里和160公里的57%和70%
    taken = taken or _TAKEN_OF_BOTH.match(text, target.at.end) is not None
    return not taken and "左右" not in target.trail[:3]


def _result(before: Sequence[Claim], target: Claim, *, bracketed: bool) -> Claim | None:
    """The figure that the target is held against: the nearest of its unit, in this clause or one of the two before."""
    for index in range(len(before) - 1, -1, -1):
        claim = before[index]
        if target.clause - claim.clause > 3 + bracketed or claim.depth != target.depth - bracketed:
            return None
        if not same_unit(claim.quantity, target.quantity):
            if claim.role in CHANGES or claim.quantity.kind in ("percent", "point", "rank"):
                continue
            return None
        if target.role in CHANGES and claim.role is not target.role:
            return None
        if target.role not in CHANGES and claim.role in CHANGES and target.clause - claim.clause > 1:
            continue
        listed = index > 0 and before[index - 1].clause == claim.clause and not claim.lead
        return claim if _is_result(claim) and not listed else None
    return None


def _is_result(claim: Claim) -> bool:
    quantity = claim.quantity
    return (
        quantity.exact
        and not (quantity.ordinal or quantity.quoted)
        and claim.role is not Role.BASE
        and _AIM.search(claim.lead) is None
    )


def _earlier(before: Sequence[Claim], match: re.Match[str]) -> tuple[Claim, Claim] | None:
    """The result and the target that a verdict without a figure of its own speaks of, where there is one of each."""
    targets = [claim for claim in before if _IS_GOAL.search(claim.lead) and claim.quantity.kind != "rank"]
    named = [claim for claim in targets if match["words"] and match["words"] in claim.lead]
    if len(named) == 1:
        targets = named
    if len(targets) != 1 or not targets[0].quantity.exact:
        return None
    target = targets[0]
    results = [
        claim
        for claim in before
        if claim is not target
        and same_unit(claim.quantity, target.quantity)
        and claim.role not in CHANGES
        and not _IS_GOAL.search(claim.lead)
    ]
    if len(results) != 1 or not _is_result(results[0]) or results[0].subset:
        return None
    return results[0], target


def lower_wanted(judged: Judged) -> bool | None:
    """Whether the verdict says that the result is the lower of the two; ``None`` where the words do not tell."""
    result, target, verdict = judged.result, judged.target, judged.verdict
    if verdict in _LESS:
        return None if result.role is Role.DOWN else True
    if result.role in (Role.UP, Role.DOWN, Role.BETTER) or ends_in_change(result.lead):
        # 能耗下降3.4%，优于下降3.0%的目标: of two changes the greater one is meant.
        return None if verdict not in _MORE and result.role is Role.UP and _burden(result) else False
    if verdict in _MORE and not verdict.startswith("超额"):
        return False
    if compiled(r"以内|以下|之内").match(target.trail) or compiled(r"不高于|不超过").search(target.lead):
        return True
    if compiled(r"以上").match(target.trail) or "不低于" in target.lead:
        return False
    if verdict.startswith("超额") and result.quantity.kind in _COUNTED:
        return False
    lower = lower_is_better(result.lead)
    if lower is None and (verdict.startswith("超额") or (verdict == "完成" and result.quantity.kind in _COUNTED)):
        return False
    return lower


def _burden(claim: Claim) -> bool:
    """Whether a rise of what is measured is nothing to be glad of."""
    return lower_is_better(claim.lead) is not False


@rule(
    "NM120",
    "target-contradiction",
    severity=Severity.WARNING,
    bad=(
        "1—9月PM2.5平均浓度为⟦33微克/立方米⟧，优于30微克/立方米的年度目标。",
        "全年完成投资⟦52.6亿元⟧，超额完成58.0亿元的年度目标任务。",
        "全年计划新建充电桩200个，实际建成⟦180个⟧，超额完成年度任务。",
    ),
    good=(
        "1—9月PM2.5平均浓度为28微克/立方米，优于30微克/立方米的年度目标。",
        "全年PM2.5平均浓度为33微克/立方米，未达到30微克/立方米的年度目标。",
        "全年完成投资62.6亿元，完成年度目标58.0亿元的107.9%。",
        "单位能耗下降3.4%，优于下降3.0%的年度目标。",
        "优良率86.3%，优于年度目标2.3个百分点。",
    ),
)
def target_contradiction(analysis: Analysis) -> Iterator[Outcome]:
    """写明优于目标，结果却比目标差。

    “优于”“好于”“超额完成”“低于……控制目标”后面印着目标值，前面印着结果，一比就知道。多半是结果更新了，评语没有跟着改，或者两个数抄反了。

    浓度、失业率、用时一类越低越好，优良率、就业、投资一类越高越好；分不清高好还是低好的不核对。“双过半”“快于序时进度”按完成的百分数和过去的月份看；另定了进度的（9月底要求80%）不看。

    “未达到”“尚有差距”、约数目标、
    “完成目标的百分之几”、目标之间的比较不核对。
    """
    if not any(
        word in analysis.grams
        for word in (
            "优于",
            "好于",
            "超额",
            "超过",
            "高于",
            "低于",
            "完成",
            "突破",
            "达到",
            "实现",
            "控制",
            "目标",
            "以内",
            "计划",
            "序时",
            "时序",
        )
    ):
        return
    seen = set()
    yield from kept_within(analysis)
    if analysis.period is not None and analysis.period.ahead:
        from reportlint_rules.numbers.targets.aims import aims

        yield from aims(analysis)
    yield from surpluses(analysis)
    if any(word in analysis.grams for word in ("过半", "序时", "时序")):
        from reportlint_rules.numbers.targets.schedule import schedules

        yield from schedules(analysis)
    for judged in verdicts(analysis):
        lower = lower_wanted(judged)
        result, target = judged.result.quantity, judged.target.quantity
        if lower is None or result.span in seen or not _near(judged):
            continue
        seen.add(result.span)
        yield Checked(result.span)
        if (lower and result.value > target.value) or (not lower and result.value < target.value):
            yield _contradiction(judged, lower)


def _near(judged: Judged) -> bool:
    """Whether the two figures are of one size: in 优于目标2微克/立方米 the figure is how far the target was beaten."""
    result, target = judged.result.quantity.value, judged.target.quantity.value
    named_before = not judged.target.lead or compiled(_GOAL).search(judged.target.lead) is not None
    return result > 0 and target > 0 and (not named_before or result <= target * 3)


def _contradiction(judged: Judged, lower: bool) -> Finding:
    result, target = judged.result.quantity, judged.target.quantity
    side, english = ("高于", "above") if lower else ("低于", "below")
    return Finding(
        result.span,
        Message(
            f"写明“{judged.verdict}”目标，但结果 {result.text} {side}目标 {target.text}，请核对",
            f"“{judged.verdict}” a target of {target.text}, but the result {result.text} is {english} it",
        ),
        (Related(target.span, "目标"),),
    )
