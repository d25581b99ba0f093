"""Two counts and the proportion said to lie between them: 教师1.26万人，学生18.9万人，生师比15∶1; 公共桩420个、私人桩840个，私人桩是公共桩的2倍."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from reportlint.analysis import Analysis
from reportlint.claims import CHANGES, Claim, Role
from reportlint.finding import Checked, Finding, Message, Outcome, Related
from reportlint.numbers import same_unit
from reportlint.numerals import han_value
from reportlint.patterns import compiled
from reportlint.span import Span
from reportlint_rules.numbers.figures import show

_RATIO = compiled(
    r"(?:生师|师生|医护|床护|男女(?:性别|生)?|干群|城乡)比(?:例)?(?:为|达到?|是|约为)?(?P<said>(?P<a>\d{1,5}(?:\.\d{1,2})?)[∶:：](?P<b>\d{1,5}(?:\.\d{1,2})?))(?![\d∶:：.])"
)
_TIMES = compiled(
    r"，(?P<a>[一-龥]{2,10}?)(?:的?(?:数量|人数|规模|总量|面积))?是(?P<b>[一-龥]{2,10}?)(?:的?(?:数量|人数|规模|总量|面积))?的(?P<said>(?P<n>[两三四五六七八九十]|\d{1,4}(?:\.\d{1,2})?)倍)(?!以上|多|左右|有余)"
)
_EARLIER = compiled(r"年|同期|此前|以前|原来|当初|月|季度|平均|全[国省市县]")
#: How far apart a proportion may be from what the figures make, and still be meant for it.
_LEAST, _MOST = Decimal("0.4"), Decimal("2.5")
_ROUNDED = Decimal("0.5")


def proportion_mismatches(analysis: Analysis) -> Iterator[Outcome]:
    """Every proportion told beside its two counts, with those that they belie."""
    text = analysis.reading.text
    for match in _RATIO.finditer(text) if "比" in text else ():
        yield from _ratio(analysis, match)
    for match in _TIMES.finditer(text) if "倍" in text else ():
        yield from _times(analysis, match)


def _before(analysis: Analysis, place: int) -> list[Claim]:
    """The figures of the sentence up to ``place``, and of the one before in its paragraph."""
    found: list[Claim] = []
    for group in analysis.by_sentence:
        if group[0].at.start >= place:
            break
        found = [*[claim for claim in found if claim.paragraph == group[0].paragraph][-6:], *group]
    last = analysis.reading.text.rfind("\n", 0, place)
    return [claim for claim in found if last < claim.at.start and claim.at.end <= place]


def _counts(claims: Sequence[Claim]) -> list[Claim]:
    return [
        claim
        for claim in claims
        if claim.countable
        and claim.quantity.kind == "count"
        and claim.role not in CHANGES
        and claim.role is not Role.BASE
        and claim.quantity.value > 0
    ]


def _ratio(analysis: Analysis, match: re.Match[str]) -> Iterator[Outcome]:
    counts = _counts(_before(analysis, match.start()))[-2:]
    a, b = Decimal(match["a"]), Decimal(match["b"])
    if len(counts) < 2 or not same_unit(counts[0].quantity, counts[1].quantity) or not a or not b:
        return
    if counts[1].subset and not counts[0].subset:
        return  # 教师1260人，其中女教师810人: the second is in the first
    said = a / b
    loose = max(_half(match["a"]) / a, _half(match["b"]) / b if b != 1 else Decimal(0))
    ways = [_quotient(*pair) for pair in (counts, counts[::-1])]
    span = analysis.span(Span(*match.span("said")))
    yield Checked(span)
    if any(low <= said * (1 + loose) and high >= said * (1 - loose) for low, high in ways):
        return
    near = [(low + high) / 2 for low, high in ways if _LEAST < (low + high) / 2 / said < _MOST]
    near.sort(key=lambda ratio: max(ratio / said, said / ratio))
    if near:  # of the two ways round the one that is meant is the nearer
        yield _finding(span, counts, show(near[0].quantize(Decimal("0.01"))), match["said"])


def _half(printed: str) -> Decimal:
    return _ROUNDED * Decimal(1).scaleb(-len(printed.partition(".")[2]))


def _quotient(one: Claim, other: Claim) -> tuple[Decimal, Decimal]:
    mine, its = one.quantity, other.quantity
    low, high = mine.low or mine.value, mine.high or mine.value
    least, most = its.low or its.value, its.high or its.value
    return low / most, high / least


def _times(analysis: Analysis, match: re.Match[str]) -> Iterator[Outcome]:
    if _EARLIER.search(match["b"]):
        return
    counts = _counts(_before(analysis, match.start() + 1))
    one, other = (
        [claim for claim in counts if claim.lead.endswith(name)]
        or [claim for claim in counts if name[:2] in claim.lead]
        for name in (match["a"], match["b"])
    )
    if len(one) != 1 or len(other) != 1 or one[0] is other[0] or not same_unit(one[0].quantity, other[0].quantity):
        return
    printed = match["n"]
    said = Decimal(printed) if printed[0].isdigit() else han_value(printed) or Decimal(0)
    low, high = _quotient(one[0], other[0])
    span = analysis.span(Span(*match.span("said")))
    yield Checked(span)
    half = _half(printed) if printed[0].isdigit() else _ROUNDED
    if not said - half <= high or not low <= said + half:
        yield _finding(span, [one[0], other[0]], show(((low + high) / 2).quantize(Decimal("0.01"))), match["said"])


def _finding(span: Span, counts: Sequence[Claim], actual: str, said: str) -> Finding:
    one, other = (claim.quantity for claim in counts)
    return Finding(
        span,
        Message(
            f"{one.text} 与 {other.text} 之比是 {actual}，与“{said}”不符，请核对",
            f"{one.text} and {other.text} make {actual}; the text says otherwise",
        ),
        (Related(one.span, "分子"), Related(other.span, "分母")),
    )
