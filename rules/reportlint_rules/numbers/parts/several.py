"""Totals and parts in two units at once, over clauses and sentences: 主体班14期1126人；专题班9期480人。综上，办班23期，培训1606人."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from reportlint.analysis import Analysis
from reportlint.claims import CHANGES, Claim, Role
from reportlint.numbers import same_unit
from reportlint.patterns import compiled
from reportlint.record import NamedTuple
from reportlint_rules.numbers.nearly import slip_between
from reportlint_rules.numbers.parts.partition import Partition, adds_up

#: How many characters may stand between the two figures of a pair, and between one pair and the next.
_WITHIN, _BETWEEN = 14, 60
_MOST = 12
#: How far a sum may be from its total where the other unit's is exact.
_NEAR = Decimal("0.2")
_KINDS = frozenset({"count", "money", "area", "length", "mass", "volume"})
_ASIDE = compiled(r"比上|较上|比去|较去|同比|环比|平均|人均|户均|每|计划|目标|任务|最[大高多]|占|同期|[上去]年|月$|年$")
_OPEN = compiled(r"\d[一-龥]{1,3}等|(?:主要|重点)(?:是|有|为|查处|包括)")


#: What leads from a total to its parts, and from parts to their total.
_UNDER = compiled(r"其中|包括|包含|分别|看[，：]|来看|一是|：|（|即")
_IN_ALL = compiled(r"[共总]|合计|综上|累计|上述|以上|全年|两[项类]|[三四五六]项|加起来|加总")


class Pair(NamedTuple):
    """Two figures that tell of one thing: 14期、1126人."""

    one: Claim
    other: Claim


def paired_totals(analysis: Analysis) -> Iterator[Partition]:
    """The unit in which parts do not come to the total, where in the other they do to the last digit."""
    text = analysis.reading.text
    run: list[Pair] = []
    for pair in _pairs(analysis):
        last = run[-1] if run else None
        if (
            last is not None
            and same_unit(last.one.quantity, pair.one.quantity)
            and same_unit(last.other.quantity, pair.other.quantity)
            and pair.one.paragraph == last.one.paragraph
            and pair.one.at.start - last.other.at.end <= _BETWEEN
            and len(run) < _MOST
        ):
            run.append(pair)
            continue
        yield from _of(text, run)
        run = [pair]
    yield from _of(text, run)


def _pairs(analysis: Analysis) -> Iterator[Pair]:
    skip = False
    for one, other in zip(analysis.claims, analysis.claims[1:], strict=False):
        if skip:
            skip = False
            continue
        near = one.sentence == other.sentence and other.clause - one.clause <= 1
        if (
            near
            and other.at.start - one.at.end <= _WITHIN
            and _fit(one)
            and _fit(other)
            and one.depth <= other.depth
            and not same_unit(one.quantity, other.quantity)
        ):
            skip = True
            yield Pair(one, other)


def _fit(claim: Claim) -> bool:
    return (
        claim.countable
        and claim.quantity.kind in _KINDS
        and not claim.quantity.han  # 三类案件共95件
        and not claim.planned
        and claim.role not in CHANGES
        and claim.role is not Role.BASE
        and not _ASIDE.search(claim.lead)
    )


def _of(text: str, run: Sequence[Pair]) -> Iterator[Partition]:
    if len(run) < 3 or _OPEN.search(text[run[0].one.at.start : run[-1].one.at.start + _WITHIN]):
        return
    for whole, parts in _readings(run):
        if whole.one.at < parts[0].one.at:
            led = _UNDER.search(text, whole.other.at.end, parts[0].one.at.start)
        else:
            led = _IN_ALL.search(text, parts[-1].other.at.end, whole.one.at.start)
        if led is None:
            continue
        ones = Partition(whole.one, tuple(pair.one for pair in parts), strict=False)
        others = Partition(whole.other, tuple(pair.other for pair in parts), strict=False)
        exact = [each.total == each.whole.quantity.value for each in (ones, others)]
        if all(exact):
            return
        if any(exact):
            wrong = others if exact[0] else ones
            if not adds_up(wrong.whole, wrong.parts) and _likely(wrong):
                yield wrong
            return


def _readings(run: Sequence[Pair]) -> Iterator[tuple[Pair, Sequence[Pair]]]:
    """The first or the last pair as the total, and the others, or those next to it, as its parts."""
    for size in range(len(run) - 1, 1, -1):
        yield run[0], run[1 : size + 1]
        yield run[-1], run[-1 - size : -1]


def _likely(found: Partition) -> bool:
    """Whether sum and total are of one size, or one slip apart."""
    whole = found.whole.quantity
    return abs(found.total - whole.value) <= whole.value * _NEAR or (
        slip_between(whole.value, found.total, whole.step) is not None
    )
