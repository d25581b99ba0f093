"""A total and the parts that are said to make it up."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from reportlint.analysis import Analysis
from reportlint.claims import CHANGES, EACH, Claim, Role
from reportlint.patterns import compiled
from reportlint.record import NamedTuple

#: What follows a figure that counts what is still to be done.
_STILL_OPEN = compiled(
    r"(?:[^，；。、]{0,6}?)(?:正在|正按|正有序|尚未|尚在|未完成|未整改|未办结|未销号|仍在|仍未|还在|还未|有待|持续推进|在办|按(?:时序|计划|序时)|需(?:要)?(?:长期|持续|继续))"
)
#: 已竣工221户，…，在建39户: nothing but its state leads to the figure.
_UNDER_WAY = frozenset({"在建", "正在建设", "在办", "在审"})
TURN = compiled(r"第?([一二三四五六七八九])(期|批|批次|轮|阶段|场|季度|组|班)[一-龥]{0,6}$")
#: By how much of the total a list with two digits swapped may fall short of it.
SHORT = Decimal("0.15")
A_LITTLE = Decimal("0.08")
NEGATED = compiled(r"(?:不|未|非|没有)([一-龥]{2})")
PARTLY = compiled(r"等[一-龥]{0,8}$|等$")
FAR = Decimal("0.5")
MOST_PARTS = 12


class Partition(NamedTuple):
    """A total, the parts that are said to make it up, and how surely: ``strict`` where 其余 or 剩余 closes the list."""

    whole: Claim
    parts: tuple[Claim, ...]
    strict: bool

    @property
    def total(self) -> Decimal:
        """The sum of the parts as printed."""
        return sum((part.quantity.value for part in self.parts), Decimal(0))


def adds_up(whole: Claim, parts: Sequence[Claim]) -> bool:
    """Whether the parts can add up to the whole, given how finely all are printed."""
    low = high = Decimal(0)
    for part in parts:
        low += part.quantity.low or 0
        high += part.quantity.high or part.quantity.value
    printed = whole.quantity
    if low < high and printed.low is not None and printed.high is not None:
        # Rounded figures come to the very end of what they stand for but once in a million times.
        return high > printed.low and low < printed.high
    return (printed.low is None or high >= printed.low) and (printed.high is None or low <= printed.high)


def summable(claim: Claim) -> bool:
    """Whether the figure can be a total or a part: no change, no base, no average."""
    return (
        claim.countable
        and claim.role not in CHANGES
        and claim.role is not Role.BASE
        and (claim.lead[1:2] != "均" or EACH.match(claim.lead) is None)
    )


def is_pending(claim: Claim) -> bool:
    """Whether the figure counts what is still to be done."""
    return claim.role is Role.PENDING or claim.lead in _UNDER_WAY or _STILL_OPEN.match(claim.trail) is not None


def by_state(parts: Sequence[Claim]) -> bool:
    """Whether the parts are what is done and what is not, and nothing else: 已完成27项，正在推进13项，尚未启动2项."""
    return parts[0].role is Role.DONE and all(is_pending(part) or part.rest for part in parts[1:])


OF_PLAN = compiled(r"(?:为|占|完成|是)[^，。；]{0,4}(?:计划|任务|目标|预算)[^，。；]{0,4}$|占[^，。；]{0,8}$")
#: 到2024年底，全县公路总里程2846.3公里: how things stood, no plan.
_AS_OF = compiled(
    r"(?:截至|截止|到)(?:20\d\d年)?(?:\d{1,2}月)?(?:\d{1,2}日)?(?:年?底|年?末)?，(?!力争|确保|计划|实现|拟|将)"
)


def is_plan(analysis: Analysis, whole: Claim) -> bool:
    """Whether the total is one that is aimed at, not one as of a day."""
    return whole.planned and not _AS_OF.match(analysis.reading.text, analysis.sentences[whole.sentence].at.start)
