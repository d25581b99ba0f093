"""Quantities: printed numbers as intervals with their units.

A printed ``12.3`` stands for everything from 12.25 to 12.35; 余, 近, 约 and 以上 widen it. A count without decimals or magnitude
is exact: ``26项`` are 26. Values are :class:`~decimal.Decimal` of the printed digits, never floats.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from string import ascii_letters

from reportlint.numerals import HAN_NUMERAL, han_value
from reportlint.patterns import compiled
from reportlint.record import cached_property
from reportlint.span import Span
from reportlint.units import HOMOGRAPH, NO_UNIT, UNIT_PATTERN, UNITS, Unit


class Bound(Enum):
    """How a printed number is meant."""

    EXACT = "exact"
    ABOUT = "about"
    MORE = "more"
    LESS = "less"
    AT_LEAST = "at least"
    AT_MOST = "at most"

    __hash__ = object.__hash__  # members are what they are; the one of Enum is a call into Python for each look-up


class Quantity:
    """``12.30亿元``: the value, the unit, and how finely it was printed.

    ``at`` is number and unit in the reading, which ``place`` maps to the document, ``text`` the same as read. ``value`` counts magnitudes
    (万, 亿) in; ``step`` is the worth of its last printed place; ``low`` and ``high`` are the closed interval it stands for
    (``None``: no limit). ``unit`` is :data:`~reportlint.units.NO_UNIT` for a bare number. ``ordinal`` marks 第8位, ``quoted``
    a number inside “ ” or 《 》, ``ranged`` either end of 3—5个, ``han`` a Chinese numeral, ``magnitude`` the 万 or 亿 printed. ``exact`` numbers are meant as
    printed: no 余, 约, 以上, not one end of a range. ``kind`` is what the unit measures: ``count``, ``percent``, ``money`` …, ``none`` for a bare number.
    """

    def __init__(
        self,
        at: Span,
        place: Callable[[Span], Span],
        text: str,
        value: Decimal,
        step: Decimal,
        low: Decimal | None,
        high: Decimal | None,
        unit: Unit,
        bound: Bound,
        magnitude: str = "",
        *,
        han: bool = False,
        ordinal: bool = False,
        quoted: bool = False,
        ranged: bool = False,
    ) -> None:
        self.at = at
        self.place = place
        self.text = text
        self.value = value
        self.step = step
        self.low = low
        self.high = high
        self.unit = unit
        self.bound = bound
        self.magnitude = magnitude
        self.han = han
        self.ordinal = ordinal
        self.quoted = quoted
        self.ranged = ranged
        self.exact = bound is Bound.EXACT and not ranged
        self.kind = unit.kind
        #: The unit's name, people by whatever word they are counted.
        self.counted_in = "人" if unit.name == "名" or unit.name == "位" else unit.name

    @cached_property
    def span(self) -> Span:
        """The figure's place in the document; few are asked for it."""
        return self.place(self.at)


def same_unit(one: Quantity, other: Quantity) -> bool:
    """Whether two quantities count in the same unit; 人次 and 人 do not, 名 and 人, 元 with and without 万 do."""
    return one.counted_in == other.counted_in


_POWERS = {
    "": 0,
    "百": 2,
    "千": 3,
    "万": 4,
    "十万": 5,
    "百万": 6,
    "千万": 7,
    "亿": 8,
    "十亿": 9,
    "百亿": 10,
    "千亿": 11,
    "万亿": 12,
}

#: What the last character of a Chinese numeral is worth before 万.
_POWERS_WITHIN = {"十": 5, "百": 6, "千": 7}

