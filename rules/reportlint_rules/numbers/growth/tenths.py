"""Changes and shares told in tenths: 较常年同期的812.7毫米偏多两成, 由312件降到226件，下降近三成, 占年度目标的九成以上."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from reportlint.analysis import Analysis
from reportlint.claims import CHANGES, Claim, Role
from reportlint.finding import Checked, Finding, Message, Outcome, Related
from reportlint.numbers import same_unit
from reportlint.patterns import compiled
from reportlint.record import NamedTuple
from reportlint_rules.numbers.figures import show

_TEN = Decimal(10)
#: How far from so many tenths a thing may be and still be called by them.
_LOOSE = Decimal("0.5")
_LESS = compiled(r"(?:将近|接近|不足|不到|近)(?:了)?$")
_MORE = compiled(r"(?:超过|超|逾|突破)(?:了)?$")
_MORE_BEHIND = compiled(r"以上|多|有余|强|出头")
_LESS_BEHIND = compiled(r"不到|不足|以下|弱")
_COMPARED = compiled(r"(?:较|比)[^，；。]{0,12}$")
_FROM = compiled(r"(?:由|从)[^，；。]{0,12}$")
_UP_OR_DOWN = compiled(
    r"(?:，|同比|环比|降幅|增幅|足足|整整|大约|约|了|近|将近|超过|超|逾|达|为)*(?P<word>增长|增加|上升|提高|提升|多|偏多|高|偏高|涨|下降|减少|降低|压减|缩短|少|偏少|低|偏低)"
    r"(?:了|约|近|将近|超过|超|逾|不到|不足|大约|达|出)*"
)
_OF = compiled(r"(?:占|为|是|完成|达到?|相当于)[^，；。]{0,12}$")
_BARE_SHARE = compiled(r"占(?:比)?(?:了|约|近|超|超过|不到|不足|将近|逾)*")
_SUCH = compiled(r"(?:的|的有|的只有|的占)$")
_ENDS_MOVED = compiled(
    r"(?P<word>增长|增加|上升|提高|提升|下降|减少|降低|压减|缩短)(?:了|约|近|将近|超过|超|逾|不到|不足|大约|达)*$"
)
_UPWARDS = "增上提多高涨"


class _Told(NamedTuple):
    """So many tenths, and what the figures make of them."""

    tenths: Claim
    value: Claim
    base: Claim
    actual: Decimal


def tenth_mismatches(analysis: Analysis) -> Iterator[Outcome]:
    """Every statement in tenths whose figures stand beside it, with those that are off by more than words allow."""
    if "成" not in analysis.reading.text:
        return
    for group in analysis.by_sentence:
        for index, claim in enumerate(group):
            if claim.quantity.unit.name != "成" or claim.quantity.quoted:
                continue
            told = (_told(group, index) if index else None) or _told_before(group, index)
            if told is None:
                continue
            yield Checked(claim.quantity.span)
            low, high = _bounds(claim)
            if not low < told.actual < high:
                yield _mismatch(told)


def _told_before(group: Sequence[Claim], index: int) -> _Told | None:
    """发案数下降两成，由100起减少到80起: the figures behind."""
    tenths = group[index]
    moved = _ENDS_MOVED.search(tenths.lead)
    if moved is None or index + 2 >= len(group):
        return None
    base, value = group[index + 1 : index + 3]
    if base.clause - tenths.clause != 1 or base.clause != value.clause or not _FROM.fullmatch(base.lead):
        return None
    return _moved(tenths, value, base, moved["word"]) if _comparable(value, base) else None


def _moved(tenths: Claim, value: Claim, base: Claim, word: str) -> _Told:
    change = (value.quantity.value - base.quantity.value) / base.quantity.value * _TEN
    return _Told(tenths, value, base, change if word[-1] in _UPWARDS or word[0] in _UPWARDS else -change)


def _told(group: Sequence[Claim], index: int) -> _Told | None:
    tenths, last = group[index], group[index - 1]
    moved = _UP_OR_DOWN.fullmatch(tenths.lead)
    if index > 1 and moved:
        first = group[index - 2]
        pair = None
        if tenths.clause == last.clause and _COMPARED.search(last.lead) and last.clause - first.clause <= 1:
            pair = first, last
        elif tenths.clause - last.clause == 1 and last.clause == first.clause and _FROM.search(first.lead):
            pair = last, first
        return _moved(tenths, *pair, moved["word"]) if pair is not None and _comparable(*pair) else None
    if tenths.lead == "的" and tenths.clause == last.clause and _OF.search(last.lead) and index > 1:
        part = group[index - 2]
        fits = last.clause - part.clause == 1 and _comparable(part, last)
        return _Told(tenths, part, last, part.quantity.value / last.quantity.value * _TEN) if fits else None
    if _BARE_SHARE.fullmatch(tenths.lead) and tenths.clause - last.clause == 1 and _SUCH.search(last.lead):
        wholes = [claim for claim in group[: index - 1] if same_unit(claim.quantity, last.quantity)]
        if len(wholes) == 1 and _comparable(last, wholes[0]) and wholes[0].quantity.value >= last.quantity.value:
            return _Told(tenths, last, wholes[0], last.quantity.value / wholes[0].quantity.value * _TEN)
    return None


def _comparable(value: Claim, base: Claim) -> bool:
    return (
        same_unit(value.quantity, base.quantity)
        and value.quantity.exact
        and base.quantity.exact
        and base.quantity.value > 0
        and value.role not in CHANGES
        and base.role not in CHANGES
        and value.role is not Role.RATE
    )


def _bounds(claim: Claim) -> tuple[Decimal, Decimal]:
    said = claim.quantity.value
    if _LESS.search(claim.lead) or _LESS_BEHIND.match(claim.trail):
        return said - 1 - _LOOSE, said + _LOOSE / 10
    if _MORE.search(claim.lead) or _MORE_BEHIND.match(claim.trail):
        return said - _LOOSE / 10, (said + 1 + _LOOSE if not claim.trail.startswith("以上") else Decimal(1000))
    return said - _LOOSE, said + _LOOSE


def _mismatch(told: _Told) -> Finding:
    actual = show(told.actual.quantize(Decimal("0.1")))
    return Finding(
        told.tenths.quantity.span,
        Message(
            f"{told.value.quantity.text} 与 {told.base.quantity.text} 相比是 {actual} 成，与“{told.tenths.quantity.text}”不符，请核对",
            f"{told.value.quantity.text} against {told.base.quantity.text} makes {actual} tenths",
        ),
        (Related(told.value.quantity.span, "本期"), Related(told.base.quantity.span, "对照")),
    )
