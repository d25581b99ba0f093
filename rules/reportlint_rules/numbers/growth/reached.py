"""What was added, then what it came to, then the growth: 比上年增产1.5万吨，达到31.5万吨，增长4.8%."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.analysis import Analysis
from reportlint.finding import Checked, Finding, Message, Outcome, Related
from reportlint.movements import Movement, change_of
from reportlint.numbers import Quantity, same_unit
from reportlint.patterns import compiled
from reportlint_rules.numbers.figures import show
from reportlint_rules.numbers.intervals import covers, interval, percent_of

_CAME_TO = compiled(r"(?:总[数量额]|累计|总产)?(?:已)?(?:达到?|增加?[到至]|升至|降[到至]|减少?[到至])")
_BARE = compiled(r"(?:同比|增幅|增速|降幅|比上年|较上年)*(?:增长|增加|上升|提高|下降|减少|降低|增长率)?(?:为|达|了)?")
_YEARLY = compiled(r"年均|平均|每|累计增|净|分别")


def reached_mismatches(analysis: Analysis) -> Iterator[Outcome]:
    """Every growth of such a row that neither the base nor, by mistake in the words, another reading gives."""
    for group in analysis.by_sentence:
        for added, value, share in zip(group, group[1:], group[2:], strict=False):
            if share.quantity.unit.name != "%" or value.clause - added.clause != 1 or share.clause - value.clause != 1:
                continue
            movement = change_of(added.lead)
            if (
                movement is None
                or not movement.sign
                or _YEARLY.search(added.lead)
                or not _CAME_TO.fullmatch(value.lead)
            ):
                continue
            exact = all(claim.quantity.exact and not claim.planned for claim in (added, value, share))
            if not exact or not same_unit(added.quantity, value.quantity) or not _BARE.fullmatch(share.lead):
                continue
            yield from _checked(added.quantity, value.quantity, share.quantity, movement)


#: 金牌数比上年增加6枚: what has grown, whose value stands before.
_OF_WHAT = compiled(
    r"(?P<noun>[一-龥]{2,8}?)(?:总?[数量额])?(?:比|较)(?:上年|去年)(?:同期)?(?:增加|增长|增|减少|减|下降|多|少)(?:了)?"
)


def named_before(analysis: Analysis) -> Iterator[Outcome]:
    """金牌38枚、银牌31枚，金牌数比上年增加6枚，增长15.8%: the one figure before of what has grown."""
    for group in analysis.by_sentence:
        for index in range(2, len(group)):
            added, share = group[index - 1], group[index]
            if share.quantity.unit.name != "%" or share.clause - added.clause != 1 or not _BARE.fullmatch(share.lead):
                continue
            movement = change_of(added.lead)
            said = _OF_WHAT.fullmatch(added.lead) if movement and added.quantity.unit.name != "%" else None
            if said is None or movement is None or not movement.sign:
                continue
            noun = said["noun"]
            values = [
                claim
                for claim in group[: index - 1]
                if claim.lead.endswith(noun) and same_unit(claim.quantity, added.quantity) and claim.quantity.exact
            ]
            if len(values) != 1 or not added.quantity.exact or not share.quantity.exact or values[0].planned:
                continue
            yield from _checked(added.quantity, values[0].quantity, share.quantity, movement)


def _checked(added: Quantity, value: Quantity, share: Quantity, movement: Movement) -> Iterator[Outcome]:
    (low, high), (least, most) = interval(value), interval(added)
    base = (low - most, high - least) if movement.sign > 0 else (low + least, high + most)
    if base[0] > 0:
        yield Checked(share.span)
        if not covers(percent_of((least, most), base), share):
            yield _mismatch(added, value, share, movement)


def _mismatch(added: Quantity, value: Quantity, share: Quantity, movement: Movement) -> Finding:
    base = value.value - added.value * movement.sign
    places = max(1, -int(share.step.adjusted()))
    sign = "－" if movement.sign > 0 else "＋"
    shown = f"{added.text}÷（{value.text}{sign}{added.text}），幅度应为 {show(added.value / base * 100, places)}%"
    return Finding(
        share.span,
        Message(f"{shown}，与写明的 {share.text} 不符，请核对", f"{shown}: the text says {share.text}"),
        (Related(value.span, "本期"), Related(added.span, "增减量")),
    )
