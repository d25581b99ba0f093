"""So many per cent of an amount, and what that comes to: 合同金额860万元，按3%预留质保金25.8万元."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from reportlint.analysis import Analysis
from reportlint.claims import CHANGES, Claim, Role
from reportlint.finding import Checked, Finding, Message, Outcome
from reportlint.numbers import same_unit
from reportlint.patterns import compiled
from reportlint_rules.numbers.figures import HUNDRED, fits_rate, related, scaled
from reportlint_rules.numbers.nearly import slip_between

#: 按3%, 扣留5%, 县级配套20%, 其中60%: what the percentage is taken for.
_TAKEN = compiled(
    r"(?:^按|按|扣留|预留|留存|计提|提取|缴存|配套|返还|承担|其中|年利率)(?:合同价?|中标价?|结算价?|总额|投资)?(?:的|为)?$"
)
#: 预留质保金, 即, 年付利息: what leads from it to the amount.
_AMOUNT = compiled(
    r"^(?:的比例|比例)?(?:即|计提?|提取|预留|扣留|缴存|配套|返还|用于|[一-龥]{0,4}(?:金|资金|款|费|年付?利息|年利息)|)[一-龥]{0,10}$"
)
_INTEREST = compiled(r"年[付支]?利息|每年")
#: What has another base, or is counted before it is taken.
_OTHER = compiled(r"税|增长|增加|下降|提高|首付|超过|不低于|不少于|以上|同比|折")
_LEAST, _MOST = Decimal("0.5"), Decimal(2)


def shares_taken(analysis: Analysis) -> Iterator[Outcome]:
    """Every amount said to be so many per cent of the one before."""
    for group in analysis.by_sentence:
        for base, rate, amount in zip(group, group[1:], group[2:], strict=False):
            if rate.quantity.unit.name != "%" or not _fit(base, rate, amount):
                continue
            words = amount.lead
            if _OTHER.search(rate.lead + words) or ("利率" in rate.lead) != (_INTEREST.search(words) is not None):
                continue
            due = base.quantity.value * rate.quantity.value / HUNDRED
            if not _LEAST < due / amount.quantity.value < _MOST:
                continue
            yield Checked(amount.quantity.span)
            # The share may be of something else: one slip of the hand tells that it is not.
            slip = slip_between(amount.quantity.value, due, amount.quantity.step, 2)
            if slip is not None and not _comes_to(base, rate, amount):
                yield Finding(
                    amount.quantity.span,
                    Message(
                        f"{base.quantity.text}×{rate.quantity.text}＝{scaled(due, amount.quantity)}，与 {amount.quantity.text} 不符，请核对",
                        f"{rate.quantity.text} of {base.quantity.text} is {scaled(due, amount.quantity)}",
                    ),
                    related([base, rate], "据以计算的数"),
                )


_OF = compiled(r"(?:占|为|完成|相当于)[^，。；]{0,14}$")
_FAR = Decimal(3)


def other_units(analysis: Analysis) -> Iterator[Outcome]:
    """4.2万公顷，占年度任务6万亩的70%: a share that holds of the digits alone."""
    for group in analysis.by_sentence:
        for part, whole, rate in zip(group, group[1:], group[2:], strict=False):
            one, other = part.quantity, whole.quantity
            if (
                rate.quantity.unit.name != "%"
                or rate.lead != "的"
                or one.unit is other.unit
                or one.kind != other.kind
                or not (one.unit.factor and other.unit.factor and other.value)
                or whole.clause - part.clause != 1
                or _OF.search(whole.lead) is None
                or not (part.countable and other.exact and rate.quantity.exact)
            ):
                continue
            scale = one.unit.factor / other.unit.factor
            yield Checked(one.span)
            if fits_rate(one, other, rate.quantity) and not 1 / _FAR < scale < _FAR:
                yield Finding(
                    one.span,
                    Message(
                        f"{other.text} 的 {rate.quantity.text} 不会是 {one.text}，请核对单位",
                        f"{rate.quantity.text} of {other.text} is not {one.text}; check the unit",
                    ),
                    related([whole, rate], "据以计算的数"),
                )


def _fit(base: Claim, rate: Claim, amount: Claim) -> bool:
    return (
        same_unit(base.quantity, amount.quantity)
        and base.quantity.kind in ("money", "area", "mass", "count")
        and all(
            claim.quantity.exact
            and not claim.quantity.ordinal
            and claim.role not in CHANGES
            and claim.quantity.value > 0
            for claim in (base, rate, amount)
        )
        and base.role is not Role.BASE
        and base.countable
        and rate.quantity.value < HUNDRED
        and 0 < rate.clause - base.clause <= 1
        and (
            amount.clause == rate.clause
            or (amount.clause - rate.clause == 1 and amount.lead.startswith(("即", "计", "年")))
        )
        and amount.quantity.value < base.quantity.value
        and _TAKEN.search(rate.lead) is not None
        and _AMOUNT.match(amount.lead) is not None
    )


def _comes_to(base: Claim, rate: Claim, amount: Claim) -> bool:
    """Whether the amount can be that share of the base, the share taken as it stands: nobody rounds what is paid by it."""
    ends = [
        (end or base.quantity.value) * rate.quantity.value / HUNDRED for end in (base.quantity.low, base.quantity.high)
    ]
    return ends[0] - amount.quantity.step <= amount.quantity.value <= ends[1] + amount.quantity.step
