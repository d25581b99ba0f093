"""Lists whose figures make up the total to the last digit, but in another unit: 3.6万公顷，其中新建2.4万亩、改造1.2万亩."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from reportlint.analysis import Analysis
from reportlint.claims import Claim
from reportlint.finding import Checked, Finding, Message, Outcome
from reportlint.numbers import Quantity
from reportlint.patterns import compiled
from reportlint_rules.numbers.figures import related, show
from reportlint_rules.numbers.parts.partition import MOST_PARTS, summable

_KINDS = frozenset({"money", "area", "mass", "volume", "length"})
_NUMBER = compiled(r"\d+(?:\.\d+)?")
#: By how many places a point may have slipped, besides a unit.
_PLACES = (0, 3, 4, -3, -4)
#: How many digits the total must have for their sum to tell anything.
_DIGITS = 2


def moved_lists(analysis: Analysis) -> Iterator[Outcome]:
    """Every total under which 其中 lists what only its digits add up to."""
    for group in analysis.by_sentence:
        for index, whole in enumerate(group[:-2]):
            first = group[index + 1]
            if whole.quantity.kind not in _KINDS or not first.lead.startswith("其中") or not summable(whole):
                continue
            parts = _parts(group[index + 1 :], first, whole)
            if len(parts) > 1 and _slipped(whole, parts):
                yield Checked(whole.quantity.span)
                unit = f"{parts[0].quantity.magnitude}{parts[0].quantity.unit.name}"
                total = sum((_printed(part.quantity) for part in parts), Decimal(0))
                yield Finding(
                    whole.quantity.span,
                    Message(
                        f"各项之和是 {show(total)}{unit}，总数却写作 {whole.quantity.text}，请核对单位",
                        f"the parts come to {show(total)}{unit}, the total is given as {whole.quantity.text}; check the unit",
                    ),
                    related(parts, "分项"),
                )


def _parts(following: Sequence[Claim], first: Claim, whole: Claim) -> list[Claim]:
    parts: list[Claim] = []
    for claim in following[:MOST_PARTS]:
        alike = claim.quantity.unit is first.quantity.unit and claim.quantity.magnitude == first.quantity.magnitude
        if not alike or not claim.subset or not claim.countable or claim.beat - first.beat > 1:
            break
        parts.append(claim)
    return parts if first.quantity.kind == whole.quantity.kind else []


def _slipped(whole: Claim, parts: Sequence[Claim]) -> bool:
    """Whether the digits of the parts, as printed, come to those of the total, and in their units to something far off."""
    total = sum((_printed(part.quantity) for part in parts), Decimal(0))
    printed = _printed(whole.quantity)
    unit = (whole.quantity.unit, whole.quantity.magnitude) == (parts[0].quantity.unit, parts[0].quantity.magnitude)
    digits = len(total.normalize().as_tuple().digits)
    if not printed or digits < _DIGITS:
        return False
    return any(printed == total.scaleb(places) and (places != 0 or not unit) for places in _PLACES) and not _same(
        whole.quantity, parts
    )


def _same(whole: Quantity, parts: Sequence[Claim]) -> bool:
    """Whether the total is that of the parts, told in another unit: 860万元 of 0.086亿元."""
    factor = (parts[0].quantity.unit.factor or Decimal(1)) / (whole.unit.factor or Decimal(1))
    total = sum((part.quantity.value for part in parts), Decimal(0)) * factor
    return abs(total - whole.value) <= whole.value / 10


def _printed(quantity: Quantity) -> Decimal:
    """The number as it stands before 万 or 亿."""
    found = _NUMBER.search(quantity.text.replace(",", ""))
    return Decimal(found[0]) if found else Decimal(0)
