"""How much faster or slower than before, with both paces printed: 增长12.3%，增速比上年提升4.1个百分点，上年增速为16.4%."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal

from reportlint.analysis import Analysis
from reportlint.claims import Claim, Role
from reportlint.finding import Checked, Finding, Message, Outcome, Related
from reportlint.movements import EARLIER
from reportlint.patterns import compiled
from reportlint.record import NamedTuple
from reportlint.span import Span
from reportlint_rules.numbers.figures import show

#: 增速比上年提升, 降幅收窄: whose pace, and which way it went.
_PACE = compiled(
    r"(?P<pace>增速|增幅|涨幅|降幅|跌幅|减幅)[^，。；\d]{0,16}?(?P<word>(?P<up>提升|提高|加快|扩大|上升|回升|加深|走高|快|高)|回落|收窄|放缓|下降|缩小|减缓|减小|降低|慢|低)了?(?:约)?$"
)
_OF_BEFORE = compiled(rf"(?:{EARLIER})[^，。；）\d]{{0,14}}$")
_FALL = compiled(r"(?:下降|减少|降低|回落|下滑|下跌|降幅|跌幅|减幅)(?:为|是|达|了)?$")
_OTHERS = compiled(r"全[国省市]|平均|目标|预期|计划|第[一二三]产业|同口径|不变价")
_NEAR = 3


class _Paces(NamedTuple):
    """How fast it grows now and grew then, with their signs, and by how many points that differs."""

    now: Claim
    then: Claim
    gap: Claim
    values: tuple[Decimal, Decimal]
    up: bool
    word: Span


def paced(analysis: Analysis, checked: Collection[Span]) -> Iterator[Outcome]:
    """Every such row that is not among the ``checked``."""
    for group in analysis.by_sentence:
        for index, gap in enumerate(group):
            if gap.quantity.unit.kind != "point" or not gap.quantity.exact or index == 0 or gap.planned:
                continue
            if any(one.start <= gap.quantity.span.start < one.end for one in checked):
                continue
            found = _read(analysis, group, index)
            if found is not None:
                yield Checked(gap.quantity.span)
                yield from _judged(analysis, found)


def _read(analysis: Analysis, group: Sequence[Claim], index: int) -> _Paces | None:
    text, gap = analysis.reading.text, group[index]
    start = analysis.sentences[gap.sentence].at.start
    words = text[max(start, gap.at.start - 40) : gap.at.start]
    # 降幅较上月（下降7.1%）扩大: the bracket belongs to 上月.
    bare = compiled(r"（[^（）]{0,20}）").sub("", words)
    said = _PACE.search(bare)
    if said is None or _OTHERS.search(said[0]):
        return None
    fall = said["pace"] in ("降幅", "跌幅", "减幅")
    percents = [
        claim
        for claim in group[max(0, index - 3) : index + 2]
        if claim.quantity.unit.name == "%" and claim.quantity.exact and abs(claim.clause - gap.clause) <= _NEAR
    ]
    then = [claim for claim in percents if _is_then(text, start, claim)]
    now = [
        claim for claim in percents if claim not in then and claim.at < gap.at and claim.role in (Role.UP, Role.DOWN)
    ]
    if len(then) != 1 or not now or (len(now) > 1 and now[-1].clause == now[-2].clause):
        return None
    values = _value(text, now[-1], fall), _value(text, then[0], fall)
    if (fall and min(values) < 0) or now[-1].planned:
        return None
    at = text.rfind(said["word"], start, gap.at.start)
    return _Paces(now[-1], then[0], gap, values, said["up"] is not None, Span(at, at + len(said["word"])))


def _is_then(text: str, start: int, claim: Claim) -> bool:
    words = text[max(start, claim.at.start - 24) : claim.at.start]
    words = words[max(map(words.rfind, "，；。")) + 1 :].replace("（", "")
    if _OF_BEFORE.search(words) is None:
        return False
    # 比上年提升4.1个百分点 tells by how much; 比上年同期（6.4%）加快 has the pace itself in between.
    return not words.startswith(("比", "较")) or text[claim.at.end : claim.at.end + 1] in "）加放提回扩收缩"


def _value(text: str, claim: Claim, fall: bool) -> Decimal:
    """The pace; of falls that of the fall."""
    down = claim.role is Role.DOWN or _FALL.search(text, max(0, claim.at.start - 8), claim.at.start) is not None
    return claim.quantity.value if down == fall else -claim.quantity.value


def _judged(analysis: Analysis, found: _Paces) -> Iterator[Outcome]:
    now, then = found.values
    change, printed = now - then, found.gap.quantity
    slack = (found.now.quantity.step + found.then.quantity.step + printed.step) / 2
    related = (Related(found.now.quantity.span, "本期"), Related(found.then.quantity.span, "上期"))
    if abs(abs(change) - printed.value) > slack:
        yield Finding(
            printed.span,
            Message(
                f"{found.now.quantity.text} 与 {found.then.quantity.text} 相差 {show(abs(change))} 个百分点，与写明的 {printed.text} 不符，请核对",
                f"the two paces are {show(abs(change))} points apart; the text says {printed.text}",
            ),
            related,
        )
    elif change and (change > 0) != found.up and abs(change) > slack:
        word = analysis.reading.slice(found.word)
        yield Finding(
            analysis.span(found.word),
            Message(
                f"从 {found.then.quantity.text} 到 {found.now.quantity.text}，与“{word}”相反，请核对",
                f"from {found.then.quantity.text} to {found.now.quantity.text}: not as “{word}” says",
            ),
            related,
        )
