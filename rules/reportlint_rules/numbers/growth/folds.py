"""How many times: 由3亿元增长到6亿元，翻了一番; 达到1200个，是上年（400个）的3倍."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from decimal import Decimal

from reportlint.analysis import Analysis
from reportlint.claims import Claim, Role
from reportlint.finding import Checked, Finding, Message, Outcome, Related
from reportlint.numbers import same_unit
from reportlint.numerals import han_value
from reportlint.patterns import compiled
from reportlint.record import NamedTuple
from reportlint.span import Span
from reportlint_rules.numbers.figures import show

_NUMBER = r"(?P<number>[一两二三四五六七八九十]|\d+(?:\.\d+)?)"
_FROM = compiled(r"(?:由|从)[^，。；]{0,14}$")
_TO = compiled(
    r"(?:[^，。；\d]{0,12}(?:增加|增长|提高|提升|扩大|发展|上升|攀升|跃升|拓展|扩展|壮大))?(?:到|至|为)(?:20\d\d年底?的?|目前的?|现在的?|今年的?)?|增[至到加为]{1,2}(?:20\d\d年底?的?)?|升至|扩至"
)
#: ，翻了两番; ，是原来的2倍.
_AFTER = compiled(
    rf"(?:/[年月日天])?，?(?:实现|五年|三年|几年来|成功|已|整体|总量|近|约)*(?:(?P<doubled>翻(?:了)?){_NUMBER}番|(?:是|为|达到?|相当于)(?:了)?(?:原来|原先|过去|之前|以前|改造前|上年|去年|20\d\d年|当初|最初)的(?P<times>[一两二三四五六七八九十]|\d+(?:\.\d+)?)倍)"
)
#: 由120家翻一番，达到240家: told between the two.
_WITHIN = compiled(
    rf"[^，。；\d]{{0,8}}(?P<doubled>翻(?:了)?(?:{_NUMBER})?番)，?(?:现|已|目前|今年|总量|总数)*(?:达到?|增至|增加到|增长到|提高到|发展到|突破)了?"
)
#: 产值翻番，从6亿元增长到12亿元: told before them.
_TOLD = compiled(rf"(?P<doubled>翻(?:了)?(?:{_NUMBER})?番)，(?:由|从)[^，。；\d]{{0,12}}(?:20\d\d年底?的?)?$")
_IS_TIMES = compiled(r"，?(?:是|为|相当于)[^，。；\d]{0,4}(?:20\d\d年|上年|去年|原来|[一-龥]{2,8})[^，。；\d]{0,6}（?")
_TIMES = compiled(r"）?的(?P<times>[一两二三四五六七八九十]|\d+(?:\.\d+)?)倍")
#: How far from twice a thing may still be said to have doubled.
_LOOSE = Decimal("0.85")
_AND_MORE = compiled(r"多|以上|有余|还多")
#: And how many times as much as twice, before it is another word's matter.
_DOUBLED_AT_MOST = Decimal("1.45")


class _Fold(NamedTuple):
    """A value, its base, and how many times the one is said to be the other; ``doublings`` for 番."""

    value: Claim
    base: Claim
    times: Decimal
    at: Span
    shown: str
    doublings: bool


def _said(printed: str) -> Decimal:
    return Decimal(printed) if printed[0].isdigit() else han_value(printed) or Decimal(0)


def _folds(analysis: Analysis) -> Iterator[_Fold]:
    text = analysis.reading.text
    for group in analysis.by_sentence:
        for one, other in zip(group, group[1:], strict=False):
            if not same_unit(one.quantity, other.quantity) or not (one.quantity.exact and other.quantity.exact):
                continue
            if _FROM.search(one.lead) and _TO.fullmatch(text[one.at.end : other.at.start]):
                after = _AFTER.match(text, other.at.end)
                if after and after["doubled"]:
                    number = _said(after["number"])
                    at = Span(after.start("doubled"), after.end())
                    yield _Fold(other, one, Decimal(2) ** int(number), at, after[0].lstrip("，"), doublings=True)
                elif after:
                    at = Span(after.start("times"), after.end())
                    yield _Fold(other, one, _said(after["times"]), at, after[0].lstrip("，"), doublings=False)
            between = text[one.at.end : other.at.start]
            if "番" in text[max(0, one.at.start - _TOLD_NEAR) : other.at.end + 8]:
                yield from _doubled(text, one, other)
            if _IS_TIMES.fullmatch(between) and ("（" in between) == text.startswith("）", other.at.end):
                times = _TIMES.match(text, other.at.end)
                if times:
                    at = Span(times.start("times"), times.end())
                    yield _Fold(one, other, _said(times["times"]), at, times[0].lstrip("）的"), doublings=False)


_TOLD_NEAR = 30
#: 18.6万人次，较去年的9.3万人次翻了一番: told behind the base.
_THAN = compiled(r"[^，。；\d]{0,6}，?(?:较|比)[^，。；\d]{0,10}")
_BEHIND = compiled(rf"(?:整整|实现|约|近)?(?P<doubled>翻(?:了)?(?:{_NUMBER})?番)")


def _doubled(text: str, one: Claim, other: Claim) -> Iterator[_Fold]:
    """由120家翻一番，达到240家; 产值翻番，从6亿元增长到12亿元."""
    between = text[one.at.end : other.at.start]
    within = _WITHIN.fullmatch(text, one.at.end, other.at.start) if _FROM.search(one.lead) else None
    told = _TOLD.search(text, max(0, one.at.start - _TOLD_NEAR), one.at.start) if _TO.fullmatch(between) else None
    than = _BEHIND.match(text, other.at.end) if _THAN.fullmatch(between) else None
    if than:
        one, other = other, one
    said = within or told or than
    if said:
        at = Span(*said.span("doubled"))
        yield _Fold(other, one, Decimal(2) ** int(_said(said["number"] or "一")), at, said["doubled"], doublings=True)


#: What may stand between 3倍 and the growth said beside it.
_BESIDE = compiled(r"，(?:同比|比上年|较上年|比去年|较去年)?(?:增长|增加|提高|上升)了?")
_NEAR = 10


def _growth_behind(analysis: Analysis, fold: _Fold, least: Decimal, most: Decimal) -> Iterator[Outcome]:
    """1530件，是上年510件的3倍，增长300%: the growth that the same two figures make."""
    text = analysis.reading.text
    first = bisect_left(analysis.claim_starts, fold.at.end)
    for claim in analysis.claims[first : first + 1]:
        if (
            not 0 <= claim.at.start - fold.at.end <= _NEAR
            or claim.role is not Role.UP
            or claim.quantity.unit.name != "%"
        ):
            continue
        if not _BESIDE.fullmatch(text, fold.at.end, claim.at.start):
            continue
        growth = claim.quantity
        yield Checked(growth.span)
        low, high = (bound * 100 - 100 for bound in (least, most))
        if growth.exact and (growth.value + growth.step < low or growth.value - growth.step > high):
            actual = show((fold.value.quantity.value / fold.base.quantity.value * 100 - 100).quantize(growth.step))
            yield Finding(
                growth.span,
                Message(
                    f"{fold.base.quantity.text} 到 {fold.value.quantity.text} 增长 {actual}%，与写明的 {growth.text} 不符，请核对",
                    f"{fold.base.quantity.text} to {fold.value.quantity.text} is a growth of {actual}%, not {growth.text}",
                ),
                (Related(fold.value.quantity.span, "本期"), Related(fold.base.quantity.span, "上期")),
            )
        return


def fold_mismatches(analysis: Analysis) -> Iterator[Outcome]:
    """Every such statement that its two figures contradict."""
    if "番" not in analysis.reading.text and "倍" not in analysis.reading.text:
        return
    for fold in _folds(analysis):
        value, base = fold.value.quantity, fold.base.quantity
        low, high = value.low, value.high
        if low is None or high is None or base.low is None or base.high is None or base.low <= 0:
            continue
        span = analysis.span(fold.at)
        yield Checked(span)
        least, most = low / base.high, high / base.low
        yield from _growth_behind(analysis, fold, least, most)
        if fold.doublings:
            wrong = most < fold.times * _LOOSE or least > fold.times * (
                2 if _AND_MORE.match(analysis.reading.text, fold.at.end) else _DOUBLED_AT_MOST
            )
        else:
            half = Decimal(1).scaleb(min(0, int(fold.times.as_tuple().exponent))) / 2
            wrong = most < fold.times - half or least > fold.times + half
        if wrong:
            ratio = show((value.value / base.value).quantize(Decimal("0.1")))
            yield Finding(
                span,
                Message(
                    f"{value.text}÷{base.text}＝{ratio}，与“{fold.shown}”不符，请核对",
                    f"{value.text} is {ratio} times {base.text}; the text says otherwise",
                ),
                (Related(value.span, "本期"), Related(base.span, "上期")),
            )
