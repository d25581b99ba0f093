"""The part and the whole of a rate among the figures printed before it."""

from __future__ import annotations

from collections.abc import Sequence

from reportlint.bonds import is_closed, same_thing
from reportlint.claims import CHANGES, Claim, Role
from reportlint.numbers import same_unit
from reportlint.patterns import compiled
from reportlint.phrase import clause_start
from reportlint_rules.numbers.figures import HUNDRED
from reportlint_rules.numbers.rates.rate_words import (
    ACTUAL,
    NAMED,
    OF_DONE,
    OF_PLAN,
    OTHER_BASE,
    SHARE_OF,
    SHARE_OF_NAMED,
    SHARE_TAIL,
    SUCH,
    TAKEN_OF,
    THINGS_OF,
    counts_of,
    is_to_do,
    speaks_of,
)

_STATE_WORDS = compiled(r"其中|已|实际|目前|现|正常|共|有")
_AT_LARGE = compiled(r"预算|总[额量数]|概算|总面积|总投资|总人口")
_DUE_LEAD = compiled(r"(?:^|[^反相对适回供])应[一-龥]{1,8}$")
_SAVINGS = compiled(r"节约|节支|节省|核减|审减")
#: A rate over all the time so far, which the count of one period does not make.
_OVERALL = compiled(r"累计|历年|总体上|综合")


def part_and_whole(text: str, figures: Sequence[Claim], rate: Claim) -> tuple[Claim, Claim] | None:
    """The part and the whole that ``rate`` surely speaks of, among the figures printed before it."""
    if figures and (rate.lead == "的" or (THINGS_OF.fullmatch(rate.lead) and figures[-1].clause == rate.clause)):
        return _of_named(text, figures, rate)
    counts = counts_of(figures)
    if OF_PLAN.fullmatch(rate.lead):
        return _of_plan(counts, rate)
    if OF_DONE.search(rate.lead) and (done := _done_of_plan(counts, rate)):
        return done
    if not counts or figures[-1] is not counts[-1]:
        return None
    part = counts[-1]
    if (
        len(counts) > 1
        and rate.clause - part.clause == 1
        and _DUE_LEAD.search(counts[-2].lead)
        and part.lead.startswith(("实", "已", "按期", "按时", "及时"))
    ):
        due = counts[-2]
        alike = (
            same_unit(due.quantity, part.quantity)
            and part.clause - due.clause == 1
            and all(word in part.lead for word in OTHER_BASE.findall(rate.lead))
        )
        return (part, due) if alike and NAMED.fullmatch(rate.lead) else None  # 应收6.2亿元，实收6.014亿元，征缴率
    if len(counts) > 1 and _came_of_plan(counts[-2], part, rate):
        return part, counts[-2]
    if part.quantity.unit.name == "天":  # good days have a calendar and a rule of their own
        return None
    if (
        rate.clause - part.clause != 1
        or rate.depth - part.depth not in (0, 1)  # 办结101条（办结率95.3%）
        or part.carried
        or (part.planned and not SHARE_OF_NAMED.fullmatch(rate.lead))
        or (part.rest and SHARE_TAIL.fullmatch(rate.lead) is None)  # 其余24.28亿元为直接放贷，个贷率
    ):
        return None
    for whole in reversed(counts[:-1]):
        if not same_unit(whole.quantity, part.quantity) or whole.role is Role.BASE:
            continue
        if whole.quantity.value < part.quantity.value and (
            rate.quantity.value > HUNDRED
            or not _fits_none(counts[:-1], part)
            or whole.planned
            or part.clause - whole.clause != 1
            or _WHAT_CAME.match(whole.lead)
            or part.role is Role.TOTAL  # 农业2.6亿立方米，工业0.8亿立方米，两项合计3.4亿立方米，占…: the sum of both
            or (whole.subset and part.role is not Role.DONE)  # 其中…村级343名，护林员612名，上线率97.4%
        ):
            continue
        if whole.sentence != part.sentence and (not same_thing(part, whole) or _OVERALL.search(rate.lead)):
            return None  # 调查28个地块。完成行政村治理17个，累计治理率
        near = part.clause - whole.clause <= 2
        planned = whole.planned and not compiled(r"完成率|开工率|执行率|进度").search(rate.lead)
        if part.lead.startswith(("缺", "尚缺", "还缺")) and _HELD.match(whole.lead):
            continue  # 应建8座，现有5座，缺3座，缺建率: what is lacking is a part of what there should be
        if _SAVINGS.search(part.lead) and not _AT_LARGE.search(whole.lead[-8:]) and whole is not counts[0]:
            continue  # 采购预算2.86亿元，实际成交2.71亿元，节约资金1500万元，节约率
        if not speaks_of(rate, part, whole) or _told_off(text, figures, part, whole):
            return None
        if near and not planned and (not whole.subset or part.subset) and _taken_from(part, whole, rate):
            return part, whole
        return None
    return None


