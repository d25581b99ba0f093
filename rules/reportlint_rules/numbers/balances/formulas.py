"""Sums spelt out: 上年结转210万元加本年收入3460万元减本年支出3390万元，即280万元."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

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
#: 总投资, 资金总额达: may hold more than was just added up; but not where it is that but for its unit.
_IN_ALL = compiled(r"(?:总投资|投资总额|资金总[额量]|总[额计数量])(?:为|达到?|共)?$")
_POWERS = tuple(map(Decimal, ("10", "0.1", "100", "0.01", "1e4", "1e-4")))


def _slipped(found: Balance) -> bool:
    return any(found.value * power == found.result.quantity.value for power in _POWERS)


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
            if terms and close and plain:
                found = Balance(tuple(terms), claim)
                if _COMES_TO.search(claim.lead) or (_IN_ALL.search(claim.lead) and _slipped(found)):
                    yield found
            terms = []
