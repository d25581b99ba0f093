"""Changes told in shorthand: 19件→28件，提高47.4%; 去年42件、今年63件，增长50%; 下降12.0%，降幅较一季度的15.4%收窄3.4个百分点."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import chain

from reportlint.analysis import Analysis
from reportlint.claims import CHANGES, Role
from reportlint.finding import Checked, Finding, Message, Outcome, Related
from reportlint.numbers import same_unit
from reportlint.patterns import around, compiled
from reportlint.span import Span
from reportlint_rules.numbers.figures import HUNDRED, show

_NUMBER = r"\d{1,9}(?:\.\d{1,4})?"
_UNIT = r"[万亿]?[一-龥%/]{0,6}?"
_WORD = r"(?P<word>增长|增加|上升|提高|提升|下降|减少|降低|压减)(?:了)?(?:约|近)?"
_SIZE = r"(?P<size>\d{1,5}(?:\.\d{1,4})?)%"
#: 19件→28件，提高32.1%.
_ARROW = compiled(
    rf"(?<![\d.])(?P<a>{_NUMBER})(?P<unit>{_UNIT})\s?(?:→|—>|->|－>)\s?(?P<b>{_NUMBER})(?P=unit)[，（](?:同比|同期)?{_WORD}{_SIZE}"
)
#: 去年42件、今年63件，增长33.3%.
_THEN_NOW = compiled(
    rf"[去上]年(?:同期)?(?:为|是)?(?P<a>{_NUMBER})(?P<unit>[万亿]?[一-龥]{{1,4}}?)[、，；](?:今年|本年|本期)(?:为|是)?(?P<b>{_NUMBER})(?P=unit)，(?:同比)?{_WORD}{_SIZE}"
)
_FASTER = "扩大|加快|提高|提升|加深|高于|高出|快于"
#: 下降12.0%，降幅较一季度的15.4%收窄3.4个百分点.
_PACE = compiled(
    rf"(?<![\d.])(?P<now>{_NUMBER})%，(?:增速|增幅|降幅|涨幅|跌幅)(?:较|比)[^，。；（\d%]{{1,12}}(?<!高)(?<!低)的?（?(?P<then>{_NUMBER})%）?"
    rf"(?P<word>收窄|缩小|回落|放缓|减小|{_FASTER})了?(?P<gap>{_NUMBER})个百分点"
)
_PACE_OF = compiled(r"%，(?:增速|增幅|降幅|涨幅|跌幅)")
#: 上涨0.3%，涨幅比上年收窄0.4个百分点（上年上涨0.7%）.
_PACE_BEHIND = compiled(
    rf"(?:上涨|增长|下降)(?P<now>{_NUMBER})%，(?:增速|增幅|降幅|涨幅|跌幅)(?:较|比)[^，。；（\d%]{{1,8}}(?P<word>收窄|缩小|回落|放缓|减小|{_FASTER})了?"
    rf"(?P<gap>{_NUMBER})个百分点（[^，。；（）\d%]{{0,8}}(?:上涨|增长|下降)(?P<then>{_NUMBER})%）"
)


def spoken_changes(analysis: Analysis) -> Iterator[Outcome]:
    """Every change in these shapes, with those that their own figures belie."""
    text = analysis.reading.text
    if "→" in text or "->" in text or "—>" in text or "－>" in text:
        for match in _ARROW.finditer(text):
            yield from _grown(analysis, match)
    if "今年" in analysis.grams or "本年" in analysis.grams or "本期" in analysis.grams:
        for match in _THEN_NOW.finditer(text):
            yield from _grown(analysis, match)
    if "百分" in analysis.grams and any(word in analysis.grams for word in ("增速", "增幅", "降幅", "涨幅", "跌幅")):
        for match in chain(around(_PACE, _PACE_OF, text, 16, 60), analysis.matches(_PACE_BEHIND)):
            yield from _paced(analysis, match)
    if analysis.may_match(_BEFORE) and _BEFORE.search(text):
        yield from _since(analysis)


_REACHED = compiled(
    r"(?P<since>.*?)(?:后)?(?:提高|提升|增加|增长|上升|下降|减少|降低|缩短|压缩|压减|提|增|升|降|减|缩)(?:到|至|为)(?:目前的|现在的)?"
)
_BEFORE = compiled(r"以前|之前|此前|原来|原先|过去|以往|当初|[去上]年|年前|年初|起初|改造前|整治前")
_CHANGED = compiled(r"(?P<word>提高|提升|增加|增长|上升|加快|下降|减少|降低|缩短|压缩|压减)(?:了)?(?:约|近)?")
_DOWNWARDS = frozenset(("下降", "减少", "降低", "缩短", "压缩", "压减"))


def _since(analysis: Analysis) -> Iterator[Outcome]:
    """过去平均车速19公里/小时，打通断头路后提到28公里/小时，提高47.4%: from then to now, without 由."""
    text = analysis.reading.text
    for group in analysis.by_sentence:
        for then, now, change in zip(group, group[1:], group[2:], strict=False):
            if change.quantity.unit.name != "%" or not same_unit(then.quantity, now.quantity):
                continue
            if change.clause - now.clause != 1 or not 0 <= now.clause - then.clause <= 2:
                continue
            said, reached = _CHANGED.fullmatch(change.lead), _REACHED.fullmatch(now.lead)
            if said is None or reached is None:
                continue
            words = text[max(analysis.sentences[then.sentence].at.start, then.at.start - 30) : then.at.start]
            old = _BEFORE.search(words) is not None and then.role is not Role.BASE and then.role not in CHANGES
            if not old or not all(claim.quantity.exact for claim in (then, now, change)) or not then.quantity.value:
                continue
            yield Checked(change.quantity.span)
            sign = -1 if said["word"] in _DOWNWARDS else 1
            ends = [
                ((after or now.quantity.value) / (before or then.quantity.value) - 1) * HUNDRED * sign
                for after, before in (
                    (now.quantity.low, then.quantity.high),
                    (now.quantity.high, then.quantity.low),
                )
            ]
            size, step = change.quantity.value, change.quantity.step
            if not min(ends) - step <= size <= max(ends) + step:
                actual = show((now.quantity.value / then.quantity.value - 1) * HUNDRED, 1)
                yield Finding(
                    change.quantity.span,
                    Message(
                        f"从 {then.quantity.text} 到 {now.quantity.text} 的变化是 {actual}%，与“{said['word']}{change.quantity.text}”不符，请核对",
                        f"from {then.quantity.text} to {now.quantity.text} is {actual}%",
                    ),
                    (Related(then.quantity.span, "上期"), Related(now.quantity.span, "本期")),
                )


def _step(printed: str) -> Decimal:
    return Decimal(1).scaleb(-len(printed.partition(".")[2]))


def _grown(analysis: Analysis, match: re.Match[str]) -> Iterator[Outcome]:
    before, after, size = Decimal(match["a"]), Decimal(match["b"]), Decimal(match["size"])
    if not before:
        return
    span = analysis.span(Span(*match.span("size")))
    yield Checked(span)
    loose = [_step(match[name]) / 2 if "." in match[name] or "万" in match["unit"] else Decimal(0) for name in "ab"]
    sign = -1 if match["word"] in ("下降", "减少", "降低", "压减") else 1
    low = ((after - loose[1]) / (before + loose[0]) - 1) * HUNDRED * sign
    high = ((after + loose[1]) / (before - loose[0]) - 1) * HUNDRED * sign
    low, high = min(low, high), max(low, high)
    if low - _step(match["size"]) <= size <= high + _step(match["size"]):
        return
    actual = show((after / before - 1) * HUNDRED, 1)
    yield Finding(
        span,
        Message(
            f"从 {match['a']} 到 {match['b']} 的变化是 {actual}%，与“{match['word']}{match['size']}%”不符，请核对",
            f"from {match['a']} to {match['b']} is {actual}%",
        ),
        (
            Related(analysis.span(Span(*match.span("a"))), "上期"),
            Related(analysis.span(Span(*match.span("b"))), "本期"),
        ),
    )


def _paced(analysis: Analysis, match: re.Match[str]) -> Iterator[Outcome]:
    now, then, gap = (Decimal(match[name]) for name in ("now", "then", "gap"))
    span = analysis.span(Span(*match.span("gap")))
    yield Checked(span)
    change = now - then if match["word"] in _FASTER.split("|") else then - now
    slack = (_step(match["now"]) + _step(match["then"]) + _step(match["gap"])) / 2
    if abs(change - gap) <= slack:
        return
    yield Finding(
        span,
        Message(
            f"从 {match['then']}% 到 {match['now']}% 相差 {show(abs(now - then))} 个百分点，与“{match['word']}{match['gap']}个百分点”不符，请核对",
            f"from {match['then']}% to {match['now']}% is {show(abs(now - then))} points",
        ),
        (
            Related(analysis.span(Span(*match.span("then"))), "上期"),
            Related(analysis.span(Span(*match.span("now"))), "本期"),
        ),
    )
