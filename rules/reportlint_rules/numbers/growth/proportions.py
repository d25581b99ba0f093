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
    r"比(?:例|值)?(?:为|达到?|是|约为?)?(?P<said>(?P<a>\d{1,5}(?:\.\d{1,2})?)[∶:：](?P<b>\d{1,5}(?:\.\d{1,2})?))(?![\d∶:：.])"
)
#: 城乡居民收入比2.1, 由2.14缩小到2.10: to one, that is.
_TO_ONE = compiled(
    r"收入(?:比值?|倍差)(?:[由从][^，。；]{1,16}?(?:缩小|下?降|收窄|扩大)[到至为]|(?:为|是|达到?|约为?))?(?P<said>\d(?:\.\d{1,3})?)(?![\d∶:：.%倍个年])"
)
#: 出生人口性别比108.0: boys to a hundred girls.
_TO_HUNDRED = compiled(r"性别比(?:为|是|达到?|降至|下降到)?(?P<said>\d{2,3}(?:\.\d{1,2})?)(?![\d∶:：.%])")
#: 师生比, 城乡居民收入比: the two that are compared, and what they are compared in.
_NAME = compiled(
    r"(?P<one>[一-龥])(?P<other>[一-龥])(?:居民|人口|性别|人员|人数|数量|配置|配备|人均|可支配|收入|学生){0,4}$"
)
#: What a figure is called that one character of such a name stands for, where that is not in its words.
_CALLED = {"乡": "农", "师": "教"}
#: 招录比例, 投入带动比: of the last two figures of one unit.
_UNNAMED = compiled(r"(?:招录|录取|报录|竞争|带动|撬动|杠杆|投入产出|床护|生师|师生|医护|男女|干群)[一-龥]{0,2}$")
#: How many figures back the two may stand.
_BACK = 8
#: How much of the words before a figure may call it.
_WORDS = 16
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
    for match in _TO_ONE.finditer(text) if "收入" in text else ():
        yield from _one_number(analysis, match, 1)
    for match in _TO_HUNDRED.finditer(text) if "性别比" in text else ():
        yield from _one_number(analysis, match, 100)
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
    a, b = Decimal(match["a"]), Decimal(match["b"])
    counts = _compared(analysis, match.start())
    if counts is None or not a or not b:
        return
    loose = max(
        _half(printed) / value if value != 1 else Decimal(0)
        for printed, value in zip(match.group("a", "b"), (a, b), strict=True)
    )
    yield from _told(analysis, match, counts, a / b, loose)


def _one_number(analysis: Analysis, match: re.Match[str], unit: int) -> Iterator[Outcome]:
    """城乡居民收入比2.1, 性别比108: how many there are to ``unit`` of the other."""
    if unit == 1:
        counts = _compared(analysis, match.start() + len("收入"))
    else:
        near = [claim for claim in _before(analysis, match.start()) if _usable(claim)][-_BACK:]
        counts = _pair(_called(near, "男", "女"), _called(near, "女", "男"))
    said = Decimal(match["said"])
    if counts is not None and said:
        yield from _told(analysis, match, counts, said / unit, _half(match["said"]) / said)


def _told(
    analysis: Analysis, match: re.Match[str], counts: Sequence[Claim], said: Decimal, loose: Decimal
) -> Iterator[Outcome]:
    ways = [_quotient(*pair) for pair in (counts, counts[::-1])]
    span = analysis.span(Span(*match.span("said")))
    yield Checked(span)
    if any(low <= said * (1 + loose) and high >= said * (1 - loose) for low, high in ways):
        return
    near = [(low + high) / 2 for low, high in ways if _LEAST < (low + high) / 2 / said < _MOST]
    near.sort(key=lambda ratio: max(ratio / said, said / ratio))
    if near:  # of the two ways round the one that is meant is the nearer
        yield _finding(span, counts, show(near[0].quantize(Decimal("0.01"))), match["said"])


def _compared(analysis: Analysis, place: int) -> Sequence[Claim] | None:
    """The two figures that the ratio named before ``place`` is of: those that its characters call, or the last two of one unit."""
    words = analysis.reading.text[max(0, place - 12) : place]
    near = [claim for claim in _before(analysis, place) if _usable(claim)][-_BACK:]
    named = _NAME.search(words)
    if named is not None:
        one, other = named["one"], named["other"]
        pair = _pair(_called(near, one, other), _called(near, other, one))
        if pair is not None:
            return pair
        if sum(claim.quantity.kind == "count" for claim in near[-4:]) > 2 and (
            _called(near, one, other) or _called(near, other, one)
        ):
            return None  # 医师232人、护士365人、医技人员113人，医护比: the last two are others
    if _UNNAMED.search(words) is None or len(near) < 2:
        return None
    first, second = near[-2:]
    within = second.subset and not first.subset  # 教师1260人，其中女教师810人: the second is in the first
    return (first, second) if same_unit(first.quantity, second.quantity) and not within else None


def _pair(ones: Sequence[Claim], others: Sequence[Claim]) -> Sequence[Claim] | None:
    """One of each, where each has one value and both are of one kind."""
    if any(len({claim.quantity.value for claim in found}) != 1 for found in (ones, others)):
        return None
    first, second = ones[-1], others[-1]
    return (first, second) if first is not second and first.quantity.kind == second.quantity.kind else None


def _called(claims: Sequence[Claim], one: str, other: str) -> list[Claim]:
    """The figures of what the character ``one`` of a ratio's name stands for."""
    mine, its = one + _CALLED.get(one, ""), other + _CALLED.get(other, "")
    return [
        claim
        for claim in claims
        if any(sign in claim.lead[-_WORDS:] for sign in mine) and not any(sign in claim.lead[-_WORDS:] for sign in its)
    ]


def _usable(claim: Claim) -> bool:
    quantity = claim.quantity
    return (
        quantity.kind in ("count", "money")
        and quantity.exact
        and not (quantity.ordinal or quantity.quoted or (claim.planned and "招" not in claim.lead))
        and claim.role not in CHANGES
        and claim.role is not Role.BASE
        and quantity.value > 0
    )


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
