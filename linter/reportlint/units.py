"""Units and measure words: what may stand after a number, and what it measures."""

from __future__ import annotations

from decimal import Decimal

from reportlint.files import beside, lines
from reportlint.patterns import any_of, compiled
from reportlint.record import NamedTuple

_TABLE = beside(__file__, "data", "units.tsv")


class Unit(NamedTuple):
    """A unit as printed: what it measures and how many base units it is (``None`` where nothing converts to it)."""

    name: str
    kind: str
    factor: Decimal | None = None
    base: str = ""


def _read() -> dict[str, Unit]:
    units = {}
    for line in lines(_TABLE):
        name, kind, factor, base = (*line.split("\t"), "", "")[:4]
        units[name] = Unit(name, kind, Decimal(factor) if factor else None, base)
    return units


#: Every known unit by its printed form.
UNITS: dict[str, Unit] = _read()

#: What a bare number has.
NO_UNIT = Unit("", "none")


#: The units as a regular expression, longest first, so that 人次 is not read as 人.
UNIT_PATTERN = any_of(UNITS)

#: A unit, a measure word or what prints between a number and its unit: what follows a figure, filled in or not.
MEASURE_START = compiled(rf"\s*(?:余|多|[百千]?万|亿|{UNIT_PATTERN}|岁|月|日|时|个|％)")


def _homographs() -> str:
    """What makes a word of a measure character: 个 before 体, 家 before 庭."""
    rows = (line.split(" ", 1) for line in lines(beside(__file__, "data", "homographs.txt")))
    return "|".join(f"{measure}[{following}]" for measure, following in rows)


#: A word that only begins like a measure word.
HOMOGRAPH = compiled(rf"\s{{0,8}}(?:{_homographs()})")


def measures(text: str, at: int) -> bool:
    """Whether what stands at ``at`` can follow a figure: 个, 万元, 余项 can, 个体 and 家庭 cannot.

    >>> measures("个问题", 0), measures("个体户", 0)
    (True, False)
    """
    return MEASURE_START.match(text, at) is not None and HOMOGRAPH.match(text, at) is None
