"""Rates that have one definition, and the figures near them that it names: 床位4820张，入住老人3936人，床位使用率81.7%."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from reportlint.claims import Claim
from reportlint.files import beside, lines
from reportlint.patterns import compiled
from reportlint.record import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re

#: How many clauses back the figures may stand.
_NEAR = 4
#: 日均出租322间: of those there are, so many on a day.
_IN_USE = compiled(r"(?:日均|平均每天|每[天日])(?:出租|入住|占用|停放)$")
_LEADS_ON = compiled(r"(?:为|达到?|是|约为|仅为|只有|提高到|升至)?$")


class _Named(NamedTuple):
    """A rate by its name, its part and its whole by the words around their figures."""

    rate: re.Pattern[str]
    part: re.Pattern[str]
    whole: re.Pattern[str]


@lru_cache(maxsize=1)
def _table() -> tuple[_Named, ...]:
    rows = (line.split("\t") for line in lines(beside(__file__, "named_rates.tsv")))
    return tuple(_Named(*map(compiled, row[:3])) for row in rows)


@lru_cache(maxsize=1)
def _any_rate() -> re.Pattern[str]:
    """Any of the rates: most are none of them."""
    return compiled("|".join(row.rate.pattern for row in _table()))


def named_rate(before: Sequence[Claim], rate: Claim) -> tuple[Claim, Claim] | None:
    """The part and the whole of a rate that is known by name, where each of them stands once near before it."""
    name = _LEADS_ON.sub("", rate.lead)
    if not _any_rate().search(name):
        return None
    found = [(len(said[0]), row) for row in _table() if (said := row.rate.search(name)) and said.end() == len(name)]
    if not found:
        return None
    found.sort(key=lambda each: -each[0])  # 户籍人口城镇化率, not 城镇化率
    near = [
        claim
        for claim in before
        if abs(rate.clause - claim.clause) <= _NEAR and (claim.countable or _IN_USE.match(claim.lead))
    ]
    pairs = (_pair(near, row) for size, row in found if size == found[0][0])
    return next(filter(None, pairs), None)


def _pair(near: Sequence[Claim], row: _Named) -> tuple[Claim, Claim] | None:
    parts = [claim for claim in near if row.part.search(claim.lead)] or [
        claim for claim in near if row.part.search(claim.trail[:8])
    ]
    wholes = [claim for claim in near if claim not in parts and row.whole.search(claim.lead + claim.trail[:8])]
    if len(parts) != 1 or len(wholes) != 1 or parts[0].planned or wholes[0].planned:
        return None
    part, whole = parts[0], wholes[0]
    alike = part.quantity.kind == whole.quantity.kind
    return (part, whole) if alike and 0 < part.quantity.value <= whole.quantity.value else None
