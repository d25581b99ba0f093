"""A sum told again where all of it is spent: 争取专项债券4.83亿元，……。4.38亿元债券资金已全部拨付."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.analysis import Analysis
from reportlint.claims import CHANGES
from reportlint.finding import Checked, Finding, Message, Outcome, Related
from reportlint.numbers import same_unit
from reportlint.patterns import compiled
from reportlint_rules.numbers.nearly import slip_between

#: 4.38亿元债券资金已全部拨付; 126个问题全部整改到位.
_ALL = compiled(r"(?P<noun>[一-龥]{2,8}?)(?:目前|现|均|都)?(?:已经?)?全部")
_TAIL = compiled(r"(?:资金|款项|项目|任务|问题|事项|款)$")
_BACK = 8


def told_again(analysis: Analysis) -> Iterator[Outcome]:
    """Every figure of which all is said to be done, and the one by the same name before it that a slip keeps from it."""
    claims = analysis.claims
    for index, claim in enumerate(claims):
        said = _ALL.match(claim.trail) if "全部" in claim.trail else None
        if said is None or not claim.countable or claim.planned or claim.subset or claim.role in CHANGES:
            continue
        noun = _TAIL.sub("", said["noun"])[-4:] or said["noun"]
        near = [
            each
            for each in claims[max(0, index - _BACK) : index]
            if each.paragraph == claim.paragraph
            and same_unit(each.quantity, claim.quantity)
            and each.countable
            and each.role not in CHANGES
            and each.quantity.step == claim.quantity.step
        ]
        named = [each for each in near if len(noun) > 1 and noun in each.lead[-10:] + each.trail[:6]]
        if len(named) != 1 or any(each.quantity.value == claim.quantity.value for each in near):
            continue
        earlier = named[0]
        yield Checked(claim.quantity.span)
        if slip_between(claim.quantity.value, earlier.quantity.value, claim.quantity.step) is not None:
            yield Finding(
                claim.quantity.span,
                Message(
                    f"“{noun}”前面写作 {earlier.quantity.text}，这里写全部的是 {claim.quantity.text}，请核对",
                    f"stated as {earlier.quantity.text} before, all of it as {claim.quantity.text} here",
                ),
                (Related(earlier.quantity.span, "前一处"),),
            )