def _came_of_plan(due: Claim, part: Claim, rate: Claim) -> bool:
    """计划选派科技特派员50名，实际到岗45名，到岗率: what was planned, what came of it, and the rate of just that."""
    named = NAMED.fullmatch(rate.lead)
    return (
        named is not None
        and rate.clause - part.clause == part.clause - due.clause == 1
        and is_to_do(due)
        and part.lead.startswith("实际")
        and part.lead[2:4] == named[1]
        and same_unit(due.quantity, part.quantity)
        and not part.planned
    )


_HELD = compiled(r"(?:目前|现)?(?:仅|只)?(?:现有|已有|实有|已建|建成|在编|在岗)")
#: 新增120辆，达到860辆，占…: what came is not the whole of what there is.
_WHAT_CAME = compiled(r"(?:全年|今年|年内|共|累计)*(?:新增|新建|新购|新招|净增|增加|新)")


def _told_off(text: str, figures: Sequence[Claim], part: Claim, whole: Claim) -> bool:
    """调解成功2598件，成功率76.1%；仲裁结案818件，结案率98.3%: the first has its own rate, and a semicolon ends its tale."""
    told = any(claim.quantity.unit.name == "%" and whole.at.end <= claim.at.start < part.at.start for claim in figures)
    return told and "；" in text[whole.at.end : part.at.start]


def _fits_none(counts: Sequence[Claim], part: Claim) -> bool:
    """Whether no figure of its unit before the part is great enough to hold it."""
    return all(
        claim.quantity.value < part.quantity.value for claim in counts if same_unit(claim.quantity, part.quantity)
    )


def _taken_from(part: Claim, whole: Claim, rate: Claim) -> bool:
    named = part.lead.endswith(SUCH)
    share = SHARE_OF.fullmatch(rate.lead)
    if share and share[1] in whole.lead:
        return True  # 参保职工12.6万人，享受待遇4.2万人，占参保人数的33.3%
    if part.role is whole.role is Role.DONE and not part.subset:
        return False  # 转移处置2316吨，医疗废物处置量74.6吨，处置率: two deeds side by side
    spent = NAMED.fullmatch(rate.lead)
    if spent and len(spent[1]) > 1 and spent[1][-2:] in part.lead and _AT_LARGE.search(whole.lead[-8:]):
        return True  # 采购预算3.60亿元，节约资金0.27亿元，资金节约率
    if spent and all(claim.lead.endswith(spent[1][-2:]) for claim in (part, whole)):
        return False  # 窗口立案2910件、跨域立案437件，当场登记立案率: both are counted alike
    if spent and len(spent[1]) > 1 and part.clause - whole.clause == 1:
        deed, words = spent[1], _STATE_WORDS.sub("", part.lead)
        if words == deed or sorted(words) == sorted(deed) or sorted(words[-2:]) == sorted(deed[-2:]):
            return True  # 终端2180个，在线2046个，在线率; 发放500份，收回480份，回收率
    return named or part.role is Role.DONE or part.subset or is_closed(whole) or ACTUAL.search(part.lead) is not None


def _before_bracket(text: str, whole: Claim, rate: Claim) -> str:
    """What leads to a whole that stands in a bracket of its own: 占职工总数（56名）的85%."""
    opening = text.rfind("（", max(0, whole.at.start - 12), whole.at.start)
    if opening < 0 or text[whole.at.end : rate.at.start] != "）的" or whole.at.start - opening > 4:
        return ""
    return text[clause_start(text, opening, "，。；\n") : opening]


def _of_named(text: str, figures: Sequence[Claim], rate: Claim) -> tuple[Claim, Claim] | None:
    """占年度任务26公里的70.0%, 为年初预算37.50亿元的52.7%: the whole stands right before the rate, the part before that."""
    whole = figures[-1]
    before = whole.lead if whole.clause == rate.clause else _before_bracket(text, whole, rate)
    if not TAKEN_OF.search(before) or not whole.quantity.exact:
        return None
    for part in reversed(figures[:-1]):
        if part.clause < whole.clause - 3:
            return None
        if (
            same_unit(part.quantity, whole.quantity)
            and part.role not in CHANGES
            and part.role is not Role.BASE
            and part.quantity.exact
        ):
            return part, whole
    return None


