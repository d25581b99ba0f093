"""Growth that the words bind to nothing and the figures show: two of them give the printed percentage, but for one slip.

案件2164起，去年同期为2513起，发案降幅达到16.1%: the words between are too many to say for sure what has fallen. That one figure is of an earlier
period, that none of those around give the percentage, and that these two give it with two digits swapped, one of them wrong, or divided by
the other of the two, says it all the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from reportlint.analysis import Analysis
from reportlint.claims import Claim
from reportlint.finding import Checked, Finding, Message, Outcome, Related
from reportlint.movements import change_of
from reportlint.numbers import same_unit
from reportlint.patterns import compiled
from reportlint.record import NamedTuple
from reportlint.span import Span
from reportlint_rules.numbers.figures import places, show
from reportlint_rules.numbers.intervals import Interval, covers, difference, interval, percent_of
from reportlint_rules.numbers.nearly import slip_between
from reportlint_rules.numbers.spells import is_before, spell

#: What makes the percentage behind it a growth, where no plain word of change does.
_RATE_OF_CHANGE = compiled(
    r"(?:[增降涨跌减升]幅度?|增速|增长率|下降率|增减率|升幅|增量占比)(?:均|分别|高|已|又|也)*(?:达到了?|高达|达|为|是|约|有)?$"
)
#: Growth that is not measured from the figures beside it.
_OTHERWISE = compiled(
    r"同口径|可比|剔除|扣除|还原|不变价|名义|实际增|年均|年平均|复合|平均每|日均|月均|累计增|[两二三四五]年增|翻|倍|占比|比重|拉动|贡献"
)
#: What says that a figure is of an earlier time.
_THEN = compiled(
    r"[上去前]一?年|同期|同月|[上前]一?(?:季|月|期|周|轮)|上个月|基[数期]|年初|期初|此前|以前|之前|原来|原有|原先|过去|当初|[起始]点|改革前|整治前|实施前|改造前"
)
#: How many clauses before the percentage its figures may stand.
_NEAR = 5
_MOST = 12


class _Pair(NamedTuple):
    """A value, the figure of the earlier time or the change of the value (``delta``), and what both give in per cent."""

    value: Claim
    other: Claim
    delta: bool
    growth: Interval


def slipped_changes(analysis: Analysis, checked: Collection[Span]) -> Iterator[Outcome]:
    """Every such percentage that is not among the ``checked``."""
    for group in analysis.by_sentence:
        if len(group) < 3:
            continue
        for index, share in enumerate(group):
            quantity = share.quantity
            if (
                index < 2
                or quantity.unit.name != "%"
                or not quantity.exact
                or share.planned
                or quantity.span in checked
            ):
                continue
            if not (change_of(share.lead) or _RATE_OF_CHANGE.search(share.lead)):
                continue
            found = _slipped(analysis, group, share)
            if found is not None:
                yield Checked(quantity.span)
                yield _finding(share, found)


def _slipped(analysis: Analysis, group: Sequence[Claim], share: Claim) -> _Pair | None:
    """The one pair that gives the percentage but for a slip; none where some pair gives it as it is."""
    if _OTHERWISE.search(_words(analysis, share)):
        return None
    near = [
        claim
        for claim in group
        if claim.quantity.kind not in ("percent", "point", "none")
        and claim.quantity.exact
        and not claim.quantity.ordinal
        and claim.quantity.value > 0
        and 0 <= share.clause - claim.clause <= _NEAR
        and claim.at < share.at
    ][-_MOST:]
    slips: list[_Pair] = []
    for value in near:
        for other in near:
            if value is other or not same_unit(value.quantity, other.quantity):
                continue
            pair = _pair(analysis, value, other)
            if pair is None:
                gap = difference(value.quantity, other.quantity)
                turned = _pair(analysis, other, value)  # divided by the wrong one of the two
                if (turned is None or turned.delta) and covers(
                    percent_of(gap, interval(other.quantity)), share.quantity
                ):
                    return None
                continue
            if covers(pair.growth, share.quantity):
                return None
            if _is_slip(share, pair):
                slips.append(pair)
    return slips[0] if len(slips) == 1 else None


def _pair(analysis: Analysis, value: Claim, other: Claim) -> _Pair | None:
    """The two as value and base, or as value and change, where the words allow it."""
    if change_of(value.lead) is not None or value.planned:
        return None
    movement = change_of(other.lead)
    if movement is not None:
        if not movement.sign or not 0 <= other.clause - value.clause <= 2 or value.at > other.at:
            return None
        (low, high), (least, most) = interval(value.quantity), interval(other.quantity)
        base = (low - most, high - least) if movement.sign > 0 else (low + least, high + most)
        return _Pair(value, other, True, percent_of((least, most), base)) if base[0] > 0 else None
    words, its = _words(analysis, other), _words(analysis, value)
    earlier = _THEN.search(words) is not None and not _THEN.search(its)
    if not earlier and not is_before(spell(analysis, other.at), spell(analysis, value.at)):
        return None
    return _Pair(value, other, False, percent_of(difference(value.quantity, other.quantity), interval(other.quantity)))


def _words(analysis: Analysis, claim: Claim) -> str:
    """The words of its clause that lead to a figure."""
    text = analysis.reading.text
    start = max(text.rfind(mark, max(0, claim.at.start - 40), claim.at.start) for mark in "，；。（\n")
    return text[max(start + 1, claim.at.start - 40) : claim.at.start]


def _is_slip(share: Claim, pair: _Pair) -> bool:
    """Whether one slip makes the percentage of what the pair gives."""
    quantity = share.quantity
    low, high = sorted(map(abs, pair.growth))
    if low == high or high - low < quantity.step:
        meant = (low + high) / 2
        if slip_between(quantity.value, meant, quantity.step) is not None:
            return True
    if pair.delta:
        if share.clause - pair.other.clause > 1:
            return False  # 较上年减少0.4万个，达成就业意向1.6万人，同比增长8.3%: of what stands between
        wrong = percent_of(interval(pair.other.quantity), interval(pair.value.quantity))
    else:
        gap = difference(pair.value.quantity, pair.other.quantity)
        wrong = percent_of(gap, interval(pair.value.quantity))
    return quantity.step < 1 and covers(wrong, quantity)


def _finding(share: Claim, pair: _Pair) -> Finding:
    value, other, printed = pair.value.quantity, pair.other.quantity, share.quantity
    middle = show(abs((pair.growth[0] + pair.growth[1]) / 2), max(1, places(printed)))
    if pair.delta:
        movement = change_of(pair.other.lead)
        sign = "－" if movement is not None and movement.sign > 0 else "＋"
        shown = f"{other.text}÷（{value.text}{sign}{other.text}）"
    else:
        shown = f"（{value.text}－{other.text}）÷{other.text}"
    return Finding(
        printed.span,
        Message(
            f"{shown}，幅度应为 {middle}%，与写明的 {printed.text} 不符，请核对",
            f"{shown}: {middle}%, the text says {printed.text}",
        ),
        (Related(value.span, "本期"), Related(other.span, "增减量" if pair.delta else "上期")),
    )
