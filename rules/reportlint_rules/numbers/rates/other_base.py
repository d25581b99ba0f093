"""Rates whose words name the whole, reckoned of another figure: 专任教师284人，…71人，占专任教师的22.3%, which is of all 318."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from reportlint.analysis import Analysis
from reportlint.claims import Claim
from reportlint.finding import Checked, Finding, Message, Outcome, Related, Severity
from reportlint.numbers import Quantity, same_unit
from reportlint.patterns import compiled
from reportlint_rules.numbers.figures import HUNDRED, fits_rate, show

#: 占专任教师的, 占有效问卷的: what the share is of.
_SHARE_OF = compiled(r"占(?:到)?(?P<name>[一-龥]{3,10})的(?:比例为|比重为)?$")
_BACK = 10
#: 城镇常住人口26.4万人，乡村常住人口17.6万人: both together are all.
_URBAN_RATE = compiled(r"城镇化率(?:为|达到?|是|约)?$")
_URBAN, _RURAL = compiled(r"城镇(?:常住)?人口(?:为|有)?$"), compiled(r"(?:乡村|农村)(?:常住)?人口(?:为|有)?$")


def other_bases(analysis: Analysis) -> Iterator[Outcome]:
    """Every such rate that another figure beside it explains."""
    claims = analysis.claims
    for index, rate in enumerate(claims):
        if rate.quantity.unit.name != "%" or index < 2 or not rate.quantity.exact or rate.planned:
            continue
        said = _SHARE_OF.search(rate.lead)
        if said is not None:
            found = _shared(claims, index, said["name"])
        elif _URBAN_RATE.search(rate.lead):
            found = _urban(claims, index)
        else:
            continue
        if found is not None:
            yield Checked(rate.quantity.span)
            yield found


def _near(claims: Sequence[Claim], index: int) -> list[Claim]:
    rate = claims[index]
    return [
        claim
        for claim in claims[max(0, index - _BACK) : index]
        if claim.paragraph == rate.paragraph and claim.quantity.exact and claim.quantity.value > 0
    ]


def _shared(claims: Sequence[Claim], index: int, name: str) -> Finding | None:
    rate, part = claims[index], claims[index - 1]
    if rate.clause - part.clause > 1 or not part.countable:
        return None
    near = [claim for claim in _near(claims, index) if same_unit(claim.quantity, part.quantity) and claim is not part]
    wholes = [claim for claim in near if claim.lead.endswith(name) or claim.trail.startswith(name)]
    if len({claim.quantity.value for claim in wholes}) != 1:
        return None
    whole = wholes[-1]
    if part.quantity.value >= whole.quantity.value or fits_rate(part.quantity, whole.quantity, rate.quantity):
        return None
    others = [claim for claim in near if claim is not whole and _explains(part, claim, rate.quantity)]
    return _finding(rate, part.quantity, whole.quantity, others[0].quantity) if others else None


def _explains(part: Claim, whole: Claim, rate: Quantity) -> bool:
    return whole.quantity.value > part.quantity.value and fits_rate(part.quantity, whole.quantity, rate)


def _urban(claims: Sequence[Claim], index: int) -> Finding | None:
    rate = claims[index]
    near = _near(claims, index)
    town = [claim for claim in near if _URBAN.search(claim.lead)]
    country = [claim for claim in near if _RURAL.search(claim.lead)]
    if len(town) != 1 or len(country) != 1 or not same_unit(town[0].quantity, country[0].quantity):
        return None
    one, other = town[0].quantity, country[0].quantity
    low = (one.low or one.value) / ((one.low or one.value) + (other.high or other.value))
    high = (one.high or one.value) / ((one.high or one.value) + (other.low or other.value))
    step = rate.quantity.step
    if low * HUNDRED - step < rate.quantity.value < high * HUNDRED + step:
        return None
    due = one.value * HUNDRED / (one.value + other.value)
    return Finding(
        rate.quantity.span,
        Message(
            f"{one.text}÷（{one.text}＋{other.text}）＝{show(due, 1)}%，与写明的 {rate.quantity.text} 不符，请核对",
            f"{show(due, 1)}% by these figures; the rate is given as {rate.quantity.text}",
        ),
        (Related(one.span, "分子"), Related(other.span, "另一半")),
        severity=Severity.WARNING,
    )


def _finding(rate: Claim, part: Quantity, whole: Quantity, other: Quantity) -> Finding:
    due: Decimal = part.value * HUNDRED / whole.value
    return Finding(
        rate.quantity.span,
        Message(
            f"{part.text}÷{whole.text}＝{show(due, 1)}%，写的 {rate.quantity.text} 是用 {other.text} 除的，请核对",
            f"{part.text} of {whole.text} is {show(due, 1)}%; {rate.quantity.text} is of {other.text}",
        ),
        (Related(part.span, "分子"), Related(whole.span, "总数"), Related(other.span, "误作分母的数")),
        severity=Severity.WARNING,
    )
