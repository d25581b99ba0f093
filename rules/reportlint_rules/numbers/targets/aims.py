"""Aims for the coming year against what was reached: 水利投资30亿元以上，增长14.7%, where this year's was 28.64亿元."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache

from reportlint.analysis import Analysis
from reportlint.claims import CHANGES, Claim, Role
from reportlint.finding import Checked, Finding, Message, Outcome, Related
from reportlint.numbers import same_unit
from reportlint.patterns import compiled
from reportlint.record import NamedTuple
from reportlint_rules.numbers.figures import HUNDRED, show

#: What leads to an aim besides its name.
_AIMING = compiled(
    r"20\d\d年|全年|年内|力争|确保|争取|计划|预计|完成|实现|达到?|突破|超过|稳定在|保持在|[，、：]|^[一-龥]?要|不低于|不少于|将"
)
_TOTAL = compiled(r"总[额量]$")
_GROWING = compiled(r"(?:同比|比上年|较上年)?(?:增长|提高|增加)(?:约|近)?$")
#: What is counted anew each time, and what grows at constant prices.
_NAMES_NOTHING = compiled(r"新增|新建|累计|平均|均|其中|生产总值|增加值|GDP")
#: How far the two may lie apart: aims are rounded, in points and as a part of the growth.
_POINTS, _PART = Decimal("1.5"), Decimal("0.2")
#: The fewest characters of a name, and how many figures under one ending are looked at.
_NAME, _MOST = 4, 200
#: How many growths a list has at most besides its first.
_LONGEST = 6
_KINDS = frozenset({"money", "count", "mass", "area", "volume"})


class _Aim(NamedTuple):
    """What is aimed at, by how much more than now, and what was reached."""

    value: Claim
    growth: Claim
    reached: Claim


def aims(analysis: Analysis) -> Iterator[Outcome]:
    """Every aim with its growth whose last value is printed, once or always alike, with those that do not go together."""
    period = analysis.period
    if period is None or not period.ahead or period.results is None:
        return
    for value, growth in _pairs(analysis.claims):
        if not period.planned(value.at):
            continue
        noun = _AIMING.sub("", min(value, growth, key=lambda claim: claim.at).lead)
        noun = _TOTAL.sub("", _GROWING.sub("", noun))
        reached = _reached(analysis, value, noun)
        if reached is None:
            continue
        yield Checked(value.quantity.span)
        found = _Aim(value, growth, reached)
        if not _goes_together(found):
            yield _mismatch(found)


def _pairs(claims: Sequence[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Values and their growths: side by side, or each in its place of two lists, 吞吐量4500万吨，集装箱21万标箱，分别增长6.7%和12.8%."""
    for index, (one, other) in enumerate(zip(claims, claims[1:], strict=False)):
        if "%" not in (one.quantity.unit.name, other.quantity.unit.name) or other.clause - one.clause > 1:
            continue
        if "分别" in other.lead:
            row = [
                claim
                for claim in claims[index + 1 : index + 2 + _LONGEST]
                if claim.clause == other.clause and (claim is other or not claim.lead)
            ]
            values = claims[max(0, index + 1 - len(row)) : index + 1]
            pairs = list(zip(values, row, strict=True)) if len(values) == len(row) > 1 else []
        elif _AIMING.sub("", _GROWING.sub("", other.lead)):
            continue  # 规上企业达到249家；税收增长8%: the second has a subject of its own
        else:
            pairs = [(one, other) if other.quantity.unit.name == "%" else (other, one)]
        for value, growth in pairs:
            if value.quantity.kind not in _KINDS or value.sentence != growth.sentence:
                continue
            if growth.quantity.unit.name == "%" and _GROWING.search((growth if growth.lead else other).lead):
                yield value, growth


def _reached(analysis: Analysis, value: Claim, noun: str) -> Claim | None:
    """The one value that was reached under the name, up to the aim; ``None`` where there is none, or several."""
    if len(noun) < _NAME or _NAMES_NOTHING.search(noun):
        return None
    found: Claim | None = None
    for name, claim in _by_name(analysis).get(noun[-_NAME:], ())[:_MOST]:
        if claim.at.start >= value.at.start:
            break
        if name.endswith(noun) and same_unit(claim.quantity, value.quantity):
            if found is not None and claim.quantity.value != found.quantity.value:
                return None
            found = found or claim
    return found if found is not None and found.quantity.value else None


@lru_cache(maxsize=1)
def _by_name(analysis: Analysis) -> dict[str, list[tuple[str, Claim]]]:
    """The figures that were reached, with what leads to each, by the last characters of that."""
    period = analysis.period
    found: dict[str, list[tuple[str, Claim]]] = {}
    for claim in analysis.claims:
        if (
            len(claim.lead) < _NAME
            or claim.role in CHANGES
            or claim.role is Role.BASE
            or claim.planned
            or not claim.quantity.exact
            or (period is not None and period.planned(claim.at))
        ):
            continue
        name = _TOTAL.sub("", _AIMING.sub("", claim.lead))
        if len(name) >= _NAME:
            found.setdefault(name[-_NAME:], []).append((name, claim))
    return found


def _actual(aim: _Aim) -> Decimal:
    return (aim.value.quantity.value / aim.reached.quantity.value - 1) * HUNDRED


def _goes_together(aim: _Aim) -> bool:
    said, actual = aim.growth.quantity.value, _actual(aim)
    loose = aim.value.quantity.step / aim.reached.quantity.value * HUNDRED / 2
    return abs(actual - said) <= max(_POINTS, said * _PART) + loose


def _mismatch(aim: _Aim) -> Finding:
    actual = show(_actual(aim), 1)
    return Finding(
        aim.growth.quantity.span,
        Message(
            f"目标 {aim.value.quantity.text} 比已完成的 {aim.reached.quantity.text} 变化 {actual}%，与“增长{aim.growth.quantity.text}”不符，请核对",
            f"{aim.value.quantity.text} after {aim.reached.quantity.text} is {actual}%, not {aim.growth.quantity.text}",
        ),
        (Related(aim.value.quantity.span, "目标"), Related(aim.reached.quantity.span, "已完成")),
    )