_DEED_ALONE = compiled(r"(?:其中|目前|现|已|均|完成|实际)*")


def pair_by_deed(before: Sequence[Claim], rate: Claim) -> tuple[Claim, Claim] | None:
    """签约的37个项目，落地29个，开工26个，投产17个，项目落地率: the count led to by the rate's own deed and nothing else."""
    named = NAMED.fullmatch(rate.lead)
    if named is None or len(named[1]) < 2 or OTHER_BASE.search(rate.lead):
        return None
    deed = named[1][-2:]
    parts = [claim for claim in before if claim.lead.endswith(deed) and _DEED_ALONE.fullmatch(claim.lead[:-2])]
    if len(parts) != 1 or not parts[0].countable or rate.clause - parts[0].clause > 3 or parts[0].planned:
        return None
    part = parts[0]
    held = [claim for claim in before if claim.at.start < part.at.start and same_unit(claim.quantity, part.quantity)]
    fits = (
        len(held) == 1
        and held[0].countable
        and held[0].role is Role.TOTAL
        and not held[0].planned
        and part.clause - held[0].clause == 1
        and held[0].quantity.value >= part.quantity.value
    )
    return (part, held[0]) if fits else None


def _of_plan(counts: Sequence[Claim], rate: Claim) -> tuple[Claim, Claim] | None:
    """占年度计划的68.0%: the plan is the figure before last, and is called one."""
    if len(counts) < 2 or rate.clause - counts[-1].clause != 1:
        return None
    whole, part = counts[-2:]
    planned = whole.planned or compiled(r"计划|任务|目标|预算").search(whole.lead) is not None
    return (
        (part, whole)
        if planned and same_unit(part.quantity, whole.quantity) and part.clause - whole.clause <= 2
        else None
    )


def _done_of_plan(counts: Sequence[Claim], rate: Claim) -> tuple[Claim, Claim] | None:
    """建成18.6万亩，超额完成年度任务18万亩，完成率96.8%: what was done and what was to be done, in whichever order."""
    named = NAMED.fullmatch(rate.lead) or _PROGRESS.fullmatch(rate.lead)
    if len(counts) < 2 or not 1 <= rate.clause - counts[-1].clause <= 2 or not named:
        return None
    if rate.clause - counts[-1].clause == 2 and rate.lead[:2] not in ("完成", "任务", "目标"):
        return None
    first, second = counts[-2:]
    if second.clause - first.clause > 2 or not same_unit(first.quantity, second.quantity):
        return None
    to_do = [is_to_do(claim) for claim in (first, second)]
    spent = second.quantity.kind == "money" and _SPENT.search(second.lead) is not None
    if to_do == [True, False] and (
        second.role is Role.DONE or ACTUAL.search(second.lead) or spent or _REACHED.search(second.lead)
    ):
        return second, first
    return (first, second) if to_do == [False, True] and not first.planned else None


#: 任务5500人，截至11月底实现5863人.
_REACHED = compiled(r"(?:实现|完成|到位|建成|达到|培训)[一-龥]{0,4}$")
_SPENT = compiled(r"(?:支出|支付|拨付|使用)(?:资金)?(?:了|为|达)?$")
_PROGRESS = compiled(r"(?:预算|资金|投资)?(?:支出|执行|完成|拨付|支付)进度(?:为|达|达到)?")


def pair_by_object(before: Sequence[Claim], rate: Claim, *, spelt: bool = False) -> tuple[Claim, Claim] | None:
    """项目12个，资金860万元，…，支付资金516万元，支付率65%: what was done with a thing, and the one sum of that thing before it.

    Where it is to be ``spelt`` the rate says of what it is: 完成投资54.4亿元，投资完成率.
    """
    named = NAMED.fullmatch(rate.lead)
    if named is None or len(named[1]) < 2 or not before or OTHER_BASE.search(rate.lead):
        return None
    part, deed = before[-1], named[1][-2:]
    words = part.lead.removeprefix("已").removeprefix("累计")
    thing = words[len(deed) :]
    if spelt and thing[:2] not in named[1]:
        return None
    if not words.startswith(deed) or len(thing) < 2 or rate.clause - part.clause != 1 or not part.countable:
        return None
    wholes = [
        claim
        for claim in before[:-1]
        if same_unit(claim.quantity, part.quantity) and claim.countable and claim.role not in CHANGES
    ]
    fits = len(wholes) == 1 and wholes[0].lead.endswith(thing) and wholes[0].quantity.value >= part.quantity.value
    return (part, wholes[0]) if fits else None
