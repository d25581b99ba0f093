"""Ratios of two figures of one sentence that are known to keep within bounds: the average fine of a case."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import chain

from reportlint.analysis import Analysis
from reportlint.claims import CHANGES, Claim, Role
from reportlint.files import beside
from reportlint.patterns import compiled
from reportlint.record import NamedTuple
from reportlint.tables import rows
from reportlint.units import UNITS, Unit

#: A figure that is itself a mean or a standard.
_EACH = compiled(r"[人户亩均每]均|每|标准|提高到|最高|平均")
#: 发放创业担保贷款126笔，共计1680万元: the amount of what was counted before.
_AMOUNT = compiled(r"，?(?:金额|总金额|资金|总额)?(?:共|累计|合计|共计|总计|达|为|约){0,3}")
TABLE = beside(__file__, "ratios.csv")


class Ratio(NamedTuple):
    """What is divided by what, told by the words beside the figures; the bounds are in ``unit`` per one of ``per``.

    ``factor`` is how many times outside its bounds a ratio must lie to be called a slip.
    """

    name: str
    numerator: tuple[str, ...]
    denominator: tuple[str, ...]
    unit: str
    per: frozenset[str]
    plausible_min: Decimal
    plausible_max: Decimal
    factor: Decimal


@lru_cache(maxsize=1)
def ratios() -> tuple[Ratio, ...]:
    """Every ratio of the table."""
    return tuple(
        Ratio(
            row["name"],
            tuple(row["numerator"].split(";")),
            tuple(row["denominator"].split(";")),
            row["unit"],
            frozenset(row["per"].split(";")),
            Decimal(row["plausible_min"]),
            Decimal(row["plausible_max"]),
            Decimal(row["factor"]),
        )
        for row in rows(TABLE)
    )


@lru_cache(maxsize=1)
def _told_by() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    """For each ratio what its words begin with, above and below: a text with none of the one or of the other has no such ratio."""
    return tuple(
        (frozenset(word[:2] for word in ratio.numerator), frozenset(word[:2] for word in ratio.denominator))
        for ratio in ratios()
    )


def _converts(unit: Unit, ratio: Ratio) -> bool:
    own = UNITS[ratio.unit]
    return unit is own or (unit.kind == own.kind and unit.base == own.base and bool(unit.factor and own.factor))


def mean(ratio: Ratio, above: Claim, below: Claim) -> Decimal:
    """How much there is of the one for each of the other, in the unit of ``ratio``."""
    unit, own = above.quantity.unit, UNITS[ratio.unit]
    factor = unit.factor / own.factor if unit is not own and unit.factor and own.factor else Decimal(1)
    return above.quantity.value * factor / below.quantity.value


def ratio_values(analysis: Analysis) -> Iterator[tuple[Ratio, Claim, Claim]]:
    """Numerator and denominator wherever a sentence gives both: the nearest denominator before, else one in the clause after."""
    told = [
        ratio
        for ratio, (above, below) in zip(ratios(), _told_by(), strict=True)
        if not (analysis.grams.isdisjoint(above) or analysis.grams.isdisjoint(below))
    ]
    by_unit: dict[str, list[Claim]] = {}
    for claim in analysis.claims if told else ():
        if not (claim.role in CHANGES or claim.role is Role.BASE or claim.planned) and claim.quantity.exact:
            by_unit.setdefault(claim.quantity.unit.name, []).append(claim)
    words = {unit: "\n".join([claim.lead + claim.trail for claim in claims]) for unit, claims in by_unit.items()}
    for ratio in told:
        counts = [
            claims
            for unit, claims in by_unit.items()
            if unit in ratio.per and any(word in words[unit] for word in ratio.denominator)
        ]
        sums = [
            claims
            for unit, claims in by_unit.items()
            if unit not in ratio.per and _converts(claims[0].quantity.unit, ratio)
        ]
        if counts and sums:
            yield from _pairs(analysis.reading.text, ratio, sorted(chain(*counts, *sums), key=lambda claim: claim.at))


def _pairs(text: str, ratio: Ratio, claims: Sequence[Claim]) -> Iterator[tuple[Ratio, Claim, Claim]]:
    """As :func:`ratio_values`, among the figures in the units of ``ratio``."""
    below: Claim | None = None
    open_above: Claim | None = None
    for claim in claims:
        if below is not None and claim.sentence != below.sentence:
            below = None
        if open_above is not None and (claim.clause - open_above.clause > 1 or claim.sentence != open_above.sentence):
            open_above = None
        if claim.quantity.unit.name in ratio.per:
            words = claim.lead + claim.trail
            if not any(word in words for word in ratio.denominator):
                continue
            if open_above is not None and claim.quantity.value:
                yield ratio, open_above, claim
                below, open_above = None, None
            else:
                below = claim if claim.quantity.value else None
        elif (
            any(word in claim.lead for word in ratio.numerator)
            or (
                below is not None
                and claim.clause - below.clause <= 1
                and _AMOUNT.fullmatch(claim.lead)
                and any(word in below.lead for word in ratio.numerator)
            )
        ) and not _EACH.search(claim.lead):
            if below is not None and text.count("；", below.at.end, claim.at.start) > 1:
                below = None  # 再建0.5万亩；…50万元以上的村达到9个；招商到位资金5亿元: a tale lies between
            if below is not None:
                yield ratio, claim, below
            open_above = claim if below is None else None
            below = None