#: The digits of the longest figure, as many as a spreadsheet keeps.
_MOST_DIGITS = 15
_HEAD = compiled(
    rf"[0-9{HAN_NUMERAL}](?:(?<=[0-9])[0-9]*(?:,[0-9]{{3}}(?![0-9]))*(?:\.[0-9]+)?|(?<=[{HAN_NUMERAL}])[{HAN_NUMERAL}]*(?:[万亿][{HAN_NUMERAL}]+)*)"
)
_TAIL = compiled(
    rf"(?P<more>[余多来]?)(?P<magnitude>万亿|[十百千]?[万亿]|[百千](?![一-龥]*分)|)(?P<rest>[余多来]?)(?P<unit>{UNIT_PATTERN}|)"
    r"(?P<after>以上|以下|以内|左右|上下|之内|及以上|及以下|)"
)
_FRACTION = compiled(r"点[零〇一二三四五六七八九]+")
_LATIN_UNIT = compiled(rf"(?:{UNIT_PATTERN})(?![A-Za-z])")
_ANY_UNIT = compiled(rf"[万亿]?(?:{UNIT_PATTERN})")
_CUE = compiled(
    r"(将近|接近|大约|(?<![签节履违续预集制公条契邀解毁])约|超过|突破|不少于|不低于|不超过|不高于|不大于|高于|低于|大于|小于|至少|最多|最少|不足|不到|(?<![附邻最临亲远])近|(?<![赶反])超|逾)(?:为|达到|达)?$"
)
#: What the words before a figure end in where they end in a cue.
_CUE_ENDS = frozenset("近约过破于少多足到超逾为达")
_CUE_BOUND = {
    **dict.fromkeys(("将近", "接近", "近", "不足", "不到"), Bound.LESS),
    **dict.fromkeys(("大约", "约"), Bound.ABOUT),
    **dict.fromkeys(("超过", "超", "逾", "突破"), Bound.MORE),
    **dict.fromkeys(("不少于", "不低于", "至少", "最少", "高于", "大于"), Bound.AT_LEAST),
    **dict.fromkeys(("不超过", "不高于", "不大于", "最多", "低于", "小于"), Bound.AT_MOST),
}
_AFTER_BOUND = {
    **dict.fromkeys(("以上", "及以上"), Bound.AT_LEAST),
    **dict.fromkeys(("以下", "以内", "之内", "及以下"), Bound.AT_MOST),
    **dict.fromkeys(("左右", "上下"), Bound.ABOUT),
}
#: What stands beside a figure that belongs to a name, a formula or a fraction.
_BESIDE_NAMES = frozenset("_.#№+×*/:：之分" + ascii_letters)
#: A dash that joins two things is no minus.
_JOINED = compiled(r"[\dA-Za-z%）)—-].$")
_DASH = "-—–~至到"
#: Words whose Chinese numeral does not count anything; none begins with a class, so that the matcher skips to their first characters.
_LEXICAL = compiled(
    r"统一|一律|一致|一定|一直|一些|一切|一般|一旦|一并|一线|一体|一流|一时|一起|一同|一道|一面|一方|一带|一经|一次性|一揽子|一系列|万一|唯一|单一|逐一|专一|第一时间|一手"
    r"|进一步|下一步|一步|一批|一是|二是|三是|四是|五是|六是|七是|八是|九是|十是|十分|百姓|千方百计|三农|两会|百货|千家万户|千头万绪|一把手|百分之|百分位|百分制|百分比|百分点|百分数|十分之|百日|百年|百岁|百强|千亩|万亩|千里|百里"
)
#: 二级医院11家, 二级30处: a grade that belongs to the noun of the figure behind it.
_GRADE = compiled(r"[二三四五六七八九十]级[一-龥（）]{0,8}\d")
_QUOTED = compiled(r"“[^“”\n]{1,60}”|《[^《》\n]{1,80}》")
#: How far a figure before which 约 stands may be off, as a share of itself.
_ROUGH = Decimal("0.2")
_NOTHING, _ONE = Decimal(0), Decimal(1)


def quoted_spans(text: str) -> list[Span]:
    """What stands inside “ ” or 《 》 of ``text``: names and slogans, whose numbers take part in no sum."""
    return [Span(*match.span()) for match in _QUOTED.finditer(text)]


def too_long(digits: str) -> bool:
    """Whether ``digits`` are a serial number: nobody counts that far, and arithmetic is exact only so far."""
    return len(digits) > _MOST_DIGITS and sum(map(str.isdigit, digits)) > _MOST_DIGITS


