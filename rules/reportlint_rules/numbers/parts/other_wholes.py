"""Totals whose parts may be of something else: one of two joined, one of another time, one that sums up what stands before it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from reportlint.analysis import Analysis
from reportlint.claims import Claim
from reportlint.numbers import same_unit
from reportlint.patterns import compiled
from reportlint_rules.numbers.parts.partition import MOST_PARTS, Partition, adds_up, summable
from reportlint_rules.numbers.spells import spell

#: 12个县（市、区）和28个市直部门, 9个镇、5个街道的14个平台和21家企业: the total is one of several.
_BESIDE = compiled(r"[^，。；：\d]{0,20}(?:、|(?<![总共中饱])和|及|与)[^，。；：\d]{0,6}")
#: Units of bodies, which lists count in whichever of them comes last.
_BODIES = frozenset({"个", "家", "所", "镇", "乡", "村", "街道", "社区"})


def may_be_of_more(analysis: Analysis, found: Partition) -> bool:
    """Whether the parts may be of more than the total: of what is joined to it, or of a time that it does not hold; or it is told to be the sum of others."""
    whole, first = found.whole, found.parts[0]
    index = bisect_right(analysis.claim_starts, whole.at.start) - 1
    before = [
        claim for claim in analysis.claims[max(0, index - MOST_PARTS) : index] if claim.sentence == whole.sentence
    ]
    if before and _is_joined(analysis.reading.text, before[-1], whole, first):
        return True
    when, then = spell(analysis, whole.at), spell(analysis, first.at)
    if when is not None and then is not None and not (when.start <= then.start and then.end <= when.end):
        return True
    return not first.subset and not found.parts[-1].rest and _is_sum(before, whole)


def _is_joined(text: str, before: Claim, whole: Claim, part: Claim) -> bool:
    """Whether ``whole`` is the last of several totals that the parts may be of together."""
    units = {before.quantity.unit.name, whole.quantity.unit.name}
    named = len(whole.lead) > 1 and whole.lead[-2:] in part.lead  # 续建15个、新开工9个；新开工项目已开工7个
    alike = (len(units) == 1 or units <= _BODIES) and not named
    return alike and _BESIDE.fullmatch(text, before.at.end, whole.at.start) is not None


def _is_sum(before: Sequence[Claim], whole: Claim) -> bool:
    """Whether the figures right before it come to ``whole``: 一季度12.1亿元，二季度18.4亿元，上半年30.5亿元."""
    parts: list[Claim] = []
    for claim in reversed(before):
        if not same_unit(claim.quantity, whole.quantity) or not summable(claim):
            break
        parts.append(claim)
        if len(parts) > 1 and adds_up(whole, parts):
            return True
    return False
