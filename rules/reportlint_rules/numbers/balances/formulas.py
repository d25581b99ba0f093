"""Sums spelt out: 上年结转210万元加本年收入3460万元减本年支出3390万元，即280万元."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.analysis import Analysis
from reportlint.claims import Claim
from reportlint.numbers import same_unit
from reportlint.patterns import compiled
from reportlint_rules.numbers.balances.rule import Balance

_PLUS = compiled(r"^(?:再)?加(?:上)?(?![快强大装工速固密入盖班油注挂权价征起])")
_MINUS = compiled(r"^(?:再)?(?:减(?:去|掉)?(?![少排轻免税负灾速持产员半幅振值压量])|扣除|扣减)")
#: 即, 实发, 期末应存: what it comes to.
_COMES_TO = compiled(
    r"^(?:即|共计?|合计|等于|得出?|为|实[发得有收]|期末|应[存有发]|年末|净额|余额|剩余|结余|可用)[一-龥]{0,6}$"
)


def formulas(analysis: Analysis) -> Iterator[Balance]:
    """Every such sum: a figure, those added and taken away right behind it, and the outcome."""
    for group in analysis.by_sentence:
        terms: list[tuple[int, Claim]] = []
        for before, claim in zip(group, group[1:], strict=False):
            sign = 1 if _PLUS.search(claim.lead) else -1 if _MINUS.search(claim.lead) else 0
            close = same_unit(claim.quantity, before.quantity) and claim.clause - before.clause <= 1
            plain = claim.countable and before.countable and not claim.planned and claim.depth == before.depth
            if sign and close and plain:
                terms = terms or [(1, before)]
                terms.append((sign, claim))
                continue
            if terms and close and plain and _COMES_TO.search(claim.lead):
                yield Balance(tuple(terms), claim)
            terms = []
