"""NM119: the composite index of the air against its six pollutants."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache

from reportlint.analysis import Analysis
from reportlint.claims import CHANGES, Claim, Role
from reportlint.day import date
from reportlint.files import beside, lines
from reportlint.finding import Abstained, Checked, Finding, Message, Outcome, Related, Severity
from reportlint.indicators import IndicatorValue
from reportlint.patterns import compiled
from reportlint.record import NamedTuple
from reportlint.rule import rule
from reportlint.subject import area_of
from reportlint.timing import Timing, timing
from reportlint_rules.numbers.figures import show
from reportlint_rules.values.catalogue import values

_INDEX = compiled(r"(?:综合污染指数|综合指数)(?:平均|累计|数值)?(?:为|是|达|达到|由|从|降至|降到|升至|，)?$")
_OF_OTHER = compiled(r"水|营商|创新|发展|景气|信用|治理|土壤|声环境|价格|消费|生态")
#: How far the index may be off: the six values are printed as whole numbers.
_SLACK = Decimal("0.05")


class Limit(NamedTuple):
    """What a pollutant's value is divided by, and the last day on which that holds."""

    value: Decimal
    until: date


@lru_cache(maxsize=1)
def limits() -> Mapping[str, Limit]:
    """The limits by the catalogue's names of the pollutants."""
    rows = (line.split("\t") for line in lines(beside(__file__, "composite.tsv")))
    return {name: Limit(Decimal(limit), date.fromisoformat(until)) for name, limit, _, until, _ in rows}


@rule(
    "NM119",
    "composite-index",
    severity=Severity.WARNING,
    triggers=("合指", "染指"),
    bad=(
        "2024年市区SO2、NO2、PM10、PM2.5浓度分别为8、24、56、31微克/立方米，CO为1.0毫克/立方米，O3为152微克/立方米，空气质量综合指数为⟦4.32⟧。",
    ),
    good=(
        "2024年市区SO2、NO2、PM10、PM2.5浓度分别为8、24、56、31微克/立方米，CO为1.0毫克/立方米，O3为152微克/立方米，空气质量综合指数为3.62。",
        "前三季度PM2.5浓度为38微克/立方米，PM10浓度为70微克/立方米，综合指数为4.22。",
        "全市水质综合指数为4.86，SO2、NO2、PM10、PM2.5浓度分别为8、24、56、31微克/立方米，CO为1.0毫克/立方米，O3为152微克/立方米。",
    ),
)
def composite_index(analysis: Analysis) -> Iterator[Outcome]:
    """空气质量综合指数与六项污染物浓度不符。

    综合指数是六项污染物浓度各除以二级标准限值再相加：SO2÷60＋NO2÷40＋PM10÷70＋PM2.5÷35＋CO÷4＋O3÷160。六项都印在旁边，就能复算。

    六项不全、时段或地区与指数不同的不核对；浓度按整数印出，相差 0.05 以内算对。2026 年 3 月起执行新标准，其后的时段不核对。
    """
    if "合指" not in analysis.grams and "染指" not in analysis.grams:
        return
    indexes = [claim for claim in analysis.claims if _is_index(claim)]
    if not indexes:
        return
    sentences: dict[int, list[IndicatorValue]] = {}
    paragraphs: dict[int, list[IndicatorValue]] = {}
    for value in values(analysis):
        if value.indicator.name in limits() and not value.base and not value.target:
            sentences.setdefault(value.claim.sentence, []).append(value)
            paragraphs.setdefault(value.claim.paragraph, []).append(value)
    for claim in indexes:
        found = _six(analysis, claim, sentences.get(claim.sentence, []), paragraphs.get(claim.paragraph, []))
        if found is None:
            yield Abstained(claim.quantity.span, "没有印全六项污染物的浓度，或时段、地区不同")
            continue
        yield Checked(claim.quantity.span)
        low, high = (
            sum((_bound(value, side) / limits()[name].value for name, value in found.items()), Decimal(0))
            for side in (-1, 1)
        )
        index = sum((_concentration(value) / limits()[name].value for name, value in found.items()), Decimal(0))
        slack = max(_SLACK, (high - low) / 2) + claim.quantity.step / 2
        if abs(index - claim.quantity.value) > slack:
            yield _mismatch(claim, found, index)


def _is_index(claim: Claim) -> bool:
    if claim.quantity.kind != "none" or not claim.quantity.exact or claim.quantity.step >= 1 or claim.planned:
        return False
    if claim.role in CHANGES or claim.role is Role.BASE:
        return False
    match = _INDEX.search(claim.lead)
    return match is not None and _OF_OTHER.search(claim.lead[: match.start()][-8:]) is None


def _six(analysis: Analysis, index: Claim, *near: Sequence[IndicatorValue]) -> dict[str, IndicatorValue] | None:
    """The six values beside the index: of its sentence, else of its paragraph, in that order; ``None`` where one is missing or not its match."""
    when, area = timing(analysis, index), area_of(analysis, index)
    for candidates in near:
        if len(candidates) != len(limits()):
            continue
        found = {value.indicator.name: value for value in candidates}
        if len(found) == len(limits()):
            one_area = len({area_of(analysis, value.claim) for value in found.values()}) == 1
            fit = one_area and all(_goes_with(analysis, value, index, when, area) for value in found.values())
            return found if fit else None
    return None


def _goes_with(analysis: Analysis, value: IndicatorValue, index: Claim, when: Timing | None, area: str) -> bool:
    """Whether a value is of the index's place and period, and of a time at which the limits hold."""
    own = timing(analysis, value.claim)
    if (own is None) != (when is None) or (own is not None and when is not None and own.period != when.period):
        return False
    if own is not None and own.dated and own.period.end > limits()[value.indicator.name].until:
        return False
    named = area_of(analysis, value.claim)
    follows = not area and value.claim.sentence != index.sentence  # ……158微克/立方米。综合指数为3.70
    return (named == area or follows) and value.canonical is not None and value.quantity.exact


def _concentration(value: IndicatorValue) -> Decimal:
    return value.canonical or Decimal(0)


def _bound(value: IndicatorValue, side: int) -> Decimal:
    """The least or the most the concentration stands for, in the indicator's own unit."""
    concentration, printed = _concentration(value), value.quantity
    scale = concentration / printed.value if printed.value else Decimal(1)
    return concentration + side * printed.step * scale / 2


def _mismatch(claim: Claim, found: Mapping[str, IndicatorValue], index: Decimal) -> Finding:
    terms = "＋".join(f"{show(_concentration(found[name]))}/{show(limit.value)}" for name, limit in limits().items())
    shown = f"{terms}＝{show(index, 2)}"
    return Finding(
        claim.quantity.span,
        Message(
            f"按六项浓度复算，综合指数 {shown}，与写明的 {claim.quantity.text} 不符，请核对",
            f"recomputed from the six values: {shown}; the text says {claim.quantity.text}",
        ),
        tuple(Related(found[name].quantity.span, name) for name in limits() if name in found),
    )
