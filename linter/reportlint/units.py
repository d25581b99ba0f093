"""Units and measure words: what may stand after a number, and what it measures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

_TABLE = Path(__file__).with_name("data") / "units.tsv"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as printed: what it measures and how many base units it is (``None`` where nothing converts to it)."""

    name: str
    kind: str
    factor: Decimal | None = None
    base: str = ""


def _read() -> dict[str, Unit]:
    units = {}
    for line in _TABLE.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            name, kind, factor, base = (*line.split("\t"), "", "")[:4]
            units[name] = Unit(name, kind, Decimal(factor) if factor else None, base)
    return units


#: Every known unit by its printed form.
UNITS: dict[str, Unit] = _read()

#: What a bare number has.
NO_UNIT = Unit("", "none")

#: The units as a regular expression, longest first, so that 人次 is not read as 人.
UNIT_PATTERN = "|".join(re.escape(name) for name in sorted(UNITS, key=len, reverse=True))

#: A unit, a measure word or what prints between a number and its unit: what follows a figure, filled in or not.
MEASURE_START = re.compile(rf"\s*(?:余|多|[百千]?万|亿|{UNIT_PATTERN}|岁|月|日|时|个|％)")
