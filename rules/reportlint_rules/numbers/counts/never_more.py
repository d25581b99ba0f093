"""Figures that by their names are part of another: 净利润 of 利润总额, 地上建筑面积 of 建筑面积."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from reportlint.analysis import Analysis
from reportlint.claims import CHANGES, Claim, Role
from reportlint.numbers import same_unit
from reportlint.patterns import compiled
from reportlint.record import NamedTuple
from reportlint_rules.numbers.counts.portions import Portion, never_more

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re

#: How many clauses apart the two may stand.
_NEAR = 3
_LEADS_ON = compiled(r"(?:[，：]|为|达到?|有|是|约|共|了|完成|实现|合计|累计){1,4}$")
_OTHER = compiled(r"上年|去年|同期|年初|计划|目标|预计|力争|人均|户均|平均|比|较|增|减|下降|其他|部分")


class _Named(NamedTuple):
    """A part and its whole, by the ends of the words that lead to their figures."""

    part: re.Pattern[str]
    whole: re.Pattern[str]


@lru_cache(maxsize=1)
def _table() -> tuple[_Named, ...]:
    return tuple(_Named(compiled(f"(?:{part})$"), compiled(f"(?:{whole})$")) for part, whole, _ in never_more())


def named_parts(analysis: Analysis) -> Iterator[Portion]:
    """Every such pair that stands side by side."""
    for group in analysis.by_sentence:
        usable = [(claim, _LEADS_ON.sub("", claim.lead)) for claim in group if _is_usable(claim)]
        for row in _table() if len(usable) > 1 else ():
            parts = [claim for claim, words in usable if row.part.search(words)]
            wholes = [claim for claim, words in usable if row.whole.search(words)]
            if len(parts) != 1 or len(wholes) != 1 or parts[0] is wholes[0]:
                continue
            part, whole = parts[0], wholes[0]
            if abs(part.beat - whole.beat) <= _NEAR and same_unit(part.quantity, whole.quantity):
                yield Portion(whole, part, sure=False)


def _is_usable(claim: Claim) -> bool:
    return (
        claim.countable
        and not claim.planned
        and not claim.carried
        and claim.role not in CHANGES
        and claim.role is not Role.BASE
        and not _OTHER.search(claim.lead)
    )
