"""Counts by bands that join and leave nothing out: 30岁以下12人、31至40岁35人、41至50岁28人、51岁以上21人."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from reportlint.analysis import Analysis
from reportlint.claims import Claim
from reportlint.numbers import same_unit
from reportlint.patterns import compiled
from reportlint.record import NamedTuple
from reportlint_rules.numbers.parts.partition import Partition

_U = r"(?:周?岁|年|分|毫米|万元|亿元|元|亩|平方米|公里|米|人|吨|户|床|张|小时|天|个月|月|℃|度|万|级|%)"
#: 31至40岁, 36—45岁; 60岁及以上; 30岁以下, 50毫米以下.
_BETWEEN = compiled(
    rf"(?P<low>(?<![\d.])\d{{1,15}}(?:\.\d{{1,6}})?){_U}?(?:至|到|-|—|~|～|–)(?P<high>\d+(?:\.\d+)?){_U}?"
)
_ABOVE = compiled(rf"(?P<low>(?<![\d.])\d{{1,15}}(?:\.\d{{1,6}})?){_U}?(?:（含）|\(含\)|及|含)?(?:以上|及以上)")
_BELOW = compiled(
    rf"(?P<high>(?<![\d.])\d{{1,15}}(?:\.\d{{1,6}})?){_U}?(?:（含）|\(含\)|及|含)?(?:以下|以内|及以下)|(?:不足|未满|不满)(?P<short>\d+(?:\.\d+)?)"
)
_TAIL = compiled(r"[^，。；、\d]{0,8}$")
_ASIDE = compiled(r"同比|比上年|平均|占|其中女|女")
_FAR = Decimal("0.5")
_REACH = 30


class _Band(NamedTuple):
    claim: Claim
    low: Decimal | None
    high: Decimal | None


def banded(analysis: Analysis) -> Iterator[Partition]:
    """Every list of counts by such bands, with the count before it."""
    text = analysis.reading.text
    for group in analysis.by_sentence:
        if len(group) < 4:
            continue
        run: list[_Band] = []
        start = group[0]
        before: Claim | None = None
        for claim in group:
            band = _band(text, claim, run[-1].claim if run else start)
            if band is not None and (not run or (same_unit(band.claim.quantity, run[-1].claim.quantity))):
                run.append(band)
                continue
            if not claim.countable or claim.quantity.kind != "count":
                continue  # 31 and 40 are figures, too
            yield from _of(before, run)
            run = []
            before = claim
        yield from _of(before, run)


def _band(text: str, claim: Claim, last: Claim) -> _Band | None:
    """The band that the words before a count name."""
    if claim.quantity.kind != "count" or not claim.countable or claim.planned:
        return None
    start = max(claim.at.start - _REACH, last.at.end if last.at.end <= claim.at.start and last is not claim else 0)
    words = text[start : claim.at.start]
    words = words[max(map(words.rfind, "，。；、：\n")) + 1 :]
    for pattern in (_BETWEEN, _ABOVE, _BELOW):
        tried = list(pattern.finditer(words))
        found = tried[-1] if tried else None
        if found is not None and _TAIL.match(words, found.end()):
            told = found.groupdict()
            low, high = told.get("low"), told.get("high") or told.get("short")
            return _Band(claim, Decimal(low) if low else None, Decimal(high) if high else None)
    return None


def _of(whole: Claim | None, run: Sequence[_Band]) -> Iterator[Partition]:
    if whole is None or len(run) < 3:
        return
    unit = run[0].claim.quantity.unit.name
    if not same_unit(whole.quantity, run[0].claim.quantity) and unit not in whole.trail[:8]:
        return  # 32个雨量站, 14站
    if run[0].low is not None and run[0].high is None:
        run = run[::-1]  # from the greatest down
    if (
        run[0].low is not None
        or run[-1].high is not None
        or any(band.low is None or band.high is None for band in run[1:-1])
    ):
        return
    for one, other in zip(run, run[1:], strict=False):
        if one.high is None or other.low is None or not 0 <= other.low - one.high <= 1:
            return
    parts = tuple(band.claim for band in sorted(run, key=lambda band: band.claim.at))
    if any(_ASIDE.search(part.lead) for part in parts) or whole.planned or not whole.countable:
        return
    found = Partition(whole, parts, strict=False)
    if parts[0].clause - whole.clause <= 2 and abs(found.total - whole.quantity.value) <= whole.quantity.value * _FAR:
        yield found
