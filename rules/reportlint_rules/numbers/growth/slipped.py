"""Growth that the words bind to nothing and the figures show: two of them give the printed percentage, but for one slip.

案件2164起，去年同期为2513起，发案降幅达到16.1%: the words between are too many to say for sure what has fallen. That one figure is of an earlier
period, that none of those around give the percentage, and that these two give it with two digits swapped, one of them wrong, or divided by
the other of the two, says it all the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache

from reportlint.analysis import Analysis
from reportlint.claims import CHANGES, Claim
from reportlint.finding import Checked, Finding, Message, Outcome, Related
from reportlint.moment import Period
from reportlint.movements import change_of
from reportlint.numbers import same_unit
from reportlint.patterns import compiled
from reportlint.record import NamedTuple
from reportlint.span import Span
from reportlint_rules.numbers.figures import places, scaled, share_a_pair, show
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
_BACK = 5
_MOST = 12


class _Pair(NamedTuple):
    """A value, the figure of the earlier time or the change of the value (``delta``), and what both give in per cent."""

    value: Claim
    other: Claim
    delta: bool
    growth: Interval

    @property
    def sign(self) -> int:
        """+1 where the value is surely more than the base, −1 where it is less."""
        low, high = self.growth
        return 1 if low > 0 else -1 if high < 0 else 0


def slipped_changes(analysis: Analysis, checked: Collection[Span]) -> Iterator[Outcome]:
    """Every such change that is not among the ``checked``."""
    for group in analysis.by_sentence:
        if len(group) < 3:
            continue
        for index, change in enumerate(group):
            quantity = change.quantity
            if not index or not quantity.exact or change.planned or quantity.ordinal or quantity.span in checked:
                continue
            if quantity.unit.name == "%":
                if not (change_of(change.lead) or _RATE_OF_CHANGE.search(change.lead)):
                    continue
                yield from _share(analysis, group, change)
            elif change.role in CHANGES and quantity.kind not in ("percent", "point", "fold", "none"):
                yield from _delta(analysis, group, change)


def _near(group: Sequence[Claim], change: Claim) -> list[Claim]:
    """The figures that a change may be of: before it, or in the bracket right behind."""
    return [
        claim
        for claim in group
        if claim is not change
        and claim.quantity.kind not in ("percent", "point", "none")
        and claim.quantity.exact
        and not claim.quantity.ordinal
        and claim.quantity.value > 0
        and (
            0 <= change.clause - claim.clause <= _BACK
            if claim.at < change.at
            else claim.clause - change.clause == 1 and claim.depth == change.depth + 1
        )
    ][-_MOST:]


def _share(analysis: Analysis, group: Sequence[Claim], share: Claim) -> Iterator[Outcome]:
    """A percentage: the one pair that gives it but for a slip, or gives it the other way; none where some pair gives it as it is."""
    if _OTHERWISE.search(_words(analysis, share)):
        return
    near = _near(group, share)
    movement = change_of(share.lead)
    slips: list[_Pair] = []
    turned: list[_Pair] = []
    for value in near:
        for other in near:
            if value is other or not same_unit(value.quantity, other.quantity):
                continue
            pair = _pair(analysis, value, other)
            if pair is None:
                gap = difference(value.quantity, other.quantity)
                back = _pair(analysis, other, value)  # divided by the wrong one of the two
                if (back is None or back.delta) and covers(percent_of(gap, interval(other.quantity)), share.quantity):
                    return
            elif covers(pair.growth, share.quantity):
                if pair.delta or movement is None or not movement.sign * pair.sign < 0:
                    return
                turned.append(pair)
            elif _is_slip(share, pair):
                slips.append(pair)
    if turned:
        yield Checked(share.quantity.span)
        if len(turned) == 1 and movement is not None:
            yield _wrong_way(analysis, share, turned[0], movement.word)
    elif len(slips) == 1:
        yield Checked(share.quantity.span)
        yield _finding(share, slips[0])


def _delta(analysis: Analysis, group: Sequence[Claim], delta: Claim) -> Iterator[Outcome]:
    """An amount by which something changed, beside the value and the base of its unit, and no third."""
    near = [claim for claim in _near(group, delta) if same_unit(claim.quantity, delta.quantity)]
    if len(near) != 2 or _OTHERWISE.search(_words(analysis, delta)) or _NOT_BY.search(delta.lead):
        return
    for value, base in (near, near[::-1]):
        pair = _pair(analysis, value, base)
        if pair is None or pair.delta or not _akin(value, base, delta):
            continue
        low, high = difference(value.quantity, base.quantity)
        yield Checked(delta.quantity.span)
        if not covers((low, high), delta.quantity):
            yield _wrong_gap(delta, pair)


#: 新增, 减少为: what came, or what is left, is not by how much.
_NOT_BY = compiled(r"新增|净|累计|其中|[到至为]$|每|均|占|翻|投[入资]|支出|资金|共")


def _akin(value: Claim, base: Claim, delta: Claim) -> bool:
    """Whether nothing tells that the base is of another thing than the value: it names nothing of its own, or the same."""
    own = _THEN_WORDS.sub("", base.lead)
    words = value.lead + value.trail[:8]
    return (len(own) < 2 or share_a_pair(own, words)) and abs(delta.clause - value.clause) <= 2


_THEN_WORDS = compiled(
    r"(?:同比|[比较与和同]|其中|[去上前]一?年度?(?:同期|末|底)?|20\d\d年(?:同期|末|底)?|\d{1,2}月份?|[一二三四]季度|年初|同期|基[数期]|决算数|实绩|实际|完成数?|数|全年|当期|当年|原来|此前|以前|为|是|的|仅|只|有|达|约|（|）|，)"
)


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
    earlier = _is_then(analysis, other) and not _is_then(analysis, value)
    if not earlier and not is_before(_spell(analysis, other), _spell(analysis, value)):
        return None
    return _Pair(value, other, False, percent_of(difference(value.quantity, other.quantity), interval(other.quantity)))


@lru_cache(maxsize=256)
def _is_then(analysis: Analysis, claim: Claim) -> bool:
    """Whether the words of its clause make the figure one of an earlier time."""
    return _THEN.search(_words(analysis, claim)) is not None


@lru_cache(maxsize=256)
def _spell(analysis: Analysis, claim: Claim) -> Period | None:
    return spell(analysis, claim.at)


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


def _wrong_way(analysis: Analysis, share: Claim, pair: _Pair, word: str) -> Finding:
    start = analysis.reading.text.rfind(word, share.at.start - len(share.lead), share.at.start)
    at = analysis.span(Span(start, start + len(word))) if start >= 0 else share.quantity.span
    value, base = pair.value.quantity, pair.other.quantity
    return Finding(
        at,
        Message(
            f"从 {base.text} 到 {value.text} 是{'上升' if pair.sign > 0 else '下降'}，与“{word}”相反，请核对",
            f"from {base.text} to {value.text} is a {'rise' if pair.sign > 0 else 'fall'}, the text says “{word}”",
        ),
        (Related(base.span, "上期"), Related(value.span, "本期")),
    )


def _wrong_gap(delta: Claim, pair: _Pair) -> Finding:
    value, base, printed = pair.value.quantity, pair.other.quantity, delta.quantity
    return Finding(
        printed.span,
        Message(
            f"{value.text} 与 {base.text} 相差 {scaled(abs(value.value - base.value), printed)}，与写明的 {printed.text} 不符，请核对",
            f"{value.text} and {base.text} are {scaled(abs(value.value - base.value), printed)} apart; the text says {printed.text}",
        ),
        (Related(value.span, "本期"), Related(base.span, "上期")),
    )


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