class _Mask:
    """Disjoint ascending spans that can be asked whether they cover an offset, each time a greater one."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._spans = iter(spans)
        self._start = self._end = -1

    def covers(self, offset: int) -> bool:
        while self._end <= offset:
            self._start, self._end = next(self._spans, (sys.maxsize, sys.maxsize))
        return self._start <= offset


def quantities(
    text: str, masked: Sequence[Span] = (), place: Callable[[Span], Span] = lambda at: at
) -> Iterator[Quantity]:
    """Every quantity of the reading ``text``, in order; ``masked`` spans (dates) hold none.

    ``place`` maps a place in the reading to the document.

    >>> [(str(q.value), q.unit.name) for q in quantities("收入12.30亿元，增长5%，共二十六项")]
    [('1230000000', '元'), ('5', '%'), ('26', '项')]
    """
    dates, quotes = _Mask(masked), _Mask(quoted_spans(text))
    lexical = _Mask(match.span() for match in _LEXICAL.finditer(text))
    taken = -1
    for head in _HEAD.finditer(text):
        start, stop = head.span()
        if start < taken or dates.covers(start):
            continue
        digits = head[0]
        han = digits[0] not in "0123456789"
        if not han and len(digits) > _MOST_DIGITS and too_long(digits):
            continue
        if (
            lexical.covers(start) or _part_of_word(text, start, stop, digits) or _GRADE.match(text, start)
            if han
            else _part_of_name(text, start, stop, digits)
        ):
            continue
        if han and digits[-2:] in ("万千", "亿千") and text[stop : stop + 1] in tuple("瓦克米卡"):
            digits, stop = digits[:-2], stop - 2  # 六千|亿千瓦时
        # 点 is a word as well (三点要求): it parts a numeral only where a percentage is spelt out.
        if han and text.startswith("点", stop) and text.endswith("百分之", 0, start):
            fraction = _FRACTION.match(text, stop)
            if fraction is not None:
                digits, stop = digits + fraction[0], fraction.end()
        tail = _TAIL.match(text, stop)
        if tail is None:  # every part of the tail is optional
            continue
        more, magnitude, rest, measure, after = tail.groups()
        # 1.8亿支持: behind 亿 the unit is 元, left out, and 支持 a verb; 1200万名义务兵 are counted in 名.
        if measure == "支" and magnitude and HOMOGRAPH.match(text, tail.start("unit")):
            measure = ""
        unit = UNITS.get(measure, NO_UNIT)
        if han and text.endswith("百分之", 0, start):
            unit, end, start = UNITS["%"], stop, start - 3
        elif han and unit is NO_UNIT:
            continue
        else:
            end = tail.start("unit") + len(measure)
        value, step = _value(digits, magnitude, han=han)
        if value is None or (han and value < 2):
            continue
        at, taken = Span(start, end), end
        before = text[max(0, start - 5) : start]
        if before.endswith(("-", "−")) and not _JOINED.search(before):
            at, value = Span(start - 1, end), -value
        bound = Bound.MORE if more or rest else _bound(before, after)
        whole = not magnitude and step == 1 and unit.kind in ("count", "time", "none", "rank")
        low, high = _interval(value, step, bound, whole=whole)
        yield Quantity(
            at,
            place,
            text[at.start : end],
            value,
            step,
            low,
            high,
            unit,
            bound,
            magnitude,
            han=han,
            ordinal=before.endswith(("第", "前")) and not before.endswith(("提前", "目前", "之前", "以前", "年前")),
            quoted=quotes.covers(start),
            ranged=_ranged(text, at),
        )


def _part_of_word(text: str, start: int, end: int, numeral: str) -> bool:
    """Whether a Chinese numeral is a fraction's (三分之一) or a unit's (66万千瓦)."""
    if text.startswith("分之", end) or (text.endswith("分之", 0, start) and not text.endswith("百分之", 0, start)):
        return True
    return numeral in ("千", "百", "十") and (
        text[end : end + 1] in tuple("瓦克米卡") or text[start - 1 : start] in tuple("万亿数几上每")
    )


def _part_of_name(text: str, start: int, end: int, digits: str) -> bool:
    """Whether the digits belong to a name, a formula, a clock time or a telephone number: PM2.5, 1+7+18, 10:25."""
    number = len(digits) >= 7 and digits.isdigit()
    if text[start - 1 : start] not in _BESIDE_NAMES and text[end : end + 1] not in _BESIDE_NAMES:
        return number and not _ANY_UNIT.match(text, end)
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    if before and (before[-1].isascii() and before[-1].isalpha() or before[-1] in "_.#№"):
        return True
    if before and before[-1] in "+×*/:：" and (len(before) < 2 or before[0].isalnum()):
        return before[-1] != "：" or before[0].isdigit()
    if len(before) == 2 and before[1] in "xX" and before[0].isdigit():
        return True
    if after and after[0] in "+×*/xX" and (len(after) > 1 and (after[1].isalnum() or after[1] in "+×")):
        return True
    if len(after) == 2 and after[0] in ":：" and after[1].isdigit() and len(digits) <= 2:
        return True
    if text.endswith("分之", 0, start) or text.startswith("分之", end):
        return True
    if after and after[0].isascii() and after[0].isalpha() and not _LATIN_UNIT.match(text, end):
        return True
    return number and not _ANY_UNIT.match(text, end)


def _value(digits: str, magnitude: str, *, han: bool) -> tuple[Decimal | None, Decimal]:
    """The number and the worth of its last printed place; the digits stay as printed (98.50 is finer than 98.5)."""
    power = _POWERS[magnitude]
    if han and magnitude == "万" and "亿" in digits:
        return han_value(digits + magnitude), Decimal(10 ** _POWERS_WITHIN.get(digits[-1], power))  # 六亿一千八百|万
    if han:
        spelt = han_value(digits)
        if "点" in digits:
            return spelt, _step(-len(digits.partition("点")[2]))
        return (spelt * 10**power if spelt is not None else None), Decimal(10**power)
    plain = digits.replace(",", "")
    if len(plain) > _LONGEST:
        return None, _ONE
    places = len(plain.partition(".")[2])
    value = Decimal(plain)
    if power:
        value = value.scaleb(power)
        if power > places:
            value = value.quantize(_ONE)
    return value, _step(power - places)


#: The most digits a figure has; longer rows of them are numbers of something, and more than decimals reckon with.
_LONGEST = 20


@lru_cache(maxsize=64)
def _step(power: int) -> Decimal:
    return _ONE.scaleb(power)


def _bound(before: str, after: str) -> Bound:
    """How the words before a figure and behind its unit make it meant."""
    if after:
        return _AFTER_BOUND[after]
    cue = _CUE.search(before) if before[-1:] in _CUE_ENDS else None
    return _CUE_BOUND[cue[1]] if cue else Bound.EXACT


def _interval(value: Decimal, step: Decimal, bound: Bound, *, whole: bool) -> tuple[Decimal | None, Decimal | None]:
    """The closed interval a printed number stands for; ``whole`` numbers are exact."""
    if bound is Bound.EXACT and whole:
        return value, value
    half = _NOTHING if whole else step / 2
    if bound is Bound.EXACT:
        return value - half, value + half
    rough = max(abs(value) * _ROUGH, step)
    if bound is Bound.ABOUT:
        return value - rough, value + rough
    if bound is Bound.MORE:
        return value - half, value + 2 * rough
    if bound is Bound.LESS:
        return value - rough, value + half
    return (None if bound is Bound.AT_MOST else value - half), (None if bound is Bound.AT_LEAST else value + half)


def _ranged(text: str, at: Span) -> bool:
    """Whether ``at`` is one end of a range: 3—5个, 10%至15%, 二十米至五十米."""
    if at.end + 1 < len(text) and text[at.end] in _DASH:
        following = text[at.end + 1]
        if following.isdigit() or (following in HAN_NUMERAL and text[at.end] != "到"):
            return True
    return (
        at.start >= 2
        and text[at.start - 1] in _DASH
        and (text[at.start - 2].isdigit() or text[at.start - 2] in "%万亿元")
    )
