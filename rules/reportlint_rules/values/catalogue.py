"""The catalogue of indicators that comes with the rules, and how rules show values."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from reportlint.analysis import Analysis
from reportlint.catalogue import Catalogue, Indicator
from reportlint.files import beside
from reportlint.indicators import IndicatorValue

#: The environment with rates of every kind, what work reports of governments speak of, and what single bureaus do.
TABLES = tuple(beside(__file__, name) for name in ("indicators.csv", "government.csv", "sectors.csv"))


@lru_cache(maxsize=4)
def catalogue(own: tuple[Indicator, ...] = (), *, only_own: bool = False) -> Catalogue:
    """The shipped catalogue with the user's rows, or those alone; read when first needed."""
    if only_own:
        return Catalogue(own)
    return Catalogue(shipped=TABLES).with_own(own)


def values(analysis: Analysis) -> tuple[IndicatorValue, ...]:
    """Every value the text gives to an indicator of the catalogue."""
    return analysis.indicator_values(catalogue(analysis.context.indicators, only_own=analysis.context.only_own))


def show(value: Decimal) -> str:
    """A number as a person writes it: no exponent, no trailing zeros.

    >>> show(Decimal("0.0350")), show(Decimal("1E+2"))
    ('0.035', '100')
    """
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def within(value: Decimal, low: Decimal | None, high: Decimal | None, factor: Decimal = Decimal(1)) -> bool:
    """Whether ``value`` lies between two limits, each moved outward by ``factor``."""
    if low is not None and low < 0:
        low, value_low = low * factor, value
    else:
        value_low = value * factor
    return (low is None or value_low >= low) and (high is None or value <= high * factor)
