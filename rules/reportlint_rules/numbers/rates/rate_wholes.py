"""The whole of a rate by its name, or by its place behind or around the rate."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from reportlint.analysis import Analysis
from reportlint.bonds import is_closed
from reportlint.claims import CHANGES, Claim, Role
from reportlint.numbers import same_unit
from reportlint.patterns import compiled
from reportlint_rules.numbers.figures import fits_rate
from reportlint_rules.numbers.rates.rate_words import (
    ACTUAL,
    BARE_SHARE,
    DUE,
    NAMED,
    OTHER_BASE,
    SHARE_OF,
    SHARE_OF_ALL,
    speaks_of,
)

#: 占幼儿园总数的: every one of a kind.
_ALL_OF = compiled(r"(?:只|仅|约)?占(?:全[市县区乡镇]|我[市县区])?([一-龥]{2,8}?)总[数量]的?(?:比例为|比重为)?")
#: 仅占实绩企业的: every one that the text has counted by that name.
_THOSE_OF = compiled(r"(?:只|仅|约)?占(?:全[市县区乡镇])?(?!总|其|全)([一-龥]{3,8})的(?:比例为|比重为)?")
_GENERIC_UNITS = frozenset("个人名家户件项")
_OF_TOTAL = compiled(r"占[一-龥]{0,6}?(总[量数额])的?(?:比例为|比重为|约|近)?")
#: How many figures back a total may stand.
_PARAGRAPH = 30
#: 市控断面中有6个: what the part is taken from, by its name.
_AMONG_THEM = compiled(r"([一-龥]{2,8})中(?:已|现|共)?(?:有|仅有|只有)?$")


def among_named(before: Sequence[Claim], rate: Claim) -> tuple[Claim, Claim] | None:
    """国控断面2个、市控断面7个，……市控断面中有6个达到Ⅲ类，优良比例: the whole by the name that 中 follows."""
    if not before or rate.clause - before[-1].clause != 1 or not NAMED.fullmatch(rate.lead):
        return None
    part = before[-1]
    named = _AMONG_THEM.search(part.lead)
    if named is None or not part.countable or OTHER_BASE.search(rate.lead):
        return None
    wholes = [
        whole
        for whole in before[:-1]
        if same_unit(whole.quantity, part.quantity)
        and whole.countable
        and whole.role not in CHANGES
        and (whole.lead.endswith(named[1]) or whole.trail.startswith(named[1]))
    ]
    fits = len(wholes) == 1 and part.quantity.value <= wholes[0].quantity.value
    return (part, wholes[0]) if fits else None


def turned_round(group: Sequence[Claim], rate: Claim) -> tuple[Claim, Claim] | None:
    """The rate first, its counts after it: 完成率为93.3%，45项任务中已完成41项."""
    index = group.index(rate)
    following = [claim for claim in group[index + 1 : index + 3] if claim.countable]
    if index or len(following) < 2 or following[0].clause - rate.clause != 1:
        return None
    whole, part = following
    named = NAMED.fullmatch(rate.lead[-14:]) or NAMED.search(rate.lead)
    if (
        not same_unit(whole.quantity, part.quantity)
        or part.quantity.value > whole.quantity.value
        or named is None
        or not (
            part.subset
            or (ACTUAL.search(part.lead) and "应" in whole.lead)
            or (part.lead in (named[1][-2:], f"已{named[1][-2:]}") and part.clause - whole.clause == 1)
            or (part.lead.endswith("中") and part.trail.startswith(named[1][-2:]))
        )
    ):
        return None
    words = whole.trail + part.lead
    other = any(word not in words for word in OTHER_BASE.findall(rate.lead[-7:-2]))
    return (part, whole) if set(named[1][-2:]) & set(part.lead + part.trail[:2]) and not other else None


def around_rate(group: Sequence[Claim], rate: Claim) -> tuple[Claim, Claim] | None:
    """The rate between its counts: 受理106件，办结率95.3%，已办结101件."""
    index = group.index(rate)
    if not 0 < index < len(group) - 1:
        return None
    whole, part = group[index - 1], group[index + 1]
    if part.depth == rate.depth + 1 and part.clause - rate.clause == 1 and DUE.match(part.lead):
        return _due_behind(whole, part, rate)
    if _is_due_behind(whole, part, rate):
        return whole, part
    if (
        rate.clause - whole.clause != 1
        or part.clause - rate.clause != 1
        or not all(claim.countable and claim.depth == rate.depth for claim in (whole, part))
        or not same_unit(whole.quantity, part.quantity)
        or part.quantity.value > whole.quantity.value
    ):
        return None
    fits = (
        part.role is Role.DONE
        and is_closed(whole)
        and not (part.carried or part.planned)
        and speaks_of(rate, part, whole)
    )
    return (part, whole) if fits else None


_ALL_DUE = compiled(r"^(?P<deed>[一-龥]{2})(?:对象|人口|人数|企业|总数|总人数)共?(?:计|有)?(?:为|达)?$")


def _is_due_behind(part: Claim, whole: Claim, rate: Claim) -> bool:
    """已征收36.4万人，参保率91%，参保对象共40万人: all that the rate is of, behind it."""
    named, due = NAMED.fullmatch(rate.lead), _ALL_DUE.match(whole.lead)
    return (
        named is not None
        and due is not None
        and due["deed"] in named[1]
        and rate.clause - part.clause == 1
        and whole.clause - rate.clause == 1
        and all(claim.countable and claim.depth == rate.depth for claim in (part, whole))
        and same_unit(part.quantity, whole.quantity)
        and part.quantity.value <= whole.quantity.value
    )


def _due_behind(part: Claim, whole: Claim, rate: Claim) -> tuple[Claim, Claim] | None:
    """体检5.2万人，体检率76.5%（应检6.8万人）: what was due stands in a bracket behind."""
    named = NAMED.fullmatch(rate.lead)
    fits = (
        named is not None
        and rate.clause - part.clause == 1
        and part.countable
        and whole.countable
        and same_unit(part.quantity, whole.quantity)
        and part.quantity.value <= whole.quantity.value
        and bool(set(named[1][-2:]) & set(part.lead))
    )
    return (part, whole) if fits else None


#: 占公交车总数的86%，全市公交车总数为980辆: the whole told behind, no bracket around it.
_ITS_TOTAL = compiled(r"(?:总数|总量|总额)(?:为|达|是|有)?$")


def whole_behind(group: Sequence[Claim], rate: Claim) -> tuple[Claim, Claim] | None:
    """志愿者6.83万人，占常住人口的比例为16.5%（常住人口41.5万人）: the whole by its name, in a bracket behind."""
    index = group.index(rate)
    named = SHARE_OF.fullmatch(rate.lead) or SHARE_OF_ALL.fullmatch(rate.lead)
    if named is None or not 0 < index < len(group) - 1:
        return None
    part, whole = group[index - 1], group[index + 1]
    fits = (
        (whole.depth == rate.depth + 1 or _ITS_TOTAL.search(whole.lead))
        and whole.clause - rate.clause == 1
        and rate.clause - part.clause == 1
        and (named[1] in whole.lead or (len(whole.lead) > 3 and whole.lead in named[1]))
        and part.countable
        and whole.countable
        and same_unit(part.quantity, whole.quantity)
        and part.quantity.value <= whole.quantity.value
    )
    return (part, whole) if fits else None


def counted_elsewhere(analysis: Analysis, group: Sequence[Claim], rate: Claim) -> tuple[Claim, Claim] | None:
    """普惠性幼儿园86所，占幼儿园总数的93.5%: the whole by its name, where the text has counted it before, once or always alike."""
    index = group.index(rate)
    named = _ALL_OF.fullmatch(rate.lead)
    alone = _THOSE_OF.fullmatch(rate.lead) if named is None else None
    said = named or alone
    if said is None or not index or rate.clause - group[index - 1].clause != 1:
        return None
    part, name = group[index - 1], said[1]
    words = part.lead + part.trail
    if not part.countable or part.role in CHANGES or part.planned:
        return None
    if not (name in words if named else name[-2:] in words) and part.quantity.unit.name in _GENERIC_UNITS:
        return None
    if alone and name[-2:] not in words:
        return None
    wholes = [
        claim
        for claim in analysis.claims
        if claim.at.start < part.at.start
        and _is_named(claim, name, anywhere=named is not None and part.quantity.unit.name not in _GENERIC_UNITS)
        and claim.countable
        and claim.role not in CHANGES
        and claim.role is not Role.BASE
        and same_unit(claim.quantity, part.quantity)
        and claim.quantity.exact
        and not claim.planned
    ]
    if not wholes or any(claim.quantity.value != wholes[0].quantity.value for claim in wholes):
        return None
    return (part, wholes[0]) if part.quantity.value <= wholes[0].quantity.value else None


def _is_named(claim: Claim, name: str, *, anywhere: bool) -> bool:
    """Whether the figure counts what is called ``name``, which may stand anywhere before it where its unit tells enough."""
    lead = claim.lead.removeprefix("其中")
    return (
        lead == name
        or (len(name) > 3 and lead.endswith(name))
        or (anywhere and name in lead)
        or (claim.trail.startswith(name) and not claim.lead)
    )


def of_total(analysis: Analysis, group: Sequence[Claim], rate: Claim) -> tuple[Claim, Claim] | None:
    """重复信访522件，占总量的37.7%: the part right before, the total by that name earlier in the paragraph."""
    named = _OF_TOTAL.fullmatch(rate.lead)
    index = group.index(rate)
    part = group[index - 1] if index else None
    if named is None or part is None or rate.clause - part.clause != 1 or not part.countable:
        return None
    claims = analysis.claims
    at = bisect_left(analysis.claim_starts, part.at.start)
    for whole in reversed(claims[max(0, at - _PARAGRAPH) : at]):
        if whole.paragraph != part.paragraph:
            return None
        if named[1] in whole.lead and whole.countable and same_unit(whole.quantity, part.quantity):
            return (part, whole) if whole.quantity.value >= part.quantity.value and not whole.subset else None
    return None


def _behind_share(before: Sequence[Claim], rate: Claim) -> Claim | None:
    """The count that a bare share stands right behind; how that has changed may stand between: 56.2亿元，增长15.8%，占比57.0%."""
    part = next((claim for claim in reversed(before) if claim.role not in CHANGES or claim.countable), None)
    return part if part is not None and rate.beat == part.beat and rate.clause > part.clause else None


def shared_whole(group: Sequence[Claim], near: Sequence[Claim], rate: Claim) -> Claim | None:
    """What the count right before a bare share is a share of, and not itself one of the list."""
    index = group.index(rate)
    if index > 1 and rate.lead == "的" and "占" in group[index - 1].lead and group[index - 1].clause == rate.clause:
        return group[index - 1]  # 占一般公共预算收入8.0亿元的65%
    if not BARE_SHARE.fullmatch(rate.lead):
        return None
    part = _behind_share(group[:index], rate)
    if part is None:
        return None
    for whole in reversed([claim for claim in near if claim.at.start < part.at.start]):
        if not same_unit(part.quantity, whole.quantity) or not fits_rate(part.quantity, whole.quantity, rate.quantity):
            continue
        following = group[group.index(whole) + 1 :] if whole in group else ()
        share = next((claim for claim in following if claim.role not in CHANGES), None)
        return None if share is not None and BARE_SHARE.fullmatch(share.lead) else whole
    return None


def of_same(before: Sequence[Claim], rate: Claim, whole: Claim | None) -> tuple[Claim, Claim] | None:
    """女党员91名，占31.8%；35岁以下62名，占21.7%: a share right behind its count, of the whole that the share before it was of."""
    if whole is None or not BARE_SHARE.fullmatch(rate.lead):
        return _of_same_row(before, rate)
    part = _behind_share(before, rate)
    return (part, whole) if part is not None and _is_part(part, whole) else None


def _is_part(part: Claim, whole: Claim) -> bool:
    return (
        part.countable
        and same_unit(part.quantity, whole.quantity)
        and part.quantity.value <= whole.quantity.value
        and part.role not in CHANGES
        and not part.planned
    )


def _of_same_row(before: Sequence[Claim], rate: Claim) -> tuple[Claim, Claim] | None:
    """已开工26个，开工率92.9%；竣工9个，竣工率32.1%: a rate of the count before it, of the whole that the rate before it is one of."""
    named = NAMED.fullmatch(rate.lead)
    if named is None or len(named[1]) < 2 or OTHER_BASE.search(rate.lead) or len(before) < 4:
        return None
    part, last = before[-1], before[-2]
    deed = named[1][-2:]
    # 裁决结案374件，结案率: of others than those in the row, of which the deed alone is told.
    if rate.clause - part.clause != 1 or part.lead.removeprefix("已") not in (deed, named[1], ""):
        return None
    if not part.lead and deed not in part.trail[:4]:
        return None
    its = NAMED.fullmatch(last.lead)
    if (
        last.quantity.unit.name != "%"
        or its is None
        or OTHER_BASE.search(last.lead)
        or its[1][-2:] not in before[-3].lead
    ):
        return None
    for whole in reversed(before[:-3]):
        if _is_part(before[-3], whole) and fits_rate(before[-3].quantity, whole.quantity, last.quantity):
            return (part, whole) if same_unit(part.quantity, whole.quantity) and part.countable else None
    return None
