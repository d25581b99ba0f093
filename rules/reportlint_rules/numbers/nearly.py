"""Relations that the words leave open and the figures show: they hold, but for one slip of the hand in one of them.

The binding is weak, so each asks for more of the figures: none of those around explains the printed one, and the one that stands where the
part, the whole or the sum would stand differs from it by one digit, or by two swapped. Of a thousand numbers of three digits chance hits upon thirty so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum
from itertools import accumulate

from reportlint.claims import Claim
from reportlint.numbers import Quantity
from reportlint.patterns import compiled
from reportlint_rules.numbers.figures import HUNDRED
from reportlint_rules.numbers.rates.rate_words import NAMED, OTHER_BASE, THINGS, counts_of


class Slip(Enum):
    """What happened to the digits."""

    DIGIT = "digit"
    SWAP = "swap"


#: Digits of which one may be wrong without others of their kind being as near.
ENOUGH_DIGITS = 3


def slip_between(printed: Decimal, meant: Decimal, step: Decimal, enough: int = ENOUGH_DIGITS) -> Slip | None:
    """The one slip that makes ``printed`` of ``meant``, both to the last place ``step``; ``None`` where it takes more than one.

    Of fewer digits than ``enough`` a wrong one tells nothing.

    >>> slip_between(Decimal("147.5"), Decimal("174.5"), Decimal("0.1")), slip_between(Decimal(62), Decimal(64), Decimal(1))
    (<Slip.SWAP: 'swap'>, None)
    >>> slip_between(Decimal("6.83"), Decimal("5.83"), Decimal("0.01"))
    <Slip.DIGIT: 'digit'>
    """
    one, other = _digits(printed, step), _digits(meant, step)
    if len(one) != len(other) or len(one) < 2:
        return None
    apart = [place for place, (left, right) in enumerate(zip(one, other, strict=True)) if left != right]
    if len(apart) == 1:
        return Slip.DIGIT if len(one) >= enough else None
    if len(apart) == 2 and apart[1] - apart[0] == 1:
        first, second = apart
        return Slip.SWAP if (one[first], one[second]) == (other[second], other[first]) else None
    return None


def _digits(value: Decimal, step: Decimal) -> str:
    return str(int((value / step).quantize(Decimal(1), rounding=ROUND_HALF_UP))) if value >= 0 else ""


#: How many clauses before a rate its counts may stand.
_NEAR = 5
#: How many figures a rate may be of together.
_MOST_TOGETHER = 5
#: Above, so many rates begin alike that one wrong digit tells little.
_HIGH = Decimal(90)


def nearly_rate(group: Sequence[Claim], rate: Claim) -> tuple[Claim, Claim] | None:
    """The part and the whole of a rate bound to none: 实施安全检查312艘次，滞留船舶18艘，滞留率6.8%."""
    if OTHER_BASE.search(rate.lead) or rate.planned or rate.quantity.value >= HUNDRED:
        return None
    counts = [claim for claim in counts_of(group) if 0 <= rate.clause - claim.clause <= _NEAR and claim.at < rate.at]
    for part in reversed(counts):
        for whole in counts:
            named = _shared_words(part, rate) or _counted_as(whole, rate)
            if part is whole or not _alike(part.quantity, whole.quantity, named) or whole.planned:
                continue
            if not 0 < part.quantity.value < whole.quantity.value or not part.at > whole.at:
                continue
            if _sums_fit(counts, whole, rate):
                return None
            actual = part.quantity.value * HUNDRED / whole.quantity.value
            slip = slip_between(rate.quantity.value, actual, rate.quantity.step, 2 if named else ENOUGH_DIGITS)
            if slip is None or not _named(whole, rate) or (not named and _of_others(part, whole, rate)):
                continue
            if _has_share(group, whole, part) or _told_already(group, part, rate):
                continue
            if slip is Slip.SWAP or named or min(actual, rate.quantity.value) < _HIGH:
                return part, whole
    return None


#: A longer name of a rate says what it is of.
_OWN_NAME = 5
#: 占符合条件应交流总数的: the whole by its name.
_WHOLE = compiled(r"占([一-龥]{2,20})的[一-龥]{0,3}$")


def _named(whole: Claim, rate: Claim) -> bool:
    """Whether the whole is what the share says it is of, where it says so."""
    said = _WHOLE.search(rate.lead)
    words = whole.lead[-10:] + whole.trail[:8]
    return said is None or any(said[1][place : place + 2] in words for place in range(len(said[1]) - 1))


def _of_others(part: Claim, whole: Claim, rate: Claim) -> bool:
    """Whether the rate names a thing that neither count does: 45家完成联网，数据有效传输率98.7%."""
    words = whole.lead + whole.trail + part.lead + part.trail
    named = NAMED.fullmatch(rate.lead)
    if named and len(named[1]) > _OWN_NAME and not any(pair in words for pair in _pairs(named[1])):
        return True  # 责任人4727名，“叫应”893人次，预警信息公众覆盖率98.9%
    return any(thing not in words for thing in THINGS.findall(rate.lead))


def _pairs(name: str) -> Iterator[str]:
    """Every two characters of a name that stand side by side."""
    return (name[place : place + 2] for place in range(len(name) - 1))


def _counted_as(whole: Claim, rate: Claim) -> bool:
    """Whether the share names the whole by what it is counted in: 接待群众516批, 占接待批次的."""
    said = _WHOLE.search(rate.lead)
    return said is not None and said[1].endswith((whole.quantity.unit.name, whole.quantity.unit.name + "次"))


def _has_share(group: Sequence[Claim], whole: Claim, part: Claim) -> bool:
    """Whether a share or a rate stands between the two: then the first is one of a list, as the second is."""
    between = (claim for claim in group if whole.at < claim.at < part.at)
    return any(claim.quantity.unit.name == "%" and ("占" in claim.lead or "率" in claim.lead) for claim in between)


def _told_already(group: Sequence[Claim], part: Claim, rate: Claim) -> bool:
    """Whether the rate of that name has been told: 合格292份，合格率96.7%；丰水期（7—8月）合格率95.8%."""
    return any(
        claim.lead == rate.lead and claim.quantity.unit.name == "%" for claim in group if part.at < claim.at < rate.at
    )


#: 占当年缴存额的: the whole by a name that the report has told before, however far.
_TOLD = compiled(r"占(?:当年|全年|本年|同期|全[市县区省])?([一-龥]{3,10})的(?:比例为|比重为|约)?")


def share_of_told(claims: Sequence[Claim], group: Sequence[Claim], rate: Claim) -> tuple[Claim, Claim] | None:
    """提取额34.56亿元，占当年缴存额的75.1%: the whole was told by that name, in the one value that the report gives it, sections before."""
    said, index = _TOLD.fullmatch(rate.lead), group.index(rate)
    if said is None or not index or rate.clause - group[index - 1].clause != 1 or rate.quantity.value >= HUNDRED:
        return None
    part = group[index - 1]
    wholes = [
        claim
        for claim in claims
        if claim.quantity.kind == part.quantity.kind
        and claim.quantity.unit.name == part.quantity.unit.name
        and (_is_called(claim.lead, said[1]) or claim.trail.startswith(said[1]))
        and claim.countable
        and not claim.planned
    ]
    if not part.countable or not wholes or len({claim.quantity.value for claim in wholes}) > 1:
        return None
    whole = wholes[-1]
    if not 0 < part.quantity.value < whole.quantity.value:
        return None
    actual = part.quantity.value * HUNDRED / whole.quantity.value
    return (part, whole) if slip_between(rate.quantity.value, actual, rate.quantity.step) else None


#: 进出口总值, 非公有制: another thing than what the rest of the word names.
_OTHERWISE = frozenset("进非不未")


def _is_called(lead: str, name: str) -> bool:
    """Whether the words that lead to a figure end in the whole of a name."""
    return lead.endswith(name) and lead[: -len(name)][-1:] not in _OTHERWISE


def _alike(part: Quantity, whole: Quantity, named: bool = False) -> bool:
    """Whether the two may count the same things: 船舶18艘 of 检查312艘次; 岗位6820个，达成意向1364人 where the rate is ``named`` so."""
    if part.kind != "count" or named:
        return part.kind == whole.kind
    return part.counted_in.removesuffix("次") == whole.counted_in.removesuffix("次")


def _sums_fit(counts: Sequence[Claim], whole: Claim, rate: Claim) -> bool:
    """Whether the rate is that of several figures side by side behind the whole: 优18家、良21家、中3家，优良率92.9%."""
    parts = [claim.quantity for claim in counts if claim.at > whole.at and _alike(claim.quantity, whole.quantity)]
    return any(
        abs(total * HUNDRED / whole.quantity.value - rate.quantity.value) < rate.quantity.step
        for start in range(len(parts))
        for total in accumulate(quantity.value for quantity in parts[start : start + _MOST_TOGETHER])
    )


def _shared_words(part: Claim, rate: Claim) -> bool:
    """Whether the part is led to by the rate's own deed: 滞留船舶18艘 and 滞留率."""
    name = rate.lead.rpartition("率")[0][-2:]
    return len(name) == 2 and name in part.lead + part.trail[:4]
