"""What somebody got a month or a year: 全年433.4万元, 3612名, 人均每月约100元."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from reportlint.claims import CHANGES, Claim, Role
from reportlint.finding import Checked, Finding, Message, Outcome
from reportlint.numbers import same_unit
from reportlint.patterns import compiled
from reportlint_rules.numbers.figures import related, show

#: 人均每月, 每人每年, 户均月: per whom, and for how long.
_EACH = compiled(
    r"(?:平均)?(?:人均|户均|每(?P<who>[人名户]))(?:每个?(?P<per>[月年])|(?P<bare>[月年])均?)(?:约|补助|补贴|发放|领取|为|达|[一-龥]{2,4}(?:约|为)?)?$"
)
_YEAR = compiled(r"全年|年度|一年|本年|当年")
_PEOPLE, _HOUSES = frozenset({"人", "名", "位"}), frozenset({"户"})
_MONTHS = 12


def monthly(group: Sequence[Claim], index: int) -> Iterator[Outcome]:
    """The mean at ``index``, where the year's total and the number tell that it is of the other spell."""
    mean = group[index]
    said = _EACH.search(mean.lead)
    if said is None or mean.quantity.kind != "money" or mean.planned:
        return
    units = _HOUSES if "户" in mean.lead else _PEOPLE
    usable = [
        claim
        for claim in group[:index]
        if claim.countable and not claim.planned and claim.role not in CHANGES and claim.role is not Role.BASE
    ]
    numbers = [claim for claim in usable if claim.quantity.unit.name in units and not claim.subset]
    totals = [claim for claim in usable if same_unit(claim.quantity, mean.quantity)]
    if len(numbers) != 1 or len(totals) != 1 or not numbers[0].quantity.value:
        return
    total, number = totals[0], numbers[0]
    if not any(_YEAR.search(claim.lead) for claim in group[: index + 1]):
        return
    year = total.quantity.value / number.quantity.value
    due, other = (year / _MONTHS, year) if "月" in (said["per"], said["bare"]) else (year, year / _MONTHS)
    yield Checked(mean.quantity.span)
    if not _near(due, mean) and _near(other, mean):
        spell = "每年" if "月" in (said["per"], said["bare"]) else "每月"
        yield Finding(
            mean.quantity.span,
            Message(
                f"{total.quantity.text}÷{number.quantity.text}，{spell}才是 {show(other.quantize(Decimal('0.1')))}元，请核对",
                f"{total.quantity.text} over {number.quantity.text} is {mean.quantity.text} for the other spell",
            ),
            related([total, number], "据以计算的数"),
        )


def _near(value: Decimal, mean: Claim) -> bool:
    return abs(value - mean.quantity.value) <= mean.quantity.value / 20
